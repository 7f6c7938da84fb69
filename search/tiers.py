"""The tiers of a search: what a record must hold to rank where. Pure.

A part's name says the form of its tokens: _x as written, _f folded, _s by sound. Each tier is written once, here; a hit
has the highest that it meets.
"""

from dataclasses import dataclass

from .analysis import pair
from .conditions import All, Begins, Has, OneOf, Some
from .documents import ALL, ALL_PAIRS, ANYWHERE, PAIRS
from .expansion import Expansion
from .query import Clause, Query

EXACT_TITLE, EXACT = ("title_x",), ("text_x",)
TITLE, TEXT = ("title_f",), ("text_f",)
READING = (*TEXT, "reading_f")
# What is printed on the sheets: read by a machine for the most part, so it ranks below what curators wrote.
SHEETS, EXACT_SHEETS = (*READING, "lines_f"), (*EXACT, "lines_x")
NAMES = ANYWHERE
SOUNDS = ("text_s", "names_s")  # the last: names of places

# Where a clause with a field looks, by form; a form that a field lacks is looked for folded.
FIELD_PARTS = {
    "title": {"x": ("title_x",), "f": ("title_f", "reading_f"), "s": ("title_s",)},
    "text": {"x": ("text_x", "lines_x"), "f": ("text_f", "lines_f"), "s": ("text_s",)},
    "place": {"f": ("names_f",), "s": ("names_s",)},
    "agent": {"f": ("agents_f",)},
    "holder": {"f": ("holder_f",)},
}
_FORMS = {"x": "exact", "f": "folded", "s": "sounds"}


@dataclass(frozen=True)
class Tier:
    """Rank of the hits that meet `when`; a hit has the highest tier that it meets."""

    name: str
    rank: int
    when: object


@dataclass(frozen=True)
class Asked:
    """The box in all its readings; see search.plan.plan."""

    query: Query
    second: Query | None = None
    spelled: bool = False
    expansions: tuple[Expansion, ...] = ()
    second_names: tuple[Expansion, ...] = ()


def tiers(asked: Asked) -> tuple[tuple[Tier, ...], object]:
    """(tiers, best first; the condition of all hits). The condition is that of the widest tiers: each other tier
    lies within one of them.

    Exact tiers only where the visitor typed a diacritic, since who types none didn't mean its absence; or where only
    what is written so was asked for.
    """
    query = asked.query
    number = [("number", OneOf("codes", (query.whole_code,)))] if query.whole_code else []
    exact = _exact(query) if query.marked or query.literal else []
    literal = [*exact, *([] if query.literal else [*_folded(query), *_widened(query, asked.expansions)])]
    others = [] if query.literal else _others(asked)
    found = [*number, *literal, *others]
    widest = [*number, literal[-1], *others]
    kept = [(name, when) for name, when in found if when is not None]
    ranked = tuple(Tier(name, len(kept) - place, when) for place, (name, when) in enumerate(kept))
    return ranked, Some(tuple(when for _name, when in widest if when is not None))


def _exact(query: Query) -> list:
    return [
        ("exact phrase in title", _phrase(query, EXACT_TITLE)),
        ("exact phrase", _phrase(query, EXACT)),
        ("exact compounds", _compounds(query, EXACT)),
        ("exact words in title", _as_marked(query, EXACT_TITLE, TITLE)),
        ("exact words", _as_marked(query, EXACT, TEXT)),
        *([("exact words on sheets", _every(query, EXACT_SHEETS))] if query.literal else []),
    ]


def _folded(query: Query) -> list:
    return [
        ("phrase in title", _phrase(query, TITLE)),
        ("phrase", _phrase(query, TEXT)),
        ("compounds in title", _compounds(query, TITLE)),
        ("compounds", _compounds(query, TEXT)),
        ("words in title", _every(query, TITLE)),
        ("words", _every(query, TEXT)),
        ("reading", _every(query, READING)),
        ("phrase on sheets", _phrase(query, ("lines_f",))),
        ("words on sheets", _every(query, SHEETS)),
    ]


def _widened(query: Query, expansions: tuple[Expansion, ...]) -> list:
    """What holds other names or longer words, below every literal hit."""
    found = [("gazetteer", _by_names(query, expansions))] if query.names else []
    if any(clause.prefix or clause.apart for group in query.groups for clause in group):
        wide = _by_names(query, expansions, prefix=True) if query.names else _every(query, SHEETS, prefix=True)
        found.append(("beginning", wide))
    return found


def _others(asked: Asked) -> list:
    """What is found where the box is read otherwise."""
    query = asked.query
    parts, sounds = (NAMES, SOUNDS) if query.names else (SHEETS, SOUNDS[:-1])
    found = []
    if asked.second and asked.second.groups:
        found.append(("telex", _every(asked.second, parts)))
        if asked.second_names:
            found.append(("telex, other names", _by_names(asked.second, asked.second_names)))
    if asked.spelled:
        found.append(("spelling, as a phrase", _phrase(query, sounds)))
        found.append(("spelling", _every(query, sounds)))
    return found


# --- one tier's condition ----------------------------------------------------------------------------


def stands(parts, said):
    """Ways in which tokens may stand in one of these parts; said(part): the tokens in the form of a part."""
    if parts != ANYWHERE:
        return [side_by_side(part, words) for part in parts if (words := said(part))]
    words = said(parts[0])
    if len(words) < 2:
        return [Has(ALL, words)] if words else []
    pairs = _pairs_in(ALL_PAIRS, words)
    return pairs if len(words) == 2 else [All((*pairs, Some(tuple(Has(part, words) for part in parts))))]


