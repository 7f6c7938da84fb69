"""What an item page shows beside its document, found when it is shown. Named in settings.ITEM_PANELS."""

from django.urls import reverse
from django.utils.translation import get_language

from . import placed_sheets
from .item_page import PUBLIC_IMAGES
from .relations import shown


def related(request, document):
    """The panel "Tư liệu liên quan", or None when no public record is related.

    Out: (template, {"related": [{"kind", "forward", "title", "date", "url"}]}).
    """
    rows = [
        row
        | {
            "title": row["edition"].data["title"],
            "date": row["edition"].data["date"],
            "url": reverse("archive_pages:item", args=[row["edition"].identifier]),
        }
        for row in shown(document)
    ]
    return ("archive/item_panels/related.html", {"related": rows}) if rows else None


def on_the_earth(request, document):
    """The panel "Trên bản đồ hôm nay": the sheets that have a place, laid over our basemap; None without any."""
    found = placed_sheets.placed(document)
    if not found:
        return None
    lang = get_language()
    first = found[0][1]["georeference"]
    earth = {
        "sheets": [placed_sheets.for_map(document, *one, PUBLIC_IMAGES, lang) for one in found],
        "number": found[0][0],
        "error": placed_sheets.km(first["error_km"], lang) if first["error_km"] is not None else "",
        "points": len(first["points"]),
        "figure": placed_sheets.figure(first["footprint"], lang),
    }
    return "archive/item_panels/on_the_earth.html", {"earth": earth}
