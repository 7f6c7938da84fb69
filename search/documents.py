"""An edition document becomes an index document in named parts. Pure.

Parts: what is searched (tokens between spaces, see search.analysis), what is filtered and counted
(lists of words), what is compared (numbers) and what is sorted (text keys, see search.sorting).
Nothing in it is shown but the facets' labels: pages are made from standing editions.
"""

import hashlib
import re
from itertools import chain

from . import cells, sorting
from .analysis import GAP, code, codes, folded_part, parts
from .periods import centuries, decades

# Raised whenever a part is made otherwise, which no schema shows: the indices are then rebuilt. A part that is added,
# dropped or indexed otherwise shows in Engine.schema by itself.
VERSION = 6

# Text parts, with the places of their tokens. A name's end says their form: _x as written, _f folded, _s by sound. The
# text holds the titles too: most questions ask for either, and one part answers faster than two.
TEXT = ("title_x", "title_f", "title_s", "reading_f", "text_x", "text_f", "text_s")
TEXT += ("names_f", "names_s", "agents_f", "holder_f", "lines_x", "lines_f")
# The pairs of neighbours in a text part, each as one word: phrases are then found without looking at places.
PAIRS = {"title_x": "title_px", "title_f": "title_pf", "text_x": "text_px", "text_f": "text_pf"}
# Where words of the box may stand; all their words as one part, each once, and all pairs of them: most questions ask no
# more than that.
ANYWHERE = ("text_f", "reading_f", "lines_f", "names_f")
ALL, ALL_PAIRS = "all_f", "all_pf"
SCORED = ("title_f", "text_f", "title_pf", "text_pf", "title_s", "text_s")  # parts that BM25 weighs
CELLS = tuple(f"cell_{zoom}" for zoom in cells.ZOOMS)
WORDS = ("identifier", "version", "codes", "starts", "kind", "period", "decade", "language", "original", "has", *CELLS)
# Facets whose values carry a name: the key filters, key and names together are counted.
NAMED = ("place", "holder", "agent", "exhibit")
LABELLED = tuple(f"{name}_label" for name in NAMED)
INTEGERS = ("date_from", "date_to", "tie")
FLOATS = ("west", "east", "south", "north", "area")
SORTS = ("by_title_vi", "by_title_en", "by_date", "by_date_down", "by_newest")
FACETS = ("kind", "period", "place", "holder", "agent", "language", "exhibit", "original", "has")
COUNTED = ("kind", "period", "decade", "language", "original", "has", *LABELLED, *CELLS)
START = 20  # letters of a title's beginning
_BETWEEN = "\x1f"
_DIGIT = re.compile(r"\d")


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


def start(words) -> str:
    """How a title begins, as one word, by which it is suggested while it is typed. In: its folded words, or the first
    of them."""
    return "_".join(words)[:START]


def index_document(document: dict, cleared_at=None, contributed: dict | None = None) -> dict:
    """In: an edition document; when it was cleared; facet values from live pages,
    {"exhibit": [{"value", "label": {"vi", "en"}} | "value"]}. Out: {part: text | list | number}, absent parts left out.
    """
    identifier, number = document["identifier"], document["number"]
    titles = _titles(document)
    texts = [*titles, *texts_of(document)]
    made = {
        "identifier": identifier,
        "version": version(identifier, number),
        "tie": tie(identifier),
        **_words(document, titles, texts),
        "codes": sorted(_codes(document, texts)),
        "kind": [document["kind"]],
        "language": document["languages"],
        "original": [document["shown_as"]] if document["shown_as"] else [],
        "has": _has(document["scans"]),
        **_named(document, contributed or {}),
        **_dates(document, cleared_at),
        **_extent(document),
        **_cells(document),
    }
    return {part: value for part, value in made.items() if value not in ("", [], None)}


def _words(document: dict, titles: list[str], texts: list[str]) -> dict:
    """The text parts, and the pairs of their neighbours."""
    names = list(dict.fromkeys(name for place in document["places"] for name in place_names(place)))
    agents = [name for agent in document["agents"] for name in (*agent["name"].values(), *agent["other_names"])]
    holder = document["institution"]["name"].values() if document["institution"] else []
    readings = [mention["reading"] for scan in document["scans"] for mention in scan["mentions"]]
    sheets = [page_text(scan) for scan in document["scans"]]
    title, text, sheet, name = map(parts, (titles, texts, sheets, names))
    reading = parts([document["reading"], *readings])
    anywhere = (text, reading, sheet, name)
    return {
        "title_x": title.exact,
        "title_f": title.folded,
        "title_s": title.sounds,
        "title_px": title.pairs_x,
        "title_pf": title.pairs_f,
        "starts": _starts(titles),
        "reading_f": reading.folded,
        "text_x": text.exact,
        "text_f": text.folded,
        "text_s": text.sounds,
        "text_px": text.pairs_x,
        "text_pf": text.pairs_f,
        "names_f": name.folded,
        "names_s": name.sounds,
        "agents_f": parts(dict.fromkeys(agents)).folded,
        "holder_f": parts(dict.fromkeys(holder)).folded,
        "lines_x": sheet.exact,
        "lines_f": sheet.folded,
        ALL: _each_once(each.folded for each in anywhere),
        ALL_PAIRS: _each_once(each.pairs_f for each in anywhere),
    }


