"""A Query becomes a plan: conditions, tiers, filters and order, written once and given to both engines. Pure.

A condition is a small tree of the classes below. An engine translates it and adds nothing of its own,
so the set of hits, the tier of each and every count are equal by construction (proved by the conformance suite).
"""

from dataclasses import dataclass, field

from .documents import FACETS, NAMED
from .query import Clause, Query

# --- conditions -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Has:
    """`tokens` stand side by side in a text part (one token: it occurs)."""

    part: str
    tokens: tuple[str, ...]


@dataclass(frozen=True)
class Begins:
    """A token of a text part begins with `start`."""

    part: str
    start: str


@dataclass(frozen=True)
class OneOf:
    """A list part holds one of these values."""

    part: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """A number part lies in a closed range; None is open. Absent numbers don't match."""

    part: str
    least: float | None
    most: float | None


@dataclass(frozen=True)
class All:
    of: tuple = ()  # of nothing: everything


@dataclass(frozen=True)
class Some:
    of: tuple = ()  # of nothing: nothing


@dataclass(frozen=True)
class Not:
    of: object


@dataclass(frozen=True)
class Tier:
    """Rank of the hits that meet `when`; a hit has the highest tier that it meets."""

    name: str
    rank: int
    when: object


@dataclass(frozen=True)
class Plan:
    """What an engine is asked.

    `tiers` decide which records match (all of them when empty) and their order; within a tier `words`
    (part, token, boost) are scored by BM25. `base` always applies; `choices` (facet → condition) apply to
    hits, and to the counts of every facet but their own.
    """

    tiers: tuple[Tier, ...] = ()
    words: tuple[tuple[str, str, float], ...] = ()
    base: object = field(default_factory=All)
    choices: tuple[tuple[str, object], ...] = ()
    facets: tuple[str, ...] = ()
    order: str | None = None  # a sort part, ascending; None: by rank
    start: int = 0
    size: int = 20
    after: tuple | None = None  # where the last page ended, see search.cursors


# --- from a query ------------------------------------------------------------------------------------

STEP = 2000  # between the constant scores of two tiers; BM25 of MAX_WORDS words stays below it
MAX_WORDS = 12
ORDERS = {"date": "by_date", "-date": "by_date_down", "newest": "by_newest"}
FACET_PARTS = {name: f"{name}_label" if name in NAMED else name for name in FACETS}

EXACT_TITLE, EXACT = ("title_x",), ("title_x", "text_x")
TITLE, TEXT = ("title_f",), ("title_f", "text_f")
READING = (*TEXT, "reading_f")
# What is printed on the sheets: read by a machine for the most part, so it ranks below what curators wrote.
SHEETS, EXACT_SHEETS = (*READING, "lines_f"), (*EXACT, "lines_x")
NAMES = (*SHEETS, "names_f")


def plan(query: Query, stale: dict[str, str | None] | None = None, facets=FACETS, after: tuple | None = None) -> Plan:
    """The plan of a query.

    `stale`: {identifier: version that stands, or None where none does} of the records whose place in the index may
    be out of date. Their entries count only where the index holds that very version.
    """
    tiers = _tiers(query) if query.groups else ()
    return Plan(
        tiers=tiers,
        words=_words(query),
        base=All(tuple(_base(query, stale or {}))),
        choices=tuple((name, OneOf(name, values)) for name, values in query.choices),
        facets=tuple(facets),
        order=_order(query),
        start=0 if after else (query.page - 1) * query.page_size,
        size=query.page_size,
        after=after,
    )


def _order(query: Query) -> str | None:
    if query.order == "relevance":
        return None
    return ORDERS.get(query.order) or f"by_title_{query.lang}"


