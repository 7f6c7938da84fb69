"""What else to search for: the other names of places that the box names, and the site's synonyms.

Names come from standing editions alone (search.lexicon), so a place that only drafts use is unknown here. A process
keeps what it read until anything is cleared, withdrawn, taken in or edited, which it asks at each search by one query.
"""

from bisect import bisect_left
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from archive import public_state
from archive.kept import Shelf
from archive.models import MergedAuthority

from .analysis import tokens
from .expansion import Expansion
from .models import NamedPlace, Naming, SynonymGroup
from .query import Clause, Query
from .synonyms import ways

LONGEST = 8  # tokens of a name that is looked for
MOST_WAYS = 24  # other names of one place


@dataclass(frozen=True)
class Known:
    """`places`: {folded name: keys}; `names`: {key: names as shown}; `synonyms`: {folded words: other words}; `ways`:
    what was made of these before, {(names as shown, words): ways_of them}; `words`: [(word, folded name)], sorted."""

    places: dict[tuple[str, ...], tuple[str, ...]]
    names: dict[str, tuple[str, ...]]
    synonyms: dict[tuple[str, ...], tuple[str, ...]]
    ways: dict[tuple, tuple[tuple, tuple]] = field(default_factory=dict)
    words: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def __post_init__(self):
        self.words.extend(sorted((word, name) for name in self.places for word in set(name)))

    def with_word(self, start: str):
        """The folded names with a word that begins so."""
        at = bisect_left(self.words, (start,))
        while at < len(self.words) and self.words[at][0].startswith(start):
            yield self.words[at][1]
            at += 1

    def ways_of(self, shown: tuple[str, ...], words: tuple[str, ...]) -> tuple[tuple, tuple]:
        if (shown, words) not in self.ways:
            self.ways[shown, words] = ways_of(shown, words)
        return self.ways[shown, words]


_known = Shelf(1)


def known() -> Known:
    """What stands now. One query where nothing has changed since this process last looked."""
    return _known.under(public_state.token(), None, _read)


def _read() -> Known:
    heirs = dict(MergedAuthority.objects.filter(kind="place", public=True).values_list("key", "into"))
    names: dict[str, dict[str, None]] = {}
    standing = NamedPlace.objects.filter(Exists(Naming.objects.filter(place=OuterRef("pk"))))
    for key, shown in standing.order_by("key", "pk").values_list("key", "names"):
        names.setdefault(_heir(key, heirs), {}).update(dict.fromkeys(shown))
    places: dict[tuple[str, ...], dict[str, None]] = {}
    for key, shown in names.items():
        for name in shown:
            if folded := _folded(name):
                places.setdefault(folded, {})[key] = None
    synonyms: dict[tuple[str, ...], dict[str, None]] = {}
    for words, one_way in SynonymGroup.objects.filter(active=True).values_list("words", "one_way"):
        for folded, others in ways(words, one_way).items():
            synonyms.setdefault(folded, {}).update(dict.fromkeys(others))
    return Known(
        {folded: tuple(keys) for folded, keys in places.items()},
        {key: tuple(shown) for key, shown in names.items()},
        {folded: tuple(others) for folded, others in synonyms.items()},
    )


def _heir(key: str, heirs: dict[str, str]) -> str:
    seen = set()
    while key in heirs and key not in seen:
        seen.add(key)
        key = heirs[key]
    return key


def _folded(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(text))


# --- a query ------------------------------------------------------------------------------------------------


def expansions(query: Query) -> tuple[Expansion, ...]:
    """Other names of the places that the box names, and synonyms of its words; nothing where names=0 or literal=1.

    The longest names are taken first; what stands between quotation marks is meant as it is.
    """
    if not query.names or query.literal or not query.groups:
        return ()
    return expand(query.groups, known())


def expand(groups: tuple[tuple[Clause, ...], ...], found: Known) -> tuple[Expansion, ...]:
    """As `expansions`, of groups. Pure."""
    result = []
    first = 0
    while first < len(groups):
        last = first
        if len(groups[first]) > 1:
            result += _one_of(first, groups[first], found)
        else:
            for end in range(len(groups) - 1, first - 1, -1):
                words = _words(groups[first : end + 1])
                if words and (others := _others(words, found)):
                    result += [Expansion(first, end, *found.ways_of(shown, words), place) for place, shown in others]
                    last = end
                    break
        first = last + 1
    return tuple(entry for entry in result if entry.ways)


def places_in(groups: tuple[tuple[Clause, ...], ...]) -> list[tuple[str, str]]:
    """[(key, name)] of the standing places that the box names, in the order in which they stand there."""
    found = known()
    keys = [entry.place for entry in expand(groups, found) if entry.place]
    return [(key, found.names[key][0]) for key in dict.fromkeys(keys)]


def _one_of(place: int, group: tuple[Clause, ...], found: Known) -> list[Expansion]:
    """Of alternatives (OR), each by itself."""
    each = [(clause.folded, _others(clause.folded, found)) for clause in group if _plain(clause)]
    return [
        Expansion(place, place, *found.ways_of(shown, words), key) for words, others in each for key, shown in others
    ]


def _plain(clause: Clause) -> bool:
    return not clause.quoted and clause.field in ("", "place")


def _words(groups) -> tuple[str, ...]:
    """The folded tokens of groups that may together be a name, or ()."""
    if any(len(group) > 1 or not _plain(group[0]) for group in groups):
        return ()
    words = tuple(word for group in groups for word in group[0].folded)
    return words if len(words) <= LONGEST else ()


def _others(words: tuple[str, ...], found: Known) -> list[tuple[str, tuple[str, ...]]]:
    """[(key of the place or "", its names)] of what is called so."""
    others = [(key, found.names[key]) for key in found.places.get(words, ())]
    return others + ([("", found.synonyms[words])] if words in found.synonyms else [])


def ways_of(shown: tuple[str, ...], words: tuple[str, ...]) -> tuple[tuple, tuple]:
    """(ways, names) of an Expansion: each other way once, with the first name that is folded so.

    A name that holds the words themselves, or another way, finds nothing that these don't find: it is left out.
    """
    ways: dict[tuple[str, ...], str] = {}
    for name in shown:
        if folded := _folded(name):
            ways.setdefault(folded, name)
    ways.pop(words, None)
    shorter = [words, *ways]
    kept = [way for way in ways if not any(other != way and _holds(way, other) for other in shorter)][:MOST_WAYS]
    return tuple(kept), tuple(ways[way] for way in kept)


def _holds(way: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(way[at : at + len(part)] == part for at in range(len(way) - len(part) + 1))
