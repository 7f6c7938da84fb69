"""The search page, the same as JSON, and suggestions."""

from contextlib import contextmanager

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.html import escape
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from archive import kept
from archive.answers import Problem, allow, answer, answer_json, language, public_json
from archive.shell import framed

from . import results, suggestions
from .fields import SearchError, read_values
from .highlight import as_html


@require_safe
def page(request) -> HttpResponse:
    """/{lang}/search/: always a page; what can't be understood is said on it, with status 400 (503: no engine)."""
    lang = get_language()
    return kept.page(request, lang, lambda: _page(request, lang))


def _page(request, lang: str) -> HttpResponse:
    params = _shown(request.GET)
    context = {"params": params, "lang": lang, "results": None, "error": None}
    status = 200
    try:
        context["results"] = results.find(params, lang)
    except SearchError as error:
        context["error"], status = {"code": error.code, "message": str(error), "field": error.field}, error.status
    except results.Unavailable as error:
        context["error"], status = {"code": "unavailable", "message": str(error), "field": None}, 503
    if context["results"] and context["results"].fallback:
        kept.passing(request)
    title = escape(params.get("q", ""))
    holes = {"title": title and f"{title} – ", "main": render_to_string("search/main.html", context)}
    frame = {"lang": lang, "asked": bool(params)}
    response = HttpResponse(framed(request, "search/search.html", frame, holes), status=status)
    patch_cache_control(response, no_cache=True)
    return response


def _shown(params):
    """The parameters as the page writes them again: without NUL, which no page may hold."""
    if not any("\x00" in value for _name, values in params.lists() for value in values):
        return params
    clean = params.copy()
    for name, values in params.lists():
        clean.setlist(name, [value.replace("\x00", "") for value in values])
    return clean


@public_json
def api(request):
    """/api/v1/search/"""
    lang = language(request)
    allow(request, "search")
    with _problems():
        found = results.find(request.GET, lang)
    data = {
        "query": found.query,
        "total": found.total,
        "page": found.page,
        "page_size": found.page_size,
        "next": found.next and _absolute(f"{request.path}?{found.next}"),
        "took_ms": found.took_ms,
        "engine": found.engine,
        "fallback": found.fallback,
        "reading": found.reading,
        "read_as": found.read_as,
        "dropped": found.dropped,
        "also": found.also,
        "dates": found.dates,
        "items": [_told(item) for item in found.items],
        "facets": found.facets,
        "histogram": found.histogram,
        "clusters": found.clusters,
        "unplaced": found.unplaced,
        "suggestion": found.suggestion,
        "help": found.help and _help(found.help),
    }
    return answer_json(request, data, passing=("took_ms",))


def _told(item: dict) -> dict:
    """A result as the JSON has it: its snippet as HTML, its addresses absolute."""
    addresses = {name: _absolute(item[name]) for name in ("thumbnail", "url")}
    item = {name: value for name, value in item.items() if name != "in_short"}
    return item | {"snippet": as_html(item["snippet"])} | addresses


def _help(found: dict) -> dict:
    places = [place | {"url": _absolute(place["url"])} for place in found["places"]]
    return found | {"places": places, "picks": [_told(item) for item in found["picks"]]}


@public_json
def suggest(request):
    """/api/v1/suggest/"""
    _typed, found = _suggested(request)
    return answer_json(request, {"suggestions": [{**entry, "url": _absolute(entry["url"])} for entry in found]})


@public_json
def opensearch_suggestions(request):
    """/api/v1/suggest/opensearch/: the same as a browser's search box reads it.

    https://github.com/dewitt/opensearch/blob/master/mediawiki/Specifications/OpenSearch/Extensions/Suggestions/1.1
    """
    typed, found = _suggested(request)
    columns = [[entry[name] for entry in found] for name in ("text", "kind_label")]
    data = [typed, *columns, [_absolute(entry["url"]) for entry in found]]
    return answer_json(request, data, "application/x-suggestions+json")


def _suggested(request) -> tuple[str, list[dict]]:
    lang = language(request)
    allow(request, "suggest")
    with _problems():
        typed = (read_values(request.GET, "q", most=1, longest=None) or ("",))[0]
        return typed, suggestions.suggest(typed, lang)


@require_safe
def opensearch(request) -> HttpResponse:
    """/{lang}/opensearch.xml: how a browser adds our search box to its own."""
    body = render_to_string("search/opensearch.xml", {"lang": get_language(), "base": settings.PUBLIC_BASE_URL})
    return answer(request, body.encode(), "application/opensearchdescription+xml; charset=utf-8")


@contextmanager
def _problems():
    """What the search refuses, as the archive's JSON problems."""
    try:
        yield
    except SearchError as error:
        raise Problem(error.status, error.code, str(error), error.field) from error
    except results.Unavailable as error:
        raise Problem(503, "unavailable", str(error)) from error


def _absolute(path: str | None) -> str | None:
    return path and f"{settings.PUBLIC_BASE_URL}{path}"
