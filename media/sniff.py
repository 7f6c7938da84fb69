"""What a file really is, read from its bytes: TIFF, JPEG or PNG, and nothing else hidden in it.

Pure: no Django, no image library. Formats: TIFF 6.0 and BigTIFF, ITU-T T.81 (JPEG), W3C PNG.
"""

import mmap
import re
import struct
from dataclasses import dataclass
from pathlib import Path

EXTENSIONS = {
    "tif": "tiff", "tiff": "tiff", "btf": "tiff", "tf8": "tiff",
    "jpg": "jpeg", "jpeg": "jpeg", "jpe": "jpeg", "jfif": "jpeg",
    "png": "png",
}  # fmt: skip
MAGIC = {
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
    b"II+\0": "tiff",
    b"MM\0+": "tiff",
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
}
# What a browser, a shell or a viewer would run or open if it were handed the file under another name.
ACTIVE = re.compile(rb"%PDF-|<\?php|<script|<html|<svg|<!doctype", re.IGNORECASE)
HEAD = 1024
MAX_PAGES = 10_000


class Damaged(ValueError):
    """The structure of the file ends or contradicts itself."""


@dataclass(frozen=True)
class Found:
    """format: "tiff" | "jpeg" | "png" | ""; pages: full-size images in it; alien: other content was found."""

    format: str
    pages: int = 1
    alien: bool = False


def extension(name: str) -> str:
    """The extension of a file name, lower case, without its dot; "" when there is none."""
    _stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot else ""


def sniff(path: Path) -> Found:
    """Look into a file of at least one byte. Raises Damaged."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        kind = next((kind for magic, kind in MAGIC.items() if data[: len(magic)] == magic), "")
        if not kind:
            return Found("")
        if ACTIVE.search(data[:HEAD]) or _holds_zip(data):
            return Found(kind, alien=True)
        if kind == "tiff":
            return Found(kind, pages=_tiff_pages(data))
        end = _png_end(data) if kind == "png" else _jpeg_end(data)
        return Found(kind, alien=_is_alien(data, end))


def _holds_zip(data) -> bool:
    """Whether the file ends as a ZIP archive does (jar, docx, apk …)."""
    position = data.rfind(b"PK\5\6", max(0, len(data) - 65_557))
    if position < 0 or position + 22 > len(data):
        return False
    (size,) = struct.unpack_from("<I", data, position + 12)
    start = position - size
    return start >= 0 and (size == 0 or data[start : start + 4] == b"PK\1\2")


def _is_alien(data, end: int) -> bool:
    """Whether what follows the image is neither padding nor further JPEGs (the Multi-Picture Format of cameras)."""
    tail = data[end : end + 65_536]
    if not tail.strip(b"\0\r\n \xff"):
        return False
    return not tail.lstrip(b"\0").startswith(b"\xff\xd8\xff") or bool(ACTIVE.search(tail))


def _png_end(data) -> int:
    """Where the IEND chunk ends, bytes."""
    position = 8
    while position + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, position)
        kind = data[position + 4 : position + 8]
        position += 12 + length
        if kind == b"IEND":
            return min(position, len(data))
    raise Damaged("PNG without its end")


def _jpeg_end(data) -> int:
    """Where the EOI marker of the first image ends, bytes."""
    position = 2
    while True:
        position = data.find(b"\xff", position)
        if position < 0 or position + 2 > len(data):
            raise Damaged("JPEG without its end")
        marker = data[position + 1]
        if marker == 0xD9:
            return position + 2
        if marker in (0x00, 0x01, 0xFF) or 0xD0 <= marker <= 0xD7:
            # A stuffed byte, a restart or padding: entropy-coded data goes on.
            position += 1 if marker == 0xFF else 2
            continue
        if position + 4 > len(data):
            raise Damaged("JPEG cut in a segment")
        position += 2 + struct.unpack_from(">H", data, position + 2)[0]


def _tiff_pages(data) -> int:
    """How many images of full size the chain of directories holds; layers of a pyramid and thumbnails don't count."""
    order = "<" if data[:1] == b"I" else ">"
    big = data[2:4] in (b"+\0", b"\0+")
    pages, seen = 0, set()
    try:
        offset = struct.unpack_from(order + ("Q" if big else "I"), data, 8 if big else 4)[0]
        while offset and offset not in seen and len(seen) < MAX_PAGES:
            seen.add(offset)
            reduced, offset = _directory(data, order, big, offset)
            pages += not reduced
    except struct.error as error:
        raise Damaged("TIFF directory outside the file") from error
    return max(pages, 1)


def _directory(data, order: str, big: bool, offset: int) -> tuple[bool, int]:
    """Read one directory. Out: whether it is a reduced image or a mask (tag 254), and the next one's offset."""
    count = struct.unpack_from(order + ("Q" if big else "H"), data, offset)[0]
    start, size = (offset + 8, 20) if big else (offset + 2, 12)
    if count > 65_535:
        raise Damaged("TIFF directory with too many entries")
    reduced = False
    for number in range(count):
        entry = start + number * size
        tag, kind = struct.unpack_from(order + "HH", data, entry)
        if tag == 254:
            value = struct.unpack_from(order + ("H" if kind == 3 else "I"), data, entry + (12 if big else 8))[0]
            reduced = bool(value & 0b101)
        if tag > 255:
            break
    (following,) = struct.unpack_from(order + ("Q" if big else "I"), data, start + count * size)
    return reduced, following
