"""The item page: a pure function of one edition document."""

from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.text import Truncator

from .shell import framed
from .vocabulary import both

DESCRIBED = 40  # words that tell search engines what the page is about


@dataclass(frozen=True)
class ImageAddresses:
    """Where a document's images are served: for the public, or for staff before clearance."""

    base: str = "/iiif/image"

    def service(self, image_id: str) -> str:
        return f"{self.base}/{image_id}"

    def thumbnail(self, image_id: str, width: int) -> str:
        """A JPEG `width` pixels wide."""
        return f"{self.base}/{image_id}/full/{width},/0/default.jpg"


PUBLIC_IMAGES = ImageAddresses()
PRIVATE_IMAGES = ImageAddresses("/admin/iiif")


def render_item(
    document: dict,
    images: ImageAddresses,
    lang: str,
    request=None,
    panels=(),
    cleared_at: datetime | None = None,
    private: bool = False,
) -> str:
    """The whole page as HTML.

    In: an edition document; addresses of its images; "vi" or "en"; panels as (template, context) pairs
    of settings.ITEM_PANELS, no two with a name in common. `private` marks a preview of what isn't public.
    """
    context = {"document": document, "images": images, "lang": lang, "cleared_at": cleared_at, "private": private}
    context["panels"] = [template for template, _extra in panels]
    for _template, extra in panels:
        context |= extra
    title = both(document["title"], lang)
    holes = {
        "title": escape(title),
        "description": escape(Truncator(both(document["description"], lang) or title).words(DESCRIBED)),
        "head": render_to_string("archive/item_head.html", context),
        "main": render_to_string("archive/item_main.html", context),
    }
    return framed(request, "archive/item.html", {"lang": lang, "private": private}, holes, document["identifier"])
