"""What helps where nothing was found: a word less, the places that were named, something to look at."""

from dataclasses import replace

from django.urls import reverse

from . import names
from .asking import ask
from .documents import read_label
from .items import Items
from .plan import All, OneOf, Plan, plan, standing
from .query import Clause, Query
from .readings import Answer, widened

MOST_DROPPED = 6  # words that are tried
DROPPED, PLACES, PICKS = 3, 3, 3


def nothing_found(answer: Answer) -> dict:
    """{"dropped": [{"q", "total", "word"}], "places": [{"text", "url"}], "picks": [item]}, each at most three."""
    return {"dropped": _dropped(answer.query), "places": _places(answer), "picks": _picks(answer.query)}


def _dropped(query: Query) -> list[dict]:
    """The box less one of its words, where that finds anything; what finds most first."""
    found = []
    if len(query.groups) > 1:
        for at in range(min(len(query.groups), MOST_DROPPED)):
            left = query.groups[:at] + query.groups[at + 1 :]
            shorter = replace(widened(query), groups=left, whole_code="", page=1, page_size=1, after="")
            if total := ask(lambda stale, asked=shorter: plan(asked, stale, facets=()))[1].total:
                found.append({"q": _box(left, query), "total": total, "word": _said(query.groups[at])})
    return sorted(found, key=lambda entry: -entry["total"])[:DROPPED]


def _box(groups, query: Query) -> str:
    pieces = [_said(group) for group in groups]
    pieces += [f"-{_clause(clause)}" for clause in query.without] + [words.text for words in query.dates]
    return " ".join(pieces)


def _said(group: tuple[Clause, ...]) -> str:
    return " OR ".join(_clause(clause) for clause in group)


def _clause(clause: Clause) -> str:
    words = " ".join(clause.exact)
    said = f'"{words}"' if clause.quoted or " " in words else words
    return f"{clause.field}:{said}" if clause.field else said


def _places(answer: Answer) -> list[dict]:
    """The pages of the places that are named in the box, whatever filters kept from being found."""
    found = names.places_in(answer.query.groups) or (names.places_in(answer.second.groups) if answer.second else [])
    return [{"text": name, "url": reverse("archive_pages:place", args=[key])} for key, name in found[:PLACES]]


def _picks(query: Query) -> list[dict]:
    """Of what the exhibition shows, or else of all, the newest."""
    _engine, shown, editions = ask(lambda stale: Plan(
        base=All(tuple(standing(stale))), facets=("exhibit",), order="by_newest", size=PICKS,
    ))  # fmt: skip
    exhibits = tuple(read_label(stored)[0] for stored in shown.facets["exhibit"])
    if exhibits:
        _engine, shown, editions = ask(lambda stale: Plan(
            base=All((OneOf("exhibit", exhibits), *standing(stale))), order="by_newest", counted=False, size=PICKS,
        ))  # fmt: skip
    bare = replace(query, groups=(), q="")
    picks = Items(bare)
    return [picks.item(editions[hit.identifier].data) for hit in shown.hits]
