"""Words of a standing edition with what was found in <mark>. Pure; nothing comes from an index."""

from html import escape

from .analysis import Token, nfc, tokens
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
    which, best, spans, most = 0, "", [], (0, 0)
    for at, text in enumerate(texts):
        text = nfc(text)[:READ].replace(MARK, "").replace(END, "")
        if not best:
            which, best = at, text
        found = _spans(text, clauses, form) if clauses else []
        kinds = {number for _, _, number in found}
        held = (sum(number < len(asked) for number in kinds), len(kinds))
        if held > most:
            which, best, spans, most = at, text, found, held
        if most[0] == len(asked) and (most[0] or best and not clauses):
            break
    return which, _cut(best, spans), most[0]


def as_html(text: str | None) -> str | None:
    """A snippet as HTML: everything escaped but its marks."""
    marked = text and escape(text).replace(escape(MARK), MARK)
    return marked and marked.replace(escape(END), END)


def _form(query: Query, spelled: bool) -> tuple[str, str]:
    """Which form of tokens is compared with which of clauses."""
    if query.literal:
        return "exact", "exact"
    return ("sound", "sounds") if spelled else ("folded", "folded")


def _spans(text: str, clauses: list[Clause], form: tuple[str, str]) -> list[tuple[int, int, int]]:
    """(start, end, number of the clause) of each match in an NFC text, in order, without overlaps."""
    found: list[Token] = tokens(text)
    of_token, of_clause = form
    words = [getattr(token, of_token) for token in found]
    spans: list[tuple[int, int, int]] = []
    for which, clause in enumerate(clauses):
        wanted = list(getattr(clause, of_clause))
        size, prefix = len(wanted), clause.prefix if of_token == "folded" else ""
        for at in range(len(words) - size + 1):
            if words[at : at + size] == wanted or prefix and words[at].startswith(prefix):
                spans.append((found[at].start, found[at + size - 1].end, which))
    if numbered := {clause.code: which for which, clause in enumerate(clauses) if clause.code}:
        for start, end, keys in numbers.spans(text):
            spans += [(start, end, numbered[key]) for key in keys & numbered.keys()]
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
