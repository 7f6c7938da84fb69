"""Files of several pages, and the formats that libvips can't read: each page gets a picture of its own."""

import io

import pytest
import pyvips
from django.utils.translation import override
from PIL import Image, ImageCms

from media import jobs, paths, pyramid, renditions, states
from media.child import jp2 as jp2_child
from media.child.colour import to_srgb
from media.models import Job
from media.refusals import Refused

from .conftest import encoded, vips_picture

pytestmark = pytest.mark.django_db
COLOURS = [(200, 30, 30), (30, 200, 30), (30, 30, 200)]


def flat(colour, size=(300, 200), mode="RGB") -> Image.Image:
    return Image.new("RGB", size, colour).convert(mode)


def pages(kind: str, **options) -> bytes:
    """Three pages of one colour each and different sizes."""
    first, *rest = [flat(colour, (300 + 50 * n, 200)) for n, colour in enumerate(COLOURS)]
    return encoded(first, kind, save_all=True, append_images=rest, **options)


def middle(rendition) -> list[int]:
    image = pyvips.Image.tiffload(str(paths.private_path(rendition.image_id)))
    return [round(value) for value in image(image.width // 2, image.height // 2)]


def near(found, wanted, tolerance=8) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize(("kind", "name"), [("TIFF", "sách.tif"), ("PDF", "sách.pdf")])
def test_each_page_has_its_picture(kind, name, take, work, cataloguer, django_assert_num_queries):
    scan = take(pages(kind, **({"resolution": 150} if kind == "PDF" else {})), name, cataloguer)
    assert (scan.format, scan.pages, scan.page_sizes) == (kind.lower(), 3, [[300, 200], [350, 200], [400, 200]])
    job = Job.objects.get()
    assert job.payload == {"scan": scan.pk, "max_width": 0, "pages": [1, 2, 3]}
    work()
    job.refresh_from_db()
    assert (job.state, job.result, job.done, job.total) == ("done", {"pages": 3}, 300, 300)
    with django_assert_num_queries(1):
        made = renditions.ensure_all(scan)
    assert [(made[page].width, made[page].height) for page in (1, 2, 3)] == [(300, 200), (350, 200), (400, 200)]
    assert all(near(middle(made[page]), COLOURS[page - 1]) for page in made)
    assert states.of([scan])[scan.pk].code == "ready"
    assert renditions.ensure_pages(scan, [2, 3], 100, cataloguer) == {} == renditions.ensure_pages(scan, [3], 100)
    assert Job.objects.latest("pk").payload == {"scan": scan.pk, "max_width": 100, "pages": [2, 3]}
    assert Job.objects.count() == 2


def test_thumbnails_in_a_tiff_are_no_pages(take, tmp_path):
    """A camera's small picture before the large one, and layers between pages (TIFF 6.0, NewSubfileType)."""
    path = tmp_path / "a.tif"
    vips_picture().tiffsave(str(path), tile=True, pyramid=True, tile_width=128, tile_height=128)
    scan = take(path.read_bytes(), "a.tif")
    assert (scan.pages, scan.page_sizes) == (1, [])


def test_a_page_that_fails_names_itself_and_lets_the_others_be_made(take, work, monkeypatch):
    scan = take(pages("TIFF"), "a.tif")
    make = pyramid.make

    def broken(scan, max_width, progress, name="", page=1):
        if page == 2:
            raise jobs.Failed(pyramid.DAMAGED)
        return make(scan, max_width, progress, name, page)

    with monkeypatch.context() as patch:
        patch.setattr(pyramid, "make", broken)
        work()
    job = Job.objects.get()
    assert job.state == Job.State.FAILED
    with override("vi"):
        assert job.reason_text.startswith("Trang 2: Ảnh hỏng")
    with override("en"):
        assert job.reason_text.startswith("Page 2: ")
    assert set(renditions.ensure_all(scan)) == {1, 3}
    assert Job.objects.count() == 1  # a person retries it
    jobs.retry(job)
    work()
    assert set(renditions.ensure_all(scan)) == {1, 2, 3}


def jp2(image: Image.Image, **options) -> bytes:
    return encoded(image, "JPEG2000", **options)


def palette_jp2() -> bytes:
    """A JP2 of one band with its colours in a pclr box (ISO 15444-1, I.5.3.4), which Pillow doesn't write."""
    data = jp2(Image.new("L", (64, 64), 1))
    pclr = b"\0\2\3\7\7\7" + bytes([0, 0, 0, 30, 200, 30])
    cmap = b"".join(b"\0\0\1" + bytes([n]) for n in range(3))
    boxes = b"".join((len(b) + 8).to_bytes(4, "big") + kind + b for kind, b in ((b"pclr", pclr), (b"cmap", cmap)))
    at = data.index(b"colr") - 4
    size = int.from_bytes(data[at : at + 4], "big")
    colr = data[at : at + size].replace((17).to_bytes(4, "big"), (16).to_bytes(4, "big"))
    head = data.index(b"jp2h") - 4
    grown = int.from_bytes(data[head : head + 4], "big") + len(boxes)
    return data[:head] + grown.to_bytes(4, "big") + data[head + 4 : at] + boxes + colr + data[at + size :]


JP2 = {
    "rgb": (lambda: jp2(flat(COLOURS[0])), COLOURS[0]),
    "grey": (lambda: jp2(flat((90, 90, 90), mode="L")), [90]),
    "transparent": (lambda: jp2(Image.new("RGBA", (90, 90), (0, 0, 0, 0))), [255, 255, 255]),
    "16-bit": (lambda: jp2(Image.new("I;16", (90, 90), 90 * 257)), [90]),
    "tiled, lossy": (lambda: jp2(flat(COLOURS[2], (700, 500)), tile_size=(256, 256), irreversible=True), COLOURS[2]),
    "palette": (palette_jp2, COLOURS[1]),
}


@pytest.mark.parametrize("case", JP2)
def test_jp2(case, tmp_path, monkeypatch):
    """Here and not in the child, where GDAL would be loaded for each."""
    make, wanted = JP2[case]
    (tmp_path / "a.jp2").write_bytes(make())
    told = []
    monkeypatch.setattr(jp2_child, "WINDOW", 100_000)  # read in several windows
    jp2_child.flatten(str(tmp_path / "a.jp2"), str(tmp_path / "a.tif"), told.append)
    image = to_srgb(pyvips, pyvips.Image.tiffload(str(tmp_path / "a.tif")))
    assert near([round(value) for value in image(image.width // 2, image.height // 2)], wanted)
    assert told[-1] == 1


def test_a_jp2_from_file_to_pyramid(take):
    """With a profile, which Pillow doesn't write into a JP2: it's put there."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = jp2(flat(COLOURS[0]))
    at = data.index(b"colr") - 4
    colr = (11 + len(profile)).to_bytes(4, "big") + b"colr\2\0\0" + profile
    head, grown = data.index(b"jp2h") - 4, len(colr) - 15
    size = int.from_bytes(data[head : head + 4], "big") + grown
    data = data[:head] + size.to_bytes(4, "big") + data[head + 4 : at] + colr + data[at + 15 :]
    scan = take(data, "a.jp2")
    assert (scan.format, scan.width, scan.height, scan.pages) == ("jp2", 300, 200, 1)
    assert scan.technical["profile"] == "sRGB built-in"
    rendition = renditions.make_now(scan)
    assert near(middle(rendition), COLOURS[0])
    assert b"built-in" not in paths.private_path(rendition.image_id).read_bytes()


def pdf_of(content: bytes, size=(200, 100), extra: bytes = b"") -> bytes:
    """A page of 200 x 100 points with drawing operators."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + extra + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<<>>>>" % size,
        b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
    ]
    out, places = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, 2)
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj" % number + body + b"endobj\n")
    start = out.tell()
    out.write(b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def test_drawings_in_a_pdf_are_drawn(take):
    """Left half red, right half blue, without a picture: 300 dots an inch."""
    data = pdf_of(b"1 0 0 rg 0 0 100 100 re f 0 0 1 rg 100 0 100 100 re f")
    scan = take(data, "a.pdf")
    assert (scan.width, scan.height, scan.technical["dpi"]) == (833, 417, [300, 300])
    rendition = renditions.make_now(scan)
    image = pyvips.Image.tiffload(str(paths.private_path(rendition.image_id)))
    for point, colour in (((200, 10), [254, 0, 0]), ((700, 400), [0, 0, 254])):
        assert near([round(value) for value in image(*point)], colour)


def test_a_huge_plan_is_drawn_as_finely_as_the_limit_allows(take, settings):
    settings.SCAN_MAX_PIXELS = 1_000_000
    scan = take(pdf_of(b"", (600, 400)), "a.pdf")
    assert 900_000 < scan.width * scan.height <= 1_000_000
    settings.SCAN_MAX_PIXELS = 100_000
    with override("vi"), pytest.raises(Refused, match="lớn hơn mức cho phép"):
        take(pdf_of(b" ", (600, 400)), "a.pdf")
