"""The language of the box: words, "phrases", -without, OR, field:value, numbers and dates. Pure; never fails.

What is none of these is a plain word.
"""

import re
from dataclasses import dataclass, field
from itertools import takewhile

from ..analysis import code, nfc, tokens
from . import named, numbers, years

MAX_CLAUSES = 24
PREFIX_FROM = 5  # letters from which a word also finds longer words ("paracel" → "Paracels")

_SIGNS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "＂": '"', "：": ":"})
_NAME = r"[^\W\d_]{2,}(?:[_-][^\W\d_]+)*"
_FIELD = re.compile(
    rf'(?P<minus>-?)(?P<name>{_NAME}(?: {_NAME})?):(?:(?P<space> ?)"(?P<phrase>[^"]*)"|(?: ?)(?P<word>[^\s"]+))'
)
_PIECE = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"|(?P<word>\S+)')
_OR = ("OR", "HOẶC", "|")
_AND = ("AND", "&")  # said for nothing: all words must match


@dataclass(frozen=True)
class Clause:
    """One thing that must (or mustn't) be there: tokens that stand side by side, as written and folded."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    sounds: tuple[str, ...] = ()  # keys under which confused spellings fall together
    code: str = ""  # the whole word as a number's key, when it is one
    quoted: bool = False
    field: str = ""  # one of FIELDS: only there; "": anywhere

    @property
    def marked(self) -> bool:
        """Whether it was typed with a diacritic, or with a Hán character that has variants: then it is meant so."""
        return self.exact != self.folded

    @property
    def prefix(self) -> str:
        """The word that may be the beginning of a longer one, or ""."""
        word = self.folded[0]
        fits = len(self.folded) == 1 and not self.quoted and len(word) >= PREFIX_FROM and word.isalpha()
        return word if fits else ""

    @property
    def apart(self) -> tuple["Clause", ...]:
        """The words of a hyphenated word of letters, each by itself ("Latin-An" → Latin, An); else (). Hán characters
        that stand together are no such word."""
        letters = all(word.isascii() and word.isalpha() for word in self.folded)
        if self.quoted or self.code or len(self.folded) < 2 or not letters:
            return ()
        forms = zip(self.exact, self.folded, self.sounds or self.folded, strict=True)
        return tuple(Clause((exact,), (folded,), (sound,), field=self.field) for exact, folded, sound in forms)


@dataclass(frozen=True)
class DateWords:
    """Words of the box that say a time. ranges: of whole years, None is open; a record of any of them will do; label:
    {"vi", "en"}; without: the box less these words; ways: folded words that say the same year of a reign in a record,
    which runs into the next year of our calendar."""

    text: str
    ranges: tuple[years.Range, ...]
    label: dict[str, str]
    without: str
    ways: tuple[tuple[str, ...], ...] = ()

    @property
    def year_from(self) -> int | None:
        """The first year of all; None is open."""
        firsts = [first for first, _last in self.ranges]
        return None if None in firsts else min(firsts)

    @property
    def year_to(self) -> int | None:
        """The last year of all; None is open."""
        lasts = [last for _first, last in self.ranges]
        return None if None in lasts else max(lasts)


@dataclass(frozen=True)
class FieldWords:
    """A field:value of the box. value: of a filter (kind, language, …), or "" where `field` is one of named.FIELDS.
    label: {"vi", "en"}; without: the box less these words."""

    text: str
    field: str
    value: str
    label: dict[str, str]
    without: str


@dataclass
class Box:
    """What a box says. `groups`: each must match, by any of its clauses; `without`: none may match; `barred`: values of
    filters that mustn't match; `rest`: the box less its dates and fields."""

    groups: list[list[Clause]] = field(default_factory=list)
    without: list[Clause] = field(default_factory=list)
    dates: list[DateWords] = field(default_factory=list)
    fields: list[FieldWords] = field(default_factory=list)
    barred: list[FieldWords] = field(default_factory=list)
    rest: str = ""


@dataclass(frozen=True)
class _Piece:
    """`text`: what is looked for; `kind`: "word", "phrase", "or", "and", or a name of the fields."""

    start: int
    end: int
    kind: str
    text: str
    minus: bool = False
    quoted: bool = False


def read(text: str, with_dates: bool = True) -> Box:
    """A box as it was typed. with_dates=False reads words of time as words."""
    plain = nfc(text).translate(_SIGNS)
    pieces = list(_pieces(plain))
    box, taken = Box(), []
    if with_dates:
        taken = _take_dates(pieces, plain, box)
    pieces = [piece for piece in pieces if not any(start <= piece.start < end for start, end in taken)]
    pieces = _take_fields(pieces, plain, box, taken)
    _read_words(_join_numbers(pieces), box)
    box.rest = _less(plain, taken)
    return box


def _pieces(text: str):
    """The box cut into pieces, in order."""
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        piece = _field_at(text, at) or _piece_at(text, at)
        yield piece
        at = piece.end


