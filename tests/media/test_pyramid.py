"""Derivatives: what they look like, what they never carry, and how the child process ends."""

import subprocess

import pytest
import pyvips
from django.utils.translation import override
from PIL import Image, ImageCms

from media import child_process, jobs, paths, pyramid, renditions
from media.models import Job, Rendition

from .conftest import encoded, picture, vips_picture

pytestmark = pytest.mark.django_db


def opened(rendition, page: int = 0) -> pyvips.Image:
    return pyvips.Image.tiffload(str(paths.private_path(rendition.image_id)), page=page)


def corner(image: pyvips.Image, x: int, y: int) -> list[int]:
    return [round(value) for value in image(min(x, image.width - 1), min(y, image.height - 1))]


def near(found, expected, tolerance: int = 14) -> bool:
    return len(found) == len(expected) and all(abs(a - b) <= tolerance for a, b in zip(found, expected, strict=True))


def adobe_like_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def sixteen(image):
    return image.cast("ushort") * 257


SOURCES = {
    "rgb png": ("a.png", lambda: encoded(picture())),
    "rgba png": ("a.png", lambda: encoded(picture(mode="RGBA"))),
    "palette png": ("a.png", lambda: encoded(picture().quantize(256))),
    "16-bit png": ("a.png", lambda: sixteen(vips_picture()).pngsave_buffer()),
    "16-bit rgba png": ("a.png", lambda: sixteen(vips_picture().bandjoin(255)).pngsave_buffer()),
    "jpeg": ("a.jpg", lambda: encoded(picture(), "JPEG", quality=95, icc_profile=adobe_like_profile())),
    "broken profile": ("a.jpg", lambda: encoded(picture(), "JPEG", quality=95, icc_profile=b"nonsense" * 40)),
    "16-bit tiff": ("a.tif", lambda: sixteen(vips_picture()).tiffsave_buffer()),
    "tiled bigtiff": ("a.tif", lambda: vips_picture().tiffsave_buffer(tile=True, bigtiff=True)),
}


@pytest.mark.parametrize("case", SOURCES)
def test_colours_arrive(case, take):
    name, make = SOURCES[case]
    rendition = renditions.make_now(take(make(), name))
    image = opened(rendition)
    assert (image.width, image.height, image.bands, image.format) == (640, 480, 3, "uchar")
    assert near(corner(image, 2, 2), [255, 0, 0])
    assert near(corner(image, 637, 2), [0, 255, 0])
    assert near(corner(image, 2, 477), [0, 0, 255])
    assert near(corner(image, 637, 477), [255, 255, 255])


def test_cmyk_becomes_rgb(take):
    image = opened(renditions.make_now(take(encoded(picture(mode="CMYK"), "JPEG", quality=95), "a.jpg")))
    red = corner(image, 2, 2)
    assert image.bands == 3 and red[0] > 180 and red[1] < 90 and red[2] < 90
    assert min(corner(image, 637, 477)) > 240


@pytest.mark.parametrize(
    ("mode", "kind", "name"), [("L", "PNG", "a.png"), ("1", "TIFF", "a.tif"), ("LA", "PNG", "a.png")]
)
def test_grey_stays_grey(take, mode, kind, name):
    image = opened(renditions.make_now(take(encoded(picture().convert(mode), kind), name)))
    assert image.bands == 1
    assert corner(image, 637, 477)[0] > 235


def test_transparency_becomes_white(take):
    clear = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    for data in (encoded(clear), sixteen(pyvips.Image.new_from_buffer(encoded(clear), "")).pngsave_buffer()):
        image = opened(renditions.make_now(take(data)))
        assert corner(image, 100, 100) == [255, 255, 255]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_upright(take, orientation):
    """Whatever the camera's position, the picture's own red corner is where EXIF says."""
    back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    stored = picture() if back is None else picture().transpose(back)
    exif = Image.Exif()
    exif[274] = orientation
    scan = take(encoded(stored, "JPEG", quality=95, exif=exif), "a.jpg")
    rendition = renditions.make_now(scan)
    image = opened(rendition)
    assert (image.width, image.height) == (scan.width, scan.height) == (640, 480) == (rendition.width, rendition.height)
    assert near(corner(image, 2, 2), [255, 0, 0])
    assert near(corner(image, 637, 2), [0, 255, 0])


def test_nothing_but_pixels_is_kept(take):
    exif = Image.Exif()
    exif[270] = "SECRET-EXIF"
    exif[306] = "2026:01:01 00:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRET-XMP</x:xmpmeta>"
    data = encoded(picture(), "JPEG", exif=exif, xmp=xmp, comment=b"SECRET-COMMENT", icc_profile=adobe_like_profile())
    # The plant must be there, or this test couldn't fail.
    assert data.count(b"SECRET") == 3
    rendition = renditions.make_now(take(data, "a.jpg"))
    made = paths.private_path(rendition.image_id).read_bytes()
    assert b"SECRET" not in made and b"Exif" not in made and b"a.jpg" not in made
    fields = set(opened(rendition).get_fields())
    assert not {field for field in fields if "exif" in field or "xmp" in field or "icc" in field or "iptc" in field}


def test_layers_and_tiles(rendition):
    image = opened(rendition)
    assert (image.get("n-pages"), image.get("tile-width")) == (3, 512) if image.get_typeof("tile-width") else True
    assert [(opened(rendition, p).width, opened(rendition, p).height) for p in range(3)] == [
        (1500, 1000),
        (750, 500),
        (375, 250),
    ]
    assert rendition.size == paths.private_path(rendition.image_id).stat().st_size


@pytest.mark.parametrize("size", [(1, 1), (15, 16), (17, 3), (511, 513), (4000, 2)])
def test_any_size(take, size):
    rendition = renditions.make_now(take(encoded(picture(*size))))
    image = opened(rendition)
    assert (image.width, image.height) == size


