"""Suggestions while typing: titles, places and agents of standing editions, folded."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.display import both

from .analysis import tokens
from .asking import ask
from .documents import read_label
from .fields import SearchError
from .plan import All, Begins, Has, Plan, Some, standing
from .query import MAX_QUERY

PARTS = ("title_f", "reading_f", "names_f", "agents_f")
LOOK_AT = 40  # records
MOST = {"place": 3, "agent": 3, "title": 6}
MAX_WORDS = 12


@dataclass(frozen=True)
class _Typed:
    """Folded words; the last one may be the beginning of a word."""

    words: tuple[str, ...]

    def fits(self, text: str) -> bool:
        found = [token.folded for token in tokens(text)]
        *whole, last = self.words
        return all(word in found for word in whole) and any(word.startswith(last) for word in found)

    def condition(self):
        *whole, last = self.words
        every = [Some(tuple(Has(part, (word,)) for part in PARTS)) for word in whole]
        return All((*every, Some(tuple(Begins(part, last) for part in PARTS))))


def suggest(text: str, lang: str) -> list[dict]:
    """In: what was typed; "vi" or "en". Out: [{"kind": place|agent|title, "kind_label", "text", "url", …}].

    Raises SearchError and asking.Unavailable.
    """
    if len(text) > MAX_QUERY:
        message = _("Ô tìm kiếm chỉ nhận tối đa %(most)s ký tự.")
        raise SearchError("too_long", message % {"most": MAX_QUERY}, "q")
    typed = _Typed(tuple(token.folded for token in tokens(text))[:MAX_WORDS])
    if not typed.words:
        return []
    _name, found, editions = ask(
        lambda stale: Plan(
            base=All((typed.condition(), *standing(stale))),
            facets=("place", "agent"),
            order=f"by_title_{lang}",
            size=LOOK_AT,
        )
    )
    documents = [editions[hit.identifier].data for hit in found.hits]
    with override(lang):
        return [*_places(found, documents, typed, lang), *_agents(found, typed, lang), *_titles(documents, typed, lang)]


def _places(found, documents: list[dict], typed: _Typed, lang: str) -> list[dict]:
    """Places with a fitting name; a former or foreign name that fits is told beside it."""
    chosen: dict[str, str] = {}
    for stored in sorted(found.facets["place"], key=lambda value: (-found.facets["place"][value], value)):
        key, names = read_label(stored)
        if any(typed.fits(name) for name in names.values()):
            chosen.setdefault(key, both(names, lang))
    for place in (place for document in documents for place in document["places"]):
        other = next((name["text"] for name in place["names"] if typed.fits(name["text"])), None)
        if other:
            chosen.setdefault(place["key"], f"{both(place['name'], lang)} ({other})")
    return [
        {
            "kind": "place",
            "kind_label": _("Địa danh"),
            "key": key,
            "text": text,
            "url": reverse("archive_pages:place", args=[key]),
        }
        for key, text in list(chosen.items())[: MOST["place"]]
    ]


def _agents(found, typed: _Typed, lang: str) -> list[dict]:
    counts = found.facets["agent"]
    agents = [read_label(stored) for stored in sorted(counts, key=lambda value: (-counts[value], value))]
    chosen: dict[str, dict] = {}
    for key, names in agents:
        if any(typed.fits(name) for name in names.values()):
            chosen.setdefault(key, names)
    return [
        {
            "kind": "agent",
            "kind_label": _("Người và cơ quan"),
            "key": key,
            "text": both(names, lang),
            "url": f"{reverse('search_pages:search')}?{urlencode({'agent': key})}",
        }
        for key, names in list(chosen.items())[: MOST["agent"]]
    ]


def _titles(documents: list[dict], typed: _Typed, lang: str) -> list[dict]:
    chosen = [document for document in documents if any(typed.fits(title) for title in _all_titles(document))]
    return [
        {
            "kind": "title",
            "kind_label": _("Tư liệu"),
            "key": document["identifier"],
            "text": both(document["title"], lang),
            "url": reverse("archive_pages:item", args=[document["identifier"]]),
        }
        for document in chosen[: MOST["title"]]
    ]


def _all_titles(document: dict) -> list[str]:
    originals = [title["text"] for title in document["title_original"]]
    return [*document["title"].values(), document["reading"], *originals, *document["alternative_titles"]]
