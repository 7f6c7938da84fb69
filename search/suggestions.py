"""Suggestions while typing: titles, places and agents of standing editions; folded, in Hán, and as keystrokes."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive import public_state
from archive.display import both
from archive.kept import Shelf
from archive.standing import Standing

from . import names
from .analysis import tokens
from .asking import ask
from .documents import START, read_label, start
from .fields import SearchError
from .plan import All, Begins, Has, OneOf, Plan, Some, Tier, standing
from .query import MAX_QUERY
from .reading import telex
from .sorting import title_key

PARTS = ("title_f", "reading_f")  # places and agents are suggested themselves
LOOK_AT = 12  # records; of some only a reading on the sheet holds what was typed
MOST = {"place": 3, "agent": 3, "title": 6}
MAX_WORDS = 12


@dataclass(frozen=True)
class _Typed:
    """Folded words; the last one may be the beginning of a word."""

    words: tuple[str, ...]

    def fits(self, found) -> bool:
        """Whether a name's folded tokens hold the words."""
        *whole, last = self.words
        for word in whole:
            if word not in found:
                return False
        return any(word.startswith(last) for word in found)

    def begins(self, found) -> bool:
        """Whether a name begins so."""
        *whole, last = self.words
        return list(found[: len(whole)]) == whole and len(found) > len(whole) and found[len(whole)].startswith(last)

    def condition(self):
        *whole, last = self.words
        every = [Some(tuple(Has(part, (word,)) for part in PARTS)) for word in whole]
        return All((*every, Some(tuple(Begins(part, last) for part in PARTS))))

    def at_the_start(self):
        begins = OneOf("starts", (start(self.words),))
        return begins if len("_".join(self.words)) <= START else All((begins, self.condition()))


@dataclass(frozen=True)
class _Ways:
    """What was typed: as it stands, and as the keystrokes of another reading."""

    ways: tuple[_Typed, ...]

    def fits(self, text: str) -> bool:
        return self.holds(_folded(text))

    def holds(self, found: tuple[str, ...]) -> bool:
        return any(typed.fits(found) for typed in self.ways)

    def rank(self, found) -> int | None:
        """0: the name begins with what was typed; 1: it holds it; None."""
        if any(typed.begins(found) for typed in self.ways):
            return 0
        return 1 if any(typed.fits(found) for typed in self.ways) else None

    def plan(self, stale) -> Plan:
        """Titles that begin so come first."""
        every = Some(tuple(typed.condition() for typed in self.ways))
        starts = Some(tuple(typed.at_the_start() for typed in self.ways))
        return Plan(
            tiers=(Tier("begins", 2, starts), Tier("holds", 1, every)),
            match=every,
            base=All(tuple(standing(stale))),
            counted=False,
            size=LOOK_AT,
        )


def suggest(text: str, lang: str) -> list[dict]:
    """In: what was typed; "vi" or "en". Out: [{"kind": place|agent|title, "kind_label", "text", "url", …}].

    Raises SearchError and asking.Unavailable.
    """
    if len(text) > MAX_QUERY:
        message = _("Ô tìm kiếm chỉ nhận tối đa %(most)s ký tự.")
        raise SearchError("too_long", message % {"most": MAX_QUERY}, "q")
    token = public_state.token()
    return answers.under(token, (lang, text), lambda: _suggest(text, lang, token))


answers = Shelf(5_000)  # beginnings are typed again and again
_used = Shelf(1)


def _suggest(text: str, lang: str, token: int | None) -> list[dict]:
    read = [_folded(text), _folded(telex.read(text) or "")]
    typed = _Ways(tuple(_Typed(words[:MAX_WORDS]) for words in dict.fromkeys(read) if words))
    if not typed.ways:
        return []
    _name, found, editions = ask(typed.plan)
    hits = [(hit.rank, editions[hit.identifier]) for hit in found.hits]
    used = _used.under(token, None, _read_used)
    with override(lang):
        return [*_places(used, typed, lang), *_agents(used, typed, lang), *_titles(hits, typed, lang)]


