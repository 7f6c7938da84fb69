"""Compare the rows of EditionMention, by which places find their cut-outs, with the standing editions; mend them."""

from django.db import transaction
from django.utils.translation import gettext as _

from .edition_mentions import COLUMNS, mention_rows
from .models import Edition, EditionMention

CHUNK = 200  # editions read at once


def reconcile(fix: bool = False) -> list[str]:
    """A sentence for each edition whose rows differ from its document. With fix, writes its rows anew."""
    found = []
    editions = Edition.objects.order_by("pk").prefetch_related("mentions")
    for edition in editions.iterator(chunk_size=CHUNK):
        said = mention_rows(edition.data)
        kept = [tuple(getattr(row, name) for name in COLUMNS) for row in edition.mentions.all()]
        if sorted(tuple(row[name] for name in COLUMNS) for row in said) == sorted(kept):
            continue
        numbers = {"id": edition.identifier, "said": len(said), "kept": len(kept)}
        found.append(_("Địa danh trên tờ của %(id)s khác bản công bố (%(said)s chỗ ghi, %(kept)s dòng).") % numbers)
        if fix:
            _mend(edition.pk)
    return found


@transaction.atomic
def _mend(pk: int) -> None:
    """Under the edition's lock: a clearing at the same moment writes the rows itself."""
    edition = Edition.objects.select_for_update().filter(pk=pk).first()
    if edition is not None:
        edition.mentions.all().delete()
        EditionMention.objects.bulk_create(EditionMention(edition=edition, **row) for row in mention_rows(edition.data))
