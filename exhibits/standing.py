"""What pages and kiosks read of records: standing editions, in one query."""

from archive.models import Edition


def standing_documents(identifiers) -> dict[str, dict]:
    """The documents of the editions that stand, by identifier. One query; none for no identifiers."""
    identifiers = list(identifiers)
    if not identifiers:
        return {}
    return {edition.identifier: edition.data for edition in Edition.objects.filter(identifier__in=identifiers)}


def by_date(documents) -> list[dict]:
    """Documents from the oldest to the youngest; undated ones last."""

    def key(document):
        date = document["date"]
        return (date is None, date["from"] if date else 0, date["to"] if date else 0, document["identifier"])

    return sorted(documents, key=key)
