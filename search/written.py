"""Which page of a record has the words of a query in its transcription or translation: from its standing edition. Pure.

A transcription has no places of words on the sheet (that have the lines of search.printed): the page is opened whole.
"""

from dataclasses import dataclass

from .analysis import folded_part
from .highlight import READ, chosen
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
    best, looked_at = None, 0
    for number, scan in enumerate(document["scans"], start=1):
        texts = _texts(scan["transcription"], query.lang)
        looked_at += sum(len(text) for text, _lang in texts)
        if not texts or not clauses or looked_at > MOST_LETTERS:
            continue
        folded = folded_part([text for text, _lang in texts])
        if not any(clause.folded and clause.folded[0] in folded for clause in clauses):
            continue  # a quick look before the slow one
        which, words, kinds = chosen([text for text, _lang in texts], query)
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
