"""A record as the public would see it, before it is cleared: private addresses, never stored."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.module_loading import import_string

from .edition import build
from .item_page import PRIVATE_IMAGES, render_item
from .models import Decision


def keep_private(response):
    """Mark a response as nobody's to keep or index."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def preview_record(record, request, lang: str) -> HttpResponse:
    """An HttpResponse: the item page of a record, saved or in memory, in "vi" or "en".

    With the panels of settings.PREVIEW_PANELS: what they show of others is public, found by this very document.
    """
    cleared = Decision.objects.filter(subject=f"record:{record.pk}", action=Decision.Action.CLEARED)
    with translation.override(lang):
        document = build(record, cleared.count() + 1)
        panels = [panel for name in settings.PREVIEW_PANELS if (panel := import_string(name)(request, document))]
        html = render_item(document, PRIVATE_IMAGES, lang, request=request, panels=panels, private=True)
    return keep_private(HttpResponse(html))
