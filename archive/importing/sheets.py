"""A spreadsheet file as named cells: finds the sheet, the row of headings and the delimiter."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_noop as noop

from . import delimited, xlsx
from .columns import BY_FIELD, field_of
from .mapping import Mapping
from .xlsx import SheetError

HEADING_ROWS = 30  # how far down the row of headings may stand
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
NO_FILE = noop("Không mở được tệp %(name)s.")
OLD = noop("Tệp .xls cũ hoặc có mật khẩu thì không đọc được. Hãy lưu lại dạng .xlsx không mật khẩu.")
EMPTY = noop("Tệp rỗng.")
NO_SHEET = noop("Không có trang tính nào tên “%(name)s” (trang ẩn không được đọc).")
NO_HEADINGS = noop(
    "Không thấy dòng tiêu đề cột. Một trong %(rows)s dòng đầu cần có cột “Số hiệu” và ít nhất một cột khác, "
    "chẳng hạn “Loại hình”, “Nhan đề (vi)”."
)
TWICE = noop("Hai cột “%(first)s” và “%(second)s” cùng nghĩa. Hãy bỏ hoặc đổi tên một cột.")


@dataclass
class Table:
    """headings: {field: heading as written}; unknown: headings that mean nothing here; other_sheets: not read."""

    headings: dict[str, str]
    unknown: list[str]
    other_sheets: list[str]
    _columns: dict[int, str]
    _open: Callable[[], Iterator]
    header_row: int

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """(row number, {field: text}) of each row below the headings that has something in a known column.

        Streamed from the file, anew at each call.
        """
        for number, cells in self._open():
            if number > self.header_row:
                row = {field: cells[index] if index < len(cells) else "" for index, field in self._columns.items()}
                if any(text.strip() for text in row.values()):
                    yield number, row

    def count(self) -> int:
        return sum(1 for _row in self.rows())


def read(path: Path, mapping: Mapping) -> Table:
    """Open a .xlsx or CSV file, told by content and not by name. Raises SheetError."""
    try:
        with open(path, "rb") as file:
            start = file.read(4)
    except OSError as error:
        raise SheetError(NO_FILE, name=path.name) from error
    if not start:
        raise SheetError(EMPTY)
    if start == OLD_EXCEL:
        raise SheetError(OLD)
    return _read_workbook(path, mapping) if start[:2] == b"PK" else _read_text(path, mapping)


def _read_workbook(path: Path, mapping: Mapping) -> Table:
    names = xlsx.visible_sheets(path)
    if mapping.sheet and mapping.sheet not in names:
        raise SheetError(NO_SHEET, name=mapping.sheet)
    for name in [mapping.sheet] if mapping.sheet else names:
        found = _headings(xlsx.rows(path, name), mapping)
        if found:
            return _table(found, partial(xlsx.rows, path, name), [other for other in names if other != name])
    raise SheetError(NO_HEADINGS, rows=HEADING_ROWS)


def _read_text(path: Path, mapping: Mapping) -> Table:
    encoding = delimited.encoding_of(path)
    best = None
    for delimiter in delimited.DELIMITERS:
        try:
            found = _headings(delimited.rows(path, encoding, delimiter), mapping)
        except SheetError:
            continue
        if found and (best is None or len(found[1]) > len(best[1][1])):
            best = (delimiter, found)
    if best is None:
        raise SheetError(NO_HEADINGS, rows=HEADING_ROWS)
    return _table(best[1], partial(delimited.rows, path, encoding, best[0]), [])


def _headings(rows: Iterator, mapping: Mapping):
    """(row number, {index: (heading, field)}, unknown headings) of the first row that names an identifier and more."""
    for number, cells in islice(rows, HEADING_ROWS):
        known, unknown = {}, []
        for index, text in enumerate(cells):
            field = field_of(text, mapping.columns)
            if field:
                known[index] = (" ".join(text.split()), field)
            elif text.strip():
                unknown.append(" ".join(text.split()))
        fields = {field for _heading, field in known.values()}
        if "identifier" in fields and len(fields) > 1:
            return number, known, unknown
    return None


def _table(found, open_rows: Callable[[], Iterator], other_sheets: list[str]) -> Table:
    number, known, unknown = found
    headings: dict[str, str] = {}
    for heading, field in known.values():
        if field in headings:
            raise SheetError(TWICE, first=headings[field], second=heading)
        headings[field] = heading
    columns = {index: field for index, (_heading, field) in known.items()}
    return Table(headings, unknown, other_sheets, columns, open_rows, number)


def heading(field: str, headings: dict[str, str]) -> str:
    """A field's name as the curator's sheet has it, else ours."""
    return headings.get(field) or BY_FIELD[field].vi
