"""What is told of a record when it is exported: what stands, or what its working copy would become."""

from collections.abc import Iterator

from django.db.models import Prefetch

from media.models import Rendition

from .. import relations
from ..clearance import preview
from ..models import Record
from ..subjects import RecordSubject

BATCH = 200  # records read at once
RELATED = (
    "agents__agent",
    "places__place__names__source",
    "mentions__place__names__source",
    "citations__source",
    "tags__tag",
    "articles",
    "relations__related",
    "scans__scan",
    Prefetch("scans__scan__renditions", queryset=Rendition.objects.order_by("pk")),
)


def read(found) -> Iterator[Record]:
    """Records of a queryset by identifier, with all that their documents need, a constant number of queries a batch."""
    query = found.select_related("institution", "edition").prefetch_related(*RELATED).order_by("identifier")
    yield from query.iterator(chunk_size=BATCH)


def public(record: Record) -> dict | None:
    """The standing edition's document, or None."""
    edition = getattr(record, "edition", None)
    return relations.current(edition.data) if edition else None


def working(record: Record) -> dict:
    """The document that the working copy would become if it were cleared as it is."""
    return preview(RecordSubject(record))[0]
