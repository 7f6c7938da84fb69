"""The kiosk's pages. Each is a full page of its own: a screen runs for weeks, and nothing piles up in it."""

import re
from functools import wraps
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.collecting.chosen import IDENTIFIER
from archive.item_page import PUBLIC_IMAGES
from archive.vocabulary import both
from exhibits.models import Kiosk
from exhibits.standing import standing_documents
from search.fields import SearchError
from search.related import similar
from search.results import Unavailable, find

from .screen import LANGUAGES, Screen

RESULTS_A_PAGE = 12
LONGEST_QUERY = 200
NUMBER = re.compile(r"[0-9]{1,9}")


def screen_view(view):
    """Hand a view its Screen, in the language of the path. What isn't there answers with the kiosk's own page."""

    @require_safe
    @wraps(view)
    def wrapped(request, slug, lang, *args, **kwargs):
        if lang not in LANGUAGES:
            raise Http404(lang)
        kiosk = get_object_or_404(Kiosk.objects.select_related("exhibition__locale"), slug=slug)
        screen = Screen(kiosk, lang)
        with translation.override(lang):
            try:
                response = view(request, screen, *args, **kwargs)
            except Http404:
                response = show(request, screen, "missing", status=404)
        response.headers["Content-Language"] = lang
        patch_cache_control(response, no_cache=True)
        return response

    return wrapped


def show(request, screen, name, context=None, other_url="", status=200):
    """A kiosk page. `other_url`: the same page in the other language, else that language's first page."""
    base = {
        "screen": screen,
        "lang": screen.lang,
        "images": PUBLIC_IMAGES,
        "idle": screen.kiosk.idle_seconds,
        "idle_url": screen.idle_url,
        "start_url": screen.url("start"),
        "search_url": screen.url("search"),
        "maps_url": screen.maps_url,
        "other_url": other_url or screen.url("start", lang=screen.other_lang),
        "here": name,
    }
    return render(request, f"exhibits/kiosk/{name}.html", base | (context or {}), status=status)


@require_safe
def entrance(request, slug):
    """The address a screen is set to: its first page in Vietnamese."""
    kiosk = get_object_or_404(Kiosk.objects.select_related("exhibition__locale"), slug=slug)
    return redirect(Screen(kiosk, "vi").idle_url)


@screen_view
def start(request, screen):
    sections = [{"page": section, "url": screen.url("section", section.number)} for section in screen.sections]
    return show(request, screen, "start", {"sections": sections})


@screen_view
def section(request, screen, number):
    page = screen.section(number)
    if page is None:
        raise Http404(number)
    place = screen.sections.index(page)
    after = screen.sections[place + 1] if place + 1 < len(screen.sections) else None
    context = {
        "section": page,
        "words": screen.words_of(page),
        "cards": cards(screen, screen.shown_in(page), f"?section={number}"),
        "places": [{**found, "url": screen.url("place", found["key"])} for found in screen.places_in(page)],
        "next": {"page": after, "url": screen.url("section", after.number)} if after else None,
    }
    return show(request, screen, "section", context, other_url=screen.url("section", number, lang=screen.other_lang))


@screen_view
def maps(request, screen):
    shown = screen.strip_cuts()
    for cut in shown:
        cut["url"] = screen.url("item", cut["document"]["identifier"]) + "?maps=1"
    context = {"strip": screen.strip, "cuts": shown}
    return show(request, screen, "maps", context, other_url=screen.url("maps", lang=screen.other_lang))


@screen_view
def place(request, screen, key):
    """The same place through the maps: its cut-outs by date, each opening its sheet there."""
    found = screen.place(key)
    if found is None:
        raise Http404(key)
    shown = screen.place_cuts(key, request.GET.get("page", "1"))
    for cut in shown["cuts"]:
        cut["url"] = f"{screen.url('item', cut['identifier'])}?place={key}{cut['target']}"
    other = screen.url("place", key, lang=screen.other_lang) + f"?page={shown['page']}"
    return show(request, screen, "place", {"place": found, **shown}, other_url=other)


