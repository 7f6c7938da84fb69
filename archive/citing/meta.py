"""What reference managers read in the head of an item page. Pure.

Highwire's tags and Dublin Core as Zotero's "Embedded Metadata" takes them, with Zotero's own `z:itemType`, as neither
knows maps: https://github.com/zotero/translators/blob/master/Embedded%20Metadata.js. Google Scholar reads the first:
https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
"""

from ..dublin_core import dublin_core
from .reference import refer
from .ris import person

ITEM_TYPES = {
    "map": "map",
    "atlas_sheet": "map",
    "manuscript": "manuscript",
    "official_document": "manuscript",
    "legal_text": "statute",
    "book": "book",
    "photograph": "artwork",
    "press_item": "newspaperArticle",
    "object": "artwork",
}
PREFIXES = {"DC": "http://purl.org/dc/elements/1.1/", "z": "http://www.zotero.org/namespaces/export#"}


def meta_tags(document: dict, lang: str, base: str) -> list[tuple[str, str, str]]:
    """(name, content, language or "") of each tag, in order."""
    found = refer(document, lang, base)
    rows = [("z:itemType", ITEM_TYPES[found.kind], ""), ("citation_title", found.title, "")]
    rows += [("citation_author", person(name), "") for name in found.authors]
    rows += [
        ("citation_publication_date", _date(found.date, found.years), ""),
        ("citation_publisher", found.publisher, ""),
        ("citation_language", found.languages[0] if found.languages else "", ""),
        ("citation_public_url", found.url, ""),
    ]
    if found.kind == "press_item":
        rows.append(("citation_journal_title", found.publisher, ""))
    rows += [(f"DC.{element}", text, language) for element, text, language in dublin_core(document, base)]
    return [row for row in rows if row[1]]


def _date(date: tuple[int, int, int] | None, years: str) -> str:
    """As Highwire writes it: "1838", "1933/07/19"; a range or an approximate year as a citation has it."""
    if date is None:
        return years
    return "/".join([f"{date[0]:04d}", *(f"{part:02d}" for part in date[1:] if part)])
