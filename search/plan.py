"""A Query becomes a plan: conditions, tiers, filters and order, written once and given to both engines. Pure.

An engine translates the plan and adds nothing of its own, so the set of hits, the tier of each and every count are
equal by construction (proved by the conformance suite).
"""

from dataclasses import dataclass, field

from . import extents
from .analysis import pair
from .conditions import All, Begins, Between, Has, Not, OneOf, Some
from .documents import FACETS, NAMED, PAIRS
from .expansion import Expansion
from .query import Query
from .tiers import TEXT, Asked, Tier, excluded, side_by_side, tiers

__all__ = ["All", "Begins", "Between", "Has", "Not", "OneOf", "Some", "Plan", "Tier", "plan", "standing"]


@dataclass(frozen=True)
class Plan:
    """What an engine is asked.

    `tiers` decide the order of the records that meet `match`; each lies within it. Within a tier `words` (part, token,
    boost) are scored by BM25, and `leans` (condition, score) added. `base` always applies; `choices` (facet →
    condition) apply to hits, and to the counts of every facet but their own.
    """

    tiers: tuple[Tier, ...] = ()
    match: object = field(default_factory=All)
    words: tuple[tuple[str, str, float], ...] = ()
    leans: tuple[tuple[object, float], ...] = ()
    base: object = field(default_factory=All)
    choices: tuple[tuple[str, object], ...] = ()
    facets: tuple[str, ...] = ()
    counted: bool = True  # else only a page is looked for: without total and facets
    order: str | None = None  # a sort part, ascending; None: by rank
    start: int = 0
    size: int = 20
    after: tuple | None = None  # where the last page ended, see search.cursors


# --- from a query ------------------------------------------------------------------------------------

# Between the constant scores of two tiers. What is added within a tier stays below it: BM25 of one word is at most its
# boost times 2.2 (k1 + 1) times its idf, below 16.7 in an index of 2^24 records; the boosts together are at most
# MOST_BOOST, the leans a few points.
STEP = 4096
MOST_BOOST = 72.0
TITLE_BOOST, TEXT_BOOST = 2.0, 1.0
OTHER_NAMES = 0.5  # of the boost of a word, for the words of another name of it
NAMES_OF_KEYSTROKES = 0.05  # the same where the place was typed as keystrokes: their tier ranks all by the words alone
LEAN = 8.0  # points from one degree of covering the asked box to the next
DECADE = "decade"
ORDERS = {"date": "by_date", "-date": "by_date_down", "newest": "by_newest"}
FACET_PARTS = {name: f"{name}_label" for name in NAMED}


def facet_part(name: str) -> str:
    """The part whose values a facet counts."""
    return FACET_PARTS.get(name, name)


def plan(
    query: Query,
    stale: dict[str, str | None] | None = None,
    facets=FACETS,
    after: tuple | None = None,
    *,
    second: Query | None = None,
    spelled: bool = False,
    expansions: tuple[Expansion, ...] = (),
    second_names: tuple[Expansion, ...] = (),
) -> Plan:
    """The plan of a query.

    `stale`: {identifier: version that stands, or None where none does} of the records whose place in the index may
    be out of date. Their entries count only where the index holds that very version. `second`: the box read as
    keystrokes, for the tier "telex"; `spelled` adds the tier "spelling"; `expansions` widen the gazetteer's;
    `second_names` are those of `second`, for the tier below "telex".
    """
    asked = Asked(query, second, spelled, expansions, second_names)
    years, counted = _years(query), DECADE in facets
    choices = [(name, OneOf(name, values)) for name, values in query.choices]
    if years and counted:
        choices.append((DECADE, All(years)))
    ranked, match, leans = _ranked(asked)
    return Plan(
        tiers=ranked,
        match=match,
        words=_words(asked) if query.groups else (),
        leans=leans,
        base=All((*_base(query, stale or {}), *(() if counted else years))),
        choices=tuple(choices),
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


def _ranked(asked: Asked) -> tuple:
    """(tiers, match, leans). Words decide; where only a box was asked for, how well the sheet covers it."""
    query = asked.query
    degrees = extents.covering(query.bbox) if query.bbox and query.order == "relevance" else []
    ranks = range(len(degrees), 0, -1)
    if query.groups:
        leans = tuple((when, LEAN) for _name, when in degrees[:-1])
        return (*tiers(asked), leans)
    return tuple(Tier(name, rank, when) for rank, (name, when) in zip(ranks, degrees, strict=True)), All(), ()


def _words(asked: Asked) -> tuple[tuple[str, str, float], ...]:
    """Words, and pairs of words that stand together, scored within a tier, until MOST_BOOST is used up."""
    query = asked.query
    readings = [query, *([asked.second] if asked.second else [])]
    weighed: dict[tuple[str, str], float] = {}
    for reading in readings:
        words = [word for group in reading.groups for clause in group for word in clause.folded]
        _weigh(weighed, words, 1.0)
    for names, share in ((asked.expansions, OTHER_NAMES), (asked.second_names, NAMES_OF_KEYSTROKES)):
        for way in (way for expansion in names for way in expansion.ways):
            _weigh(weighed, list(way), share)
    if asked.spelled:
        sounds = [key for group in query.groups for clause in group for key in clause.sounds]
        weighed |= {("title_s", key): 1.0 for key in sounds} | {("text_s", key): 0.5 for key in sounds}
    chosen, left = [], MOST_BOOST
    for (part, token), boost in weighed.items():
        left -= boost
        if left < 0:
            break
        chosen.append((part, token, boost))
    return tuple(chosen)


def _weigh(weighed: dict, words: list[str], share: float) -> None:
    pairs = [pair(*two) for two in zip(words, words[1:], strict=False)]
    for part, boost in (("title_f", TITLE_BOOST), ("text_f", TEXT_BOOST)):
        for word in words:
            weighed.setdefault((part, word), boost * share)
        for two in pairs:
            weighed.setdefault((PAIRS[part], two), boost * share)


def _base(query: Query, stale: dict[str, str | None]):
    for clause in query.without:
        yield Not(excluded(clause))
    for one in query.barred:
        yield Not(OneOf(one.field, (one.value,)))
    for words in query.dates:
        within = [tuple(during(*years)) for years in words.ranges]
        # A year of a reign runs into the next of our calendar; a record that says it is of it.
        said = tuple(side_by_side(part, way) for way in words.ways for part in TEXT)
        yield from within[0] if len(within) == 1 and not said else (Some((*map(All, within), *said)),)
    if query.bbox:
        yield extents.overlap(*query.bbox)
    yield from standing(stale)


def _years(query: Query) -> tuple:
    return tuple(during(query.year_from, query.year_to))


def during(year_from: int | None, year_to: int | None):
    """Records whose range of years touches this one."""
    if year_from is not None:
        yield Between("date_to", year_from, None)
    if year_to is not None:
        yield Between("date_from", None, year_to)


def standing(stale: dict[str, str | None]):
    """Of the records in `stale` ({identifier: version that stands, or None}) only entries of that very version."""
    if stale:
        versions = tuple(version for version in stale.values() if version)
        entries = OneOf("identifier", tuple(stale))
        yield Not(All((entries, Not(OneOf("version", versions))))) if versions else Not(entries)
