"""A collection as CSV: what a spreadsheet shows of each item, with its citation's parts. Pure."""

import csv
import io

from ..citing.reference import refer
from ..importing.cells import clean, harmless

HEADINGS = {
    "vi": (
        "Thứ tự|Số hiệu|Loại hình|Nhan đề|Nguyên đề|Người và cơ quan|Niên đại|Từ năm|Đến năm|Nơi lưu giữ|Ký hiệu kho|"
        "Quyền sử dụng|Địa chỉ|Ghi chú của tôi"
    ).split("|"),
    "en": (
        "Order|Identifier|Kind|Title|Original title|People and bodies|Date|From year|To year|Holder|Shelfmark|"
        "Rights|Address|My note"
    ).split("|"),
}
WITHDRAWN = {"vi": "đã được rút, không còn công bố", "en": "withdrawn, no longer published"}


def table(documents: list[dict], notes: dict[str, str], gone: list[str], lang: str, base: str) -> bytes:
    """UTF-8 with a byte order mark, as spreadsheet programs want it; no cell is a formula. `gone`: identifiers."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS[lang])
    for number, document in enumerate(documents, 1):
        row = [str(number), *_cells(document, lang, base), notes.get(document["identifier"], "")]
        writer.writerow([harmless(clean(cell)) for cell in row])
    for identifier in gone:
        writer.writerow(["", identifier, "", WITHDRAWN[lang]])
    return text.getvalue().encode("utf-8-sig")


def _cells(document: dict, lang: str, base: str) -> list[str]:
    found, date = refer(document, lang, base), document["date"] or {}
    years = [str(date[end]) if date.get(end) is not None else "" for end in ("from", "to")]
    people = "; ".join(name.whole for name in found.authors)
    return [
        found.identifier, found.kind_word, found.title, "; ".join(found.original), people, found.date_words, *years,
        found.holder, found.shelfmark, found.rights, found.url,
    ]  # fmt: skip
