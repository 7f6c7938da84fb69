"""Words of a standing edition with what was found in <mark>. Pure; nothing comes from an index."""

from html import escape

from .analysis import Token, nfc, tokens
from .query import Clause, Query

LENGTH = 220  # characters of a snippet
BEFORE = 60  # of them before the first word found
READ = 6_000  # characters of a text that are looked at
MARK, END = "<mark>", "</mark>"


def snippet(texts: list[str], query: Query, *, also: tuple[Clause, ...] = ()) -> str:
    """A piece of the text that says most of what was found (see `chosen`)."""
    return chosen(texts, query, also=also)[1]


def chosen(texts: list[str], query: Query, *, also: tuple[Clause, ...] = ()) -> tuple[int, str, int]:
    """(which of the texts, a piece of it, how many of the things asked for it holds): of the first that holds
    everything, else of the one that holds most; where none holds anything, the beginning of the first that isn't empty.

    The piece is plain text (not escaped) but for <mark> and </mark>.
    """
    clauses = [*(clause for group in query.groups for clause in group), *also]
    which, best, spans, most = 0, "", [], 0
    for at, text in enumerate(texts):
        text = nfc(text)[:READ].replace(MARK, "").replace(END, "")
        if not best:
            which, best = at, text
        found = _spans(tokens(text), clauses) if clauses else []
        kinds = len({which for _, _, which in found})
        if kinds > most:
            which, best, spans, most = at, text, found, kinds
        if clauses and most == len(clauses) or not clauses and best:
            break
    return which, _cut(best, spans), most


def as_html(text: str | None) -> str | None:
    """A snippet as HTML: everything escaped but its marks."""
    marked = text and escape(text).replace(escape(MARK), MARK)
    return marked and marked.replace(escape(END), END)


def _spans(found: list[Token], clauses: list[Clause]) -> list[tuple[int, int, int]]:
    """(start, end, number of the clause) of each match, in order, without overlaps."""
    spans: list[tuple[int, int, int]] = []
    folded = [token.folded for token in found]
    for which, clause in enumerate(clauses):
        size = len(clause.folded)
        for at in range(len(folded) - size + 1):
            begins = size == 1 and clause.prefix and folded[at].startswith(clause.prefix)
            if begins or tuple(folded[at : at + size]) == clause.folded:
                spans.append((found[at].start, found[at + size - 1].end, which))
    spans.sort()
    return [span for at, span in enumerate(spans) if at == 0 or span[0] >= max(end for _, end, _ in spans[:at])]


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
