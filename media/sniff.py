"""What a file really is, read from its bytes: TIFF, JPEG, PNG, JP2 or PDF, and nothing else hidden in it.

Pure: no Django, no image library. The formats' own structures are read in media.headers.
"""

import mmap
import re
import struct
from dataclasses import dataclass, field
from pathlib import Path

from media.headers import jp2, jpeg, pdf, png, tiff
from media.headers.found import Damaged, Page, TooHungry, Unknown

__all__ = ["Damaged", "Found", "Page", "TooHungry", "Unknown", "extension", "kind_of", "layer_of", "sniff"]

EXTENSIONS = {
    "tif": "tiff", "tiff": "tiff", "btf": "tiff", "tf8": "tiff",
    "jpg": "jpeg", "jpeg": "jpeg", "jpe": "jpeg", "jfif": "jpeg",
    "png": "png",
    "jp2": "jp2",
    "pdf": "pdf",
}  # fmt: skip
MAGIC = {
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
    b"II+\0": "tiff",
    b"MM\0+": "tiff",
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\0\0\0\x0cjP  \r\n\x87\n": "jp2",
    b"%PDF-": "pdf",
}
READERS = {"tiff": tiff.read, "jpeg": jpeg.read, "png": png.read, "jp2": jp2.read, "pdf": pdf.read}
# What a browser, a shell or a viewer would run or open if it were handed the file under another name.
ACTIVE = re.compile(rb"%PDF-|<\?php|<script|<html|<svg|<!doctype", re.IGNORECASE)
HEAD = 1024


@dataclass(frozen=True)
class Found:
    """format: "tiff" | "jpeg" | "png" | "jp2" | "pdf" | ""; alien: other content was found.

    pages: images of full size in it (none for a PDF); technical: what the header says, see media.technical.
    """

    format: str
    pages: list[Page] = field(default_factory=list)
    technical: dict = field(default_factory=dict)
    alien: bool = False


def extension(name: str) -> str:
    """The extension of a file name, lower case, without its dot; "" when there is none."""
    _stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot else ""


def kind_of(path: Path) -> str:
    """The format that the first bytes tell, "" for none of ours."""
    with open(path, "rb") as file:
        head = file.read(16)
    return next((kind for magic, kind in MAGIC.items() if head.startswith(magic)), "")


def sniff(path: Path) -> Found:
    """Look into a file of at least one byte. Raises Damaged, TooHungry, Unknown."""
    kind = kind_of(path)
    if not kind:
        return Found("")
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if ACTIVE.search(data[5 if kind == "pdf" else 0 : HEAD]) or _holds_zip(data):
            return Found(kind, alien=True)
        header = READERS[kind](data)
        alien = kind != "tiff" and _is_alien(data, header.end, kind)
        return Found(kind, header.pages, header.technical, alien)


def layer_of(path: Path, page: int) -> int:
    """Which image of a TIFF, from 0, is its page, from 1. Raises Damaged."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        pages = tiff.read(data).pages
    if not 1 <= page <= len(pages):
        raise Damaged(f"no page {page}")
    return pages[page - 1].layer


def _holds_zip(data) -> bool:
    """Whether the file ends as a ZIP archive does (jar, docx, apk …)."""
    position = data.rfind(b"PK\5\6", max(0, len(data) - 65_557))
    if position < 0 or position + 22 > len(data):
        return False
    (size,) = struct.unpack_from("<I", data, position + 12)
    start = position - size
    return start >= 0 and (size == 0 or data[start : start + 4] == b"PK\1\2")


def _is_alien(data, end: int, kind: str) -> bool:
    """Whether what follows the image is neither padding nor further JPEGs (the Multi-Picture Format of cameras)."""
    tail = data[end : end + 65_536]
    if not tail.strip(b"\0\r\n \xff"):
        return False
    return kind != "jpeg" or not tail.lstrip(b"\0").startswith(b"\xff\xd8\xff") or bool(ACTIVE.search(tail))
