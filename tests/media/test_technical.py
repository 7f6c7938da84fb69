"""What headers tell, format by format, and how curators read it."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from PIL import Image, ImageCms, PngImagePlugin

from media import sniff, technical
from media.headers import tiff
from media.models import Scan

from .conftest import encoded, picture, vips_picture

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def exif() -> Image.Exif:
    told = Image.Exif()
    told[271], told[272], told[305], told[306] = "Epson", "DS-50000", "Scan 3.1", "2017:05:15 08:30:00"
    return told


def png_text() -> PngImagePlugin.PngInfo:
    told = PngImagePlugin.PngInfo()
    told.add_text("Software", "GIMP")
    return told


TIFF_FIELDS = {271: "Epson", 305: "Scan 3.1", 306: "2017:05:15 08:30:00"}
TIFF_OPTIONS = {"compression": "tiff_lzw", "dpi": (600, 600), "tiffinfo": TIFF_FIELDS, "icc_profile": SRGB}
CASES = {
    "tiff": (
        lambda: encoded(picture(), "TIFF", **TIFF_OPTIONS),
        {"bits": 8, "bands": 3, "colour": "rgb", "compression": "lzw", "layout": "strips", "dpi": [600, 600],
         "software": "Scan 3.1", "device": "Epson", "made_at": "2017:05:15 08:30:00", "profile": "sRGB built-in"},
    ),
    "16-bit tiled bigtiff": (
        lambda: (vips_picture().cast("ushort") * 257).cast("ushort").tiffsave_buffer(tile=True, bigtiff=True),
        {"bits": 16, "bands": 3, "colour": "rgb", "layout": "tiles", "variant": "bigtiff", "compression": "none"},
    ),
    "cmyk tiff": (lambda: encoded(picture(mode="CMYK"), "TIFF"), {"bits": 8, "bands": 4, "colour": "cmyk"}),
    "fax": (
        lambda: encoded(picture(mode="1"), "TIFF", compression="group4"),
        {"bits": 1, "colour": "bilevel", "compression": "ccitt"},
    ),
    "jpeg": (
        lambda: encoded(picture(), "JPEG", dpi=(300, 300), icc_profile=SRGB, exif=exif(), progressive=True),
        {"bits": 8, "bands": 3, "colour": "ycbcr", "compression": "jpeg", "layout": "progressive", "dpi": [300, 300],
         "profile": "sRGB built-in", "software": "Scan 3.1", "device": "Epson DS-50000"},
    ),
    "png": (
        lambda: encoded(picture(mode="L"), dpi=(300, 300), pnginfo=png_text(), icc_profile=SRGB),
        {"bits": 8, "bands": 1, "colour": "grey", "compression": "deflate", "dpi": [300, 300], "software": "GIMP",
         "profile": "sRGB built-in"},
    ),
    "jp2": (
        lambda: encoded(picture(), "JPEG2000"),
        {"bits": 8, "bands": 3, "colour": "rgb", "compression": "jpeg2000", "profile": "sRGB"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_headers(case, tmp_path):
    make, wanted = CASES[case]
    (tmp_path / "a").write_bytes(make())
    found = sniff.sniff(tmp_path / "a")
    told = {key: found.technical.get(key) for key in wanted}
    if "dpi" in wanted:
        told["dpi"] = [round(side) for side in told["dpi"]]
    assert told == wanted
    assert [page.upright for page in found.pages] == [(640, 480)]


def test_words():
    told = {"bits": 16, "colour": "rgb", "dpi": [600.0, 300.0], "compression": "lzw", "layout": "tiles",
            "variant": "bigtiff", "made_at": "D:20170515083000+07'00'", "profile": "Adobe RGB (1998)"}  # fmt: skip
    scan = Scan(
        sha256="a" * 64, format="tiff", size=1_680_000_000, width=19_842, height=28_087, technical=told, pages=2
    )
    with override("vi"):
        rows = dict(technical.described(scan))
    assert rows["Định dạng"] == "BigTIFF, chia ô"
    assert (rows["Kích thước"], rows["Dung lượng"]) == ("19.842 × 28.087 điểm ảnh", "1,7 GB")
    assert (rows["Màu"], rows["Độ phân giải"]) == ("RGB, 16 bit mỗi kênh", "600 × 300 dpi")
    assert (rows["Ngày quét"], rows["Số trang"]) == ("15/5/2017 08:30", "2")
    with override("en"):
        assert dict(technical.described(scan))["Size of the file"] == "1.7 GB"


@pytest.mark.django_db
def test_curators_read_it_in_the_list(client, cataloguer, take):
    take(encoded(picture(), "TIFF", dpi=(600, 600)), "tờ.tif", cataloguer)
    client.force_login(cataloguer)
    html = client.get(reverse("media_scans:index")).content.decode()
    assert "640 × 480, TIFF" in html and "<dt>Độ phân giải</dt><dd>600 dpi</dd>" in html


def test_broken_fields_say_nothing():
    """A field that lies outside the file costs its own words, not the picture."""
    data = bytearray(encoded(picture(20, 20), "TIFF", dpi=(600, 600)))
    at = data.index((282).to_bytes(2, "little") + (5).to_bytes(2, "little"))
    data[at + 8 : at + 12] = b"\xff\xff\xff\x7f"
    found = tiff.read(bytes(data))
    assert "dpi" not in found.technical and len(found.pages) == 1
