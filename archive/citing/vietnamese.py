"""A citation as Vietnamese dissertations and journals write it. Pure.

Form: Tác giả (năm), *Tên tài liệu*, nhà xuất bản, nơi xuất bản, nơi lưu giữ, ký hiệu, địa chỉ. Vietnamese names
stand in their own order, others with the family name first. Sources: Bộ Giáo dục và Đào tạo, xếp tài liệu tham khảo
(Thông tư 10/2009/TT-BGDĐT, phụ lục); legal texts by their number and day (Nghị định 30/2020/NĐ-CP, phụ lục I).
"""

from ..display import MONTHS
from .people import Name
from .reference import Reference, refer
from .runs import Run

WORDS = {
    "vi": {
        "undated": "không rõ năm",
        "about": "khoảng ",
        "and": " và ",
        "number": "số ",
        "shelfmark": "ký hiệu ",
        "issue": "Cát Vàng, bản công bố số {}",
    },
    "en": {
        "undated": "n.d.",
        "about": "about ",
        "and": " and ",
        "number": "no. ",
        "shelfmark": "shelfmark ",
        "issue": "Cát Vàng, edition {}",
    },
}


def vietnamese(document: dict, lang: str, base: str) -> list[Run]:
    """Runs of text, parts joined by commas, a full stop at the end of all but the address."""
    found, words = refer(document, lang, base), WORDS[lang]
    year = found.years.replace("ca. ", words["about"]) or words["undated"]
    head = f"{authors(found.authors, words)} ({year})" if found.authors else ""
    quoted = found.kind == "press_item"
    title = f"“{found.title}”" if quoted else found.title
    original = f" {' '.join(found.original)}" if found.original else ""
    parts: list[list[Run]] = [[(head, False)], [(title, not quoted), (original, False)]]
    if not head:
        parts[0:2] = [[*parts[1], (f" ({year})", False)]]
    parts += [[(text, italic)] for text, italic in particulars(found, words, lang)]
    runs: list[Run] = []
    for part in parts:
        runs += ([(", ", False)] if runs else []) + part
    return runs


def particulars(found: Reference, words: dict, lang: str) -> list[Run]:
    number = f"{words['number']}{found.law_number}" if found.law_number and found.law_number not in found.title else ""
    rows = [
        (number, False),
        (day(found, lang), False),
        (found.publisher, found.kind == "press_item"),
        (found.place, False),
        (found.holder, False),
        (f"{words['shelfmark']}{found.shelfmark}" if found.shelfmark else "", False),
        (words["issue"].format(found.number), False),
        (found.url, False),
    ]
    return [(text, italic) for text, italic in rows if text]


def authors(names: tuple[Name, ...], words: dict) -> str:
    written = [one(name) for name in names]
    return words["and"].join(filter(None, (", ".join(written[:-1]), written[-1])))


def one(name: Name) -> str:
    """ "Lê Quý Đôn", "Taberd, Jean-Louis"."""
    return name.whole if name.vietnamese or not name.given else f"{name.family}, {name.given}"


def day(found: Reference, lang: str) -> str:
    """The day of a law or a newspaper, where it is known."""
    if found.kind not in ("legal_text", "press_item") or not found.date or not found.date[2]:
        return ""
    year, month, number = found.date
    return f"ngày {number} tháng {month} năm {year}" if lang == "vi" else f"{number} {MONTHS[month - 1]} {year}"
