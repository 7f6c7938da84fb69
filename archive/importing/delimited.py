"""Rows of a CSV file, streamed: its encoding and delimiter are found out. Knows nothing of records."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_noop as noop

from .cells import text_of
from .xlsx import SheetError

DELIMITERS = ";,\t"
LONGEST_CELL = 1_000_000  # characters
SAMPLE = 64 * 1024  # bytes
NOT_TEXT = noop("Không đọc được bảng chữ của tệp CSV. Hãy lưu lại dạng “CSV UTF-8” hoặc .xlsx.")
NOT_CSV = noop("Dòng %(row)s của tệp CSV hỏng. Hãy mở bằng bảng tính rồi lưu lại dạng .xlsx.")


def encoding_of(path: Path) -> str:
    """utf-8-sig, utf-16, utf-16-le, utf-16-be or cp1258 (old Vietnamese Windows). Raises SheetError."""
    with open(path, "rb") as file:
        start = file.read(SAMPLE)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(path, "utf-16")
    # Half of ASCII text in UTF-16 is zeros, on one side.
    if start[1::2].count(0) > len(start) // 8:
        return _checked(path, "utf-16-le")
    if start[0::2].count(0) > len(start) // 8:
        return _checked(path, "utf-16-be")
    try:
        return _checked(path, "utf-8-sig")
    except SheetError:
        return _checked(path, "cp1258")


def _checked(path: Path, encoding: str) -> str:
    """`encoding`, after reading the whole file with it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with open(path, "rb") as file:
            while chunk := file.read(1024 * 1024):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise SheetError(NOT_TEXT) from error
    return encoding


def rows(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(row number as a spreadsheet program shows it, texts of its cells). Raises SheetError."""
    csv.field_size_limit(LONGEST_CELL)
    with open(path, encoding=encoding, newline="") as file:
        reader = enumerate(csv.reader(file, delimiter=delimiter, strict=True), start=1)
        number = 0
        while True:
            try:
                number, values = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise SheetError(NOT_CSV, row=number + 1) from error
            yield number, [text_of(value) for value in values]
