"""A record as the public would see it, before it is cleared: private addresses, never stored."""

from django.http import HttpResponse
from django.utils import translation

from .edition import build
from .item_page import PRIVATE_IMAGES, render_item
from .models import Decision


def keep_private(response):
    """Mark a response as nobody's to keep or index."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def preview_record(record, request, lang: str) -> HttpResponse:
    """An HttpResponse: the item page of a record, saved or in memory, in "vi" or "en"."""
    cleared = Decision.objects.filter(subject=f"record:{record.pk}", action=Decision.Action.CLEARED)
    with translation.override(lang):
        html = render_item(build(record, cleared.count() + 1), PRIVATE_IMAGES, lang, request=request, private=True)
    return keep_private(HttpResponse(html))
