"""Words of a standing edition with what was found in <mark>. Pure; nothing comes from an index."""

from array import array
from bisect import bisect_left
from html import escape

from .analysis import forms, nfc, places
from .keeping import kept_when_short
from .query import Clause, Query
from .reading import numbers

LENGTH = 220  # characters of a snippet
BEFORE = 60  # of them before the first word found
READ = 6_000  # characters of a text that are looked at
LONG = 20_000  # characters of a text that isn't kept
MARK, END = "<mark>", "</mark>"


def snippet(texts: list[str], query: Query, *, also: tuple[Clause, ...] = (), spelled: bool = False) -> str:
    """A piece of the text that says most of what was found (see Marker)."""
    return Marker(query, also=also, spelled=spelled).chosen(texts)[1]


class Marker:
    """Marks in texts what a query asked for.

    also: what else was searched (other names of places, a second reading); it is marked too, and chooses between texts
    that hold as much of what was asked. spelled: words that are confused with those asked for count as well.
    `asked`: how many things the query itself asks for.
    """

    def __init__(self, query: Query, *, also: tuple[Clause, ...] = (), spelled: bool = False):
        asked = [clause for group in query.groups for clause in group]
        self.asked = len(asked)
        self._sought = _Sought([*asked, *also], *_form(query, spelled))

    def chosen(self, texts: list[str]) -> tuple[int, str, int]:
        """(which of the texts, a piece of it, how many of the things asked for it holds): of the first that holds
        everything, else of the one that holds most; where none holds anything, the beginning of the first that isn't
        empty. The piece is plain text (not escaped) but for <mark> and </mark>."""
        sought = self._sought
        which, best, most, matches = 0, None, (0, 0), []
        for at, text in enumerate(texts):
            read = _read(text)
            if best is None or not best.text:
                which, best = at, read
            found = sought.words_in(read)
            numbered = list(_numbers(read.text, sought.codes)) if sought.codes else []
            if found or numbered:
                kinds = {number for _, _, number in (*found, *numbered)}
                held = (sum(number < self.asked for number in kinds), len(kinds))
                if held > most:
                    which, best, most, matches = at, read, held, (found, numbered)
            if most[0] == self.asked and (most[0] or best.text and not sought.clauses):
                break
        text = best.text if best else ""
        return which, _cut(text, _spans(best, *matches) if matches else []), most[0]


def may_hold(text: str, clauses: list[Clause]) -> bool:
    """A quick look before a slow one: whether the first word of anything asked for stands in a text, or begins one."""
    words = _words(text)
    return any(_starting(words, clause.folded[0]) for clause in clauses)


@kept_when_short(2_000, LONG)  # pages of records that are found again and again
def _words(text: str) -> list[str]:
    """The folded words of all of a text, each once, sorted."""
    return sorted({folded for _exact, folded, _sound in forms(text)})


