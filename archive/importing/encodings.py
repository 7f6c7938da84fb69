"""Which encoding a text file is in: by its mark, by being valid, or by what it reads as."""

import codecs
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_noop as noop

from . import legacy
from .xlsx import SheetError

SAMPLE = 64 * 1024  # bytes
READ_AT_ONCE = 1024 * 1024  # bytes
LATIN = "latin-1"  # bytes as they are, for legacy.FROM_LATIN1
MARKS = (  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
)
NOT_TEXT = noop("Không đọc được bảng chữ của tệp CSV. Hãy lưu lại dạng “CSV UTF-8” hoặc .xlsx.")
BROKEN = noop("Tệp CSV là UTF-8 nhưng dòng chữ thứ %(row)s hỏng. Hãy sửa dòng đó, hoặc lưu lại dạng .xlsx.")


@dataclass(frozen=True)
class Encoding:
    """codec: Python's name; name: as people call it; legacy: of archive.importing.legacy, when its cells hold that."""

    codec: str
    name: str
    legacy: str | None = None


def detect(path: Path) -> Encoding:
    """Raises SheetError for what no encoding can read."""
    with open(path, "rb") as file:
        start = file.read(SAMPLE)
    for mark, codec, name in MARKS:
        if start.startswith(mark):
            return Encoding(_checked(path, codec), name)
    # Half of ASCII text in UTF-16 is zeros, on one side.
    if start[1::2].count(0) > len(start) // 8:
        return Encoding(_checked(path, "utf-16-le"), "UTF-16")
    if start[0::2].count(0) > len(start) // 8:
        return Encoding(_checked(path, "utf-16-be"), "UTF-16")
    fault = _first_fault(path)
    return Encoding("utf-8-sig", "UTF-8") if fault is None else _eight_bits(start)


def _checked(path: Path, codec: str) -> str:
    """`codec`, after reading the whole file with it."""
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        with open(path, "rb") as file:
            while chunk := file.read(READ_AT_ONCE):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise SheetError(NOT_TEXT) from error
    return codec


def _first_fault(path: Path) -> int | None:
    """The first line that isn't UTF-8, or None. Raises SheetError where the other lines leave no doubt that all
    should be."""
    first, faults, good, number = None, 0, 0, 1
    decoder = codecs.getincrementaldecoder("utf-8")()
    with open(path, "rb") as file:
        while piece := file.readline(READ_AT_ONCE):  # a long line comes in several pieces
            ends = piece.endswith(b"\n")
            try:
                good += not decoder.decode(piece, final=ends).isascii()
            except UnicodeDecodeError:
                decoder.reset()
                faults += 1
                first = first or number
            number += ends
    if first and good > 10 * faults:
        raise SheetError(BROKEN, row=first)
    return first


def _eight_bits(start: bytes) -> Encoding:
    """One byte a letter: the legacy encoding that most lines were recognised as, else western windows-1252."""
    text = start.decode(LATIN).translate(legacy.FROM_LATIN1)
    lines = [line for line in text.splitlines() if not line.isascii()]
    votes = Counter(filter(None, (legacy.recognise(line) for line in lines)))
    if not votes:
        return Encoding(LATIN, "Windows-1252")
    name = votes.most_common(1)[0][0]
    if name == legacy.CP1258:
        return Encoding("cp1258", legacy.NAMES[name])
    return Encoding(LATIN, legacy.NAMES[name], name)
