"""Rows of an Excel workbook, streamed. Knows nothing of records.

openpyxl in read-only mode leaves some things out, which archive.importing.xlsx_layout finds first: cells merged
downwards, formulas that were never calculated, what is hidden.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext_noop as noop
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from media.sentences import Sentence

from . import legacy
from .cells import ERRORS, plain
from .xlsx_layout import Layout, TooMerged, look_at

UNPACKED_LIMIT = 400 * 1024 * 1024  # bytes of all parts together; a zip bomb is far above
PART_LIMIT = 64 * 1024 * 1024  # bytes of a part that is read whole: all but sheets and pictures
NOT_XLSX = noop("Tệp bảng tính hỏng hoặc không phải .xlsx. Hãy mở bằng Excel hay LibreOffice rồi lưu lại dạng .xlsx.")
TOO_LARGE = noop("Bảng tính giải nén ra quá lớn (%(size)s byte). Hãy bỏ ảnh nhúng hoặc chia thành nhiều tệp.")
UNCALCULATED = "#CÔNG THỨC"
TOO_LONG = "#QUÁ DÀI"  # what a workbook couldn't hold, in a sheet with a report
TOO_MERGED = noop("Bảng tính có quá nhiều ô gộp. Hãy bỏ gộp ô rồi lưu lại.")
ODS = noop("Tệp này là bảng tính OpenDocument (.ods). Hãy mở bằng LibreOffice rồi lưu lại dạng .xlsx.")
XLSB = noop("Tệp này là bảng tính nhị phân (.xlsb). Hãy mở bằng Excel rồi lưu lại dạng .xlsx.")
NO_WORKBOOK = noop("Tệp nén này không phải bảng tính. Hãy gửi tệp .xlsx hoặc .csv.")


class SheetError(Sentence, ValueError):
    """The file as a whole can't be read."""


class Typed(str):
    """A cell's text whose font is of a legacy encoding; `font` is its name."""

    font = ""


BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    DefusedXmlException,
    SyntaxError,  # what both XML parsers raise
    ExpatError,
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


def rows(path: Path, sheet: str, layout: Layout, widest: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """(row number as the program shows it, texts of its cells as they stand) of every row, empty ones too.

    layout: of this sheet, filled the first time; widest: columns beyond it are left out. Raises SheetError.
    """
    with _opened(path) as book:
        worksheet = book[sheet]
        if not layout.known:
            _look_at(worksheet, layout)
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


def _look_at(worksheet, layout: Layout) -> None:
    try:
        with worksheet._get_source() as source:
            look_at(source, layout)
    except TooMerged as error:
        raise SheetError(TOO_MERGED) from error
    except BROKEN as error:
        raise SheetError(NOT_XLSX) from error


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


class _Sheet(ReadOnlyWorksheet):
    def _get_size(self):
        """Not asked for: in a sheet that doesn't say it, it would be a pass over the whole."""


class _Reader(ExcelReader):
    def read_worksheets(self):
        for sheet, relation in self.parser.find_sheets():
            if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                found = _Sheet(self.wb, sheet.name, relation.target, self.shared_strings)
                found.sheet_state = sheet.state
                self.wb._sheets.append(found)


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
            reader = _Reader(self.file, read_only=True, data_only=True, keep_links=False)
            reader.read()
            self.book = reader.wb
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
