"""Search for people: read the box, ask an engine, and make one page of results from standing editions."""

import time
from dataclasses import dataclass, field, replace
from math import ceil
from urllib.parse import urlencode

from django.utils.translation import override

from . import chosen, correcting, cursors, helping, labels, mapping, readings
from .asking import Unavailable
from .documents import FACETS
from .engines.base import Found
from .engines.registry import preferred
from .items import Items
from .query import REACH, Query, understand

__all__ = ["Results", "Unavailable", "find"]


@dataclass(frozen=True)
class Results:
    """One page of results, as in the search JSON. `next`: the query string of the next page, or None.
    `engine`: the one that answered; `fallback`: it isn't the site's own.

    `chosen`: {(facet, value): name} of values asked for that nothing found has.
    `reading`: which other reading of the box was needed ("", "telex", "spelling", "fewer"), `read_as` its text;
    `dropped`: words that nothing holds, left out where the box finds nothing. `also`: what was searched too,
    [{"text", "place"}]. `dates`: [{"text", "label", "without"}]. `help`, where nothing was found:
    {"dropped": [{"q", "total", "word"}], "places": [{"text", "url"}], "picks": [item]}. `histogram`: [{"from", "to",
    "count"}]. On the map, `clusters`: [{"lat", "lon", "count", "bbox"}], and `unplaced`: how many have no place on it.
    """

    query: dict
    total: int
    page: int
    page_size: int
    pages: int
    next: str | None
    took_ms: float
    engine: str
    fallback: bool
    items: list[dict] = field(default_factory=list)
    facets: dict[str, list[dict]] = field(default_factory=dict)
    chosen: dict[tuple[str, str], str] = field(default_factory=dict)
    suggestion: str | None = None
    reading: str = ""
    read_as: str = ""
    dropped: list[str] = field(default_factory=list)
    also: list[dict] = field(default_factory=list)
    dates: list[dict] = field(default_factory=list)
    help: dict | None = None
    histogram: list[dict] = field(default_factory=list)
    clusters: list[dict] = field(default_factory=list)
    unplaced: int = 0


def find(params, lang: str) -> Results:
    """In: a QueryDict or dict of the search address, "vi" or "en". Raises SearchError and Unavailable."""
    started = time.perf_counter()
    query = _sorted(understand(params, lang), params)
    answer = readings.best(params, query, FACETS + mapping.facets(query))
    found, instead = answer.found, answer.instead
    with override(lang):
        shown = Items(answer.query, instead, answer.reading == "spelling")
        items = [shown.item(answer.editions[hit.identifier].data) for hit in found.hits]
        aside = _aside(answer, lang)
        facets = labels.facets({name: found.facets[name] for name in FACETS}, dict(query.choices), lang)
    return Results(
        query=query.understood(),
        total=found.total,
        page=found.start // query.page_size + 1 if query.after else query.page,
        page_size=query.page_size,
        pages=min(ceil(found.total / query.page_size), REACH // query.page_size),
        next=_next(params, query, found),
        took_ms=round((time.perf_counter() - started) * 1000, 1),
        engine=answer.engine,
        fallback=answer.engine != preferred()[0],
        items=items,
        facets=facets,
        chosen=chosen.names(query, facets, lang),
        reading=answer.reading,
        read_as=answer.read_as,
        dropped=list(answer.dropped),
        **aside,
    )


def _aside(answer: readings.Answer, lang: str) -> dict:
    """What is told beside the results."""
    query, found = answer.query, answer.found
    clusters, unplaced = mapping.clusters(query, found)
    return {
        "suggestion": correcting.suggestion(answer),
        "also": [
            {"text": name, "place": expansion.place} for expansion in answer.other_names for name in expansion.names
        ],
        "dates": [{"text": words.text, "label": words.label[lang], "without": words.without} for words in query.dates],
        "help": None if found.total else helping.nothing_found(answer),
        "histogram": mapping.histogram(found),
        "clusters": clusters,
        "unplaced": unplaced,
    }


def _sorted(query: Query, params) -> Query:
    """A timeline stands in order of date where no order is asked for."""
    asked = params.get("sort") if params else None
    return replace(query, sort="date") if query.view == "timeline" and not asked else query


def _next(params, query: Query, found: Found) -> str | None:
    end = found.start + len(found.hits)
    if not found.hits or end >= found.total:
        return None
    pairs = {name: values for name, values in _lists(params) if name not in ("page", "after")}
    if not query.after and (query.page + 1) * query.page_size <= REACH:
        pairs["page"] = [query.page + 1]
    else:
        pairs["after"] = [cursors.write(query, found.hits[-1], end)]
    return urlencode(pairs, doseq=True)


def _lists(params):
    if hasattr(params, "lists"):
        return list(params.lists())
    return [(name, value if isinstance(value, (list, tuple)) else [value]) for name, value in params.items()]
