"""Related records: what a document may say of another record, and what an item page shows.

An edition lists only relations to records that were public when it was cleared. Whether one still is, is asked when
it is shown, so that a withdrawal takes effect on every page at once.
"""

from .models import Edition, EditionRelation


def public(record) -> list[dict]:
    """[{identifier, kind}] of the record's relations to records with a standing edition, in the curators' order."""
    uses = list(record.relations.all())
    if not uses:
        return []
    standing = dict(
        Edition.objects.filter(record__in=[use.related_id for use in uses]).values_list("record_id", "identifier")
    )
    return [{"identifier": standing[use.related_id], "kind": use.kind} for use in uses if use.related_id in standing]


def current(document: dict) -> dict:
    """The document as it may be given out now: without relations to what is public no more."""
    named = document["relations"]
    if not named:
        return document
    identifiers = [relation["identifier"] for relation in named]
    standing = set(Edition.objects.filter(identifier__in=identifiers).values_list("identifier", flat=True))
    return document | {"relations": [relation for relation in named if relation["identifier"] in standing]}


def shown(document: dict) -> list[dict]:
    """Rows {kind, forward, edition} for an item page: what this one names, then what names this one; both standing."""
    named = document["relations"]
    editions = {
        edition.identifier: edition
        for edition in Edition.objects.filter(identifier__in=[relation["identifier"] for relation in named])
    }
    rows = [
        {"kind": relation["kind"], "forward": True, "edition": editions[relation["identifier"]]}
        for relation in named
        if relation["identifier"] in editions
    ]
    back = EditionRelation.objects.filter(identifier=document["identifier"]).select_related("edition")
    rows += [
        {"kind": relation.kind, "forward": False, "edition": relation.edition}
        for relation in back.order_by("edition__identifier")
        if relation.edition.identifier not in editions
    ]
    return rows
