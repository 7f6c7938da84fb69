"""What the search page shows beside its hits: chips, the bars of the years, an axis of time, a map. Pure but for
translated words.

`params` is the QueryDict of the address; addresses made here are query strings that differ from it in one thing.
"""

from functools import lru_cache
from itertools import groupby
from urllib.parse import quote_plus

from django.utils.translation import gettext as _

from . import labels
from .documents import FACETS

FORM_FIELDS = {"q", "from", "to", "sort", "page", "after"}
PAGING = ("page", "after")
MOST_BARS = 60  # of the years: more would be thinner than a finger


def _address(pairs) -> str:
    """A query string of (name, values)."""
    return "?" + "&".join([_quoted(name, str(value)) for name, values in pairs for value in values])


@lru_cache(maxsize=5_000)
def _quoted(name: str, value: str) -> str:
    """Kept: a page holds dozens of addresses that differ in one thing."""
    return f"{quote_plus(name)}={quote_plus(value)}"


def with_values(params, **values) -> str:
    """The query string with parameters set ("from_" is "from"; None takes one away); from the first page."""
    changed = {name.rstrip("_"): value for name, value in values.items()}
    kept = [(name, held) for name, held in params.lists() if name not in PAGING and name not in changed]
    added = [(name, [value]) for name, value in changed.items() if value is not None]
    return _address(kept + added)


def without(params, name: str, value=None) -> str:
    """The query string without a parameter, or without one of its values; from the first page."""
    left = [item for item in params.getlist(name) if value is not None and item != str(value)]
    kept = [(key, left if key == name else held) for key, held in params.lists() if key not in PAGING]
    return _address(kept)


def chips(params, results, lang: str) -> list[dict]:
    """What narrows the results: [{"text", "url" that takes it away, "words": url that reads it as words, or ""}]."""
    found = []
    for date in results.dates:
        url = with_values(params, q=date["without"] or None)
        found.append({"text": date["label"], "url": url, "words": with_values(params, dates="0")})
    typed = set()
    for one in results.query.get("fields", ()):
        if one["value"]:
            typed.add((one["field"], one["value"]))
            found.append(
                {"text": one["label"][lang], "url": with_values(params, q=one["without"] or None), "words": ""}
            )
    for one in results.query.get("barred", ()):
        found.append({"text": one["label"][lang], "url": with_values(params, q=one["without"] or None), "words": ""})
    for name, words in (("from", _("từ năm %(year)s")), ("to", _("đến năm %(year)s"))):
        if params.get(name):
            found.append({"text": words % {"year": params[name]}, "url": without(params, name), "words": ""})
    if params.get("bbox"):
        found.append({"text": _("trong khung bản đồ"), "url": without(params, "bbox"), "words": ""})
    # A value that finds nothing is in no list, and must be taken away all the same.
    named = results.chosen | {
        (name, entry["value"]): entry["label"] for name, entries in results.facets.items() for entry in entries
    }
    for name in FACETS:
        for value in dict.fromkeys(params.getlist(name)):
            if value and (name, value) not in typed:
                text = named.get((name, value)) or labels.label(name, value, lang)
                found.append({"text": text, "url": without(params, name, value), "words": ""})
    return found


def says_nothing(query: dict) -> bool:
    """Whether nothing was understood of what stands in the box: signs alone."""
    return not any(query[name] for name in ("words", "without", "dates", "fields", "barred"))


def filtered(params) -> bool:
    return any(params.get(name) for name in (*FACETS, "from", "to", "bbox"))


def kept(params, facets: dict) -> list[tuple[str, str]]:
    """(name, value) pairs that the form must carry along: whatever none of its visible fields holds."""
    shown = {(name, str(entry["value"])) for name, entries in (facets or {}).items() for entry in entries}
    return [
        (name, value)
        for name, values in params.lists()
        for value in values
        if name not in FORM_FIELDS and (name, value) not in shown and value
    ]


def window(page: int, pages: int) -> list[int | None]:
    """Page numbers to offer, None for a gap: 1 … 4 [5] 6 … 12."""
    wanted = sorted({1, pages, *range(page - 1, page + 2)} & set(range(1, pages + 1)))
    found: list[int | None] = []
    for number in wanted:
        if found and number - found[-1] > 1:
            found.append(None)
        found.append(number)
    return found


# --- years ---------------------------------------------------------------------------------------------


def bars(histogram: list[dict], year_from: int | None, year_to: int | None) -> dict | None:
    """The years as bars of equal width: {"first", "last" (years), "wide" (bars), "bars": [{"at" (from 0), "height"
    (of 100), "from", "to", "count", "on": within the years asked for}]}; None where there is nothing to compare.

    Where they would be more than MOST_BARS, a bar stands for several decades.
    """
    rows = sorted((row for row in histogram if row["count"]), key=lambda row: row["from"])
    if len(rows) < 2:
        return None
    start, last = rows[0]["from"], rows[-1]["to"]
    decades = (last - start) // 10 + 1
    span = 10 * -(-decades // MOST_BARS)
    counts: dict[int, int] = {}
    for row in rows:
        at = (row["from"] - start) // span
        counts[at] = max(counts.get(at, 0), row["count"])
    most = max(counts.values())
    found = [
        {
            "at": at,
            "height": (height := max(4, round(100 * count / most))),
            "top": 100 - height,
            "from": start + at * span,
            "to": start + (at + 1) * span - 1,
            "count": count,
            "on": (year_to is None or start + at * span <= year_to)
            and (year_from is None or start + (at + 1) * span - 1 >= year_from),
        }
        for at, count in sorted(counts.items())
    ]
    return {"first": start, "last": start + -(-decades * 10 // span) * span - 1, "wide": -(-decades * 10 // span),
            "span": span, "bars": found}  # fmt: skip


def by_decade(items: list[dict]) -> list[dict]:
    """Items in the order given, under the decade in which each begins: [{"decade": first year or None, "items"}]."""

    def decade(item: dict) -> int | None:
        years = [year for year in item.get("years") or () if year is not None]
        return years[0] // 10 * 10 if years else None

    return [{"decade": key, "items": list(group)} for key, group in groupby(items, key=decade)]


def ticks(first: int, last: int) -> list[int]:
    """Years to write below an axis: the round ones, at most about nine."""
    step = next(size for size in (10, 20, 50, 100, 200, 500, 1000, 5000) if (last - first) / size <= 9)
    return list(range(-(-first // step) * step, last + 1, step))


# --- the map ---------------------------------------------------------------------------------------------


def map_data(results) -> dict:
    """What search-map.js reads: clusters of all hits, footprints of the page's, the box asked for."""
    return {
        "clusters": results.clusters,
        "bbox": results.query.get("bbox"),
        "items": [
            {"id": item["identifier"], "bbox": item.get("bbox"), "point": item.get("point"), "title": item["title"]}
            for item in results.items
        ],
    }
