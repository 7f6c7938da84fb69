"""Where on a record's sheets the words of a query are printed: computed from its standing edition's lines. Pure."""

from dataclasses import dataclass

from archive.folding import nfc

from .analysis import tokens
from .highlight import may_hold, snippet
from .query import Clause, Query

MOST_LETTERS = 1_000_000  # of a record that are looked through
MOST_MARKS = 24  # words marked on a page
SURE = 60  # of 100: neighbours below it are stains as often as words, and a snippet leaves them out
BEFORE, AFTER = 1, 2  # lines around the one found that a snippet takes in


@dataclass(frozen=True)
class Spot:
    """page: from 1. region: x, y, width, height in pixels of the sheet, around the words found in the best line.
    marks: regions of all words found on the page, those first. words: a snippet with <mark>. kinds: how many
    different things asked for stand there."""

    page: int
    region: list[int]
    marks: list[list[int]]
    words: str
    lang: str | None
    kinds: int

    @property
    def address(self) -> str:
        """What follows the item's address to open the sheet there, with the words marked (viewer-lines.js)."""
        marks = ";".join(",".join(map(str, mark)) for mark in self.marks)
        return f"#page={self.page}&xywh={','.join(map(str, self.region))}&marks={marks}"


@dataclass(frozen=True)
class _Token:
    form: str
    line: int
    start: int
    end: int


def spot(document: dict, query: Query) -> Spot | None:
    """The page that shows most of what was asked for, the first of equals; None where none of it is printed."""
    clauses = [clause for group in query.groups for clause in group]
    best, looked_at = None, 0
    for number, scan in enumerate(document["scans"], start=1):
        lines = scan["lines"]
        looked_at += sum(len(line["text"]) for line in lines)
        if not lines or not clauses or looked_at > MOST_LETTERS:
            continue
        found = _found(lines, clauses, query.literal)
        kinds = len({which for which, _tokens in found})
        if kinds > (best[0] if best else 0):
            best = (kinds, number, lines, found)
        if kinds == len(clauses):
            break
    return _spot(*best, query) if best else None


def _found(lines: list[dict], clauses: list[Clause], literal: bool) -> list[tuple[int, list[_Token]]]:
    """(number of the clause, its tokens) of each match on a page."""
    if not literal and not may_hold("\n".join(line["text"] for line in lines), clauses):
        return []
    page = [
        _Token(token.exact if literal else token.folded, at, token.start, token.end)
        for at, line in enumerate(lines)
        for token in tokens(line["text"])
    ]
    forms = [token.form for token in page]
    found = []
    for which, clause in enumerate(clauses):
        wanted = list(clause.exact if literal else clause.folded)
        prefix = "" if literal else clause.prefix
        for at in range(len(forms) - len(wanted) + 1):
            if forms[at : at + len(wanted)] == wanted or (prefix and forms[at].startswith(prefix)):
                found.append((which, page[at : at + len(wanted)]))
    return found


def _spot(kinds: int, page: int, lines: list[dict], found, query: Query) -> Spot:
    matches = [(which, match[0].line, _regions(lines, match)) for which, match in found]
    of_line: dict[int, set[int]] = {}
    for which, line, _ in matches:
        of_line.setdefault(line, set()).add(which)
    best = max(of_line, key=lambda line: (len(of_line[line]), -line))
    matches.sort(key=lambda match: abs(match[1] - best))
    here = [region for _, line, regions in matches if line == best for region in regions]
    marks = [region for _, _line, regions in matches for region in regions]
    near = range(max(0, best - BEFORE), min(len(lines), best + AFTER))
    around = [lines[at] for at in near if at == best or _is_sure(lines[at])]
    words = snippet([" ".join(line["text"] for line in around)], query)
    lang = lines[best]["lang"]
    unique = [list(mark) for mark in dict.fromkeys(map(tuple, marks))]
    return Spot(page, _around(here), unique[:MOST_MARKS], words, None if lang == "und" else lang, kinds)


def _is_sure(line: dict) -> bool:
    return line["corrected"] or line["confidence"] is None or line["confidence"] >= SURE


def _regions(lines: list[dict], match: list[_Token]) -> list[list[int]]:
    """Where the words of a match lie: one region a line."""
    rows: dict[int, list[_Token]] = {}
    for token in match:
        rows.setdefault(token.line, []).append(token)
    return [_around([_region(lines[at], token) for token in row]) for at, row in rows.items()]


def _region(line: dict, token: _Token) -> list[int]:
    """A token's part of its word's box; the whole line where its words don't tell."""
    text, end = nfc(line["text"]), 0
    for word in line["words"]:
        start = text.find(nfc(word["text"]), end)
        if start < 0:
            break
        end = start + len(nfc(word["text"]))
        if start <= token.start < end:
            return _part(word["region"], token.start - start, min(token.end, end) - start, end - start)
    return line["region"]


def _part(box: list[int], start: int, end: int, length: int) -> list[int]:
    """From one letter to another of a word, in a box that is read along its longer side."""
    x, y, width, height = box
    if (start, end) == (0, length):
        return box
    if height > width * 1.2:
        return [x, y + height * start // length, width, max(1, height * (end - start) // length)]
    return [x + width * start // length, y, max(1, width * (end - start) // length), height]


def _around(boxes: list[list[int]]) -> list[int]:
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return [left, top, right - left, bottom - top]
