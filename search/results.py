"""Search for people: pick an engine, leave out what no longer stands, and make the items from standing editions."""

import logging
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from math import ceil
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.display import both, public_width
from archive.folding import fold
from archive.item_page import PUBLIC_IMAGES
from archive.merged import keys_of
from archive.models import Edition, Outbox

from . import cursors, indexer, labels, printed
from .documents import version
from .engines.base import EngineError, Found
from .engines.registry import configured, preferred
from .highlight import chosen
from .models import Cursor
from .plan import plan
from .query import REACH, Query, understand

log = logging.getLogger(__name__)

THUMBNAIL = 400  # pixels
FAR_BEHIND = 1_000  # records: an engine that is so far behind is asked last
REST = 5.0  # seconds for which an engine that failed isn't asked
TRIES = 3
MERGED = {"place": "place", "agent": "agent", "holder": "institution"}  # filter → kind of authority

_resting: dict[str, float] = {}


class Unavailable(Exception):
    """No engine answers; the message is a sentence for the reader."""


@dataclass(frozen=True)
class Results:
    """One page of results, as in the search JSON. `next`: the query string of the next page, or None.
    `engine`: the one that answered; `fallback`: it isn't the site's own.

    `reading`: which other reading of the box was needed ("", "telex", "spelling"), `read_as` its text. `also`: what
    was searched too, [{"text", "place"}]. `dates`: [{"text", "label", "without"}]. `help`, where nothing was found:
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
    suggestion: str | None = None
    reading: str = ""
    read_as: str = ""
    also: list[dict] = field(default_factory=list)
    dates: list[dict] = field(default_factory=list)
    help: dict | None = None
    histogram: list[dict] = field(default_factory=list)
    clusters: list[dict] = field(default_factory=list)
    unplaced: int = 0


def find(params, lang: str) -> Results:
    """In: a QueryDict or dict of the search address, "vi" or "en". Raises SearchError and Unavailable."""
    started = time.perf_counter()
    query = understand(params, lang)
    after = cursors.read(query)
    asked = widened(query)
    engine, found, editions = ask(lambda stale: plan(asked, stale, after=after))
    with override(lang):
        items = [item(editions[hit.identifier].data, query) for hit in found.hits]
    return Results(
        query=query.understood(),
        total=found.total,
        page=found.start // query.page_size + 1 if after else query.page,
        page_size=query.page_size,
        pages=min(ceil(found.total / query.page_size), REACH // query.page_size),
        next=_next(params, query, found),
        took_ms=round((time.perf_counter() - started) * 1000, 1),
        engine=engine,
        fallback=engine != preferred()[0],
        items=items,
        facets=labels.facets(found.facets, dict(query.choices), lang),
    )


def widened(query: Query) -> Query:
    """The query with the keys that merges joined to those asked for: editions name authorities as they were called.

    Only for the engine; what was understood goes on naming what was asked.
    """
    choices = tuple((name, keys_of(MERGED[name], keys) if name in MERGED else keys) for name, keys in query.choices)
    return replace(query, choices=choices)


# --- soundness ------------------------------------------------------------------------------------------


def ask(make_plan) -> tuple[str, Found, dict[str, Edition]]:
    """Ask the first engine that answers. Out: its name, what it found, the standing edition of each hit.

    What waits in the outbox behind an engine's cursor may be out of date there. The engine is told which versions of
    these records stand and counts nothing else, so what was withdrawn or replaced is neither a hit, nor in the total,
    nor in a facet. make_plan(stale) makes the plan. Raises Unavailable.
    """
    rows = {cursor.engine: cursor for cursor in Cursor.objects.all()}
    names = [name for name in preferred() if _built(name, rows)]
    # An engine that failed rests for a while, unless it is the last.
    names = [name for name in names if time.monotonic() >= _resting.get(name, 0.0)] or names[-1:]
    for place, name in enumerate(names):
        stale = stale_at(rows[name].position)
        if len(stale) > FAR_BEHIND and place + 1 < len(names):
            continue
        try:
            return (name, *_checked(name, rows[name].index, make_plan, stale))
        except EngineError as error:
            now = Cursor.objects.get(engine=name)
            if now.index != rows[name].index:  # a rebuild swapped it while we asked
                with suppress(EngineError):
                    return (name, *_checked(name, now.index, make_plan, stale_at(now.position)))
            _resting[name] = time.monotonic() + REST
            log.error("search: %s doesn't answer: %s", name, error)
    raise Unavailable(_("Hệ thống tìm kiếm chưa sẵn sàng. Xin thử lại sau ít phút."))


def _built(name: str, rows: dict[str, Cursor]) -> bool:
    return name in rows and rows[name].index.startswith(indexer.stem(configured()[name]))


def stale_at(position: int) -> dict[str, str | None]:
    """{identifier: version that stands, or None} of the records with news that an index at `position` hasn't read."""
    number = Edition.objects.filter(identifier=OuterRef("identifier")).values("number")[:1]
    rows = Outbox.objects.filter(sequence__gt=position).values_list("identifier").annotate(number=Subquery(number))
    return {identifier: version(identifier, number) if number else None for identifier, number in rows.distinct()}


