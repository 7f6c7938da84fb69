"""How dates are written for readers, and the whole years that EDTF text covers. Pure."""

import re
from datetime import date
from functools import lru_cache

from edtf import EDTFParseException, parse_edtf

EARLIEST, LATEST = 1, 2100  # years that a date here may have; also the bounds of open ends
MONTHS = "January February March April May June July August September October November December".split()
# folded words: first and last year of the century, Vietnamese, what stands before the English
PARTS = {
    "dau": (0, 33, "đầu", "early "),
    "giua": (34, 66, "giữa", "mid-"),
    "cuoi": (67, 99, "cuối", "late "),
    "nua dau": (0, 49, "nửa đầu", "first half of the "),
    "nua cuoi": (50, 99, "nửa cuối", "second half of the "),
    "nua sau": (50, 99, "nửa sau", "second half of the "),
}
ROMAN = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
POINT = re.compile(r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d\d|XX))?(?:-(?P<day>\d\d|XX))?(?P<mark>[~?%]?)")


class NotWritten(ValueError):
    """EDTF text of a form that isn't used here, or none at all."""


@lru_cache(maxsize=4096)  # the library's parser takes milliseconds, and an import asks thrice a row
def bounds(edtf: str) -> tuple[int, int]:
    """The first and last year that EDTF text covers. Raises NotWritten."""
    ends = edtf.split("/")
    if len(ends) > 2 or all(end in ("", "..") for end in ends):
        raise NotWritten(edtf)
    years = []
    for end, limit in zip((ends[0], ends[-1]), (EARLIEST, LATEST), strict=True):
        years.append((limit, limit) if len(ends) == 2 and end in ("", "..") else _years(end))
    return years[0][0], years[1][1]


def _years(point: str) -> tuple[int, int]:
    if not POINT.fullmatch(point):
        raise NotWritten(point)
    try:
        value = parse_edtf(point)
        first, last = value.lower_strict(), value.upper_strict()
    except (EDTFParseException, ValueError, AttributeError) as error:
        raise NotWritten(point) from error
    if "X" not in point and _no_such_day(point.rstrip("~?%")):
        raise NotWritten(point)
    return max(first.tm_year, EARLIEST), last.tm_year


def _no_such_day(point: str) -> bool:
    parts = [int(part) for part in point.split("-")]
    try:
        date(*parts, *[1] * (3 - len(parts)))
    except ValueError:
        return True
    return False


def both(edtf: str) -> tuple[str, str]:
    """EDTF text for readers, in Vietnamese and English. Raises NotWritten for forms that aren't used here."""
    if "/" not in edtf:
        return _point(edtf, "vi"), _point(edtf, "en")
    return _interval(edtf, "vi"), _interval(edtf, "en")


def _interval(edtf: str, lang: str) -> str:
    first, last = edtf.split("/")
    if first in ("", ".."):
        return {"vi": "đến {}", "en": "until {}"}[lang].format(_point(last, lang))
    if last in ("", ".."):
        return {"vi": "từ {}", "en": "from {}"}[lang].format(_point(first, lang))
    if first == last:
        return _point(first, lang)
    if first[-1] == last[-1] == "~":
        return f"{'khoảng' if lang == 'vi' else 'about'} {_span(first[:-1], last[:-1], lang)}"
    return _span(first, last, lang)


def _span(first: str, last: str, lang: str) -> str:
    dash = "–" if first.isdecimal() and last.isdecimal() else " – "
    return f"{_point(first, lang)}{dash}{_point(last, lang)}"


def _point(point: str, lang: str) -> str:
    found = POINT.fullmatch(point)
    if not found:
        raise NotWritten(point)
    text = _year(found["year"], lang)
    month, day = found["month"], found["day"]
    if month and month != "XX":
        text = _month(int(month), text, lang)
        if day and day != "XX":
            text = f"ngày {int(day)} {text}" if lang == "vi" else f"{int(day)} {text}"
    return _marked(text, found["mark"], lang)


def _year(year: str, lang: str) -> str:
    if year.endswith("XX"):
        return century(int(year[:2]) + 1)[lang == "en"]
    if year.endswith("X"):
        return f"thập niên {year[:3]}0" if lang == "vi" else f"{year[:3]}0s"
    return str(int(year))


def _month(month: int, year: str, lang: str) -> str:
    if not 1 <= month <= 12:
        raise NotWritten(str(month))
    return f"tháng {month} năm {year}" if lang == "vi" else f"{MONTHS[month - 1]} {year}"


def _marked(text: str, mark: str, lang: str) -> str:
    if mark in ("~", "%"):
        text = f"khoảng {text}" if lang == "vi" else f"about {text}"
    if mark in ("?", "%"):
        text += " (chưa chắc chắn)" if lang == "vi" else " (uncertain)"
    return text


def century(number: int) -> tuple[str, str]:
    """17 → ("thế kỷ XVII", "17th century")."""
    return f"thế kỷ {to_roman(number)}", f"{ordinal(number)} century"


def centuries(first: int, last: int) -> tuple[str, str]:
    vi = f"thế kỷ {to_roman(first)}–{to_roman(last)}"
    return vi, f"{ordinal(first)}–{ordinal(last)} century"


def reign(era: str, number: int, year: int) -> tuple[str, str]:
    """("Minh Mạng", 19, 1838) → ("Minh Mạng năm thứ 19 (1838)", "19th year of Minh Mạng (1838)")."""
    which = "nhất" if number == 1 else number
    return f"{era} năm thứ {which} ({year})", f"{ordinal(number)} year of {era} ({year})"


def ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def to_roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text.upper()


def from_roman(text: str) -> int | None:
    """Roman "xvii" → 17, for numbers up to 39; None when it is not written so."""
    text = text.lower()
    return next((number for number in range(1, 40) if to_roman(number).lower() == text), None)
