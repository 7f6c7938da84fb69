"""Rows of an Excel workbook, streamed. Knows nothing of records.

openpyxl in read-only mode leaves three things out, which one pass over the sheet's XML finds first: cells merged
downwards, formulas that were never calculated, and the true size of the sheet.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext_noop as noop
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from media.sentences import Sentence

from .cells import ERRORS, text_of

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
UNPACKED_LIMIT = 400 * 1024 * 1024  # bytes of all parts together; a zip bomb is far above
NOT_XLSX = noop("Tệp bảng tính hỏng hoặc không phải .xlsx. Hãy mở bằng Excel hay LibreOffice rồi lưu lại dạng .xlsx.")
TOO_LARGE = noop("Bảng tính giải nén ra quá lớn (%(size)s byte). Hãy bỏ ảnh nhúng hoặc chia thành nhiều tệp.")
UNCALCULATED = "#CÔNG THỨC"
MERGED_LIMIT = 100_000  # rows that one merged range may fill


class SheetError(Sentence, ValueError):
    """The file as a whole can't be read."""


@dataclass
class Layout:
    """What the XML says beyond the values. fills: {(row, column): (row, column) of the merged range's first cell}."""

    fills: dict = field(default_factory=dict)
    uncalculated: set = field(default_factory=set)


BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    DefusedXmlException,
    SyntaxError,  # what both XML parsers raise
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    OSError,
    NotImplementedError,
)


def visible_sheets(path: Path) -> list[str]:
    """Names of the sheets that are not hidden, in order. Raises SheetError."""
    with _opened(path) as book:
        return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def rows(path: Path, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """(row number as the program shows it, texts of its cells) of every row, empty ones too. Raises SheetError."""
    with _opened(path) as book:
        worksheet = book[sheet]
        layout = _layout(worksheet)
        worksheet.reset_dimensions()  # some programs write a wrong size
        kept: dict = {}
        sources = set(layout.fills.values())
        cells = enumerate(worksheet.iter_rows(values_only=True), start=1)
        while True:
            try:
                number, values = next(cells)
            except StopIteration:
                return
            except BROKEN as error:
                raise SheetError(NOT_XLSX) from error
            yield number, _texts(number, values, layout, kept, sources)


def _texts(number: int, values, layout: Layout, kept: dict, sources: set) -> list[str]:
    texts = [text_of(value) for value in values]
    for column, text in enumerate(texts, start=1):
        place = (number, column)
        if place in layout.uncalculated:
            texts[column - 1] = UNCALCULATED
        if place in sources:
            kept[place] = text
    for column in range(1, len(texts) + 1):
        source = layout.fills.get((number, column))
        if source and not texts[column - 1]:
            texts[column - 1] = kept.get(source, "")
    return texts


def is_fault(text: str) -> bool:
    """Whether a cell holds a formula's error or a formula without a result."""
    return text in ERRORS or text == UNCALCULATED


class _opened:
    """The workbook, checked against bombs before anything is unpacked, and closed at the end."""

    def __init__(self, path: Path):
        self.path, self.file = path, None

    def __enter__(self):
        try:
            with zipfile.ZipFile(self.path) as archive:
                size = sum(part.file_size for part in archive.infolist())
            if size > UNPACKED_LIMIT:
                raise SheetError(TOO_LARGE, size=size)
            # As a file: by a path, openpyxl would judge by the ending of its name.
            self.file = open(self.path, "rb")
            self.book = openpyxl.load_workbook(self.file, read_only=True, data_only=True, keep_links=False)
        except SheetError:
            raise
        except BROKEN as error:
            self._close()
            raise SheetError(NOT_XLSX) from error
        return self.book

    def __exit__(self, *exception):
        self.book.close()
        self._close()

    def _close(self):
        if self.file:
            self.file.close()


def _layout(worksheet) -> Layout:
    layout = Layout()
    try:
        with worksheet._get_source() as source:
            for _event, element in iterparse(source, events=("end",), forbid_dtd=True):
                if element.tag == f"{SPREADSHEET}c":
                    _note_formula(element, layout)
                elif element.tag == f"{SPREADSHEET}mergeCell":
                    _note_merge(element.get("ref", ""), layout)
                elif element.tag == f"{SPREADSHEET}row":
                    element.clear()
    except BROKEN as error:
        raise SheetError(NOT_XLSX) from error
    return layout


def _note_formula(cell, layout: Layout) -> None:
    if cell.find(f"{SPREADSHEET}f") is not None:
        value = cell.find(f"{SPREADSHEET}v")
        if (value is None or value.text is None) and cell.get("t") != "str" and cell.get("r"):
            column, row, _c, _r = range_boundaries(cell.get("r"))
            layout.uncalculated.add((row, column))


def _note_merge(reference: str, layout: Layout) -> None:
    """A value merged over several rows is meant for each; one merged over columns belongs to the first."""
    column, first, _last_column, last = range_boundaries(reference)
    for row in range(first + 1, min(last, first + MERGED_LIMIT) + 1):
        layout.fills[(row, column)] = (first, column)
