"""A citation as RIS. Pure.

Tags as Zotero's and EndNote's importers read them: https://github.com/zotero/translators/blob/master/RIS.js and
https://en.wikipedia.org/wiki/RIS_(file_format). What a tag means hangs on the type: of a MAP, C1 is the scale and AU
the cartographer; of a STAT, M1 is the number of the law.
"""

import re

from .people import Name
from .reference import refer

TYPES = {
    "map": "MAP",
    "atlas_sheet": "MAP",
    "manuscript": "MANSCPT",
    "official_document": "MANSCPT",
    "legal_text": "STAT",
    "book": "BOOK",
    "photograph": "ART",
    "press_item": "NEWS",
    "object": "ART",
}
END = "\r\n"


def ris(document: dict, lang: str, base: str) -> str:
    """One record, with an empty line behind it."""
    found = refer(document, lang, base)
    law = found.kind == "legal_text"
    rows = [("TY", TYPES[found.kind]), ("ID", found.identifier), ("TI", found.title)]
    rows += [("AU", person(name)) for name in found.authors]
    rows += [("A3" if found.kind == "book" else "ED", person(name)) for name in found.editors]
    rows += [("A4", person(name)) for name in found.translators]
    rows += [
        ("PY", year(found.date, found.years)),
        ("DA", day(found.date)),
        ("T2", found.publisher if found.kind == "press_item" else ""),
        ("PB", found.publisher if found.kind != "press_item" else ""),
        ("CY", found.place),
        ("M1", found.law_number if law else ""),
        ("M3", "" if law or found.kind in ("book", "press_item") else found.kind_word),
        ("C1", found.scale if TYPES[found.kind] == "MAP" else ""),
        ("LA", ", ".join(found.languages)),
        ("DB", found.holder),
        ("AN", found.shelfmark),
        ("DP", "Cát Vàng"),
        ("AB", found.abstract),
        ("UR", found.url),
    ]
    rows += [("KW", tag) for tag in found.tags]
    rows += [("N1", title) for title in found.original]
    if found.date is None and found.years:
        rows.append(("N1", found.date_words or found.years))
    lines = [f"{tag}  - {one_line(text)}" for tag, text in rows if text]
    return END.join([*lines, "ER  - ", "", ""])


def person(name: Name) -> str:
    """ "Lê, Quý Đôn". A comma would part a whole name in two: it becomes a space."""
    family, given = (part.replace(",", " ").replace("  ", " ") for part in (name.family, name.given))
    return f"{family}, {given}" if given else family


def year(date: tuple[int, int, int] | None, years: str) -> str:
    """Four digits; of a range its first year, as the format has no ranges."""
    found = re.search(r"\d{1,4}", years)
    return f"{date[0]:04d}" if date else found[0].zfill(4) if found else ""


def day(date: tuple[int, int, int] | None) -> str:
    """YYYY/MM/DD/, empty for what isn't known; nothing where only the year is known."""
    if not date or not date[1]:
        return ""
    return f"{date[0]:04d}/{date[1]:02d}/{f'{date[2]:02d}' if date[2] else ''}/"


def one_line(text: str) -> str:
    """Each value on one line: a line of its own that begins like a tag ("ER  - ") would end the record."""
    return re.sub(r"\s+", " ", text).strip()
