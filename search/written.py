"""Which page of a record has the words of a query in its transcription or translation: from its standing edition. Pure.

A transcription has no places of words on the sheet (that have the lines of search.printed): the page is opened whole.
"""

from dataclasses import dataclass

from .highlight import READ, Marker, may_hold
from .query import Query

MOST_LETTERS = 1_000_000  # of a record that are looked through


@dataclass(frozen=True)
class Page:
    """page: from 1. words: a snippet with <mark>, in `lang` (None: not known). kinds: how many different things asked
    for stand there."""

    page: int
    words: str
    lang: str | None
    kinds: int

    @property
    def address(self) -> str:
        """What follows the item's address to open this page (viewer.js)."""
        return f"#page={self.page}"


def page(document: dict, query: Query) -> Page | None:
    """The page whose text says most of what was asked for, the first of equals; None where none says any of it."""
    clauses = [clause for group in query.groups for clause in group]
    best, looked_at, marker = None, 0, Marker(query)
    for number, scan in enumerate(document["scans"], start=1):
        texts = _texts(scan["transcription"], query.lang)
        looked_at += sum(len(text) for text, _lang in texts)
        if not texts or not clauses or looked_at > MOST_LETTERS:
            continue
        if not any(may_hold(text, clauses) for text, _lang in texts):
            continue
        which, words, kinds = marker.chosen([text for text, _lang in texts])
        if kinds > (best.kinds if best else 0):
            lang = texts[which][1]
            best = Page(number, words, None if lang == "und" else lang, kinds)
        if kinds == len(clauses):
            break
    return best


def _texts(transcription: dict | None, lang: str) -> list[tuple[str, str]]:
    """(text, language) of what is written on a page, then its translations, the reader's first, in pieces."""
    if not transcription:
        return []
    translation = transcription["translation"]
    found = [(transcription["text"], transcription["lang"])]
    found += [(translation[code], code) for code in (lang, "en" if lang == "vi" else "vi")]
    return [(text[start : start + READ], code) for text, code in found for start in range(0, len(text), READ)]