def _tiers(query: Query) -> tuple[Tier, ...]:
    """Best first. Exact tiers only where the visitor typed a diacritic, since who types none didn't mean its absence;
    or where only what is written so was asked for."""
    found = []
    if query.whole_code:
        found.append(("number", OneOf("codes", (query.whole_code,))))
    if query.marked or query.literal:
        found += [
            ("exact phrase in title", _phrase(query, EXACT_TITLE, exact=True)),
            ("exact phrase", _phrase(query, EXACT, exact=True)),
            ("exact words in title", _every(query, EXACT_TITLE, exact=True)),
            ("exact words", _every(query, EXACT, exact=True)),
            ("exact words on sheets", _every(query, EXACT_SHEETS, exact=True) if query.literal else None),
        ]
    if not query.literal:
        found += [
            ("phrase in title", _phrase(query, TITLE)),
            ("phrase", _phrase(query, TEXT)),
            ("words in title", _every(query, TITLE)),
            ("words", _every(query, TEXT)),
            ("reading", _every(query, READING)),
            ("phrase on sheets", _phrase(query, ("lines_f",))),
            ("words on sheets", _every(query, SHEETS)),
        ]
        if query.names:
            found.append(("gazetteer", _every(query, NAMES)))
        found.append(("beginning", _every(query, NAMES if query.names else SHEETS, prefix=True)))
    kept = [(name, when) for name, when in found if when is not None]
    return tuple(Tier(name, len(kept) - place, when) for place, (name, when) in enumerate(kept))


def _phrase(query: Query, parts, exact: bool = False):
    """The whole box as one phrase; None where it is no phrase (one token, alternatives)."""
    if any(len(group) > 1 for group in query.groups):
        return None
    words = tuple(word for group in query.groups for word in (group[0].exact if exact else group[0].folded))
    return Some(tuple(Has(part, words) for part in parts)) if len(words) > 1 else None


def _every(query: Query, parts, exact: bool = False, prefix: bool = False):
    """Each group somewhere in these parts."""
    return All(tuple(Some(_group(group, parts, exact, prefix)) for group in query.groups))


def _group(group: tuple[Clause, ...], parts, exact: bool, prefix: bool) -> tuple:
    ways = []
    for clause in group:
        ways += [Has(part, clause.exact if exact else clause.folded) for part in parts]
        if clause.code:
            ways.append(OneOf("codes", (clause.code,)))
        if prefix and clause.prefix:
            ways += [Begins(part, clause.prefix) for part in parts]
    return tuple(ways)


def _words(query: Query) -> tuple[tuple[str, str, float], ...]:
    words = dict.fromkeys(word for group in query.groups for clause in group for word in clause.folded)
    parts = (("title_f", 2.0), ("text_f", 1.0))
    return tuple((part, word, boost) for word in list(words)[:MAX_WORDS] for part, boost in parts)


def _base(query: Query, stale: dict[str, str | None]):
    for clause in query.without:
        ways = [Has(part, clause.folded) for part in SHEETS]
        yield Not(Some((*ways, OneOf("codes", (clause.code,))) if clause.code else tuple(ways)))
    if query.year_from is not None:
        yield Between("date_to", query.year_from, None)
    if query.year_to is not None:
        yield Between("date_from", None, query.year_to)
    if query.bbox:
        yield overlap(*query.bbox)
    yield from standing(stale)


def standing(stale: dict[str, str | None]):
    """Of the records in `stale` ({identifier: version that stands, or None}) only entries of that very version."""
    if stale:
        versions = tuple(version for version in stale.values() if version)
        entries = OneOf("identifier", tuple(stale))
        yield Not(All((entries, Not(OneOf("version", versions))))) if versions else Not(entries)


def overlap(west: float, south: float, east: float, north: float):
    """Boxes that touch this one; either may cross the antimeridian."""
    if west > east:
        east += 360
    turns = (All((Between("west", None, east + turn), Between("east", west + turn, None))) for turn in (-360, 0, 360))
    return All((Between("south", None, north), Between("north", south, None), Some(tuple(turns))))
