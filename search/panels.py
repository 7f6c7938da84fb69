"""What an item page shows from a search. Named in settings.ITEM_PANELS."""

from django.core.cache import cache
from django.db.models import Subquery
from django.urls import reverse

from archive.models import Outbox

from . import related
from .asking import Unavailable
from .models import Cursor

KEPT = 3600  # seconds


def similar(request, document):
    """The panel "Tư liệu tương tự", or None when nothing is like it, or no engine answers.

    What was found is kept until anything is cleared, withdrawn or indexed: a page that is read often asks the engine
    once. Out: (template, {"similar": [{"title", "date", "url"}]}).
    """
    state = _state()
    if not state:
        return None
    key = f"similar:{document['identifier']}:{document['number']}:{hash(state)}"
    rows = cache.get(key)
    if rows is None:
        try:
            rows = [_row(edition) for edition in related.similar(document)]
        except Unavailable:
            return None
        cache.set(key, rows, KEPT)
    shown = [row | {"url": reverse("archive_pages:item", args=[row["identifier"]])} for row in rows]
    return ("search/item_panels/similar.html", {"similar": shown}) if shown else None


def _state() -> tuple:
    """Changes with all that stands and all that is indexed; one query. () where nothing is indexed."""
    news = Outbox.objects.order_by("-sequence")
    last, at = Subquery(news.values("sequence")[:1]), Subquery(news.values("created_at")[:1])
    rows = Cursor.objects.order_by("engine").annotate(last=last, at=at)
    return tuple(rows.values_list("engine", "index", "position", "last", "at"))


def _row(edition) -> dict:
    return {"identifier": edition.identifier, "title": edition.data["title"], "date": edition.data["date"]}