@dataclass(frozen=True)
class _Used:
    """What standing editions name, counted once while nothing public changes. `places`: {key: (editions, its commoner
    names)}; `agents`: [(key, names, folded names)], the most named first; `words`: [(word of a name, place of its agent
    in the list)], sorted."""

    places: dict[str, tuple[int, dict]]
    agents: list[tuple[str, dict, tuple[tuple[str, ...], ...]]]
    words: list[tuple[str, int]]

    def agents_with(self, start: str) -> list[int]:
        """Places in the list, in order, of agents who have a word that begins so in a name."""
        at, found = bisect_left(self.words, (start,)), set()
        while at < len(self.words) and self.words[at][0].startswith(start):
            found.add(self.words[at][1])
            at += 1
        return sorted(found)


def _read_used() -> _Used:
    def everything(stale) -> Plan:
        return Plan(base=All(tuple(standing(stale))), facets=("place", "agent"), order="by_newest", size=1)

    facets = ask(everything)[1].facets
    places: dict[str, tuple[int, dict]] = {}
    for stored, count in sorted(facets["place"].items(), key=lambda entry: (-entry[1], entry[0])):
        key, shown = read_label(stored)
        before, names_before = places.get(key, (0, shown))
        places[key] = (before + count, names_before)
    ordered = sorted(facets["agent"], key=lambda stored: (-facets["agent"][stored], stored))
    agents = [
        (key, shown, tuple(dict.fromkeys(map(_folded, shown.values())))) for key, shown in map(read_label, ordered)
    ]
    words = {(word, at) for at, (_key, _shown, said) in enumerate(agents) for name in said for word in name}
    return _Used(places, agents, sorted(words))


@lru_cache(maxsize=20_000)  # the names of people, which each key typed looks through
def _folded(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(text))


def _places(used: _Used, typed: _Ways, lang: str) -> list[dict]:
    """Places with a fitting name, the most used first; a former or foreign name that fits is told beside it."""
    chosen = []
    for key, (rank, other) in _fitting(typed).items():
        if key in used.places:
            count, shown = used.places[key]
            own = any(typed.fits(name) for name in shown.values())
            text = both(shown, lang)
            chosen.append((rank, -count, key, text if own else f"{text} ({other})"))
    return [
        {
            "kind": "place",
            "kind_label": _("Địa danh"),
            "key": key,
            "text": text,
            "url": reverse("archive_pages:place", args=[key]),
        }
        for _rank, _count, key, text in sorted(chosen)[: MOST["place"]]
    ]


def _fitting(typed: _Ways) -> dict[str, tuple[int, str]]:
    """{key of a standing place: (rank, the best of its names that fit)}."""
    known = names.known()
    best: dict[str, tuple[int, str]] = {}
    for folded in dict.fromkeys(name for way in typed.ways for name in known.with_word(way.words[-1])):
        rank = typed.rank(folded)
        for key in known.places[folded] if rank is not None else ():
            if key not in best or rank < best[key][0]:
                best[key] = (rank, next(name for name in known.names[key] if _folded(name) == folded))
    return best


def _agents(used: _Used, typed: _Ways, lang: str) -> list[dict]:
    chosen: dict[str, dict] = {}
    for at in sorted({at for way in typed.ways for at in used.agents_with(way.words[-1])}):
        key, shown, said = used.agents[at]
        if any(map(typed.holds, said)):
            chosen.setdefault(key, shown)
            if len(chosen) == MOST["agent"]:
                break
    return [
        {
            "kind": "agent",
            "kind_label": _("Người và cơ quan"),
            "key": key,
            "text": both(shown, lang),
            "url": f"{reverse('search_pages:search')}?{urlencode({'agent': key})}",
        }
        for key, shown in chosen.items()
    ]


def _titles(hits: list[tuple[int, Standing]], typed: _Ways, lang: str) -> list[dict]:
    """Records with a fitting title: those that begin so first, then in alphabetical order."""
    chosen = []
    for rank, edition in hits:
        titles = edition.data["title"]
        if any(typed.fits(title) for title in titles.values()) or any(map(typed.fits, _others(edition.data))):
            text = both(titles, lang)
            chosen.append((-rank, title_key(text, edition.identifier), edition.identifier, text))
    return [
        {
            "kind": "title",
            "kind_label": _("Tư liệu"),
            "key": identifier,
            "text": text,
            "url": reverse("archive_pages:item", args=[identifier]),
        }
        for _rank, _order, identifier, text in sorted(chosen)[: MOST["title"]]
    ]


def _others(document: dict) -> list[str]:
    originals = [title["text"] for title in document["title_original"]]
    return [document["reading"], *originals, *document["alternative_titles"]]
