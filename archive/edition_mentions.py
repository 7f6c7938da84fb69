"""The rows of archive.models.EditionMention that an edition document makes. Pure."""

UNDATED = 10_000  # after every year that a document can hold

COLUMNS = ("key", "scan", "number", "identifier", "name", "reading", "lang", "sort_from", "sort_to")


def mention_rows(document: dict) -> list[dict]:
    """A dict of COLUMNS for each place mention on the document's scans, in their order.

    An open beginning sorts by its end, an open end by its beginning; without any year the mention comes last.
    """
    date = document["date"] or {"from": None, "to": None}
    years = [year for year in (date["from"], date["to"]) if year is not None] or [UNDATED]
    return [
        {
            "key": mention["place"],
            "scan": scan_index,
            "number": number,
            "identifier": document["identifier"],
            "name": mention["name"],
            "reading": mention["reading"],
            "lang": mention["lang"],
            "sort_from": years[0],
            "sort_to": years[-1],
        }
        for scan_index, scan in enumerate(document["scans"])
        for number, mention in enumerate(scan["mentions"])
    ]