def _starts(titles: list[str]) -> list[str]:
    """All that may be typed of a title's beginning, letter by letter."""
    begun = dict.fromkeys(start(folded_part([title]).split()) for title in titles)
    return list(dict.fromkeys(text[:end] for text in begun for end in range(1, len(text) + 1)))


def _each_once(parts) -> str:
    words = dict.fromkeys(chain.from_iterable(map(str.split, parts)))
    words.pop(GAP, None)
    return " ".join(words)


PROSE = ["description", "significance", "remarks", "provenance", "place_of_publication"]


def _titles(document: dict) -> list[str]:
    originals = [title["text"] for title in document["title_original"]]
    return [*document["title"].values(), *originals, *document["alternative_titles"]]


def texts_of(document: dict) -> list[str]:
    """All that is written of a record and on it, but for titles and what a machine read."""
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


def place_names(place: dict) -> list[str]:
    """Its own name and all others, as the document has them."""
    return [*place["name"].values(), *(name["text"] for name in place["names"])]


def _codes(document: dict, texts: list[str]) -> set[str]:
    legal, cartography = document["legal"] or {}, document["cartography"] or {}
    found = {code(document["identifier"]), code(legal.get("number", ""))} | {
        code(mark) for mark in document["shelfmarks"]
    }
    pages = [citation["pages"] for citation in document["citations"]]
    scales = [cartography["scale"], f"1:{cartography['denominator']}"] if cartography.get("denominator") else []
    for text in [*texts, *pages, *scales]:
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
    made = {}
    for name, pairs in values.items():
        unique = dict(pairs)  # an agent may stand twice, in two roles
        made[name] = list(unique)
        made[f"{name}_label"] = [label(key, names) for key, names in unique.items()]
    return made


def _dates(document: dict, cleared_at) -> dict:
    date, identifier = document["date"] or {}, document["identifier"]
    first, last = date.get("from"), date.get("to")
    titles = document["title"]
    return {
        "date_from": first if first is not None else last,
        "date_to": last if last is not None else first,
        "period": centuries(first, last),
        "decade": decades(first, last),
        "by_title_vi": sorting.title_key(titles["vi"] or titles["en"], identifier),
        "by_title_en": sorting.title_key(titles["en"] or titles["vi"], identifier),
        "by_date": sorting.date_key(first, last, identifier),
        "by_date_down": sorting.date_down_key(first, last, identifier),
        "by_newest": sorting.newest_key(cleared_at, identifier),
    }


def _extent(document: dict) -> dict:
    """Edges in degrees; east goes on counting beyond 180 where the sheet crosses the antimeridian. What is no sheet of
    the earth but names a place is as large as a point: a box asked for on the map finds it there."""
    extent, point = document["extent"], point_of(document)
    if not extent and not point:
        return {}
    west, south, east, north = (float(value) for value in (extent["bbox"] if extent else (*point, *point)))
    east += 360 if west > east else 0
    return {"west": west, "south": south, "east": east, "north": north, "area": cells.area(west, south, east, north)}


def _cells(document: dict) -> dict:
    """The cell of the record's point at each zoom; none without a point."""
    point = point_of(document)
    return {f"cell_{zoom}": [cells.cell(*point, zoom)] for zoom in cells.ZOOMS} if point else {}


def point_of(document: dict) -> tuple[float, float] | None:
    """(longitude, latitude) where a record stands on the map: the middle of its extent, else its first place that has
    coordinates."""
    if document["extent"]:
        west, south, east, north = (float(value) for value in document["extent"]["bbox"])
        middle = (west + (east + 360 if west > east else east)) / 2
        return (middle - 360 if middle > 180 else middle), (south + north) / 2
    placed = (place for place in document["places"] if place["lat"] is not None and place["lon"] is not None)
    return next(((place["lon"], place["lat"]) for place in placed), None)
