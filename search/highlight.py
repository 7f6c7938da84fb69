"""Words of a standing edition with what was found in <mark>. Pure; nothing comes from an index."""

from html import escape

from .analysis import forms, nfc, places
from .query import Clause, Query
from .reading import numbers

LENGTH = 220  # characters of a snippet
BEFORE = 60  # of them before the first word found
READ = 6_000  # characters of a text that are looked at
MARK, END = "<mark>", "</mark>"


def snippet(texts: list[str], query: Query, *, also: tuple[Clause, ...] = (), spelled: bool = False) -> str:
    """A piece of the text that says most of what was found (see `chosen`)."""
    return chosen(texts, query, also=also, spelled=spelled)[1]


def chosen(
    texts: list[str], query: Query, *, also: tuple[Clause, ...] = (), spelled: bool = False
) -> tuple[int, str, int]:
    """(which of the texts, a piece of it, how many of the things asked for it holds): of the first that holds
    everything, else of the one that holds most; where none holds anything, the beginning of the first that isn't empty.

    also: what else was searched (other names of places, a second reading); it is marked too, and chooses between texts
    that hold as much of what was asked. spelled: words that are confused with those asked for count as well.
    The piece is plain text (not escaped) but for <mark> and </mark>.
    """
    asked = [clause for group in query.groups for clause in group]
    clauses, form = [*asked, *also], _form(query, spelled)
    which, best, most, matches = 0, "", (0, 0), []
    for at, text in enumerate(texts):
        text = nfc(text)[:READ].replace(MARK, "").replace(END, "")
        if not best:
            which, best = at, text
        found = _matches([word[form[0]] for word in forms(text)], clauses, form[1]) if clauses else []
        numbered = list(_numbers(text, clauses))
        kinds = {number for _, _, number in (*found, *numbered)}
        held = (sum(number < len(asked) for number in kinds), len(kinds))
        if held > most:
            which, best, most, matches = at, text, held, (found, numbered)
        if most[0] == len(asked) and (most[0] or best and not clauses):
            break
    return which, _cut(best, _spans(best, *matches) if matches else []), most[0]


def as_html(text: str | None) -> str | None:
    """A snippet as HTML: everything escaped but its marks."""
    marked = text and escape(text).replace(escape(MARK), MARK)
    return marked and marked.replace(escape(END), END)


def _form(query: Query, spelled: bool) -> tuple[int, str]:
    """Which form of tokens is compared, and its name in a clause."""
    if query.literal:
        return 0, "exact"
    return (2, "sounds") if spelled else (1, "folded")


def _matches(words: list[str], clauses: list[Clause], name: str) -> list[tuple[int, int, int]]:
    """(first word, last word, number of the clause) of each match."""
    begins: dict[str, list[int]] = {}
    for which, clause in enumerate(clauses):
        if wanted := getattr(clause, name):
            begins.setdefault(wanted[0], []).append(which)
    unique, longer = set(words), {}
    if name == "folded":
        for which, prefix in ((which, clause.prefix) for which, clause in enumerate(clauses) if clause.prefix):
            longer |= {word: which for word in unique if word.startswith(prefix) and word not in begins}
    sought = (begins.keys() & unique) | longer.keys()
    if not sought:
        return []
    found = []
    for at, word in enumerate(words):
        if word not in sought:
            continue
        for which in begins.get(word, ()):
            wanted = getattr(clauses[which], name)
            if len(wanted) == 1 or tuple(words[at : at + len(wanted)]) == wanted:
                found.append((at, at + len(wanted) - 1, which))
        if word in longer:
            found.append((at, at, longer[word]))
    return found


def _numbers(text: str, clauses: list[Clause]):
    """(start, end, number of the clause) of each number asked for, in whatever way it is written."""
    asked = {clause.code: which for which, clause in enumerate(clauses) if clause.code}
    for start, end, keys in numbers.spans(text) if asked else ():
        yield from ((start, end, asked[key]) for key in keys & asked.keys())


def _spans(text: str, found, numbered) -> list[tuple[int, int, int]]:
    """(start, end, number of the clause) of matches of words and of numbers, in order, without overlaps."""
    where = places(text)
    spans = [(where[first][0], where[last][1], which) for first, last, which in found]
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
