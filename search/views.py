"""The search page, the same as JSON, and suggestions."""

from contextlib import contextmanager

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from archive.answers import Problem, answer_json, language, public_json

from . import results, suggestions
from .fields import SearchError, read_values
from .highlight import as_html


@require_safe
def page(request) -> HttpResponse:
    """/{lang}/search/: always a page; what can't be understood is said on it, with status 400 (503: no engine)."""
    lang = get_language()
    context = {"params": request.GET, "lang": lang, "results": None, "error": None}
    status = 200
    try:
        context["results"] = results.find(request.GET, lang)
    except SearchError as error:
        context["error"], status = {"code": error.code, "message": str(error), "field": error.field}, error.status
    except results.Unavailable as error:
        context["error"], status = {"code": "unavailable", "message": str(error), "field": None}, 503
    response = render(request, "search/search.html", context, status=status)
    patch_cache_control(response, no_cache=True)
    return response


@public_json
def api(request):
    """/api/v1/search/"""
    lang = language(request)
    with _problems():
        found = results.find(request.GET, lang)
    items = [
        {
            **item,
            "snippet": as_html(item["snippet"]),
            "thumbnail": _absolute(item["thumbnail"]),
            "url": _absolute(item["url"]),
        }
        for item in found.items
    ]
    return answer_json(
        request,
        {
            "query": found.query,
            "total": found.total,
            "page": found.page,
            "page_size": found.page_size,
            "next": found.next and _absolute(f"{request.path}?{found.next}"),
            "took_ms": found.took_ms,
            "engine": found.engine,
            "fallback": found.fallback,
            "items": items,
            "facets": found.facets,
            "suggestion": found.suggestion,
        },
    )


@public_json
def suggest(request):
    """/api/v1/suggest/"""
    lang = language(request)
    with _problems():
        typed = (read_values(request.GET, "q", most=1, longest=None) or ("",))[0]
        found = suggestions.suggest(typed, lang)
    return answer_json(request, {"suggestions": [{**entry, "url": _absolute(entry["url"])} for entry in found]})


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
