"""What is taken in, what is refused and why, and that nothing half-made stays."""

import errno
import hashlib
import io
import struct
import zipfile
import zlib

import pytest
import pyvips
from django.utils.translation import override
from PIL import Image

from media import ingest as module
from media import measuring
from media.ingest import Refused, clean_name, ingest, ingest_file
from media.models import Job, Rendition, Scan

from .conftest import encoded, picture, vips_picture

pytestmark = pytest.mark.django_db


def tiff(tmp_path, image: pyvips.Image, **options) -> bytes:
    path = tmp_path / "made.tif"
    image.tiffsave(str(path), **options)
    data = path.read_bytes()
    path.unlink()
    return data


def vips_cmyk():
    return pyvips.Image.new_from_buffer(encoded(picture(mode="CMYK"), "TIFF"), "")


def sixteen_bit(image):
    return image.cast("ushort") * 257


GOOD = {
    "jpeg": lambda tmp: (encoded(picture(), "JPEG"), "ảnh.JPG", "jpeg"),
    "progressive jpeg": lambda tmp: (encoded(picture(), "JPEG", progressive=True), "a.jpeg", "jpeg"),
    "cmyk jpeg": lambda tmp: (encoded(picture(mode="CMYK"), "JPEG"), "a.jpg", "jpeg"),
    "grey jpeg": lambda tmp: (encoded(picture(mode="L"), "JPEG"), "a.jpg", "jpeg"),
    "camera's second image": lambda tmp: (encoded(picture(), "JPEG") * 2, "a.jpg", "jpeg"),
    "png": lambda tmp: (encoded(picture()), "a.png", "png"),
    "palette png with alpha": lambda tmp: (encoded(picture(mode="RGBA").quantize(16)), "a.png", "png"),
    "16-bit png": lambda tmp: (sixteen_bit(vips_picture()).pngsave_buffer(), "a.png", "png"),
    "tiff": lambda tmp: (encoded(picture(), "TIFF"), "a.tif", "tiff"),
    "lzw tiff": lambda tmp: (encoded(picture(), "TIFF", compression="tiff_lzw"), "a.tiff", "tiff"),
    "1-bit tiff": lambda tmp: (encoded(picture(mode="1"), "TIFF", compression="group4"), "a.tiff", "tiff"),
    "cmyk tiff": lambda tmp: (encoded(picture(mode="CMYK"), "TIFF"), "a.tif", "tiff"),
    "16-bit tiff": lambda tmp: (tiff(tmp, sixteen_bit(vips_picture())), "a.tif", "tiff"),
    "16-bit grey tiff": lambda tmp: (tiff(tmp, sixteen_bit(vips_picture()).colourspace("grey16")), "a.tif", "tiff"),
    "tiled bigtiff": lambda tmp: (tiff(tmp, vips_picture(), tile=True, bigtiff=True), "a.tif", "tiff"),
    "pyramid": lambda tmp: (tiff(tmp, vips_picture(), tile=True, pyramid=True), "a.tif", "tiff"),
    "cmyk 16-bit tiff": lambda tmp: (tiff(tmp, sixteen_bit(vips_cmyk())), "a.tif", "tiff"),
    "jp2": lambda tmp: (encoded(picture(), "JPEG2000"), "a.jp2", "jp2"),
    "no extension": lambda tmp: (encoded(picture()), "quét trang một", "png"),
}


@pytest.mark.parametrize("case", GOOD)
def test_taken(case, take, tmp_path, settings, files):
    data, name, kind = GOOD[case](tmp_path)
    scan = take(data, name)
    assert (scan.format, scan.width, scan.height, scan.size) == (kind, 640, 480, len(data))
    assert scan.original_name == name
    master = settings.MASTERS_DIR / scan.master_name
    assert master.read_bytes() == data
    assert files(settings.MASTERS_DIR) == [scan.master_name]
    job = Job.objects.get()
    assert (job.kind, job.queue, job.subject, job.state) == ("pyramid", "heavy", f"scan:{scan.pk}", "queued")
    assert job.payload == {"scan": scan.pk, "page": 1, "max_width": 0}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_size_is_upright(take, orientation):
    exif = Image.Exif()
    exif[274] = orientation
    scan = take(encoded(picture(), "JPEG", exif=exif), "a.jpg")
    assert (scan.width, scan.height) == ((480, 640) if orientation >= 5 else (640, 480))