class _Text:
    """What is looked at of a text, and its words by form."""

    def __init__(self, text: str):
        self.text = nfc(text)[:READ].replace(MARK, "").replace(END, "")
        self._words: dict[int, tuple[list[str], frozenset[str]]] = {}
        self._sorted: list[str] = []
        self._places: tuple[array, array] | None = None

    def words(self, form: int) -> tuple[list[str], frozenset[str]]:
        """All in their order, and each once."""
        if form not in self._words:
            words = [word[form] for word in forms(self.text)]
            self._words[form] = words, frozenset(words)
        return self._words[form]

    def starting(self, prefix: str) -> list[str]:
        """Each folded word that begins so."""
        if not self._sorted:
            self._sorted = sorted(self.words(1)[1])
        return _starting(self._sorted, prefix)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where words stand in the text, from one to another."""
        if self._places is None:
            found = places(self.text)
            self._places = array("H", [start for start, _end in found]), array("H", [end for _start, end in found])
        starts, ends = self._places
        return starts[first], ends[last]


_read = kept_when_short(10_000, LONG)(_Text)  # the same records are found by many searches


class _Sought:
    """The things asked for, in one form of their words."""

    def __init__(self, clauses: list[Clause], form: int, name: str):
        self.clauses, self.form, self.name = clauses, form, name
        self.codes = {clause.code: which for which, clause in enumerate(clauses) if clause.code}
        self.begins: dict[str, list[int]] = {}
        for which, clause in enumerate(clauses):
            if wanted := getattr(clause, name):
                self.begins.setdefault(wanted[0], []).append(which)
        prefixes = enumerate(clauses) if name == "folded" else ()
        self.prefixes = {clause.prefix: which for which, clause in prefixes if clause.prefix}

    def words_in(self, text: _Text) -> list[tuple[int, int, int]]:
        """(first word, last word, number of the clause) of each match."""
        if not self.clauses:
            return []
        words, unique = text.words(self.form)
        longer = self._longer(text)
        sought = (self.begins.keys() & unique) | longer.keys()
        if not sought:
            return []
        found = []
        for at in [at for at, word in enumerate(words) if word in sought]:
            word = words[at]
            for which in self.begins.get(word, ()):
                wanted = getattr(self.clauses[which], self.name)
                if len(wanted) == 1 or tuple(words[at : at + len(wanted)]) == wanted:
                    found.append((at, at + len(wanted) - 1, which))
            if word in longer:
                found.append((at, at, longer[word]))
        return found

    def _longer(self, text: _Text) -> dict[str, int]:
        """Words that only begin as a clause does: {word: number of the clause}."""
        longer: dict[str, int] = {}
        for prefix, which in self.prefixes.items():
            for word in text.starting(prefix):
                if word not in self.begins:
                    longer[word] = max(which, longer.get(word, 0))
        return longer


def _starting(words: list[str], prefix: str) -> list[str]:
    """Of a sorted list those that begin so."""
    first = last = bisect_left(words, prefix)
    while last < len(words) and words[last].startswith(prefix):
        last += 1
    return words[first:last]


def as_html(text: str | None) -> str | None:
    """A snippet as HTML: everything escaped but its marks."""
    marked = text and escape(text).replace(escape(MARK), MARK)
    return marked and marked.replace(escape(END), END)


def _form(query: Query, spelled: bool) -> tuple[int, str]:
    """Which form of tokens is compared, and its name in a clause."""
    if query.literal:
        return 0, "exact"
    return (2, "sounds") if spelled else (1, "folded")


def _numbers(text: str, asked: dict[str, int]):
    """(start, end, number of the clause) of each number asked for, in whatever way it is written."""
    for start, end, keys in numbers.spans(text):
        yield from ((start, end, asked[key]) for key in keys & asked.keys())


def _spans(text: _Text, found, numbered) -> list[tuple[int, int, int]]:
    """(start, end, number of the clause) of matches of words and of numbers, in order, without overlaps."""
    spans = [(*text.span(first, last), which) for first, last, which in found]
    spans = sorted([*spans, *numbered], key=lambda span: (span[0], -span[1]))
    apart, end = [], 0
    for span in spans:
        if span[0] >= end:
            apart.append(span)
            end = span[1]
    return apart


def _cut(text: str, spans: list[tuple[int, int, int]]) -> str:
    """The window with the most different words found, cut at spaces."""
    first = _fullest(spans)
    start = max(0, first - BEFORE) if len(text) > LENGTH else 0
    if start and (space := text.find(" ", start, first)) >= 0:
        start = space + 1
    end = min(len(text), start + LENGTH)
    if end < len(text) and (space := text.rfind(" ", start + LENGTH // 2, end)) > 0:
        end = space
    pieces, at = [], start
    for left, right, _ in spans:
        if at <= left and right <= end:
            pieces += [text[at:left], MARK, text[left:right], END]
            at = right
    pieces.append(text[at:end])
    return f"{'… ' if start else ''}{''.join(pieces).strip()}{' …' if end < len(text) else ''}"


def _fullest(spans) -> int:
    """Where the window begins that holds the most different things, the first of equals; 0 where there is none."""
    if spans and spans[-1][1] <= spans[0][0] + LENGTH - BEFORE:
        return spans[0][0]  # all of them
    most, place, end = 0, 0, 0
    inside: dict[int, int] = {}
    for first, (start, _, which) in enumerate(spans):
        while end < len(spans) and spans[end][1] <= start + LENGTH - BEFORE:
            inside[spans[end][2]] = inside.get(spans[end][2], 0) + 1
            end += 1
        if len(inside) > most:
            most, place = len(inside), start
        if first < end:  # the window moves on to the next
            inside[which] -= 1
            if not inside[which]:
                del inside[which]
        else:
            end = first + 1  # longer than the window
    return place if most else (spans[0][0] if spans else 0)
