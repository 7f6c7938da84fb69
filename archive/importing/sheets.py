"""A spreadsheet file as named cells: finds the sheet, the row of headings and the delimiter."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_noop as noop

from media.sentences import Sentence, say

from . import delimited, encodings, legacy, not_sheets, xlsx
from .cells import clean
from .columns import BY_FIELD, field_of
from .mapping import Mapping
from .reading import AUTO, CellReader
from .xlsx import SheetError

HEADING_ROWS = 30  # how far down the row of headings may stand
WIDEST = 2000  # columns that are looked at
LONGEST_HEADING = 300  # characters
NO_FILE = noop("Không mở được tệp %(name)s.")
EMPTY = noop("Tệp rỗng.")
NO_SHEET = noop("Không có trang tính nào tên “%(name)s” (trang ẩn không được đọc).")
NO_HEADINGS = noop(
    "Không thấy dòng tiêu đề cột. Một trong %(rows)s dòng đầu cần có cột “Số hiệu” và ít nhất một cột khác, "
    "chẳng hạn “Loại hình”, “Nhan đề (vi)”."
)
NO_HEADINGS_THERE = noop("Dòng %(row)s không phải dòng tiêu đề: cần có cột “Số hiệu” và ít nhất một cột khác.")
TOO_MANY = noop(
    "Dòng này có %(given)s ô, dòng tiêu đề có %(wanted)s, nên ô có thể lệch cột. Hãy đặt trong dấu nháy kép ô có dấu "
    "ngăn cách, hoặc mở bằng bảng tính rồi lưu lại dạng .xlsx."
)
TOO_FEW = noop(
    "Dòng này chỉ có %(given)s ô, dòng tiêu đề có %(wanted)s, nên ô có thể lệch cột. Hãy thêm dấu ngăn cách cho ô để "
    "trống, hoặc mở bằng bảng tính rồi lưu lại dạng .xlsx."
)
NO_ROWS = noop(
    "Trang tính “%(name)s” chưa có bản ghi nào dưới dòng tiêu đề. Hãy điền mỗi bản ghi một dòng rồi nhập lại."
)
NO_ROWS_HERE = noop("Dưới dòng tiêu đề chưa có bản ghi nào. Hãy điền mỗi bản ghi một dòng rồi nhập lại.")
ONLY_EXAMPLES = noop(
    "Trang tính “%(name)s” chưa có bản ghi nào dưới dòng tiêu đề; các dòng ở trang “%(examples)s” chỉ là ví dụ nên "
    "không được nhập. Hãy điền vào trang “%(name)s”, mỗi bản ghi một dòng, rồi nhập lại."
)
TWICE = noop("Hai cột “%(first)s” và “%(second)s” cùng nghĩa. Hãy bỏ hoặc đổi tên một cột.")
FILE_IS = noop("Tệp CSV viết bằng bảng mã %(name)s.")
WAS_NFD = noop("%(count)s ô ở dạng tổ hợp (NFD), đã chuẩn hoá.")
CONVERTED = noop("Đã chuyển %(count)s ô từ chữ %(name)s sang Unicode.")
NOT_CONVERTED = noop("%(count)s ô là chữ %(name)s, chưa chuyển.")
HIDDEN = noop("%(count)s dòng ẩn cũng được đọc.")
RESULT = "Kết quả / Result"  # the heading of the column that archive.importing.report_sheet adds
# Sheets of the template that are for its reader.
OWN_SHEETS = ("Ví dụ - Examples", "Hướng dẫn - Guide", "Giá trị - Values")


@dataclass
class Table:
    """headings: {field: heading as written}; unknown: headings that mean nothing here; other_sheets: not read."""

    headings: dict[str, str]
    unknown: list[str]
    other_sheets: list[str]
    header_row: int
    mapping: Mapping
    reader: CellReader
    sheet: str = ""  # its name in a workbook
    has_examples: bool = False  # it is our template
    encoding: str = ""  # of a CSV file, as people call it
    layout: xlsx.Layout = field(default_factory=xlsx.Layout)
    width: tuple[int, int] | None = None  # cells that a row of a CSV file has: at least, and at most with something in
    misshapen: dict[int, int] = field(default_factory=dict)  # {row number: its cells} of rows read that have others
    _columns: dict[int, str] = field(default_factory=dict)
    _open: Callable[..., Iterator] | None = None
    _count: int | None = None

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """(row number, {field: text}) of each row below the headings that has something in a known column.

        Streamed from the file, anew at each call. Columns that a mapping file cuts or joins have names of their own.
        """
        self.count()
        self.reader.reset()
        self.misshapen.clear()
        for number, row in self._rows():
            yield number, {name: self.reader.read(name, text) for name, text in row.items()}

    def raw_rows(self, widest: int) -> Iterator[tuple[int, list[str]]]:
        """Every row of the sheet with all its cells up to that column, as they stand."""
        return self._open(widest=widest)

    def count(self) -> int:
        """How many rows there are; the first time, learns how the cells of the columns are written."""
        if self._count is None:
            self._count = 0
            for _number, row in self._rows():
                self._count += 1
                for name, text in row.items():
                    self.reader.learn(name, text)
        return self._count

    def refuse_empty(self) -> None:
        """Raises SheetError where there is no row to import."""
        if self.count():
            return
        if self.has_examples:
            raise SheetError(ONLY_EXAMPLES, name=self.sheet, examples=OWN_SHEETS[0])
        raise SheetError(NO_ROWS, name=self.sheet) if self.sheet else SheetError(NO_ROWS_HERE)

    def places(self) -> dict[str, int]:
        """{heading as a report names it: where its column stands, from 0}."""
        return {self.headings[name]: index for index, name in self._columns.items()}

    def notes(self) -> list[str]:
        """What was read otherwise than it stands, in the active language. After rows()."""
        notes = [say(FILE_IS, {"name": self.encoding})] if self.encoding not in ("", "UTF-8") else []
        notes += [say(HIDDEN, {"count": self.layout.hidden})] if self.layout.hidden else []
        notes += [say(WAS_NFD, {"count": self.reader.nfd})] if self.reader.nfd else []
        told = CONVERTED if self.reader.policy else NOT_CONVERTED
        for name, count in self.reader.legacy.most_common():
            notes.append(say(told, {"count": count, "name": legacy.NAMES[name]}))
        return notes

    def _rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        for number, cells in self._open(widest=None if self.width else max(self._columns) + 1):
            if row := self.row_of(number, cells):
                if self.width and not self._fits(cells):
                    self.misshapen[number] = len(cells)
                yield number, row

    def _fits(self, cells: list[str]) -> bool:
        """Whether each cell has its heading; empty ones after the last heading do no harm."""
        least, most = self.width
        return least <= len(cells) and not any(text.strip() for text in cells[most:])

    def shape_fault(self, number: int) -> Sentence | None:
        """Why the cells of this row, read just now, may stand in wrong columns; None where they don't."""
        if number not in self.misshapen:
            return None
        given = self.misshapen.pop(number)
        return Sentence(TOO_FEW if given < self.width[0] else TOO_MANY, given=given, wanted=self.width[0])

    def row_of(self, number: int, cells: list[str]) -> dict[str, str] | None:
        """{field: text as it stands} of a row of the sheet; None when it holds no record."""
        if number <= self.header_row:
            return None
        row = {name: cells[index] if index < len(cells) else "" for index, name in self._columns.items()}
        told = any(text and not text.isspace() for text in row.values())
        return row if told and not self.mapping.left_out(number, row) else None


