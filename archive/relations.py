"""Related records: what a document may say of another record, and what an item page shows.

An edition lists only relations to records that were public when it was cleared. Whether one still is, is asked when
it is shown, so that a withdrawal takes effect on every page at once.
"""

from django.db import connection

from .models import Edition, EditionRelation
from .standing import names, standing


def public(record) -> list[dict]:
    """[{identifier, kind}] of the record's relations to records with a standing edition, in the curators' order."""
    uses = list(record.relations.all())
    if not uses:
        return []
    stand = dict(
        Edition.objects.filter(record__in=[use.related_id for use in uses]).values_list("record_id", "identifier")
    )
    return [{"identifier": stand[use.related_id], "kind": use.kind} for use in uses if use.related_id in stand]


def current(document: dict) -> dict:
    """The document as it may be given out now: without relations to what is public no more."""
    named = document["relations"]
    stand = names(relation["identifier"] for relation in named)
    kept = [relation for relation in named if relation["identifier"] in stand]
    return document if len(kept) == len(named) else document | {"relations": kept}


# By hand, as archive.standing: every item page asks it, more than once.
_NAMING = f"""
    SELECT edition.identifier, relation.kind
    FROM {EditionRelation._meta.db_table} relation JOIN {Edition._meta.db_table} edition
    ON edition.id = relation.edition_id WHERE relation.identifier = %s ORDER BY edition.identifier, relation.id
"""


def naming(identifier: str) -> list[tuple[str, str]]:
    """(identifier, kind) of the relations by which standing editions name this record."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMING, [identifier])
        return cursor.fetchall()


def shown(document: dict) -> list[dict]:
    """Rows {kind, forward, edition: archive.standing.Standing} for an item page: what this one names, then what names
    this one; both standing."""
    rows = [(relation["identifier"], relation["kind"], True) for relation in document["relations"]]
    forward = {name for name, _kind, _ahead in rows}
    rows += [(name, kind, False) for name, kind in naming(document["identifier"]) if name not in forward]
    editions = standing(dict.fromkeys(name for name, _kind, _ahead in rows))
    return [
        {"kind": kind, "forward": ahead, "edition": editions[name]} for name, kind, ahead in rows if name in editions
    ]
