"""The template that the import page offers: headings, examples, lists of allowed values and a guide, bilingual."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ..vocabulary import CONFIDENCE, KINDS, PRIME_MERIDIANS, RELATIONS, RIGHTS, ROLES, SHOWN_AS, SIDES
from . import guide
from .columns import COLUMNS, Column
from .rows import REQUIRED
from .sheets import OWN_SHEETS

EXAMPLES, GUIDE, VALUES = OWN_SHEETS
YES_NO = {"yes": {"vi": "có", "en": "yes"}, "no": {"vi": "không", "en": "no"}}
# {kind of a column: (heading of its list, the list)}; kinds whose cells hold several are offered, not held to it.
LISTS = {
    "kind": ("Loại hình / Kind", KINDS),
    "shown_as": ("Hiện vật trưng bày / Shown as", SHOWN_AS),
    "confidence": ("Độ tin cậy / Confidence", CONFIDENCE),
    "rights": ("Quyền / Rights", RIGHTS),
    "meridian": ("Kinh tuyến gốc / Prime meridian", PRIME_MERIDIANS),
    "flag": ("Có, không / Yes, no", YES_NO),
    "agents": ("Vai trò / Roles", ROLES),
    "relations": ("Quan hệ / Relations", RELATIONS),
    "sides": ("Mặt / Sides", SIDES),
}
CLOSED = ("kind", "shown_as", "confidence", "rights", "meridian", "flag")
OFFERED = {"sides": "sides", "flags": "flag"}
ROWS = 5000  # that have drop-downs
WIDE = ("text", "texts", "articles", "mentions")
AUTHOR = "Cát Vàng"
NEEDED = PatternFill("solid", fgColor="FFE9D8A6")
USUAL = PatternFill("solid", fgColor="FFF1EBDD")
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def write(path: Path, lang: str) -> None:
    """lang: "vi" or "en", of headings and drop-downs; the guide is in both. Each heading's comment has the other."""
    book = Workbook()
    sheet = book.active
    sheet.title = AUTHOR
    _put_headings(sheet, lang)
    examples = book.create_sheet(EXAMPLES)
    _put_headings(examples, lang)
    for number, row in enumerate(guide.EXAMPLES, start=2):
        for place, column in enumerate(COLUMNS, start=1):
            cell = examples.cell(number, place, _in(lang, column, row[column.field]) or None)
            cell.alignment, cell.number_format = WRAPPED, "@"
    _put_guide(book.create_sheet(GUIDE))
    ranges = _put_values(book.create_sheet(VALUES), lang)
    _put_choices(sheet, ranges, lang)
    book.save(path)


def _put_headings(sheet, lang: str) -> None:
    other = "en" if lang == "vi" else "vi"
    for place, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, place, getattr(column, lang))
        cell.font, cell.alignment = BOLD, WRAPPED
        cell.fill = NEEDED if column.field in REQUIRED else USUAL
        words = [getattr(column, other), guide.what(column, other), guide.how(column, other)]
        cell.comment = Comment("\n".join(words), AUTHOR, width=320, height=120)
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = 40 if column.kind in WIDE else 22
        dimension.number_format = "@"  # else "1838-05" becomes a date and "007" a 7
    sheet.freeze_panes = "B2"


def _in(lang: str, column: Column, text: str) -> str:
    """An example's value from a closed list, in the sheet's language."""
    words = LISTS.get(column.kind, ("", {}))[1] if column.kind in CLOSED else {}
    return next((names[lang] for names in words.values() if names["vi"] == text), text)


def _put_guide(sheet) -> None:
    headings = [
        ("Tiêu đề cột", 26),
        ("Column", 26),
        ("Tên trong tệp ánh xạ / Name in a mapping file", 24),
        ("Bắt buộc / Required", 12),
        ("Là gì", 40),
        ("Cách ghi", 40),
        ("What it is", 40),
        ("How it is written", 40),
        ("Ví dụ / Example", 34),
        ("Giá trị nhận / Allowed values", 60),
    ]
    for place, (text, width) in enumerate(headings, start=1):
        cell = sheet.cell(1, place, text)
        cell.font, cell.fill, cell.alignment = BOLD, USUAL, WRAPPED
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, column in enumerate(COLUMNS, start=2):
        words = LISTS.get({"flags": "flag"}.get(column.kind, column.kind), ("", {}))[1]
        values = "; ".join(f"{names['vi']} / {names['en']}" for names in words.values())
        needed = "có / yes" if column.field in REQUIRED else ""
        told = [guide.what(column, "vi"), guide.how(column, "vi"), guide.what(column, "en"), guide.how(column, "en")]
        row = [column.vi, column.en, column.field, needed, *told, guide.example(column), values]
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place, text or None)
            cell.alignment = WRAPPED
    sheet.freeze_panes = "C2"


def _put_values(sheet, lang: str) -> dict[str, str]:
    """{kind: where its values stand, as a drop-down wants it}. Two columns a list: one in each language."""
    ranges = {}
    for place, (kind, (heading, words)) in enumerate(LISTS.items()):
        first = 2 * place + 1
        sheet.cell(1, first, heading).font = BOLD
        sheet.merge_cells(start_row=1, start_column=first, end_row=1, end_column=first + 1)
        for number, names in enumerate(words.values(), start=2):
            sheet.cell(number, first, names["vi"])
            sheet.cell(number, first + 1, names["en"])
        letter = get_column_letter(first + (lang == "en"))
        ranges[kind] = f"'{VALUES}'!${letter}$2:${letter}${len(words) + 1}"
        for side in (first, first + 1):
            sheet.column_dimensions[get_column_letter(side)].width = 30
    return ranges


def _put_choices(sheet, ranges: dict[str, str], lang: str) -> None:
    errors = {
        "vi": ("Không có trong danh sách", "Hãy chọn một giá trị trong danh sách; xem trang Giá trị - Values."),
        "en": ("Not on the list", "Choose a value from the list; see the sheet Giá trị - Values."),
    }
    for place, column in enumerate(COLUMNS, start=1):
        source = column.kind if column.kind in CLOSED else OFFERED.get(column.kind)
        if source is None:
            continue
        choice = DataValidation(type="list", formula1=ranges[source], allow_blank=True)
        choice.errorTitle, choice.error = errors[lang]
        choice.promptTitle = getattr(column, lang)[:32]
        choice.prompt = guide.how(column, lang)[:255]
        choice.showInputMessage, choice.showErrorMessage = True, column.kind in CLOSED
        letter = get_column_letter(place)
        choice.add(f"{letter}2:{letter}{ROWS + 1}")
        sheet.add_data_validation(choice)
