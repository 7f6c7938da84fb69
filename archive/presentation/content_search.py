"""IIIF Content Search 2.0 within one edition document. Pure.

Source: https://iiif.io/api/search/2.0/. What is searched are the annotations that the manifest names: place mentions,
text lines, transcriptions, translations. Titles and descriptions aren't annotations, and out of its scope (1).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..addresses import Addresses
from ..annotations import mention_items
from .matching import places, terms
from .parts import SEARCH_CONTEXT
from .texts import text_items

# Parameters that may be ignored when the answer says so: no annotation has a date or an author.
IGNORABLE = ["date", "user"]
A_PAGE = 100
URI = ("https://", "http://")  # asks for annotations whose body is that resource, here a place's page (4.1)
AROUND = 30  # characters of the text before and after what was found


@dataclass(frozen=True)
class Hit:
    """An annotation, and what was found in it: (text before, the text itself, text after)."""

    annotation: dict
    found: list[tuple[str, str, str]]


class NoSuchPage(ValueError):
    """Beyond the last page of hits."""


def search_page(document: dict, query: str, base: str, motivation: str = "", page: int = 1, ignored=()) -> dict:
    """An AnnotationPage of the annotations in which each word of `query` stands.

    In: edition document; query, as it was typed; PUBLIC_BASE_URL; motivations, separated by spaces ("": any); page,
    counted from 1; names of parameters that weren't heeded. Without query and motivation nothing is found.
    Raises NoSuchPage.
    """
    hits = search(document, query, base, motivation)
    address = _address(Addresses(base), document["identifier"], query, motivation)
    last = max(1, -(-len(hits) // A_PAGE))
    if not 1 <= page <= last:
        raise NoSuchPage(page)
    start = (page - 1) * A_PAGE
    shown = hits[start : start + A_PAGE]
    here = _numbered(address, page)
    result = {
        "@context": SEARCH_CONTEXT,
        "id": here,
        "type": "AnnotationPage",
        "items": [hit.annotation for hit in shown],
    }
    if last > 1:
        result |= {"partOf": _whole(address, len(hits), last), "startIndex": start}
        result |= {"next": _page(address, page + 1)} if page < last else {}
        result |= {"prev": _page(address, page - 1)} if page > 1 else {}
    if named := [name for name in IGNORABLE if name in ignored]:
        result["ignored"] = named
    if items := _contexts(shown, here):
        result["annotations"] = [{"id": f"{here}#context", "type": "AnnotationPage", "items": items}]
    return result


def search(document: dict, query: str, base: str, motivation: str = "") -> list[Hit]:
    """All hits, scan by scan: mentions first, then lines, transcription and translations."""
    wanted, hits = set(motivation.split()), []
    uris = [word for word in query.split() if word.startswith(URI)]
    words = terms(" ".join(word for word in query.split() if not word.startswith(URI)))
    if not (words or uris) and (query.strip() or not wanted):
        return hits
    for annotation in annotations(document, Addresses(base)):
        if wanted and not _is_of(annotation, wanted):
            continue
        found = _found(annotation, words)
        if found is not None and all(uri in _sources(annotation) for uri in uris):
            hits.append(Hit(annotation, found))
    return hits


def annotations(document: dict, addresses: Addresses) -> Iterator[dict]:
    for index in range(1, len(document["scans"]) + 1):
        yield from mention_items(document, index, addresses)
        yield from text_items(document, index, addresses)


def _is_of(annotation: dict, wanted: set[str]) -> bool:
    own = annotation["motivation"]
    return "non-painting" in wanted or bool(wanted & ({own} if isinstance(own, str) else set(own)))


def bodies(annotation: dict) -> list[dict]:
    """Those that are text."""
    found = annotation["body"] if isinstance(annotation["body"], list) else [annotation["body"]]
    return [body for body in found if body["type"] == "TextualBody"]


def _sources(annotation: dict) -> list[str]:
    found = annotation["body"] if isinstance(annotation["body"], list) else [annotation["body"]]
    return [body["source"]["id"] for body in found if body["type"] == "SpecificResource"]


def _found(annotation: dict, words: list[str]) -> list[tuple[str, str, str]] | None:
    """Where the words stand, in order; None unless each stands in some text of the annotation."""
    marks, missing = [], set(words)
    for body in bodies(annotation):
        text, spans = body["value"], []
        for word in words:
            there = places(text, word)
            missing -= {word} if there else set()
            spans += there
        marks += [_quote(text, start, end) for start, end in _joined(text, sorted(set(spans)))]
    return None if missing else marks


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Words that stand side by side are one thing found."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _quote(text: str, start: int, end: int) -> tuple[str, str, str]:
    return text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]


def _contexts(hits: list[Hit], page: str) -> list[dict]:
    """Each thing found with the words around it (5.3, motivation "contextualizing")."""
    quotes = [(hit.annotation["id"], quote) for hit in hits for quote in hit.found]
    return [
        {
            "id": f"{page}#match-{number}",
            "type": "Annotation",
            "motivation": "contextualizing",
            "target": {
                "type": "SpecificResource",
                "source": address,
                "selector": [{"type": "TextQuoteSelector", "prefix": before, "exact": exact, "suffix": after}],
            },
        }
        for number, (address, (before, exact, after)) in enumerate(quotes, start=1)
    ]


def _address(addresses: Addresses, identifier: str, query: str, motivation: str) -> str:
    return addresses.content_search(identifier, query, motivation)


def _numbered(address: str, page: int) -> str:
    return address if page == 1 else f"{address}&page={page}"


def _page(address: str, page: int) -> dict:
    return {"id": _numbered(address, page), "type": "AnnotationPage"}


def _whole(address: str, total: int, last: int) -> dict:
    return {
        "id": f"{address}#all",
        "type": "AnnotationCollection",
        "total": total,
        "first": _page(address, 1),
        "last": _page(address, last),
    }
