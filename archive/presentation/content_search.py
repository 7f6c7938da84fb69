"""IIIF Content Search 2.0 within one edition document. Pure.

Source: https://iiif.io/api/search/2.0/
"""

from collections.abc import Iterator

from ..addresses import Addresses
from ..folding import fold
from .manifest import target, text_body
from .parts import SEARCH_CONTEXT

# Parameters that the specification allows to be ignored, when the answer says so.
IGNORABLE = ["motivation", "date", "user"]


def search_page(document: dict, query: str, base: str, ignored=()) -> dict:
    """An AnnotationPage of what holds every word of `query`, folded (case and diacritics don't matter).

    In: edition document; query ("" finds nothing); PUBLIC_BASE_URL; names of parameters that were not heeded.
    """
    addresses = Addresses(base)
    words = fold(query).split()
    items = []
    if words:
        for text, lang, where in texts(document, addresses):
            folded = fold(text)
            if all(word in folded for word in words):
                items.append(
                    hit(len(items) + 1, text, lang, where, addresses.content_search(document["identifier"], query))
                )
    result = {
        "@context": SEARCH_CONTEXT,
        "id": addresses.content_search(document["identifier"], query),
        "type": "AnnotationPage",
        "items": items,
    }
    named = [name for name in IGNORABLE if name in ignored]
    return result | ({"ignored": named} if named else {})


def hit(number: int, text: str, lang: str, where: str, page: str) -> dict:
    return {
        "id": f"{page}#hit-{number}",
        "type": "Annotation",
        "motivation": "supplementing",
        "body": text_body(text, lang),
        "target": where,
    }


def texts(document: dict, addresses: Addresses) -> Iterator[tuple[str, str, str]]:
    """(text, language or "", address of what it stands on): text lines first, then what describes the item."""
    identifier = document["identifier"]
    for index, scan in enumerate(document["scans"], start=1):
        for line in scan["lines"]:
            if line.get("text"):
                where = target(addresses.canvas(identifier, index), line.get("region"))
                yield line["text"], line.get("lang", ""), where
    # What describes the whole item stands on its first canvas: there is always one.
    first = addresses.canvas(identifier, 1)
    for lang in ("vi", "en"):
        for field in ("title", "description"):
            if document[field].get(lang):
                yield document[field][lang], lang, first
    for title in document["title_original"]:
        yield title["text"], title.get("lang", ""), first
    if document["reading"]:
        yield document["reading"], "vi", first
