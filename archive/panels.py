"""What an item page shows beside its document, found when it is shown. Named in settings.ITEM_PANELS."""

from django.urls import reverse

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
