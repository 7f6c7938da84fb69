"""What a visitor asked for: the parameters of the search address, read and checked. Pure but for sentences.

The box is forgiving (anything unreadable is a plain search); the other parameters are strict, because
links and programs write them. Parameters that aren't ours are ignored.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.vocabulary import KINDS, SHOWN_AS

from .analysis import Token, code, tokens
from .fields import SearchError, read_bbox, read_choice, read_number, read_switch, read_values, read_year

MAX_QUERY = 500  # characters
MAX_CLAUSES = 24
MAX_PAGE_SIZE = 100
PAGE_SIZE = 20
REACH = 10_000  # results that can be reached by page numbers
SORTS = ("relevance", "date", "-date", "title", "newest")
VIEWS = ("list", "grid", "map", "timeline")
FIELDS = ("title", "agent", "place", "number", "holder", "text")  # of Clause.field
HAS = ("image", "scan", "transcription", "georeference")
PREFIX_FROM = 5  # letters from which a word also finds longer words ("paracel" → "Paracels")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]+")
_PIECE = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"|(?P<word>\S+)')
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "＂": '"'})


@dataclass(frozen=True)
class Clause:
    """One thing that must (or mustn't) be there: tokens that stand side by side, as written and folded."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    sounds: tuple[str, ...] = ()  # keys under which confused spellings fall together
    code: str = ""  # the whole word as a number's key, when it has a digit and inner punctuation
    quoted: bool = False
    field: str = ""  # one of FIELDS: only there; "": anywhere

    @property
    def prefix(self) -> str:
        """The word that may be the beginning of a longer one, or ""."""
        word = self.folded[0]
        fits = len(self.folded) == 1 and not self.quoted and len(word) >= PREFIX_FROM and word.isalpha()
        return word if fits else ""


@dataclass(frozen=True)
class DateWords:
    """Words of the box that say a time. year_from, year_to: whole years, None is open; label: {"vi", "en"};
    without: the box less these words."""

    text: str
    year_from: int | None
    year_to: int | None
    label: dict[str, str]
    without: str


@dataclass(frozen=True)
class Query:
    """A search, understood. `groups`: every group must match, by any of its clauses (OR)."""

    lang: str = "vi"
    q: str = ""
    groups: tuple[tuple[Clause, ...], ...] = ()
    without: tuple[Clause, ...] = ()
    dates: tuple[DateWords, ...] = ()  # each must touch a record's years; their words aren't in `groups`
    whole_code: str = ""
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()  # facet, values
    year_from: int | None = None
    year_to: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    sort: str = "relevance"
    view: str = "list"
    literal: bool = False
    names: bool = True
    page: int = 1
    page_size: int = PAGE_SIZE
    after: str = ""

    @property
    def marked(self) -> bool:
        """Whether the box holds a diacritic: then what matches as written ranks above what matches folded."""
        return any(clause.exact != clause.folded for group in self.groups for clause in group)

    @property
    def order(self) -> str:
        """The sort that applies: without words there is no relevance, and titles stand in alphabetical order."""
        return "title" if self.sort == "relevance" and not self.groups else self.sort

    def understood(self) -> dict:
        """As plain data, for the JSON."""
        return {
            "q": self.q,
            "words": [[" ".join(clause.exact) for clause in group] for group in self.groups],
            "without": [" ".join(clause.exact) for clause in self.without],
            **{name: list(values) for name, values in self.choices},
            "from": self.year_from,
            "to": self.year_to,
            "bbox": list(self.bbox) if self.bbox else None,
            "sort": self.order,
            "view": self.view,
            "literal": self.literal,
            "names": self.names,
        }


def understand(params, lang: str) -> Query:
    """In: a QueryDict or dict (values: str or list of str) and "vi" or "en". Out: a Query. Raises SearchError."""
    text = _box(params)
    groups, without = parse(text)
    year_from, year_to = read_year(params, "from"), read_year(params, "to")
    if year_from is not None and year_to is not None and year_from > year_to:
        raise SearchError("bad_range", _("Năm bắt đầu phải trước hoặc bằng năm kết thúc."), "from")
    query = Query(
        lang=lang,
        q=text,
        groups=groups,
        without=without,
        whole_code=code(text) if any(char.isdigit() for char in text) and not without else "",
        choices=_choices(params),
        year_from=year_from,
        year_to=year_to,
        bbox=read_bbox(params),
        sort=read_choice(params, "sort", SORTS, "relevance"),
        view=read_choice(params, "view", VIEWS, "list"),
        literal=read_switch(params, "literal", False),
        names=read_switch(params, "names", True),
        page=read_number(params, "page", 1, 1, REACH),
        page_size=read_number(params, "page_size", PAGE_SIZE, 1, MAX_PAGE_SIZE),
        after=(read_values(params, "after", most=1, longest=600) or ("",))[0],
    )
    if not query.after and query.page * query.page_size > REACH:
        message = _("Số trang chỉ tới kết quả thứ %(reach)s; để xem tiếp, hãy dùng địa chỉ “next” (tham số after).")
        raise SearchError("too_far", message % {"reach": REACH}, "page")
    return query


def _box(params) -> str:
    text = _CONTROL.sub(" ", (read_values(params, "q", most=1, longest=None) or ("",))[0]).strip()
    if len(text) > MAX_QUERY:
        raise SearchError("too_long", _("Ô tìm kiếm chỉ nhận tối đa %(most)s ký tự.") % {"most": MAX_QUERY}, "q")
    return text


def _choices(params) -> tuple:
    checks = {
        "kind": lambda value: value in KINDS,
        "period": lambda value: re.fullmatch(r"-?[1-9][0-9]{0,2}", value),
        "language": lambda value: re.fullmatch(r"[A-Za-z0-9-]{1,20}", value),
        "original": lambda value: value in SHOWN_AS,
        "has": lambda value: value in HAS,
    }
    found = []
    for name in ("kind", "period", "place", "holder", "agent", "language", "exhibit", "original", "has"):
        values = tuple(value for value in read_values(params, name) if value)
        if name in checks and (wrong := next((value for value in values if not checks[name](value)), None)):
            message = _("“%(value)s” không phải là giá trị của bộ lọc %(name)s.")
            raise SearchError("bad_value", message % {"value": wrong[:80], "name": name}, name)
        if values:
            found.append((name, tuple(dict.fromkeys(values))))
    return tuple(found)


# --- the box ------------------------------------------------------------------------------------


def parse(text: str) -> tuple[tuple[tuple[Clause, ...], ...], tuple[Clause, ...]]:
    """Words, "phrases", -without and OR. Never fails: what is none of these is a plain word.

    Out: groups (all must match, each by any of its clauses) and the clauses that mustn't match.
    """
    groups: list[list[Clause]] = []
    without: list[Clause] = []
    joining = False
    for piece in _PIECE.finditer(text.translate(_QUOTES)):
        word, phrase = piece["word"], piece["phrase"]
        if word in ("OR", "|"):
            joining = bool(groups)
            continue
        minus = piece["minus"] == "-" if phrase is not None else word.startswith("-")
        clause = _clause(phrase if phrase is not None else word, quoted=phrase is not None)
        if clause is None:
            continue
        if minus:
            without.append(clause)
        elif joining:
            groups[-1].append(clause)
        else:
            groups.append([clause])
        joining = False
    return tuple(map(tuple, groups[:MAX_CLAUSES])), tuple(without[:MAX_CLAUSES])


def _clause(text: str, quoted: bool) -> Clause | None:
    found: list[Token] = tokens(text)[:MAX_CLAUSES]
    if not found:
        return None
    numbered = not quoted and any(char.isdigit() for char in text) and len(found) > 1
    return Clause(
        exact=tuple(token.exact for token in found),
        folded=tuple(token.folded for token in found),
        sounds=tuple(token.sound for token in found),
        code=code(text) if numbered else "",
        quoted=quoted,
    )
