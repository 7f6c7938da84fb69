"""What a master says of itself, in words for curators.

`Scan.technical` holds what its header said (see media.headers): bits a sample, bands, "colour", "profile" (the ICC
profile's name), "compression", "layout", "variant", "dpi" [across, down], "software", "device", "made_at". What the
file doesn't say is not there.
"""

import re

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from media.models import Scan
from media.sentences import grouped

COLOURS = {
    "bilevel": noop("đen trắng"),
    "grey": noop("thang xám"),
    "palette": noop("bảng màu"),
    "rgb": "RGB",
    "cmyk": "CMYK",
    "ycbcr": "YCbCr",
    "lab": "L*a*b*",
}
COMPRESSIONS = {
    "none": noop("không nén"),
    "jpeg": "JPEG",
    "jpeg2000": "JPEG 2000",
    "lzw": "LZW",
    "deflate": "Deflate",
    "ccitt": "CCITT",
    "packbits": "PackBits",
    "zstd": "Zstandard",
    "webp": "WebP",
}
LAYOUTS = {
    "tiles": noop("chia ô"),
    "strips": noop("chia dải"),
    "progressive": noop("tải dần"),
    "interlaced": noop("xen dòng"),
}
FORMATS = {"tiff": "TIFF", "jpeg": "JPEG", "png": "PNG", "jp2": "JPEG 2000", "pdf": "PDF"}
# EXIF's "2017:05:15 08:30:00" and PDF's "D:20170515083000+07'00'" (ISO 32000-2, 7.9.4).
MOMENT = re.compile(r"(?:D:)?(\d{4}):?(\d\d):?(\d\d)(?:[ T]?(\d\d):?(\d\d))?")


def format_name(scan: Scan) -> str:
    """ "TIFF", "BigTIFF", "JPEG 2000" …"""
    return "BigTIFF" if scan.technical.get("variant") == "bigtiff" else FORMATS.get(scan.format, scan.format.upper())


def described(scan: Scan) -> list[tuple[str, str]]:
    """(label, value) of what is known of a scan's file, in the active language and in a curator's order."""
    told = scan.technical
    rows = [
        (_("Định dạng"), ", ".join(filter(None, [format_name(scan), _word(LAYOUTS, told.get("layout"))]))),
        (_("Kích thước"), _("%(w)s × %(h)s điểm ảnh") % {"w": grouped(scan.width), "h": grouped(scan.height)}),
        (_("Số trang"), grouped(scan.pages) if scan.pages > 1 else ""),
        (_("Dung lượng"), _size(scan.size)),
        (_("Độ phân giải"), _dpi(told.get("dpi"))),
        (_("Màu"), _colour(told)),
        (_("Hồ sơ màu (ICC)"), told.get("profile", "")),
        (_("Kiểu nén"), _word(COMPRESSIONS, told.get("compression"))),
        (_("Thiết bị"), told.get("device", "")),
        (_("Phần mềm"), told.get("software", "")),
        (_("Ngày quét"), _moment(told.get("made_at", ""))),
        ("SHA-256", scan.sha256),
    ]
    return [(label, value) for label, value in rows if value]


def _word(words: dict, code) -> str:
    return gettext(words[code]) if code in words else ""


def _size(size: int) -> str:
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= unit:
            return f"{number_format(round(size / unit, 1), 1)} {name}"
    return _("%(n)s byte") % {"n": size}


def _dpi(dpi) -> str:
    if not dpi:
        return ""
    across, down = (number_format(round(side, 1) if side % 1 else int(side)) for side in dpi)
    return f"{across} dpi" if across == down else f"{across} × {down} dpi"


def _colour(told: dict) -> str:
    bits = told.get("bits")
    depth = _("%(n)s bit mỗi kênh") % {"n": bits} if bits and told.get("colour") != "bilevel" else ""
    return ", ".join(filter(None, [_word(COLOURS, told.get("colour")), depth]))


def _moment(text: str) -> str:
    """A day as the reader writes it; what can't be read, as it stands."""
    found = MOMENT.match(text)
    if not found:
        return text
    year, month, day, hour, minute = found.groups()
    return f"{int(day)}/{int(month)}/{year}" + (f" {hour}:{minute}" if hour else "")
