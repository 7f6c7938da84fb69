"""Words of a standing edition with what was found in <mark>. Pure; nothing comes from an index."""

from html import escape

from .analysis import Token, forms, nfc, tokens
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
    which, best, most = 0, "", (0, 0)
    for at, text in enumerate(texts):
        text = nfc(text)[:READ].replace(MARK, "").replace(END, "")
        if not best:
            which, best = at, text
        held = _held(text, clauses, len(asked), form) if clauses else (0, 0)
        if held > most:
            which, best, most = at, text, held
        if most[0] == len(asked) and (most[0] or best and not clauses):
            break
    return which, _cut(best, _spans(best, clauses, form) if most[1] else []), most[0]


def as_html(text: str | None) -> str | None:
    """A snippet as HTML: everything escaped but its marks."""
    marked = text and escape(text).replace(escape(MARK), MARK)
    return marked and marked.replace(escape(END), END)


def _form(query: Query, spelled: bool) -> tuple[int, str]:
    """Which form of tokens is compared, and its name in a clause."""
    if query.literal:
        return 0, "exact"
    return (2, "sounds") if spelled else (1, "folded")


def _held(text: str, clauses: list[Clause], asked: int, form: tuple[int, str]) -> tuple[int, int]:
    """(how many of the first `asked` clauses an NFC text holds, how many of all)."""
    kinds = {which for _first, _last, which in _matches([word[form[0]] for word in forms(text)], clauses, form[1])}
    kinds |= {which for _start, _end, which in _numbers(text, clauses)}
    return sum(which < asked for which in kinds), len(kinds)


def _matches(words: list[str], clauses: list[Clause], name: str):
    """(first word, last word, number of the clause) of each match."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        places.setdefault(word, []).append(at)
    for which, clause in enumerate(clauses):
        wanted = list(getattr(clause, name))
        for at in places.get(wanted[0], ()) if wanted else ():
            if words[at : at + len(wanted)] == wanted:
                yield at, at + len(wanted) - 1, which
        if name == "folded" and (prefix := clause.prefix):
            for word, several in places.items():
                if word != prefix and word.startswith(prefix):
                    yield from ((at, at, which) for at in several)


def _numbers(text: str, clauses: list[Clause]):
    """(start, end, number of the clause) of each number asked for, in whatever way it is written."""
    asked = {clause.code: which for which, clause in enumerate(clauses) if clause.code}
    for start, end, keys in numbers.spans(text) if asked else ():
        yield from ((start, end, asked[key]) for key in keys & asked.keys())


def _spans(text: str, clauses: list[Clause], form: tuple[int, str]) -> list[tuple[int, int, int]]:
    """(start, end, number of the clause) of each match in an NFC text, in order, without overlaps."""
    found: list[Token] = tokens(text)
    spans = [
        (found[first].start, found[last].end, which)
        for first, last, which in _matches([token[form[0]] for token in found], clauses, form[1])
    ]
    spans += _numbers(text, clauses)
    spans.sort(key=lambda span: (span[0], -span[1]))
    apart, end = [], 0
    for span in spans:
        if span[0] >= end:
            apart.append(span)
            end = span[1]
    return apart


def _cut(text: str, spans: list[tuple[int, int, int]]) -> str:
    """The window with the most different words found, cut at spaces."""
    first = max(spans, key=lambda span: _kinds(spans, span[0]), default=(0, 0, 0))[0]
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


def _kinds(spans, start: int) -> int:
    return len({which for left, right, which in spans if start <= left and right <= start + LENGTH - BEFORE})
