"""What pages and kiosks read of records and places: standing editions, in as many queries for one as for twenty."""

from archive.merged import families
from archive.models import Edition
from archive.place_mentions import cut_outs_of


def standing_documents(identifiers) -> dict[str, dict]:
    """The documents of the editions that stand, by identifier. One query; none for no identifiers."""
    identifiers = list(identifiers)
    if not identifiers:
        return {}
    return {edition.identifier: edition.data for edition in Edition.objects.filter(identifier__in=identifiers)}


def standing_places(keys) -> dict[str, dict]:
    """For each place its cut-outs from what stands, by date: {key: {"keys", "cuts", "total"}}.

    "keys" are the place's own and those that merges joined to it, "total" counts what "cuts" leaves out too. At most
    three queries unless places were merged; none for no keys.
    """
    keys = list(keys)
    if not keys:
        return {}
    joined = families("place", keys)
    found = cut_outs_of(joined)
    return {key: {"keys": joined[key], **found[key]} for key in keys}


def by_date(documents) -> list[dict]:
    """Documents from the oldest to the youngest; undated ones last."""

    def key(document):
        date = document["date"]
        return (date is None, date["from"] if date else 0, date["to"] if date else 0, document["identifier"])

    return sorted(documents, key=key)
