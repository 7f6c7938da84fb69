"""Where standing editions say that a place is written: its cut-outs in order of date, and its names by century.

Everything is found by rows of EditionMention, in a number of queries that doesn't grow with the collection.
"""

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from .cut_outs import cut_out
from .edition_mentions import UNDATED
from .models import Edition, EditionMention, EditionPlace
from .written_dates import century as century_words
from .written_dates import to_roman

A_PAGE = 24
NAMES_A_CENTURY = 12  # shown in the summary; the others are counted
ORDER = ("sort_from", "sort_to", "identifier", "scan", "number")


def century_of(year: int) -> int | None:
    """1600 to 1699 → 17, as search counts; 99 BC (-98) → -1; None for UNDATED."""
    if year == UNDATED:
        return None
    return year // 100 + 1 if year > 0 else (year - 1) // 100


def cut_outs(keys, start: int = 0, count: int = A_PAGE) -> list[dict]:
    """The cut-outs (archive.cut_outs.cut_out, with "century") of places, in order of date, undated ones last.

    Two queries: the rows alone are sorted, then the documents of one page are read.
    """
    found = EditionMention.objects.filter(key__in=keys).order_by(*ORDER)
    rows = list(found.values_list("edition_id", "scan", "number", "sort_from")[start : start + count])
    editions = Edition.objects.in_bulk({row[0] for row in rows})
    return [
        cut_out(editions[edition].data, scan, number) | {"century": century_of(year)}
        for edition, scan, number, year in rows
        if edition in editions  # withdrawn in between
    ]


def cut_outs_of(families: dict, each: int = A_PAGE) -> dict[str, dict]:
    """`cut_outs` for many places at once, in two queries.

    In: {place: its keys}; how many cut-outs of each at most. Out: {place: {"cuts", "total"}}.
    """
    keys = {key for family in families.values() for key in family}
    rows = EditionMention.objects.filter(key__in=keys).annotate(
        place_in_line=Window(RowNumber(), partition_by="key", order_by=[F(name).asc() for name in ORDER]),
        total=Window(Count("pk"), partition_by="key"),
    )
    columns = ("key", *ORDER, "edition_id", "total")
    rows = list(rows.filter(place_in_line__lte=each).order_by(*ORDER).values(*columns))
    wanted = {place: [row for row in rows if row["key"] in family][:each] for place, family in families.items()}
    editions = Edition.objects.in_bulk({row["edition_id"] for found in wanted.values() for row in found})
    totals = {row["key"]: row["total"] for row in rows}
    return {
        place: {
            "cuts": [
                cut_out(editions[row["edition_id"]].data, row["scan"], row["number"])
                | {"century": century_of(row["sort_from"])}
                for row in found
                if row["edition_id"] in editions
            ],
            "total": sum(totals.get(key, 0) for key in families[place]),
        }
        for place, found in wanted.items()
    }


def number_of(keys) -> int:
    """How many mentions there are of places."""
    return EditionMention.objects.filter(key__in=keys).count()


def public_place_entry(key: str) -> dict | None:
    """A place as an edition document has it, of the edition cleared last that names it; None where none does.

    Editions may hold older names: the latest cleared one says how the place is called now.
    """
    naming = EditionPlace.objects.filter(key=key).values("edition")
    edition = Edition.objects.filter(pk__in=naming).order_by("-cleared_at").first()
    return next(entry for entry in edition.data["places"] if entry["key"] == key) if edition else None


def by_century(cuts: list[dict]) -> list[dict]:
    """Cut-outs in the order given, as [{"century", "roman", "words" {vi, en}, "cuts"}]."""
    groups: list[dict] = []
    for cut in cuts:
        if not groups or groups[-1]["century"] != cut["century"]:
            groups.append({**_labels(cut["century"]), "cuts": []})
        groups[-1]["cuts"].append(cut)
    return groups


def _labels(century: int | None) -> dict:
    if century is None:
        return {"century": None, "anchor": "undated", "roman": "", "words": None}
    vi, en = century_words(century)
    anchor = f"c{century}" if century > 0 else f"bc{-century}"
    return {"century": century, "anchor": anchor, "roman": to_roman(abs(century)), "words": {"vi": vi, "en": en}}


def names_by_century(keys) -> list[dict]:
    """Which names the sheets give in each century: computed from the mentions, one query.

    Out: for each century in order [{..labels, "count" of mentions, "start" (mentions before it), "names": [{"text",
    "lang", "reading", "count"}], "more" (names left out)}].
    """
    rows = EditionMention.objects.filter(key__in=keys).order_by()
    counted = rows.values_list("sort_from", "name", "lang", "reading").annotate(count=Count("pk"))
    centuries: dict = {}
    for year, text, lang, reading, count in sorted(counted):
        names = centuries.setdefault(century_of(year), {})
        name = names.setdefault((text, lang), {"text": text, "lang": lang, "reading": reading, "count": 0})
        name["count"] += count
    result, start = [], 0
    for century, names in centuries.items():
        total = sum(name["count"] for name in names.values())
        kept = sorted(names.values(), key=lambda name: -name["count"])[:NAMES_A_CENTURY]
        kept = [name for name in names.values() if name in kept]  # by their first year again
        result.append(
            {**_labels(century), "count": total, "start": start, "names": kept, "more": len(names) - len(kept)}
        )
        start += total
    return result