def side_by_side(part: str, tokens: tuple[str, ...]):
    """Tokens that follow each other. Where the part's pairs are in the index a pair is one word of it, and pairs
    sift the records in which the places of longer phrases are looked at."""
    if part not in PAIRS or len(tokens) == 1:
        return Has(part, tokens)
    pairs = _pairs_in(PAIRS[part], tokens)
    return pairs[0] if len(tokens) == 2 else All((*pairs, Has(part, tokens)))


def _pairs_in(part: str, tokens: tuple[str, ...]) -> list[Has]:
    return [Has(part, (pair(*two),)) for two in zip(tokens, tokens[1:], strict=False)]


def _phrase(query: Query, parts):
    """The whole box as one phrase; None where it is no phrase (one token, alternatives, fields)."""
    if any(len(group) > 1 or group[0].field for group in query.groups):
        return None
    ways = []
    for part in parts:
        words = tuple(word for group in query.groups for word in _said(group[0], part))
        ways.append(side_by_side(part, words))
    return Some(tuple(ways)) if len(words) > 1 else None


def _compounds(query: Query, parts):
    """The box falls into pieces of two and more syllables that stand together: each word but one at most stands beside
    its neighbour in the box. No lexicon says what is a compound; that the two stand so in the record does.

    None where the box is too short to fall into pieces, or has alternatives.
    """
    groups = query.groups
    if len(groups) < 3 or any(len(group) > 1 for group in groups):
        return None
    clauses = [group[0] for group in groups]
    loose = [len(clause.folded) == 1 and not clause.field for clause in clauses]
    together: list[list] = [[] for _clause in clauses]
    for at in range(1, len(clauses)):
        if loose[at - 1] and loose[at]:
            for part in parts:
                ways = side_by_side(part, _said(clauses[at - 1], part) + _said(clauses[at], part))
                together[at - 1].append(ways)
                together[at].append(ways)
    if not any(together):
        return None
    # What is no loose word (a quoted phrase, a number, a field) is a piece by itself.
    covered = [Some(tuple(ways) if free else _ways(clause, parts, False))
               for ways, free, clause in zip(together, loose, clauses, strict=True)]  # fmt: skip
    return All((Some(tuple(covered), least=len(covered) - 1), _every(query, parts)))


def _every(query: Query, parts, prefix: bool = False):
    """Each group somewhere in these parts."""
    return All(tuple(_group(group, parts, prefix) for group in query.groups))


def _as_marked(query: Query, parts, folded):
    """Each group as it was written; a word without diacritics in a box that has some may be half typed, and counts in
    any spelling, but where only what is written so was asked for."""
    ways = [
        tuple(
            way for clause in group for way in _ways(clause, parts if clause.marked or query.literal else folded, False)
        )
        for group in query.groups
    ]
    return All(tuple(Some(way) for way in ways))


def _group(group: tuple[Clause, ...], parts, prefix: bool = False):
    return Some(tuple(way for clause in group for way in _ways(clause, parts, prefix)))


def _ways(clause: Clause, parts, prefix: bool) -> tuple:
    """How one clause may be met in these parts, or in those of its field."""
    if clause.field == "number":
        return (OneOf("codes", (clause.code or "-".join(clause.folded),)),)
    if own := FIELD_PARTS.get(clause.field):
        parts = own.get(parts[0][-1], own["f"])
    if prefix and clause.prefix:  # which holds the word itself
        ways = [Begins(part, clause.prefix) for part in ((ALL,) if parts == ANYWHERE else parts)]
    else:
        ways = stands(parts, lambda part: _said(clause, part))
    if clause.code and not clause.field:
        ways.append(OneOf("codes", (clause.code,)))
    if prefix and clause.apart:
        ways.append(All(tuple(_group((word,), parts, prefix) for word in clause.apart)))
    return tuple(ways)


def _said(clause: Clause, part: str) -> tuple[str, ...]:
    """The clause's tokens in the form of a part."""
    return getattr(clause, _FORMS[part[-1]])


def _by_names(query: Query, expansions: tuple[Expansion, ...], prefix: bool = False):
    """Each group among the words and the names of the places, or said by an expansion that covers it."""
    whole, end = [], 0
    for first, last, several in _runs(expansions, len(query.groups)):
        plain = {at: _group(query.groups[at], NAMES, prefix) for at in range(first, last + 1)}
        ways = [All(tuple(plain.values()))]
        for expansion in several:
            names = tuple(how for way in expansion.ways if way for how in stands(NAMES, lambda part, way=way: way))
            rest = (when for at, when in plain.items() if not expansion.first <= at <= expansion.last)
            ways.append(All((Some(names), *rest)))
        whole += [_group(group, NAMES, prefix) for group in query.groups[end:first]]
        whole.append(Some(tuple(ways)))
        end = last + 1
    return All((*whole, *(_group(group, NAMES, prefix) for group in query.groups[end:])))


def _runs(expansions, size: int) -> list[tuple[int, int, list[Expansion]]]:
    """Expansions that overlap, together: (first group, last group, which)."""
    runs: list[tuple[int, int, list[Expansion]]] = []
    for one in sorted(expansions, key=lambda one: (one.first, one.last)):
        if not 0 <= one.first <= one.last < size:
            continue
        if runs and one.first <= runs[-1][1]:
            first, last, several = runs[-1]
            runs[-1] = (first, max(last, one.last), [*several, one])
        else:
            runs.append((one.first, one.last, [one]))
    return runs


def excluded(clause: Clause):
    """What a clause with a minus keeps out."""
    return Some(_ways(clause, SHEETS, False))