def read(path: Path, mapping: Mapping, convert: bool = False) -> Table:
    """Open a .xlsx or CSV file, told by content and not by name. Raises SheetError.

    convert: cells in a legacy encoding are converted; otherwise they are archive.importing.cells.Faulty.
    """
    try:
        with open(path, "rb") as file:
            start = file.read(not_sheets.LOOKED_AT)
    except OSError as error:
        raise SheetError(NO_FILE, name=path.name) from error
    if not start:
        raise SheetError(EMPTY)
    not_sheets.refuse(path, start)
    policy = mapping.legacy or (AUTO if convert else "")
    return _read_workbook(path, mapping, policy) if start[:2] == b"PK" else _read_text(path, mapping, policy)


def _read_workbook(path: Path, mapping: Mapping, policy: str) -> Table:
    visible = xlsx.visible_sheets(path)
    names = [name for name in visible if name not in OWN_SHEETS or name == mapping.sheet]
    if mapping.sheet and mapping.sheet not in names:
        raise SheetError(NO_SHEET, name=mapping.sheet)
    for name in [mapping.sheet] if mapping.sheet else names:
        layout = xlsx.Layout()
        found = _headings(xlsx.rows(path, name, layout, WIDEST), mapping)
        if found:
            return Table(
                **_described(found, mapping),
                other_sheets=[other for other in names if other != name],
                mapping=mapping,
                reader=CellReader(policy),
                sheet=name,
                has_examples=OWN_SHEETS[0] in visible,
                layout=layout,
                _open=partial(xlsx.rows, path, name, layout),
            )
    raise _no_headings(mapping)


