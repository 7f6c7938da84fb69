"""Rows of an Excel workbook, streamed. Knows nothing of records.

openpyxl in read-only mode leaves some things out, which one pass over the sheet's XML finds first: cells merged
downwards, formulas that were never calculated, what is hidden, and the true size of the sheet.
"""

import zipfile
import zlib
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

from . import legacy
from .cells import ERRORS, plain

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
UNPACKED_LIMIT = 400 * 1024 * 1024  # bytes of all parts together; a zip bomb is far above
PART_LIMIT = 64 * 1024 * 1024  # bytes of a part that is read whole: all but sheets and pictures
NOT_XLSX = noop("Tệp bảng tính hỏng hoặc không phải .xlsx. Hãy mở bằng Excel hay LibreOffice rồi lưu lại dạng .xlsx.")
TOO_LARGE = noop("Bảng tính giải nén ra quá lớn (%(size)s byte). Hãy bỏ ảnh nhúng hoặc chia thành nhiều tệp.")
UNCALCULATED = "#CÔNG THỨC"
TOO_LONG = "#QUÁ DÀI"  # what a workbook couldn't hold, in a sheet with a report
MERGED_LIMIT = 100_000  # rows that all merged ranges together may fill
CELLS_LIMIT = 16_384  # of a row, as Excel has them
TOO_MERGED = noop("Bảng tính có quá nhiều ô gộp. Hãy bỏ gộp ô rồi lưu lại.")
ODS = noop("Tệp này là bảng tính OpenDocument (.ods). Hãy mở bằng LibreOffice rồi lưu lại dạng .xlsx.")
XLSB = noop("Tệp này là bảng tính nhị phân (.xlsb). Hãy mở bằng Excel rồi lưu lại dạng .xlsx.")
NO_WORKBOOK = noop("Tệp nén này không phải bảng tính. Hãy gửi tệp .xlsx hoặc .csv.")


class SheetError(Sentence, ValueError):
    """The file as a whole can't be read."""


@dataclass
class Layout:
    """What the XML says beyond the values. fills: {(row, column): (row, column) of the merged range's first cell};
    hidden: rows that aren't shown."""

    fills: dict = field(default_factory=dict)
    uncalculated: set = field(default_factory=set)
    hidden: int = 0


class Typed(str):
    """A cell's text whose font is of a legacy encoding; `font` is its name."""

    font = ""


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
    RuntimeError,  # an encrypted part
    zlib.error,
)


def visible_sheets(path: Path) -> list[str]:
    """Names of the sheets that are not hidden, in order. Raises SheetError."""
    with _opened(path) as book:
        return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def rows(path: Path, sheet: str, widest: int | None = None, seen: Layout | None = None) -> Iterator[tuple]:
    """(row number as the program shows it, texts of its cells as they stand) of every row, empty ones too.

    widest: columns beyond it are left out; seen: what is found about the layout is put there. Raises SheetError.
    """
    with _opened(path) as book:
        worksheet = book[sheet]
        layout = _layout(worksheet, seen or Layout())
        worksheet.reset_dimensions()  # some programs write a wrong size
        fonts = _legacy_fonts(book)
        kept: dict = {}
        sources = set(layout.fills.values())
        cells = enumerate(worksheet.iter_rows(values_only=not fonts), start=1)
        while True:
            try:
                number, values = next(cells)
            except StopIteration:
                return
            except BROKEN as error:
                raise SheetError(NOT_XLSX) from error
            values = values[:widest]
            texts = [_typed(cell, fonts) for cell in values] if fonts else [plain(value) for value in values]
            yield number, _completed(number, texts, layout, kept, sources)


def _legacy_fonts(book) -> dict[int, str]:
    """{number of a cell's style: name of its font} of the fonts that show legacy text."""
    names = [font.name for font in book._fonts]
    found = {number: names[style.fontId] for number, style in enumerate(book._cell_styles)}
    return {number: name for number, name in found.items() if legacy.font_says(name)[0]}


def _typed(cell, fonts: dict[int, str]) -> str:
    text = plain(cell.value)
    font = fonts.get(getattr(cell, "_style_id", None))
    if font is None or text.isascii():
        return text
    text = Typed(text)
    text.font = font
    return text


def _completed(number: int, texts: list[str], layout: Layout, kept: dict, sources: set) -> list[str]:
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
    return text in ERRORS or text in (UNCALCULATED, TOO_LONG)


class _opened:
    """The workbook, checked against bombs before anything is unpacked, and closed at the end."""

    def __init__(self, path: Path):
        self.path, self.file = path, None

    def __enter__(self):
        try:
            with zipfile.ZipFile(self.path) as archive:
                _check_parts(archive)
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


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    whole = [part.file_size for part in parts if not part.filename.startswith(("xl/worksheets/", "xl/media/"))]
    size = sum(part.file_size for part in parts)
    if size > UNPACKED_LIMIT or max(whole, default=0) > PART_LIMIT:
        raise SheetError(TOO_LARGE, size=size)
    names = {part.filename for part in parts}
    if "mimetype" in names and archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument"):
        raise SheetError(ODS)
    if "xl/workbook.bin" in names:
        raise SheetError(XLSB)
    if "[Content_Types].xml" not in names or any(name.startswith(("word/", "ppt/")) for name in names):
        raise SheetError(NO_WORKBOOK)


def _layout(worksheet, layout: Layout) -> Layout:
    """One pass that keeps nothing of what it has read."""
    layout.fills, layout.uncalculated, layout.hidden = {}, set(), 0
    data, cells = None, 0
    try:
        with worksheet._get_source() as source:
            for event, element in iterparse(source, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    data = element if element.tag == f"{SPREADSHEET}sheetData" else data
                elif element.tag == f"{SPREADSHEET}c":
                    cells += 1
                    if cells > CELLS_LIMIT:
                        raise SheetError(NOT_XLSX)
                    _note_formula(element, layout)
                    element.clear()
                elif element.tag == f"{SPREADSHEET}mergeCell":
                    _note_merge(element.get("ref", ""), layout)
                elif element.tag == f"{SPREADSHEET}row":
                    layout.hidden += element.get("hidden") in ("1", "true") and cells > 0
                    cells = 0
                    if data is not None:
                        data.clear()
    except BROKEN as error:
        if isinstance(error, SheetError):
            raise
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
    if len(layout.fills) + last - first > MERGED_LIMIT:
        raise SheetError(TOO_MERGED)
    for row in range(first + 1, last + 1):
        layout.fills[(row, column)] = (first, column)