def test_limited_width(take):
    scan = take(encoded(picture(1500, 1000)))
    limited = renditions.make_now(scan, 600)
    assert (limited.width, limited.height, limited.max_width) == (600, 400, 600)
    full = renditions.make_now(scan)
    assert full.image_id != limited.image_id
    # A limit that doesn't limit isn't a rendition of its own.
    assert renditions.make_now(scan, 1500) == renditions.make_now(scan, 9999) == full
    assert scan.renditions.count() == 2


def test_twice_gives_the_same(take):
    scan = take(encoded(picture(1500, 1000)))
    first = pyramid.make(scan, 0, lambda *args: None)
    paths.private_path(first.image_id).unlink()
    assert pyramid.make(scan, 0, lambda *args: None) == first
    assert len(first.image_id) == 32


def test_a_job_makes_it_and_says_how_far_it_is(take, work, cataloguer):
    scan = take(encoded(picture(1500, 1000)), user=cataloguer)
    assert renditions.ensure(scan) is None
    assert Job.objects.count() == 1
    work()
    job = Job.objects.get()
    rendition = renditions.ensure(scan)
    assert (job.state, job.attempts, job.result) == ("done", 1, {"image": rendition.image_id})
    assert (job.done, job.total, job.percent) == (100, 100, 100)
    assert job.user == cataloguer
    assert renditions.ensure(scan, 700) is None
    work()
    assert renditions.ensure(scan, 700).width == 700


def test_progress_comes_from_the_image_library(take):
    scan = take(encoded(picture(4000, 3000)))
    seen = []
    pyramid.make(scan, 0, lambda done, total, stage="": seen.append(done))
    assert seen[0] == 0 and seen == sorted(seen) and max(seen) > 0


def test_a_lost_master_fails_with_a_sentence(take, work, settings):
    scan = take(encoded(picture()))
    (settings.MASTERS_DIR / scan.master_name).unlink()
    work()
    job = Job.objects.get()
    with override("vi"):
        assert job.state == Job.State.FAILED and "Không tìm thấy tệp gốc" in job.reason_text
    # It isn't tried again by itself; a person retries it once the file is back.
    assert renditions.ensure(scan) is None and Job.objects.count() == 1
    take(encoded(picture()))
    jobs.retry(job)
    work()
    assert renditions.ensure(scan)


def test_stopping_leaves_nothing(take, files, settings):
    scan = take(encoded(picture(3000, 3000)))

    def stop(done, total, stage=""):
        raise jobs.Cancelled

    with pytest.raises(jobs.Cancelled):
        pyramid.make(scan, 0, stop)
    assert files(settings.PRIVATE_DIR) == []
    assert not Rendition.objects.exists()


def test_too_slow(take, monkeypatch, files, settings):
    monkeypatch.setattr(pyramid, "SECONDS", -1)
    scan = take(encoded(picture(3000, 3000)))
    with pytest.raises(jobs.Failed):
        pyramid.make(scan, 0, lambda *args: None)
    assert files(settings.PRIVATE_DIR) == []


def test_too_much_memory(take, monkeypatch, files, settings):
    monkeypatch.setattr(pyramid, "MEMORY", 30 * 1024**2)
    scan = take(encoded(picture(3000, 3000)))
    with override("vi"), pytest.raises(jobs.Failed, match="bộ nhớ"):
        pyramid.make(scan, 0, lambda *args: None)
    assert files(settings.PRIVATE_DIR) == []


def test_a_full_disk_is_worth_another_attempt(take, work, monkeypatch):
    take(encoded(picture()))
    with monkeypatch.context() as patch:

        def full(source, target):
            raise OSError(28, "No space left on device")

        patch.setattr(pyramid, "_put", full)
        work()
    job = Job.objects.get()
    assert (job.state, job.attempts) == ("queued", 1)
    assert job.run_after
    Job.objects.update(run_after=None)
    work()
    assert Job.objects.get().state == "done"


def test_the_child_knows_no_django_and_no_secrets(take, monkeypatch):
    commands = []
    real = subprocess.Popen

    def popen(command, **options):
        commands.append((command, options.get("env")))
        return real(command, **options)

    monkeypatch.setenv("SECRET_KEY", "planted")
    monkeypatch.setenv("DATABASE_URL", "postgres://planted")
    monkeypatch.setattr(child_process.subprocess, "Popen", popen)
    renditions.make_now(take(encoded(picture())))
    ((command, environment),) = commands
    assert command[:3] == list(child_process.COMMAND)
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(environment)
    check = (
        "import sys, media.child.__main__, media.child.pyramid, media.child.jp2, media.child.pdf, media.sniff;"
        "print({name.partition('.')[0] for name in sys.modules} & {'django', 'rasterio', 'numpy', 'pypdfium2'})"
    )
    said = subprocess.run([command[0], "-c", check], capture_output=True, text=True, cwd=child_process.ROOT)
    assert said.stdout.strip() == "set()", said.stderr


def test_purge_takes_what_is_nobodys(settings, take):
    making = paths.making_dir()
    take(encoded(picture()))
    job = jobs.claim("heavy", "me-1-abc")
    for name in (pyramid.token(job.pk, "me-1-abc"), pyramid.token(job.pk, "other-2-def"), "99999.me", "now.abc"):
        (making / name).mkdir(parents=True)
        (making / name / "pyramid.tif").write_bytes(b"half")
    removed = pyramid.purge_now()
    assert sorted(removed) == sorted(["99999.me", f"{job.pk}.other-2-def"])
    assert sorted(path.name for path in making.iterdir()) == [f"{job.pk}.me-1-abc", "now.abc"]
