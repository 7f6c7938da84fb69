"""An edition document becomes an index document in named parts. Pure.

Parts: what is searched (tokens between spaces, see search.analysis), what is filtered and counted
(lists of words), what is compared (numbers) and what is sorted (text keys, see search.sorting).
Nothing in it is shown but the facets' labels: pages are made from standing editions.
"""

import hashlib

from . import sorting
from .analysis import code, codes, exact_part, folded_part
from .periods import centuries

# Raised whenever a part is added, dropped or made otherwise: the indices are then rebuilt.
VERSION = 3

TEXT = ("title_x", "title_f", "reading_f", "text_x", "text_f", "names_f", "agents_f", "lines_x", "lines_f")
WORDS = ("identifier", "version", "codes", "kind", "period", "language", "original", "has")
# Facets whose values carry a name: the key filters, key and names together are counted.
NAMED = ("place", "holder", "agent", "exhibit")
LABELLED = tuple(f"{name}_label" for name in NAMED)
INTEGERS = ("date_from", "date_to", "tie")
FLOATS = ("west", "east", "south", "north")
SORTS = ("by_title_vi", "by_title_en", "by_date", "by_date_down", "by_newest")
FACETS = ("kind", "period", "place", "holder", "agent", "language", "exhibit", "original", "has")
_BETWEEN = "\x1f"


def label(key: str, name: dict) -> str:
    """A facet's value with its names, as one word of the index."""
    return _BETWEEN.join((key, name.get("vi") or "", name.get("en") or ""))


def read_label(value: str) -> tuple[str, dict]:
    """The reverse of `label`."""
    key, vi, en = (value.split(_BETWEEN) + ["", ""])[:3]
    return key, {"vi": vi, "en": en}


def version(identifier: str, number: int) -> str:
    """Names one state of one record."""
    return f"{identifier}#{number}"


def tie(identifier: str) -> int:
    """A number of 53 bits that orders records of equal rank, the same on both engines for ever."""
    return int.from_bytes(hashlib.sha256(identifier.encode()).digest()[:8], "big") >> 11


def index_document(document: dict, cleared_at=None, contributed: dict | None = None) -> dict:
    """In: an edition document; when it was cleared; facet values from live pages,
    {"exhibit": [{"value", "label": {"vi", "en"}} | "value"]}. Out: {part: text | list | number}, absent parts left out.
    """
    identifier, number = document["identifier"], document["number"]
    titles, texts = _titles(document), _texts(document)
    names = [name for place in document["places"] for name in _place_names(place)]
    agents = [name for agent in document["agents"] for name in agent["name"].values()]
    sheets = [page_text(scan) for scan in document["scans"]]
    parts = {
        "identifier": identifier,
        "version": version(identifier, number),
        "tie": tie(identifier),
        "title_x": exact_part(titles),
        "title_f": folded_part(titles),
        "reading_f": folded_part([document["reading"]]),
        "text_x": exact_part(texts),
        "text_f": folded_part(texts),
        "names_f": folded_part(dict.fromkeys(names)),
        "agents_f": folded_part(agents),
        "lines_x": exact_part(sheets),
        "lines_f": folded_part(sheets),
        "codes": sorted(_codes(document, titles + texts)),
        "kind": [document["kind"]],
        "language": document["languages"],
        "original": [document["shown_as"]] if document["shown_as"] else [],
        "has": _has(document["scans"]),
        **_named(document, contributed or {}),
        **_dates(document, cleared_at),
        **_extent(document["extent"]),
    }
    return {part: value for part, value in parts.items() if value not in ("", [], None)}


PROSE = ["description", "significance", "remarks", "provenance", "place_of_publication"]


def _titles(document: dict) -> list[str]:
    originals = [title["text"] for title in document["title_original"]]
    return [*document["title"].values(), *originals, *document["alternative_titles"]]


