"""Public pages of the archive, made from standing editions alone."""

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from . import kept, relations
from .display import public_width
from .item_page import PUBLIC_IMAGES, render_item
from .merged import keys_of, public_place
from .models import Edition, EditionPlace, Tombstone
from .place_map import place_on_chart
from .place_mentions import A_PAGE, by_century, cut_outs, names_by_century, public_place_entry
from .standing import standing

THUMBNAIL = 400  # pixels wide


@require_safe
def item(request, identifier):
    """The item page; 410 for what was withdrawn, 404 for what never stood."""
    return kept.page(request, get_language(), lambda: _item(request, identifier))


def _item(request, identifier):
    edition = standing([identifier]).get(identifier)
    if edition is None:
        return gone(request, identifier)
    document = relations.current(edition.data)
    panels = [import_string(name)(request, document) for name in settings.ITEM_PANELS]
    html = render_item(
        document,
        PUBLIC_IMAGES,
        get_language(),
        request=request,
        panels=[panel for panel in panels if panel],
        cleared_at=edition.cleared_at,
    )
    return revalidated(HttpResponse(html))


def gone(request, identifier):
    """Answer 410 with the tombstone. Raises Http404 when there is none."""
    tombstone = Tombstone.objects.filter(identifier=identifier).first()
    if tombstone is None:
        raise Http404(identifier)
    context = {"tombstone": tombstone, "lang": get_language()}
    return revalidated(render(request, "archive/gone.html", context, status=410))


ITEMS_OF_A_PLACE = 24  # on its page; the search page lists them all


@require_safe
def places(request):
    """Every place that a standing edition names, with the number of items."""
    found = (
        EditionPlace.objects.values("key")
        .annotate(
            count=Count("edition", distinct=True), kind=Max("kind"), name_vi=Max("name_vi"), name_en=Max("name_en")
        )
        .order_by("kind", "key")
    )
    entries = [
        {
            "key": row["key"],
            "kind": row["kind"],
            "name": {"vi": row["name_vi"], "en": row["name_en"]},
            "count": row["count"],
        }
        for row in found
    ]
    return revalidated(render(request, "archive/places.html", {"places": entries, "lang": get_language()}))


@require_safe
def place(request, key):
    """A place and the items whose standing edition names it, in order of date.

    A merged place's old address shows what still stands under it; when nothing does, it leads to the place's heir.
    """
    if not EditionPlace.objects.filter(key=key).exists():
        into = public_place(key)
        if into is None:
            raise Http404(key)
        return revalidated(HttpResponsePermanentRedirect(reverse("archive_pages:place", args=[into])))
    keys = keys_of("place", [key])
    names = names_by_century(keys)
    page = Paginator(range(sum(era["count"] for era in names)), A_PAGE).get_page(request.GET.get("page"))
    centuries = by_century(cut_outs(keys, (page.number - 1) * A_PAGE)) if names else []
    naming = Edition.objects.filter(pk__in=EditionPlace.objects.filter(key__in=keys).values("edition"))
    editions = naming.order_by("date_from", "identifier")[:ITEMS_OF_A_PLACE]
    for era in names:
        number = era["start"] // A_PAGE + 1
        era["url"] = f"{'' if number == page.number else f'?page={number}'}#{era['anchor']}"
    entry = public_place_entry(key)
    context = {
        "place": entry,
        "on_chart": place_on_chart(entry["lat"], entry["lon"]),
        "items": [summary(edition) for edition in editions],
        "number_of_items": naming.count(),
        "centuries": centuries,
        "names_on_maps": names,
        "page_of_cuts": page,
        "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        "images": PUBLIC_IMAGES,
        "lang": get_language(),
    }
    return revalidated(render(request, "archive/place.html", context))


def summary(edition) -> dict:
    """What a list shows of an edition: identifier, kind, title and date in both languages, address of a small image."""
    document = edition.data
    scan = document["scans"][0] if document["scans"] else None
    return {
        "identifier": edition.identifier,
        "kind": edition.kind,
        "title": document["title"],
        "title_original": document["title_original"],
        "date": document["date"],
        "thumbnail": PUBLIC_IMAGES.thumbnail(scan["image"], min(THUMBNAIL, public_width(scan))) if scan else None,
    }


def revalidated(response):
    """Let a browser keep a page only if it asks each time (ETags come from ConditionalGetMiddleware)."""
    patch_cache_control(response, no_cache=True)
    return response