@screen_view
def item(request, screen, identifier):
    like = request.GET.get("like", "")
    documents = standing_documents([identifier, *([like] if IDENTIFIER.match(like) else [])])
    document = documents.get(identifier)
    if document is None:
        raise Http404(identifier)
    address = f"{settings.PUBLIC_BASE_URL}/id/{identifier}"
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "document": document,
        "place_base": screen.url("place", "-")[: -len("-/")],
        "qr": mark_safe(segno.make(address, error="m").svg_inline(scale=5, border=2, dark="#0b1426", light="#fff")),
        "address": address.partition("://")[2],
        "similar": similar_cards(request, screen, document),
        **(back_to(request, screen, documents.get(like)) or way_back(request, screen, identifier)),
    }
    other = screen.url("item", identifier, lang=screen.other_lang) + query
    return show(request, screen, "item", context, other_url=other)


def similar_cards(request, screen, document) -> list[dict]:
    """As cards(): what is like an item and stands now, each opened on this screen; none while no engine answers.

    Each address says where the visitor came from, so that one returns through the item to the section or the search.
    """
    query = request.GET.copy()
    query["like"] = document["identifier"]
    try:
        return cards(screen, [found.data for found in similar(document)], f"?{query.urlencode()}")
    except Unavailable:
        return []


def back_to(request, screen, document) -> dict | None:
    """The way back to the item whose likeness led here; None where it doesn't stand or none did."""
    if document is None:
        return None
    query = request.GET.copy()
    del query["like"]
    url = screen.url("item", document["identifier"]) + (f"?{query.urlencode()}" if query else "")
    return {"back_url": url, "back_label": both(document["title"], screen.lang)}


def way_back(request, screen, identifier) -> dict:
    """Where the visitor came from, and the neighbours there: {"back_url", "back_label", "before", "after"}."""
    number = request.GET.get("section", "")
    if NUMBER.fullmatch(number) and (page := screen.section(int(number))):
        keys = [document["identifier"] for document in screen.shown_in(page)]
        place = keys.index(identifier) if identifier in keys else None
        before = keys[place - 1] if place else None
        after = keys[place + 1] if place is not None and place + 1 < len(keys) else None
        return {
            "back_url": screen.url("section", page.number),
            "back_label": f"{page.roman}. {page.title}",
            "before": before and screen.url("item", before) + f"?section={page.number}",
            "after": after and screen.url("item", after) + f"?section={page.number}",
        }
    if "q" in request.GET:
        return {"back_url": f"{screen.url('search')}?{request.GET.urlencode()}", "back_label": _("Kết quả tìm")}
    key = request.GET.get("place", "")[:80]
    if key.isprintable() and key and (place := screen.place(key)):
        return {"back_url": screen.url("place", key), "back_label": both(place["name"], screen.lang)}
    if request.GET.get("maps") and screen.strip is not None:
        return {"back_url": screen.url("maps"), "back_label": screen.strip["title"]}
    return {"back_url": screen.url("start"), "back_label": _("Trang đầu")}


def cards(screen, documents, query: str) -> list[dict]:
    return [{"document": document, "url": screen.url("item", document["identifier"]) + query} for document in documents]


@screen_view
def search(request, screen):
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    number = request.GET.get("page", "")
    asked = {"q": query, "page": number if NUMBER.fullmatch(number) else "1"}
    results, sentence = look(asked, screen.lang) if "q" in request.GET else (None, "")
    context = {
        "query": query,
        "results": results,
        "sentence": sentence,
        "hits": [
            {**hit, "kiosk_url": f"{screen.url('item', hit['identifier'])}?{urlencode(asked)}"}
            for hit in (results.items if results else [])
        ],
        **pages(results, query),
    }
    other = screen.url("search", lang=screen.other_lang) + (f"?{urlencode(asked)}" if results else "")
    return show(request, screen, "search", context, other_url=other)


def look(asked: dict, lang: str):
    """(results, "") or (None, a sentence that says why there are none)."""
    try:
        return find(asked | {"page_size": str(RESULTS_A_PAGE)}, lang), ""
    except (SearchError, Unavailable) as error:
        return None, str(error)


def pages(results, query: str) -> dict:
    """Addresses of the pages of results before and after this one."""
    if results is None:
        return {}
    wanted = {"page_before": results.page - 1, "page_after": results.page + 1}
    return {
        name: f"?{urlencode({'q': query, 'page': number})}"
        for name, number in wanted.items()
        if 1 <= number <= results.pages
    }