def _texts(document: dict) -> list[str]:
    both = [document[name] for name in PROSE]
    legal, physical = document["legal"] or {}, document["physical"] or {}
    both += [physical["technique"]] if physical else []
    both += [part for article in legal.get("articles", []) for part in (article["heading"], article["text"])]
    both += [tag["name"] for tag in document["tags"]]
    both += [mention["meaning"] for scan in document["scans"] for mention in scan["mentions"]]
    written = [scan["transcription"] for scan in document["scans"] if scan["transcription"]]
    both += [transcription["translation"] for transcription in written]
    both += [agent["name"] for agent in document["agents"]]
    both += [document["institution"]["name"]] if document["institution"] else []
    both += [citation["name"] for citation in document["citations"]]
    texts = [text for pair in both for text in pair.values()]
    texts += [transcription["text"] for transcription in written]
    texts += [legal["number"]] if legal else []
    texts += [name for agent in document["agents"] for name in agent["other_names"]]
    for mention in (mention for scan in document["scans"] for mention in scan["mentions"]):
        texts += [mention["name"], mention["reading"]]
    if document["date"]:
        texts += [*document["date"]["display"].values(), document["date"]["as_written"]]
    return texts + document["shelfmarks"]


def page_text(scan: dict) -> str:
    """The lines of text on a scan, as one: a phrase may run from one line into the next."""
    return "\n".join(line["text"] for line in scan["lines"])


def _place_names(place: dict) -> list[str]:
    return [*place["name"].values(), *(name["text"] for name in place["names"])]


def _codes(document: dict, texts: list[str]) -> set[str]:
    legal = document["legal"] or {}
    found = {code(document["identifier"]), code(legal.get("number", ""))} | {
        code(mark) for mark in document["shelfmarks"]
    }
    for text in texts:
        found |= codes(text)
    return found - {""}


def _has(scans: list[dict]) -> list[str]:
    found = {
        "image": bool(scans),
        "scan": any(not scan["illustration"] for scan in scans),
        "transcription": any(scan["lines"] or scan["transcription"] for scan in scans),
        "georeference": any(scan.get("georeference") for scan in scans),
    }
    return [name for name, present in found.items() if present]


def _named(document: dict, contributed: dict) -> dict:
    holder = [document["institution"]] if document["institution"] else []
    exhibits = [
        value if isinstance(value, dict) else {"value": value, "label": {}} for value in contributed.get("exhibit", [])
    ]
    values = {
        "place": [(place["key"], place["name"]) for place in document["places"]],
        "agent": [(agent["key"], agent["name"]) for agent in document["agents"]],
        "holder": [(institution["key"], institution["name"]) for institution in holder],
        "exhibit": [(str(value["value"]), value.get("label") or {}) for value in exhibits],
    }
    parts = {}
    for name, pairs in values.items():
        unique = dict(pairs)  # an agent may stand twice, in two roles
        parts[name] = list(unique)
        parts[f"{name}_label"] = [label(key, names) for key, names in unique.items()]
    return parts


def _dates(document: dict, cleared_at) -> dict:
    date, identifier = document["date"] or {}, document["identifier"]
    first, last = date.get("from"), date.get("to")
    titles = document["title"]
    return {
        "date_from": first if first is not None else last,
        "date_to": last if last is not None else first,
        "period": centuries(first, last),
        "by_title_vi": sorting.title_key(titles["vi"] or titles["en"], identifier),
        "by_title_en": sorting.title_key(titles["en"] or titles["vi"], identifier),
        "by_date": sorting.date_key(first, last, identifier),
        "by_date_down": sorting.date_down_key(first, last, identifier),
        "by_newest": sorting.newest_key(cleared_at, identifier),
    }


def _extent(extent: dict | None) -> dict:
    """Where the box crosses the antimeridian, east goes on counting beyond 180."""
    if not extent:
        return {}
    west, south, east, north = (float(value) for value in extent["bbox"])
    return {"west": west, "south": south, "east": east + 360 if west > east else east, "north": north}
