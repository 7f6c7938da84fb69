"""Which way of reading the box finds anything: as typed; as Telex or VNI keystrokes; by the sounds of confused
spellings. A further reading is tried only where little was found, and its hits stand below those of the box as typed.

What is decided depends on the query and the collection alone, never on the page asked for, so that every page and
cursor of a search reads it alike.
"""

from dataclasses import dataclass, replace

from archive.merged import keys_of
from archive.standing import Standing

from . import cursors, fewer, names
from .asking import ask
from .documents import FACETS
from .engines.base import Found
from .expansion import Expansion
from .plan import All, Plan, plan, standing
from .query import Clause, Query, understand
from .reading import telex

LITTLE = 3  # results: with so many or fewer another reading is tried
MERGED = {"place": "place", "agent": "agent", "holder": "institution"}  # filter → kind of authority


@dataclass(frozen=True)
class Answer:
    """What an engine found, and how the box was read for it.

    `query`: as asked; `second`: the box as keystrokes, where that was needed; `reading`: "", "telex",
    "spelling" or "fewer". Where nothing holds some words of the box, `query` is without them; `whole` is it as asked,
    `dropped` are the words, `left` the others.
    `expansions`: other names of what `query` names; `second_names`: of what `second` names.
    """

    query: Query
    engine: str
    found: Found
    editions: dict[str, Standing]
    plan: Plan
    expansions: tuple[Expansion, ...] = ()
    second: Query | None = None
    second_names: tuple[Expansion, ...] = ()
    reading: str = ""
    whole: Query | None = None
    dropped: tuple[str, ...] = ()
    left: str = ""

    @property
    def other_names(self) -> tuple[Expansion, ...]:
        """All other names that were searched too."""
        return tuple(dict.fromkeys((*self.expansions, *self.second_names)))

    @property
    def read_as(self) -> str:
        """The box as it was read, for people."""
        read = {"telex": self.second and self.second.q, "spelling": self.query.q, "fewer": self.left}
        return read.get(self.reading) or ""

    @property
    def instead(self) -> Query | None:
        """What a hit may hold in place of the words of the box: the other names and the keystrokes' words."""
        ways = [way for expansion in self.other_names for way in expansion.ways]
        groups = tuple((Clause(exact=way, folded=way),) for way in ways)
        groups += self.second.groups if self.second else ()
        return replace(self.query, groups=groups) if groups else None


def best(params, query: Query, facets: tuple[str, ...] = FACETS) -> Answer:
    """The first reading that finds more than a little, or the one that finds most. In: the parameters of the address,
    and what was understood of them. Raises SearchError and Unavailable."""
    first = _ask(query, names.expansions(query), facets)
    if first.found.more_than(0) or not query.dates:
        return _fewer(_spelled(_typed(first, facets), facets), facets)
    typed = _typed(first, facets)
    if typed.found.more_than(0):
        return typed
    # "Mariette 1790", of a map that is dated otherwise but bears the number: the date's words are words.
    worded = understand(_with(params, query, dates="0"), query.lang)
    second = _ask(replace(worded, sort=query.sort), names.expansions(worded), facets)
    second = _spelled(_typed(second, facets), facets)
    if second.found.more_than(0):
        return second
    first = _fewer(first, facets)
    second = first if first.found.more_than(0) else _fewer(second, facets)
    return second if second.found.more_than(0) else first


def _enough(answer: Answer) -> bool:
    return answer.query.literal or not answer.query.groups or answer.found.more_than(LITTLE)


def _typed(first: Answer, facets: tuple[str, ...]) -> Answer:
    """With the box as keystrokes beside it, where that finds more. Dates in it stay the conditions that they are."""
    query = first.query
    typed = None if _enough(first) else telex.read(query.q)
    switches = {"dates": "1" if query.dates else "0", "names": "1" if query.names else "0"}
    second = typed and understand({"q": typed, **switches}, query.lang)
    if not second or second.groups == query.groups:
        return first
    second_names = names.expansions(second)
    wider = _ask(query, first.expansions, facets, second=second, second_names=second_names)
    if wider.found.total <= first.found.total:
        return first
    return replace(wider, second=second, second_names=second_names, reading="telex")


def _spelled(first: Answer, facets: tuple[str, ...]) -> Answer:
    """With confused spellings, where that finds more."""
    if _enough(first):
        return first
    how = {"second": first.second, "second_names": first.second_names}
    wider = _ask(first.query, first.expansions, facets, **how, spelled=True)
    if wider.found.total <= first.found.total:
        return first
    return replace(wider, **how, reading=first.reading or "spelling")


def _fewer(whole: Answer, facets: tuple[str, ...]) -> Answer:
    """Where nothing was found, whatever the filters and times: without the words that nothing standing holds, if that
    finds anything. What was typed as keystrokes is read so. Names of places, numbers and times stay."""
    query = whole.query
    if whole.found.more_than(0) or not fewer.may_lose(query):
        return whole
    typed = telex.read(query.q)
    said = understand({"q": typed, "dates": "1" if query.dates else "0"}, query.lang) if typed else query
    bare = Query(lang=query.lang, groups=said.groups, names=query.names, page_size=1)
    if ask(lambda stale: plan(bare, stale, facets=()))[1].total:
        return whole  # a filter or a time keeps it out
    named = names.expand(said.groups, names.known())
    kept = {at for one in named for at in range(one.first, one.last + 1)}
    for out in fewer.choices(said.groups, kept, _held):
        groups = tuple(group for at, group in enumerate(said.groups) if at not in out)
        less = replace(query, groups=groups, whole_code="")
        answer = _ask(less, names.expansions(less), facets)
        if answer.found.more_than(0):
            left, dropped = fewer.split(query, said.groups, said.q, out)
            return replace(answer, reading="fewer", whole=query, dropped=dropped, left=left)
    return whole


def _held(clauses: tuple[Clause, ...]) -> bool:
    """Whether a standing record has this word, or these side by side."""
    sought = Plan(match=fewer.somewhere(clauses), order="by_newest", counted=False, size=1)
    return bool(ask(lambda stale: replace(sought, base=All(tuple(standing(stale)))))[1].hits)


def _ask(query: Query, expansions: tuple[Expansion, ...], facets, **how) -> Answer:
    after, asked = cursors.read(query), widened(query)
    made: list[Plan] = []

    def make(stale) -> Plan:
        made.append(plan(asked, stale, facets=facets, after=after, expansions=expansions, **how))
        return made[-1]

    engine, found, editions = ask(make)
    return Answer(query, engine, found, editions, made[-1], expansions)


def widened(query: Query) -> Query:
    """The query with the keys that merges joined to those asked for: editions name authorities as they were called.

    Only for the engine; what was understood goes on naming what was asked.
    """
    choices = tuple((name, keys_of(MERGED[name], keys) if name in MERGED else keys) for name, keys in query.choices)
    return replace(query, choices=choices)


def _with(params, query: Query, **changes: str) -> dict:
    """The parameters with some changed."""
    lists = dict(params.lists()) if hasattr(params, "lists") else dict(params)
    return lists | {name: [value] for name, value in changes.items()}