def _checked(name: str, index: str, make_plan, stale) -> tuple[Found, dict[str, Edition]]:
    """Hits that stand. What was withdrawn or replaced while we asked is left out by asking again."""
    engine = configured()[name]
    for _try in range(TRIES):
        found = engine.search(index, make_plan(stale))
        wanted = [hit.identifier for hit in found.hits]
        editions = {edition.identifier: edition for edition in Edition.objects.filter(identifier__in=wanted)}
        standing = {key: version(key, edition.number) for key, edition in editions.items()}
        wrong = {hit.identifier for hit in found.hits if standing.get(hit.identifier) != hit.version}
        if not wrong:
            return found, editions
        log.warning("search: the index of %s is out of date for %s", name, ", ".join(sorted(wrong)))
        stale = stale | {identifier: standing.get(identifier) for identifier in wrong}
    raise EngineError(f"the index of {name} holds what doesn't stand: {sorted(wrong)}; run manage.py reconcile --fix")


# --- items ---------------------------------------------------------------------------------------------------


def item(document: dict, query: Query) -> dict:
    """One result, from the edition document; addresses are paths of this site in the active language.

    `sheet`: the page (from 1) whose print the snippet is taken from, None where it is of the description; then the
    address opens that page there.
    """
    lang, other = query.lang, "en" if query.lang == "vi" else "vi"
    texts = [(document[part][language], language) for language in (lang, other) for part in ("description", "remarks")]
    texts += [(name, None) for place in document["places"] for name in _names(place)]
    texts = [(text, language) for text, language in texts if text]
    which, words, kinds = chosen([text for text, _ in texts], query)
    words_lang = texts[which][1] if words else None
    spot = printed.spot(document, query)
    if spot and spot.kinds > kinds:
        words, words_lang = spot.words, spot.lang
    else:
        spot = None
    title = both(document["title"], lang)
    # An English atlas bears its title once, not twice.
    originals = [entry["text"] for entry in document["title_original"] if fold(entry["text"]) != fold(title)]
    return {
        "identifier": document["identifier"],
        "kind": document["kind"],
        "title": title,
        "title_original": originals[0] if originals else "",
        "date": both(document["date"]["display"], lang) if document["date"] else None,
        "snippet": words or None,
        "snippet_lang": words_lang,
        "sheet": spot and spot.page,
        "thumbnail": _thumbnail(document["scans"]),
        "url": reverse("archive_pages:item", args=[document["identifier"]]) + (spot.address if spot else ""),
    }


def _names(place: dict) -> dict[str, None]:
    return dict.fromkeys([*place["name"].values(), *(name["text"] for name in place["names"])])


def _thumbnail(scans: list[dict]) -> str | None:
    return PUBLIC_IMAGES.thumbnail(scans[0]["image"], min(THUMBNAIL, public_width(scans[0]))) if scans else None


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