def _read_text(path: Path, mapping: Mapping, policy: str) -> Table:
    encoding = encodings.detect(path)
    best = None
    for delimiter in delimited.DELIMITERS:
        try:
            found = _headings(delimited.rows(path, encoding, delimiter), mapping)
        except SheetError:
            continue
        if found and (best is None or len(found[1]) > len(best[1][1])):
            best = (delimiter, found)
    if best is None:
        raise _no_headings(mapping)
    return Table(
        **_described(best[1], mapping),
        other_sheets=[],
        mapping=mapping,
        reader=CellReader(policy, encoding.legacy, decomposed=encoding.codec == "cp1258"),
        encoding=encoding.name,
        width=best[1][3],
        _open=partial(delimited.rows, path, encoding, best[0]),
    )


def _no_headings(mapping: Mapping) -> SheetError:
    if mapping.header_row:
        return SheetError(NO_HEADINGS_THERE, row=mapping.header_row)
    return SheetError(NO_HEADINGS, rows=HEADING_ROWS)


def _headings(rows: Iterator, mapping: Mapping):
    """(row number, {index: (heading, field)}, unknown headings, (place of the last heading, cells)) of the first row
    that names an identifier and more.

    Headings in a legacy encoding are understood too.
    """
    limit = mapping.header_row or HEADING_ROWS
    for number, cells in islice(rows, limit):
        if mapping.header_row and number != mapping.header_row:
            continue
        for encoding in (None, *legacy.NAMES):
            if encoding and all(text.isascii() for text in cells):
                break
            cells = [text if len(text) <= LONGEST_HEADING else "" for text in cells]
            texts = [clean(legacy.convert(text, encoding) if encoding else text) for text in cells]
            known, unknown = _understood(texts, mapping)
            fields = mapping.provided({field for _heading, field in known.values()})
            if "identifier" in fields and len(fields) > 1:
                return number, known, unknown, (max(n + 1 for n, text in enumerate(texts) if text), len(cells))
    return None


def _understood(texts: list[str], mapping: Mapping) -> tuple[dict, list]:
    known, unknown = {}, []
    for index, text in enumerate(texts):
        name = field_of(text, mapping.columns)
        heading = " ".join(text.split())
        if name:
            known[index] = (heading, name)
        elif heading and name is None and heading != RESULT:
            unknown.append(heading)
    return known, unknown


def _described(found, mapping: Mapping) -> dict:
    number, known, unknown, _width = found
    headings: dict[str, str] = {}
    for heading, name in known.values():
        if name in headings:
            raise SheetError(TWICE, first=headings[name], second=heading)
        headings[name] = heading
    columns = {index: name for index, (_heading, name) in known.items()}
    for made, source in mapping.made_of(headings):
        headings.setdefault(made, headings[source])
    return {"headings": headings, "unknown": unknown, "header_row": number, "_columns": columns}


def heading(name: str, headings: dict[str, str]) -> str:
    """A field's name as the curator's sheet has it, else ours."""
    return headings.get(name) or BY_FIELD[name].vi
