"""How the values are called that somebody filters by and that nothing found has: their names stand in the index."""

from . import labels
from .asking import ask
from .documents import NAMED
from .plan import All, OneOf, Plan, standing
from .query import Query


def names(query: Query, facets: dict[str, list[dict]], lang: str) -> dict[tuple[str, str], str]:
    """{(facet, value): name} of chosen values that are in no list of `facets`; without those that no record has."""
    found: dict[tuple[str, str], str] = {}
    for name, values in query.choices:
        listed = {entry["value"] for entry in facets.get(name, ())}
        missing = tuple(value for value in values if value not in listed)
        if name in NAMED and missing:
            counts = ask(lambda stale, name=name, missing=missing: _of(name, missing, stale))[1].facets[name]
            known = dict(labels.named(stored, lang) for stored in counts)
            found |= {(name, value): known[value] for value in missing if value in known}
    return found


def _of(name: str, values: tuple[str, ...], stale) -> Plan:
    match = OneOf(name, values)
    return Plan(match=match, base=All(tuple(standing(stale))), facets=(name,), order="by_newest", size=1)