def _field_at(text: str, at: int) -> _Piece | None:
    """field:value, its name of one word or two ("tác giả:"), its value in quotes or a word."""
    found = _FIELD.match(text, at)
    if not found:
        return None
    name = named.named(found["name"])
    if not name:
        return None
    quoted = found["phrase"] is not None
    value = found["phrase"] if quoted else found["word"]
    return _Piece(at, found.end(), name, value, found["minus"] == "-", quoted)


def _piece_at(text: str, at: int) -> _Piece:
    found = _PIECE.match(text, at)
    if found["phrase"] is not None:
        return _Piece(at, found.end(), "phrase", found["phrase"], found["minus"] == "-", True)
    word = found["word"]
    if word in _OR or word in _AND:
        return _Piece(at, found.end(), "or" if word in _OR else "and", "")
    return _Piece(at, found.end(), "word", word, word.startswith("-") and len(word) > 1)


def _take_dates(pieces: list[_Piece], text: str, box: Box) -> list[tuple[int, int]]:
    """Fills box.dates from runs of words, and from year:…; the spans of the text that they took."""
    found: list[tuple[int, int, years.Years]] = []
    for run in _runs(pieces):
        for one in years.find([piece.text for piece in run]):
            found.append((run[one.first].start, run[one.last - 1].end, one))
    if not years.meet([one for _start, _end, one in found]):
        found = []
    for piece in pieces:
        one = years.of_words(piece.text) if piece.kind == "year" and not piece.minus else None
        if one:
            found.append((piece.start, piece.end, one))
    for start, end, one in sorted(found, key=lambda one: one[0]):
        less = _less(text, [(start, end)])
        box.dates.append(DateWords(text[start:end], one.ranges, one.label, less, _folded(one.said)))
    return [(start, end) for start, end, _one in found]


def _folded(said: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(token.folded for token in tokens(text)) for text in said)


def _runs(pieces: list[_Piece]):
    """Plain words that stand side by side; what is joined by OR isn't read as a date."""
    run: list[_Piece] = []
    for at, piece in enumerate(pieces):
        beside_or = any(other.kind == "or" for other in pieces[max(0, at - 1) : at + 2])
        if piece.kind == "word" and not piece.minus and not beside_or:
            run.append(piece)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _take_fields(pieces: list[_Piece], text: str, box: Box, taken: list[tuple[int, int]]) -> list[_Piece]:
    """Fills box.fields and box.barred; out: the pieces that are still words or clauses. A value that no filter knows
    becomes words."""
    left = []
    for piece in pieces:
        if piece.kind in ("word", "phrase", "or", "and"):
            left.append(piece)
            continue
        value = named.value_of(piece.kind, piece.text) if named.is_filter(piece.kind) else ""
        if value or piece.kind in named.FIELDS and tokens(piece.text):
            taken.append((piece.start, piece.end))
            barred = value and piece.minus
            label = named.barred_label(piece.kind, value) if barred else named.label(piece.kind, value, piece.text)
            less = _less(text, [(piece.start, piece.end)])
            words = FieldWords(text[piece.start : piece.end], piece.kind, value, label, less)
            if barred or not piece.minus:
                (box.barred if barred else box.fields).append(words)
        if not value:
            left.append(piece)
    return left


def _join_numbers(pieces: list[_Piece]) -> list[_Piece]:
    """Words that are one number typed with spaces become one piece: A 2499, tr. 23, 1/10 000."""
    joined, at = [], 0
    while at < len(pieces):
        run = list(takewhile(lambda piece: piece.kind == "word" and not piece.minus, pieces[at : at + 4]))
        size, number = numbers.joined([piece.text for piece in run]) if run else (1, "")
        first, last = pieces[at], pieces[at + size - 1]
        joined.append(first if size == 1 else _Piece(first.start, last.end, "word", number))
        at += size
    return joined


def _read_words(pieces: list[_Piece], box: Box) -> None:
    """Fills groups and without."""
    joining = False
    for piece in pieces:
        if piece.kind == "or":
            joining = bool(box.groups)
            continue
        where = piece.kind if piece.kind in named.FIELDS else ""
        clause = clause_of(piece.text, piece.quoted, where)
        if clause is None:
            continue
        if piece.minus:
            box.without.append(clause)
        elif joining:
            box.groups[-1].append(clause)
        else:
            box.groups.append([clause])
        joining = False
    del box.groups[MAX_CLAUSES:], box.without[MAX_CLAUSES:]
    for group in box.groups:
        del group[MAX_CLAUSES:]


def clause_of(text: str, quoted: bool = False, where: str = "") -> Clause | None:
    """Words as one clause; None where there are none. where: one of named.FIELDS, or ""."""
    found = tokens(text)[:MAX_CLAUSES]
    if not found:
        return None
    numbered = where == "number" or not quoted and numbers.is_number(text)
    return Clause(
        exact=tuple(token.exact for token in found),
        folded=tuple(token.folded for token in found),
        sounds=tuple(token.sound for token in found),
        code=code(text) if numbered else "",
        quoted=quoted,
        field=where,
    )


def _less(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without these spans, its spaces collapsed."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces.append(text[at:start])
        at = max(at, end)
    return " ".join(" ".join([*pieces, text[at:]]).split())
