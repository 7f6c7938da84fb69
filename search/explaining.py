"""Why a result stands where it does, and why a record isn't found: for those who catalogue."""

from dataclasses import dataclass, replace

from archive.display import both
from archive.models import Edition, Tombstone

from . import labels, names, readings
from .analysis import folded_part
from .asking import ask, stale_at
from .documents import index_document, texts_of
from .models import Cursor
from .plan import STEP, All, OneOf, Plan, plan
from .query import Clause, Query, understand

# Parts whose words are shown, by the place that people know.
PLACES = {
    "title": ("title_f", "reading_f"),
    "text": ("text_f",),
    "place": ("names_f",),
    "agent": ("agents_f",),
    "holder": ("holder_f",),
    "sheets": ("lines_f",),
}


@dataclass(frozen=True)
class Row:
    """One result. position: from 1; tier: its name in words; score: BM25 and what else orders within the tier; found:
    [{"words", "places": [labels]}] of each thing asked for; other: the same of other names and readings."""

    position: int | None
    identifier: str
    title: str
    tier: str
    score: float
    found: list[dict]
    other: list[dict]


@dataclass(frozen=True)
class Explained:
    """answer: how the box was read; also: [{"place": its name or "", "names"}] that were searched too; rows: one page;
    sought: what became of the identifier asked about (see _sought), None where none was."""

    answer: readings.Answer
    also: list[dict]
    rows: list[Row]
    sought: dict | None


def explain(params, lang: str, identifier: str = "") -> Explained:
    """In: the parameters of a search address; an identifier that is wondered about. Raises SearchError, Unavailable."""
    query = replace(understand(params, lang), sort="relevance")
    answer = readings.best(params, query)
    start = answer.found.start
    rows = [_row(answer, hit, start + at) for at, hit in enumerate(answer.found.hits, start=1)]
    return Explained(answer, _also(answer), rows, _sought(answer, identifier, rows) if identifier else None)


def _also(answer: readings.Answer) -> list[dict]:
    called = names.known().names if answer.other_names else {}
    return [{"place": called.get(one.place, ("",))[0], "names": one.names} for one in answer.other_names]


def _row(answer: readings.Answer, hit, position: int | None) -> Row:
    document = answer.editions[hit.identifier].data
    parts = index_document(document) | {"text_f": folded_part(texts_of(document))}  # without the titles
    tiers = {tier.rank: tier.name for tier in answer.plan.tiers}
    said = [(clause, " ".join(clause.exact)) for group in answer.query.groups for clause in group]
    return Row(
        position=position,
        identifier=hit.identifier,
        title=both(document["title"], answer.query.lang),
        tier=labels.tier(tiers[hit.rank]) if hit.rank in tiers else "",
        score=round(hit.key[0] - hit.rank * STEP, 2) if hit.rank is not None else 0.0,
        found=_found(said, parts),
        other=_together(_found(_others(answer), parts)),
    )


def _others(answer: readings.Answer) -> list[tuple[Clause, str]]:
    """(what may stand in place of the box's words, as shown)."""
    ways = [pair for one in answer.other_names for pair in zip(one.ways, one.names, strict=True)]
    found = [(Clause(exact=way, folded=way, quoted=True), name) for way, name in ways]
    groups = answer.second.groups if answer.second else ()
    return found + [(clause, " ".join(clause.exact)) for group in groups for clause in group]


def _together(found: list[dict]) -> list[dict]:
    """What was found in the same places, in one entry."""
    by_places: dict[tuple, list[str]] = {}
    for entry in found:
        if entry["places"]:
            by_places.setdefault(tuple(entry["places"]), []).append(entry["words"])
    return [{"words": ", ".join(words), "places": list(places)} for places, words in by_places.items()]


def _found(clauses: list[tuple[Clause, str]], parts: dict) -> list[dict]:
    rows = []
    for clause, shown in clauses:
        where = [name for name, forms in PLACES.items() if any(_holds(parts.get(form, ""), clause) for form in forms)]
        if clause.code and clause.code in parts.get("codes", ()):
            where.append("number")
        rows.append({"words": shown, "places": [labels.place(name) for name in where]})
    return rows


