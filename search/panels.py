"""What an item page shows from a search. Named in settings.ITEM_PANELS."""

from django.urls import reverse

from archive import kept

from . import related
from .asking import Unavailable


def similar(request, document):
    """The panel "Tư liệu tương tự", or None when nothing is like it, or no engine answers.

    Out: (template, {"similar": [{"title", "date", "url"}]}).
    """
    try:
        rows = [_row(edition) for edition in related.similar(document)]
    except Unavailable:
        kept.passing(request)
        return None
    return ("search/item_panels/similar.html", {"similar": rows}) if rows else None


def _row(edition) -> dict:
    url = reverse("archive_pages:item", args=[edition.identifier])
    return {"identifier": edition.identifier, "title": edition.data["title"], "date": edition.data["date"], "url": url}