def svg(tmp):
    return b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def zip_bytes() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.js", "alert(1)")
    return out.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A whole PNG by its structure which claims any size: a decompression bomb's header."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def jpeg_with_comment(comment: bytes) -> bytes:
    data = encoded(picture(), "JPEG")
    return data[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + data[2:]


def jpeg_with_hole() -> bytes:
    data = bytearray(encoded(picture(mode="L").effect_spread(40), "JPEG"))
    data[2000:6000] = b"\x55" * 4000
    return bytes(data)


BAD = {
    "empty": (lambda tmp: b"", "a.png", "rỗng"),
    "text": (lambda tmp: b"hello", "a.png", "không phải ảnh"),
    "one byte": (lambda tmp: b"\xff", "a.jpg", "không phải ảnh"),
    "svg": (svg, "a.svg", "không phải ảnh"),
    "svg renamed": (svg, "a.png", "không phải ảnh"),
    "pdf renamed": (lambda tmp: encoded(picture(), "PDF"), "a.tif", "vốn là tệp PDF"),
    "no pdf": (lambda tmp: b"%PDF-1.7\n" + b"x" * 100, "a.pdf", "hỏng"),
    "gif": (lambda tmp: encoded(picture(), "GIF"), "a.gif", "không phải ảnh"),
    "webp": (lambda tmp: encoded(picture(), "WEBP"), "a.webp", "không phải ảnh"),
    "magic only": (lambda tmp: b"\x89PNG\r\n\x1a\n", "a.png", "hỏng"),
    "tiff magic only": (lambda tmp: b"II*\0", "a.tif", "hỏng"),
    "jpeg magic only": (lambda tmp: b"\xff\xd8\xff", "a.jpg", "hỏng"),
    "png named jpg": (lambda tmp: encoded(picture()), "a.jpg", "“.jpg” không khớp nội dung, vốn là tệp PNG"),
    "png named html": (lambda tmp: encoded(picture()), "a.html", "không khớp"),
    "double extension": (lambda tmp: encoded(picture()), "a.png.exe", "không khớp"),
    "png cut": (lambda tmp: encoded(picture())[:-300], "a.png", "cắt cụt"),
    "jpeg cut": (lambda tmp: encoded(picture(), "JPEG")[:-300], "a.jpg", "cắt cụt"),
    "jpeg cut but ended": (lambda tmp: encoded(picture(), "JPEG")[:-900] + b"\xff\xd9", "a.jpg", "cắt cụt"),
    "jpeg with a hole": (lambda tmp: jpeg_with_hole(), "a.jpg", "hỏng"),
    "tiff cut": (lambda tmp: tiff(tmp, vips_picture())[:-30_000], "a.tif", "cắt cụt"),
    "png + zip": (lambda tmp: encoded(picture()) + zip_bytes(), "a.png", "dữ liệu lạ"),
    "png + php": (lambda tmp: encoded(picture()) + b"<?php system('id') ?>", "a.png", "dữ liệu lạ"),
    "jpeg + zip": (lambda tmp: encoded(picture(), "JPEG") + zip_bytes(), "a.jpg", "dữ liệu lạ"),
    "jpeg + jpeg + zip": (lambda tmp: encoded(picture(), "JPEG") * 2 + zip_bytes(), "a.jpg", "dữ liệu lạ"),
    "jpeg that is a pdf": (lambda tmp: jpeg_with_comment(b"%PDF-1.7 \n1 0 obj"), "a.jpg", "dữ liệu lạ"),
    "jpeg that is html": (lambda tmp: jpeg_with_comment(b"<script>alert(1)</script>"), "a.jpg", "dữ liệu lạ"),
    "tiff + zip": (lambda tmp: encoded(picture(), "TIFF") + zip_bytes(), "a.tif", "dữ liệu lạ"),
    "bomb": (lambda tmp: png_header(60_000, 60_000), "a.png", "60.000 × 60.000 điểm ảnh (3.600.000.000)"),
}


@pytest.mark.parametrize("case", BAD)
def test_refused(case, take, tmp_path, settings, files, django_assert_max_num_queries):
    make, name, part = BAD[case]
    with override("vi"), pytest.raises(Refused) as error, django_assert_max_num_queries(0):
        take(make(tmp_path), name)
    sentence = str(error.value)
    assert name in sentence
    assert part in sentence
    assert all(kind in sentence for kind in ("TIFF", "JPEG", "PNG", "JPEG 2000", "PDF"))
    assert files(settings.MASTERS_DIR) == []
    assert not Scan.objects.exists()
    assert not Job.objects.exists()


def test_over_the_byte_limit_stops_reading(settings, files):
    settings.SCAN_MAX_BYTES = 1_500_000

    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return b"\x89" * size

    file = Endless()
    with override("vi"), pytest.raises(Refused, match=r"1\.500\.000 byte"):
        ingest(file, "a.png", None)
    assert file.given < 4_000_000
    assert files(settings.MASTERS_DIR) == []


def test_pixel_limit_names_the_numbers(take, settings):
    settings.SCAN_MAX_PIXELS = 300_000
    with override("vi"), pytest.raises(Refused, match=r"640 × 480 điểm ảnh \(307\.200\).*300\.000"):
        take(encoded(picture()))
    with override("en"), pytest.raises(Refused, match=r"300,000"):
        take(encoded(picture()))


def test_same_bytes_are_one_scan(take):
    first = take(encoded(picture()), "một.png")
    second = take(encoded(picture()), "hai.png")
    assert (first.pk, second.original_name) == (second.pk, "một.png")
    assert Scan.objects.count() == Job.objects.count() == 1


def test_a_second_upload_mends_a_lost_master(take, settings):
    data = encoded(picture())
    scan = take(data)
    master = settings.MASTERS_DIR / scan.master_name
    master.unlink()
    assert take(data).pk == scan.pk
    assert master.read_bytes() == data


def test_a_file_on_the_same_disk_is_renamed(settings, files, monkeypatch):
    data = encoded(picture())
    part = settings.MASTERS_DIR / "incoming" / "waiting.upload"
    part.parent.mkdir(parents=True, exist_ok=True)
    steps = []
    for _again in range(2):  # as after kill -9
        part.write_bytes(data) if not part.exists() else None
        scan = ingest_file(part, "tờ 1.png", None, step=lambda *step: steps.append(step))
        master = settings.MASTERS_DIR / scan.master_name
        assert master.read_bytes() == data
    assert Scan.objects.get().sha256 == hashlib.sha256(data).hexdigest()
    assert master.stat().st_ino == part.stat().st_ino  # nothing was copied
    assert steps[-1] == (len(data), len(data))
    part.unlink()
    assert files(settings.MASTERS_DIR) == [scan.master_name]

    part.write_bytes(encoded(picture(90, 90)))
    with override("vi"), pytest.raises(Refused, match="SHA-256"):
        ingest_file(part, "tờ 2.png", None, sha256="0" * 64)
    monkeypatch.setattr(module.os, "link", lambda *names: (_ for _ in ()).throw(OSError(errno.EPERM, "no links")))
    digest = hashlib.sha256(part.read_bytes()).hexdigest().upper()
    assert ingest_file(part, "tờ 2.png", None, sha256=digest).width == 90


@pytest.mark.parametrize("where", ["write", "fsync", "move"])
def test_a_broken_disk_leaves_nothing(take, monkeypatch, settings, files, where):
    def broken(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    if where == "write":
        monkeypatch.setattr(module, "_receive", lambda file, target, name: (target.write_bytes(b"half"), broken()))
    else:
        monkeypatch.setattr(module.os, "fsync" if where == "fsync" else "replace", broken)
    with override("vi"), pytest.raises(Refused, match="No space left"):
        take(encoded(picture()))
    assert files(settings.MASTERS_DIR) == []
    assert not Scan.objects.exists()
    assert not Job.objects.exists()


def test_a_broken_queue_leaves_nothing(take, monkeypatch, settings, files):
    def broken(*args, **kwargs):
        raise RuntimeError("no queue")

    monkeypatch.setattr(module.renditions.jobs, "enqueue", broken)
    with pytest.raises(RuntimeError):
        take(encoded(picture()))
    assert files(settings.MASTERS_DIR) == []
    assert not Scan.objects.exists()


def test_a_reader_that_breaks_leaves_nothing(settings, files):
    class Breaking(io.BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise ConnectionResetError("gone")
            return super().read(10)

    with pytest.raises(Refused):
        ingest(Breaking(encoded(picture())), "a.png", None)
    assert files(settings.MASTERS_DIR) == []


def test_a_large_image_is_read_through_by_the_worker(take, work, monkeypatch):
    monkeypatch.setattr(measuring, "INLINE_PIXELS", 1000)
    scan = take(encoded(picture(), "JPEG")[:-900] + b"\xff\xd9", "a.jpg")
    work()
    job = Job.objects.get()
    assert job.state == Job.State.FAILED
    with override("vi"):
        assert "hỏng hoặc bị cắt cụt" in job.reason_text
    assert not Rendition.objects.filter(scan=scan).exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\scans\\Bản đồ.tif", "Bản đồ.tif"),
        ("a\x00b\r\n\x1b[31m.png", "ab[31m.png"),
        ("Hoa\u0300ng Sa.png", "Hoàng Sa.png"),
        ("nguoc\u202egnp.exe.png", "nguocgnp.exe.png"),
        ("  hai   khoảng  trắng.png ", "hai khoảng trắng.png"),
        ("大南一統全圖.tif", "大南一統全圖.tif"),
        ("", "scan"),
        ("..", "scan"),
        ("/", "scan"),
        ("ă" * 400 + ".tiff", "ă" * 250 + ".tiff"),
    ],
)
def test_names(given, kept):
    assert clean_name(given) == kept
    assert len(clean_name(given)) <= 255
