"""What every citation style needs of an edition document, in one language. Pure."""

import re
from dataclasses import dataclass

from ..addresses import Addresses
from ..display import date_alone, kind
from ..folding import fold
from ..vocabulary import both
from .people import HAN, Name, read

AUTHORS = ("creator", "cartographer", "compiler", "photographer")
LESSER = ("surveyor", "issuer", "signatory")  # authors where nobody else is named
PUBLISHERS = ("publisher", "printer")
DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z")  # EDTF of an exact year, month or day


@dataclass(frozen=True)
class Reference:
    """`date`: (year, month, day), zeros for what isn't known, None where it isn't one exact year; `years`: as written
    in a citation ("1838", "ca. 1838", "1680–1705", "" for undated); `original`: titles as the thing bears them, where
    `title` doesn't hold them; `romanized`: the one in Latin letters, a Hán title by its reading."""

    identifier: str
    number: int
    kind: str
    kind_word: str
    title: str
    original: tuple[str, ...]
    romanized: str
    authors: tuple[Name, ...]
    editors: tuple[Name, ...]
    translators: tuple[Name, ...]
    publisher: str
    place: str
    date: tuple[int, int, int] | None
    years: str
    date_words: str
    holder: str
    shelfmark: str
    law_number: str
    scale: str
    languages: tuple[str, ...]
    abstract: str
    tags: tuple[str, ...]
    rights: str
    url: str


def refer(document: dict, lang: str, base: str) -> Reference:
    """In: edition document, "vi" or "en", PUBLIC_BASE_URL."""
    title, legal = both(document["title"], lang), document["legal"] or {}
    people = {role: tuple(_names(document, lang, {role})) for role in (*AUTHORS, *LESSER)}
    authors = tuple(_names(document, lang, set(AUTHORS))) or next((people[role] for role in LESSER if people[role]), ())
    original = tuple(entry["text"] for entry in document["title_original"] if fold(entry["text"]) not in fold(title))
    publishers = [name.whole for name in _names(document, lang, set(PUBLISHERS))]
    if document["kind"] in ("legal_text", "press_item") and not publishers and people["issuer"] != authors:
        publishers = [name.whole for name in people["issuer"]]
    return Reference(
        identifier=document["identifier"],
        number=document["number"],
        kind=document["kind"],
        kind_word=kind(document["kind"], lang),
        title=title,
        original=original,
        romanized=next((text for text in (document["reading"], *original) if text and not HAN.search(text)), ""),
        authors=authors,
        editors=tuple(_names(document, lang, {"editor"})),
        translators=tuple(_names(document, lang, {"translator"})),
        publisher="; ".join(publishers),
        place=both(document["place_of_publication"], lang),
        date=_day(document, legal),
        years=_years(document["date"], legal),
        date_words=date_alone(both(document["date"]["display"], lang)) if document["date"] else "",
        holder=both(document["institution"]["name"], lang) if document["institution"] else "",
        shelfmark=document["shelfmarks"][0] if document["shelfmarks"] else "",
        law_number=legal.get("number") or "",
        scale=(document["cartography"] or {}).get("scale", ""),
        languages=tuple(document["languages"]),
        abstract=both(document["description"], lang),
        tags=tuple(both(tag["name"], lang) for tag in document["tags"]),
        rights=document["rights"]["statement"],
        url=Addresses(base).permanent(document["identifier"]),
    )


def _names(document: dict, lang: str, roles: set[str]):
    for agent in document["agents"]:
        if agent["role"] in roles:
            yield read(both(agent["name"], lang), agent["kind"])


def _day(document: dict, legal: dict) -> tuple[int, int, int] | None:
    found = DAY.match(legal.get("issued") or (document["date"] or {}).get("edtf", "").rstrip("~?%"))
    return tuple(int(part or 0) for part in found.groups()) if found else None


def _years(date: dict | None, legal: dict) -> str:
    if legal.get("issued"):
        return legal["issued"][:4]
    if not date or (date["from"] is None and date["to"] is None):
        return ""
    first, last = date["from"], date["to"]
    years = str(first) if first == last else "–".join("" if year is None else str(year) for year in (first, last))
    return f"ca. {years}" if re.search(r"[~%]", date["edtf"]) else years
