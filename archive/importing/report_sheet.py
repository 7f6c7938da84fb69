"""The sheet that was imported, written again with its faults: coloured cells with comments, and a column of results.

It has the rows of the sheet at their own numbers, so that who mends it can upload it as it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_noop as noop
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from media.sentences import say

from ..models import ChangeSet, ChangeSetRow
from . import mapping as mappings
from . import sheets
from .cells import CONTROL
from .run import Options, nothing
from .sheets import RESULT, WIDEST, Table
from .xlsx import TOO_LONG, SheetError

STAGE = noop("Đang viết bảng kết quả")
GOOD = noop("Nhận được")
REFUSED = noop("Không nhận. %(reasons)s")
MOST_COMMENTS = 5000  # a program that opens the sheet holds them all; the last column has every fault
CELL_LIMIT = 32_767  # characters that a cell of a workbook holds
NOT_WHOLE = noop("Một ô ở dòng này dài quá %(limit)s ký tự nên không để vừa bảng .xlsx; hãy sửa trong tệp của bạn.")
WHOLE = re.compile(r"0|-?[1-9]\d{0,14}")
AUTHOR = "Cát Vàng"
FAULTY = PatternFill("solid", fgColor="FFF6CFCB")
HEADING = Font(bold=True)
Problems = list[dict]


def write(table: Table, refused: Iterable[tuple[int, Problems]], target: Path, tell=lambda done: None) -> None:
    """In: the rows that were refused, in order, each with its [{column, value, message}]; tell(rows written).

    Streamed from file to file, one row at a time. Sentences are in the active language. Raises SheetError, OSError.
    """
    writer = _Writer(table, refused)
    for number, cells in table.raw_rows(WIDEST):
        tell(number)
        writer.add(number, cells)
    writer.book.save(target)


class _Writer:
    def __init__(self, table: Table, refused: Iterable[tuple[int, Problems]]):
        self.table, self.refused = table, iter(refused)
        self.next = next(self.refused, None)
        self.places = table.places()
        self.book = Workbook(write_only=True)
        self.sheet = self.book.create_sheet(table.sheet or AUTHOR)
        self.comments, self.fonts = 0, {}
        self.result_at = _result_place(table)
        self.sheet.freeze_panes = f"A{table.header_row + 1}"
        self.sheet.column_dimensions[get_column_letter(self.result_at + 1)].width = 60

    def add(self, number: int, cells: list[str]) -> None:
        cells = cells[: self.result_at] + [""] * (self.result_at - len(cells)) + [""] + cells[self.result_at + 1 :]
        written = [self._cell(text) for text in cells]
        if number == self.table.header_row:
            written[self.result_at] = self._plain(RESULT)
            written[self.result_at].font = HEADING
        elif self.table.row_of(number, cells):
            written[self.result_at] = self._result(number, written, any(len(text) > CELL_LIMIT for text in cells))
        while written and written[-1] is None:
            written.pop()
        self.sheet.append(written)

    def _result(self, number: int, written: list, is_cut: bool):
        problems = self._problems_of(number)
        for place, found in self._by_place(problems):
            if place is not None and self.comments < MOST_COMMENTS:
                self.comments += 1
                if not isinstance(written[place], Cell):
                    value = written[place]
                    written[place] = WriteOnlyCell(self.sheet, value="" if value is None else value)
                written[place].fill = FAULTY
                written[place].comment = _comment(" ".join(problem["message"] for problem in found))
        reasons = [f"{p['column']}: {p['message']}" if p["column"] else p["message"] for p in problems]
        reasons += [say(NOT_WHOLE, {"limit": CELL_LIMIT})] if is_cut else []
        cell = self._plain(say(REFUSED, {"reasons": "\n".join(reasons)}) if reasons else say(GOOD, {}))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if reasons:
            cell.fill = FAULTY
        return cell

    def _problems_of(self, number: int) -> Problems:
        while self.next and self.next[0] < number:
            self.next = next(self.refused, None)
        return self.next[1] if self.next and self.next[0] == number else []

    def _by_place(self, problems: Problems) -> Iterator[tuple[int | None, Problems]]:
        found: dict = {}
        for problem in problems:
            found.setdefault(self.places.get(problem["column"]), []).append(problem)
        yield from found.items()

    def _cell(self, text: str):
        if not text:
            return None
        if len(text) > CELL_LIMIT:
            return self._plain(TOO_LONG)
        if WHOLE.fullmatch(text):
            return int(text)
        name = getattr(text, "font", None)  # without it nobody could read the cell
        text = CONTROL.sub("", text)
        if not name and text[:1] not in ("=", "#"):
            return text
        cell = self._plain(text)
        if name:
            cell.font = self.fonts.setdefault(name, Font(name=name))
        return cell

    def _plain(self, text: str):
        """A cell that is text, whatever it begins with."""
        cell = WriteOnlyCell(self.sheet, value="")
        cell.value = text[:CELL_LIMIT]
        cell.data_type = "s"
        return cell


def _result_place(table: Table) -> int:
    """Where our column stands in a sheet that had one before, else after all others."""
    width = min(table.layout.widest, WIDEST)
    for number, cells in table.raw_rows(WIDEST):
        if number == table.header_row and RESULT in cells:
            return cells.index(RESULT)
        if number == table.header_row and width:
            break
        while cells and not cells[-1]:
            cells.pop()
        width = max(width, len(cells))
    return width


def _comment(text: str) -> Comment:
    lines = 2 + len(text) // 45
    return Comment(text, AUTHOR, width=320, height=min(400, 22 * lines))


# --- kept for a while, for whoever started the import ---------------------------------------------------


def folder() -> Path:
    return Path(settings.VAR_DIR) / "import-reports"


def kept_at(token: str) -> Path:
    return folder() / f"{token}.xlsx"


def keep(source: Path, options: Options, change_set: ChangeSet, token: str, progress: Callable) -> None:
    """Write the report of an import whose refused rows its change set holds. What can't be written is let be: the
    report on the page says the same."""
    refused = change_set.rows.filter(action=ChangeSetRow.Action.REFUSED).order_by("number")
    found = refused.values_list("number", "problems").iterator(chunk_size=500)
    target = kept_at(token)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    try:
        write_for(source, options, found, part, progress)
        part.replace(target)
    except (SheetError, OSError):
        part.unlink(missing_ok=True)


def write_for(source: Path, options: Options, refused, target: Path, progress: Callable = nothing) -> None:
    """The report of an import with these options; progress(done, total, stage) may raise to stop."""
    table = sheets.read(source, mappings.load(options.mapping), options.convert_legacy)
    write(table, refused, target, lambda done: progress(done, 0, STAGE))


def by_row(problems: list[dict]) -> Iterator[tuple[int, Problems]]:
    """A report's list of problems as `write` wants it."""
    for number, found in groupby(sorted(problems, key=lambda p: p["row"]), key=lambda p: p["row"]):
        yield number, list(found)