def _holds(part: str, clause: Clause) -> bool:
    words = " ".join(clause.folded)
    begins = clause.prefix and f" {clause.prefix}" in f" {part}"
    return bool(begins) or f" {words} " in f" {part} "


# --- a record that is wondered about ---------------------------------------------------------------------


def _sought(answer: readings.Answer, identifier: str, rows: list[Row]) -> dict:
    """{"state", "row", "reasons"}: state is one of shown, further, standing_not, behind, filtered, words, unknown."""
    if shown := next((row for row in rows if row.identifier == identifier), None):
        return {"state": "shown", "row": shown, "reasons": []}
    if not Edition.objects.filter(identifier=identifier).exists():
        gone = Tombstone.objects.filter(identifier=identifier).first()
        return {"state": "withdrawn" if gone else "not_standing", "row": None, "reasons": []}
    if row := _alone(answer, identifier):
        return {"state": "further", "row": row, "reasons": []}
    if _waits(answer.engine, identifier):
        return {"state": "behind", "row": None, "reasons": []}
    filters = [label for label, bare in _filters(answer.query) if not _matches(bare, identifier)]
    words = [label for label, bare in _words(answer.query) if not _matches(bare, identifier)]
    state = "words" if words else "filtered" if filters else "unknown"
    return {"state": state, "row": None, "reasons": words or filters}


def _only(made: Plan, identifier: str) -> Plan:
    return replace(made, base=All((made.base, OneOf("identifier", (identifier,)))), facets=(), start=0, after=None)


def _alone(answer: readings.Answer, identifier: str) -> Row | None:
    """The record as it stands among the results, on whatever page."""
    spelled = any(tier.name == "spelling" for tier in answer.plan.tiers)
    asked = readings.widened(answer.query)

    def make(stale):
        others = {"expansions": answer.expansions, "second_names": answer.second_names}
        return _only(plan(asked, stale, second=answer.second, spelled=spelled, **others), identifier)

    _engine, found, editions = ask(make)
    alone = replace(answer, found=found, editions=editions)
    return _row(alone, found.hits[0], None) if found.hits else None


def _matches(query: Query, identifier: str) -> bool:
    asked = readings.widened(replace(query, page=1, after=""))
    return ask(lambda stale: _only(plan(asked, stale, spelled=bool(query.groups)), identifier))[1].total > 0


def _waits(engine: str, identifier: str) -> bool:
    """Whether the engine hasn't read the record's last change yet."""
    return identifier in stale_at(Cursor.objects.get(engine=engine).position)


def _filters(query: Query):
    """(label, a query with this filter alone) of each."""
    bare = replace(
        query, groups=(), without=(), dates=(), barred=(), choices=(), year_from=None, year_to=None, bbox=None,
        whole_code="",
    )  # fmt: skip
    for name, values in query.choices:
        yield labels.filter_name(name), replace(bare, choices=((name, values),))
    if query.year_from is not None or query.year_to is not None:
        yield labels.filter_name("years"), replace(bare, year_from=query.year_from, year_to=query.year_to)
    for words in query.dates:
        yield words.text, replace(bare, dates=(words,))
    if query.bbox:
        yield labels.filter_name("bbox"), replace(bare, bbox=query.bbox)
    for one in query.barred:
        yield one.text, replace(bare, barred=(one,))
    for clause in query.without:
        yield f"-{' '.join(clause.exact)}", replace(bare, without=(clause,))


def _words(query: Query):
    """(the words, a query for these alone) of each thing asked for."""
    bare = replace(
        query, without=(), dates=(), barred=(), choices=(), year_from=None, year_to=None, bbox=None, whole_code="",
        q="",
    )  # fmt: skip
    for group in query.groups:
        yield " OR ".join(" ".join(clause.exact) for clause in group), replace(bare, groups=(group,))
