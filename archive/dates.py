"""Read dates as curators write them: years, spans, centuries, days, reign years, EDTF. Pure.

`parse` gives an EDTF value (ISO 8601-2, https://www.loc.gov/standards/datetime/), a range of whole years and the text
for readers in both languages. What it can't read it says in a sentence with an example.

Single dates are read by archive.solar_dates and archive.lunar_values; here stands what is said about one date
("khoảng", "trước", a question mark) and what joins several (spans, choices, lists).
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from archive import edtf_text, lunar_values, solar_dates, written_dates
from archive.date_value import UNREADABLE, DateError, DateValue, checked, value_of
from archive.folding import fold, nfc
from archive.partial_dates import completed, continued

__all__ = ["DateError", "DateValue", "parse"]

NOT_A_DATE = noop(
    "“%(text)s” không phải là niên đại. Không biết thì để trống, biết phần nào ghi phần ấy. Ví dụ: khoảng 1834; "
    "thế kỷ 17; trước 1900."
)
MEANT = _("“{text}” được hiểu là {meant}. Nếu là một khoảng năm, xin ghi đủ bốn chữ số: {first}-{last}.")

NOT_THEN = _("{date} không nằm trong {period}.")

LONGEST = 200  # characters
EDTF = re.compile(r"[\dXUYES~?%/.,\[\]{} -]+")
UNKNOWN = set(
    "khong ro|chua ro|khong ro nam|khong de nam|k.n|s.d|s. d|n.d|n. d|sans date|no date|undated|unknown".split("|")
)
ABOUT = re.compile(
    r"(?:vao )?(?:khoang(?: chung)?|ang chung|uoc chung|chung|uoc|do|ca|c(?=[. ])|circa"
    r"|about|around|approximately|approx|vers|environ|env|~)(?:\.|(?<=~)|(?= )) ?(?P<rest>.+)"
)
UNSURE = re.compile(
    r"(?:co le|co the|chac la|probably|possibly|perhaps|peut-etre) (?P<first>.+)"
    r"|(?P<rest>.+?) ?(?:\?+|[(\[]\?+[)\]]|\(?(?:chua chac chan|chua chac|khong chac|ton nghi|nghi van|uncertain)\)?)"
)
BOUNDS = [
    ("before", r"(?:truoc|before|avant|pre)[ -](?P<rest>.+)"),
    ("after", r"(?:sau|after|apres|post)[ -](?P<rest>.+)"),
    (
        "since",
        r"(?:tu|from|since|depuis|khong som hon|khong truoc|som nhat(?: la| vao)?|not before) (?P<rest>.+?)"
        r"(?: tro di| tro ve sau| ve sau| onwards?)?",
    ),
    (
        "since",
        r"(?P<rest>.+?)(?: tro di| tro ve sau| ve sau| onwards?| ?-| ?- ?nay| den(?: hien)? nay| ?(?:to|-) ?present)",
    ),
    (
        "until",
        r"(?:den|cho den|toi|until|till|up to|jusqu'en|jusqu'a|khong muon hon|khong sau|muon nhat(?: la| vao)?"
        r"|cham nhat(?: la| vao)?|not after) (?P<rest>.+)",
    ),
    ("until", r"(?:tu )?(?P<rest>.+?)(?: tro)? ve truoc"),
    ("begun", r"(?P<rest>.+?) ?- ?\?"),
    ("ended", r"\? ?- ?(?P<rest>.+)"),
]
BOUNDS = [(name, re.compile(expression)) for name, expression in BOUNDS]
OR = re.compile(r" (?:hoac(?: la)?|hay(?: la)?|or|ou) ")
AND = re.compile(r" (?:va|and|et|&) | ?[;,] ?")
BESIDE = re.compile(r"(.+?),? \((.+)\)|(.+?), (.+)")
BETWEEN = re.compile(r"(?:between|giua|entre) (?P<first>.+?) (?:and|va|et) (?P<last>.+)")
FROM = re.compile(r"(?:(?:trong )?(?:khoang )?tu|from|de|du|cac nam|trong cac nam|nhung nam(?= \d{3,4} ?-)) ")
TO = re.compile(r" ?(?:-|/|;|\.\.) ?| (?:den|cho den|toi|to|until|till|au|a) | (?=dau (?:the k[yi]|tk))")
Reader = Callable[[str, str], DateValue | None]


def parse(text: str) -> DateValue:
    """Read one date. Raises DateError."""
    text = " ".join(nfc(text).split())
    if not text or len(text) > LONGEST:
        raise DateError(UNREADABLE, text=text[:LONGEST])
    plain = fold(text).strip(" ,;")
    plain = plain if plain.endswith("..") else plain.rstrip(".")
    if plain in UNKNOWN:
        raise DateError(NOT_A_DATE, text=text)
    value = _edtf(text) or _any(plain, text)
    if value is None:
        raise DateError(UNREADABLE, text=text)
    return checked(value, text)


def _any(plain: str, text: str) -> DateValue | None:
    """What the text says, as one date or several."""
    if not plain:
        return None
    for read in (_one, _in_period, _bound, _any_qualified, _between, _choice, _span):
        value = read(plain, text)
        if value:
            return value
    return None


def _any_qualified(plain: str, text: str) -> DateValue | None:
    return _qualified(plain, text, _any)


def _one(plain: str, text: str) -> DateValue | None:
    """One date, qualified or not."""
    if not plain:
        return None
    value = solar_dates.read(plain, text) or lunar_values.read(plain, text, _beside)
    return value or _qualified(plain, text, _one)


def _beside(plain: str, text: str) -> DateValue | None:
    """What stands beside a reign or a year name: a date of our calendar."""
    return solar_dates.read(plain, text) or _qualified(plain, text, solar_dates.read) or _years(plain, text)


def _years(plain: str, text: str) -> DateValue | None:
    found = re.fullmatch(r"(?:tu )?(\d{4}) ?(?:-|den) ?(\d{4})", plain)
    return value_of(f"{found[1]}/{found[2]}", text) if found else None


def _edtf(text: str) -> DateValue | None:
    """EDTF as it stands. [1910] is a year that the catalogue supplies (ISBD), not a set of one."""
    edtf = unicodedata.normalize("NFKC", text).upper().replace("U", "X")
    if not EDTF.fullmatch(edtf) or re.fullmatch(r"\[[^,]*\]", edtf) and ".." not in edtf:
        return None
    try:
        edtf = re.sub(r"^([~?%])(\d{4})$", r"\2\1", edtf.replace(", ", ","))
        value = value_of(edtf_text.interval(*edtf.split("/")) if edtf.count("/") == 1 else edtf, text)
    except (DateError, edtf_text.NotEdtf):
        return None
    found = re.fullmatch(r"(\d\d)(\d\d)-(\d\d)", edtf)
    if not found or found[3] <= found[2]:
        return value
    last = found[1] + found[3]
    warning = format_lazy(MEANT, text=text, meant=_display(value), first=found[1] + found[2], last=last)
    return replace(value, warning=warning)


def _in_language(value: DateValue) -> str:
    return value.display_en if (get_language() or "vi").startswith("en") else value.display_vi


_display = lazy(_in_language, str)


# --- what is said about a date ----------------------------------------------------------------------


def _qualified(plain: str, text: str, read: Reader) -> DateValue | None:
    """khoảng 1834, 1834?, [1834]."""
    if plain[0] + plain[-1] in ("[]", "()") and not re.search(r"[\[\]()]", plain[1:-1]):
        value = read(plain[1:-1], text)
        if value and plain[0] == "[":
            return replace(value, display_vi=f"[{value.display_vi}]", display_en=f"[{value.display_en}]")
        return value
    found = ABOUT.fullmatch(plain)
    if found:
        return _marked(read(found["rest"], text), "~", text)
    found = UNSURE.fullmatch(plain)
    return _marked(read(found["first"] or found["rest"], text), "?", text) if found else None


def _marked(value: DateValue | None, mark: str, text: str) -> DateValue | None:
    if value is None:
        return None
    words = [
        written_dates.with_mark(value.display_vi, mark, "vi"),
        written_dates.with_mark(value.display_en, mark, "en"),
    ]
    return value_of(edtf_text.marked(value.edtf, mark), text, tuple(words), value.warning)


def _bound(plain: str, text: str) -> DateValue | None:
    """trước, sau, từ, đến: an interval with an open end."""
    for name, expression in BOUNDS:
        found = expression.fullmatch(plain)
        value = found and _one(found["rest"], text)
        if value and not re.search(r"\.\.(?:/|$)|(?:/|^)\.\.", value.edtf):
            return BOUND[name](value, text)
    return None


def _before(value: DateValue, text: str) -> DateValue:
    words = f"trước {_named(value)}", f"before {written_dates.the(value.display_en)}"
    return value_of(f"../{edtf_text.just_before(value.edtf)}", text, words, value.warning)


def _after(value: DateValue, text: str) -> DateValue:
    words = f"sau {_named(value)}", f"after {written_dates.the(value.display_en)}"
    return value_of(f"{edtf_text.just_after(value.edtf)}/..", text, words, value.warning)


def _since(value: DateValue, text: str) -> DateValue:
    words = f"từ {value.display_vi}", f"from {written_dates.the(value.display_en)}"
    return value_of(edtf_text.interval(edtf_text.ends(value.edtf)[0], ".."), text, words, value.warning)


def _until(value: DateValue, text: str) -> DateValue:
    words = f"đến {value.display_vi}", f"until {written_dates.the(value.display_en)}"
    return value_of(edtf_text.interval("..", edtf_text.ends(value.edtf)[1]), text, words, value.warning)


def _named(value: DateValue) -> str:
    return f"năm {value.display_vi}" if value.display_vi.isdecimal() else value.display_vi


def _begun(value: DateValue, text: str) -> DateValue:
    words = f"từ {value.display_vi}, chưa rõ năm cuối", f"from {written_dates.the(value.display_en)}, end unknown"
    return value_of(edtf_text.interval(edtf_text.ends(value.edtf)[0], ""), text, words, value.warning)


def _ended(value: DateValue, text: str) -> DateValue:
    words = (
        f"đến {value.display_vi}, chưa rõ năm đầu",
        f"until {written_dates.the(value.display_en)}, start unknown",
    )
    return value_of(edtf_text.interval("", edtf_text.ends(value.edtf)[1]), text, words, value.warning)


BOUND = {"begun": _begun, "ended": _ended, "before": _before, "after": _after, "since": _since, "until": _until}


def _in_period(plain: str, text: str) -> DateValue | None:
    """đời Nguyễn, 1838; 1838 (đời Nguyễn): the date rules."""
    found = BESIDE.fullmatch(plain)
    parts = [part for part in found.groups() if part] if found else []
    if len(parts) != 2 or solar_dates.is_period(parts[0]) == solar_dates.is_period(parts[1]):
        return None
    first, second = sorted(parts, key=solar_dates.is_period)
    value, period = _one(first, text), _one(second, text)
    if value is None or period is None:
        return None
    outside = value.year_to < period.year_from or value.year_from > period.year_to
    warning = format_lazy(NOT_THEN, date=value.display_vi, period=period.display_vi) if outside else value.warning
    words = f"{value.display_vi}, {period.display_vi}", f"{value.display_en}, {period.display_en}"
    return replace(value, display_vi=words[0], display_en=words[1], warning=warning)


# --- several dates ----------------------------------------------------------------------------------


def _choice(plain: str, text: str) -> DateValue | None:
    """1838 hoặc 1839 (one of them); 1838, 1840 và 1845 (each of them)."""
    one = bool(OR.search(plain))
    parts = [part for piece in OR.split(plain) for part in AND.split(piece)]
    if len(parts) < 2 or "" in parts:
        return None
    values = [_one(parts[-1], text) or _span(parts[-1], text)]
    for part in reversed(parts[:-1]):
        values.insert(0, _completed(part, values[0], text) or _span(part, text) if values[0] else None)
    if None in values:
        return None
    members = [edtf_text.member(value.edtf) for value in values]
    if None in members:
        return None
    opening, closing, word = ("[", "]", "or") if one else ("{", "}", "and")
    words = (
        written_dates.joined([value.display_vi for value in values], word, "vi"),
        written_dates.joined([value.display_en for value in values], word, "en"),
    )
    return value_of(opening + ",".join(members) + closing, text, words, _warning(values))


def _between(plain: str, text: str) -> DateValue | None:
    """giữa 1906 và 1912."""
    found = BETWEEN.fullmatch(plain)
    return _joined(found["first"], found["last"], False, text) if found else None


def _span(plain: str, text: str) -> DateValue | None:
    """1776-1784, từ tháng 2 đến tháng 5 năm 1838, Minh Mạng 17-19; two names of a year: Cảnh Hưng 47 / Thái Đức 9."""
    plain = FROM.sub("", plain, count=1) if FROM.match(plain) else plain
    for sign in TO.finditer(plain):
        value = _joined(plain[: sign.start()], plain[sign.end() :], sign[0].strip() in ("/", ";"), text)
        if value:
            return value
    return None


def _joined(left: str, right: str, names: bool, text: str) -> DateValue | None:
    last = _one(right, text)
    if last is None:
        longer = continued(left, right)
        first, last = _one(left, text), longer and _one(longer, text)
    else:
        first = _completed(left, last, text)
    if first is None or last is None:
        return None
    if names and first.edtf == last.edtf:
        vi, en = f"{first.display_vi} / {last.display_vi}", f"{first.display_en} / {last.display_en}"
        return replace(first, display_vi=vi, display_en=en, warning=_warning([first, last]))
    edtf = edtf_text.interval(edtf_text.ends(first.edtf)[0], edtf_text.ends(last.edtf)[1])
    if re.fullmatch(r"\d\dXX/\d\dXX", edtf):
        words = written_dates.centuries(int(first.edtf[:2]) + 1, int(last.edtf[:2]) + 1)
    else:
        words = (
            written_dates.spanned(first.display_vi, last.display_vi),
            written_dates.spanned(first.display_en, last.display_en),
        )
    return value_of(edtf, text, words, _warning([first, last]))


def _completed(left: str, last: DateValue, text: str) -> DateValue | None:
    """The first of two dates; what it leaves out is taken from the last ("3 – 5 tháng 2 năm 1939")."""
    value = _one(left, text)
    if value is None:
        longer = completed(left, last.edtf)
        value = longer and _one(longer, text)
    return value or None


def _warning(values: list[DateValue]):
    return next((value.warning for value in values if value.warning), "")
