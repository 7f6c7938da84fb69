"""What a visitor asked for: the parameters of the search address, read and checked. Pure but for sentences.

The box is forgiving (anything unreadable is a plain search); the other parameters are strict, because
links and programs write them. Parameters that aren't ours are ignored.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.vocabulary import KINDS, SHOWN_AS

from .analysis import code
from .fields import SearchError, read_bbox, read_choice, read_number, read_switch, read_values, read_year
from .reading import box
from .reading.box import Clause, DateWords, FieldWords
from .reading.named import FIELDS, HAS

__all__ = ["FIELDS", "Clause", "DateWords", "FieldWords", "Query", "understand"]

MAX_QUERY = 500  # characters
MAX_PAGE_SIZE = 100
PAGE_SIZE = 20
REACH = 10_000  # results that can be reached by page numbers
SORTS = ("relevance", "date", "-date", "title", "newest")
VIEWS = ("list", "grid", "map", "timeline")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]+")


@dataclass(frozen=True)
class Query:
    """A search, understood. `groups`: every group must match, by any of its clauses (OR)."""

    lang: str = "vi"
    q: str = ""
    groups: tuple[tuple[Clause, ...], ...] = ()
    without: tuple[Clause, ...] = ()
    dates: tuple[DateWords, ...] = ()  # each must touch a record's years; their words aren't in `groups`
    fields: tuple[FieldWords, ...] = ()  # as they were typed; they stand in `groups` or `choices` too
    barred: tuple[FieldWords, ...] = ()  # values of filters that mustn't match: -kind:map
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
        return any(clause.marked for group in self.groups for clause in group)

    @property
    def order(self) -> str:
        """The sort that applies: with neither words nor a box there is no relevance, and titles stand in alphabetical
        order."""
        return "title" if self.sort == "relevance" and not (self.groups or self.bbox) else self.sort

    def understood(self) -> dict:
        """As plain data, for the JSON."""
        return {
            "q": self.q,
            "words": [[" ".join(clause.exact) for clause in group] for group in self.groups],
            "without": [" ".join(clause.exact) for clause in self.without],
            "dates": [
                {
                    "text": one.text,
                    "from": one.year_from,
                    "to": one.year_to,
                    "ranges": [{"from": first, "to": last} for first, last in one.ranges],
                    "label": one.label,
                    "without": one.without,
                }
                for one in self.dates
            ],
            "fields": [_told(one) for one in self.fields],
            "barred": [_told(one) for one in self.barred],
            **{name: list(values) for name, values in self.choices},
            "from": self.year_from,
            "to": self.year_to,
            "bbox": list(self.bbox) if self.bbox else None,
            "sort": self.order,
            "view": self.view,
            "literal": self.literal,
            "names": self.names,
        }


def _told(words: FieldWords) -> dict:
    value = words.value or None
    return {"text": words.text, "field": words.field, "value": value, "label": words.label, "without": words.without}


def understand(params, lang: str) -> Query:
    """In: a QueryDict or dict (values: str or list of str) and "vi" or "en". Out: a Query. Raises SearchError."""
    text = _box(params)
    literal = read_switch(params, "literal", False)
    said = box.read(text, with_dates=read_switch(params, "dates", True) and not literal)
    year_from, year_to = read_year(params, "from"), read_year(params, "to")
    if year_from is not None and year_to is not None and year_from > year_to:
        raise SearchError("bad_range", _("Năm bắt đầu phải trước hoặc bằng năm kết thúc."), "from")
    query = Query(
        lang=lang,
        q=text,
        groups=tuple(map(tuple, said.groups)),
        without=tuple(said.without),
        dates=tuple(said.dates),
        fields=tuple(said.fields),
        barred=tuple(said.barred),
        whole_code=code(said.rest) if any(map(str.isdigit, said.rest)) and not said.without else "",
        choices=_with_fields(_choices(params), said.fields),
        year_from=year_from,
        year_to=year_to,
        bbox=read_bbox(params),
        sort=read_choice(params, "sort", SORTS, "relevance"),
        view=read_choice(params, "view", VIEWS, "list"),
        literal=literal,
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


def _with_fields(choices: tuple, fields) -> tuple:
    """The filters of the address with those that the box names (kind:map): any value of one filter is enough."""
    found = dict(choices)
    for one in fields:
        if one.value:
            found[one.field] = tuple(dict.fromkeys((*found.get(one.field, ()), one.value)))
    return tuple(found.items())
