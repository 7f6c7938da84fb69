"""EDTF text (ISO 8601-2, https://www.loc.gov/standards/datetime/), levels 0 to 2: what it covers, and how to mark it. Pure.

The `edtf` library says whether text is EDTF; what text covers is counted here, because the library gives a float for an
open end, ten more years for an unknown one, and nothing for a set with an open side.
"""

import re
from calendar import monthrange
from functools import lru_cache

from edtf import EDTFParseException, parse_edtf

OLDEST = -99_999  # years are counted as ISO 8601 counts them: 0 is 1 BC
EARLIEST, LATEST = 1, 2100  # the bounds of open ends
LONGEST = 100  # characters of EDTF text that a record keeps

DIGITS = r"\d{4}|\d{3}X|\d\dXX|\dXXX"
POINT = re.compile(
    rf"(?P<q1>[~?%]?)(?P<year>-?(?:{DIGITS})|Y-?\d{{5,6}}|Y-?\d{{1,3}}E\d|-?\d{{4}}S\d)(?P<q2>[~?%]?)"
    r"(?:-(?P<q3>[~?%]?)(?P<month>\d\d|XX)(?P<q4>[~?%]?))?(?:-(?P<q5>[~?%]?)(?P<day>\d\d|XX)(?P<q6>[~?%]?))?"
)
# Months that codes above 12 stand for; winter is counted in the year that is written with it.
SPRING, SUMMER, AUTUMN, WINTER = (3, 5), (6, 8), (9, 11), (1, 12)
SEASONS = {
    21: SPRING, 22: SUMMER, 23: AUTUMN, 24: WINTER, 25: SPRING, 26: SUMMER, 27: AUTUMN, 28: WINTER,
    29: AUTUMN, 30: WINTER, 31: SPRING, 32: SUMMER, 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip
Day = tuple[int, int, int]


class NotEdtf(ValueError):
    """Text that isn't EDTF, or EDTF of a form that isn't used here."""


@lru_cache(maxsize=4096)  # the library's parser takes milliseconds, and an import asks thrice a row
def extent(edtf: str) -> tuple[Day, Day]:
    """The first and last day (year, month, day) that EDTF text covers. Raises NotEdtf."""
    first, last = _extent(edtf)
    try:
        parse_edtf(edtf)
    except (EDTFParseException, ValueError, AttributeError, TypeError) as error:
        raise NotEdtf(edtf) from error
    return first, last


def bounds(edtf: str) -> tuple[int, int]:
    """The first and last year that EDTF text covers; an open end is EARLIEST (or OLDEST) or LATEST. Raises NotEdtf."""
    first, last = extent(edtf)
    return first[0], last[0]


def _extent(edtf: str) -> tuple[Day, Day]:
    if edtf[:1] + edtf[-1:] in ("[]", "{}"):
        parts = [_span(*part) for part in members(edtf)]
        return min(part[0] for part in parts), max(part[1] for part in parts)
    ends = edtf.split("/")
    if len(ends) == 1:
        return point_extent(edtf)
    if len(ends) > 2:
        raise NotEdtf(edtf)
    return _span(*ends)


def members(edtf: str) -> list[tuple[str, str]]:
    """The parts of a set as (first, last) points; ".." for an open side, the same point twice for a single one."""
    found = []
    for part in edtf[1:-1].split(","):
        first, dots, last = part.strip().partition("..")
        found.append((first or "..", last or "..") if dots else (first, first))
    return found


def _span(first: str, last: str) -> tuple[Day, Day]:
    if is_open(first) and is_open(last):
        raise NotEdtf(f"{first}/{last}")
    end = (LATEST, 12, 31) if is_open(last) else point_extent(last)[1]
    if not is_open(first):
        return point_extent(first)[0], end
    return (EARLIEST if end[0] >= EARLIEST else OLDEST, 1, 1), end


def is_open(end: str) -> bool:
    return end in ("", "..")


def point_extent(point: str) -> tuple[Day, Day]:
    """The first and last day of one point in time. Raises NotEdtf."""
    found = POINT.fullmatch(point)
    if not found:
        raise NotEdtf(point)
    first, last = _years(found["year"])
    return _in_year(first, found, 0), _in_year(last, found, 1)


def _years(year: str) -> tuple[int, int]:
    if year.startswith("Y"):
        base, _e, power = year[1:].partition("E")
        number = int(base) * 10 ** int(power or 0)
        return number, number
    digits, _s, significant = year.partition("S")
    if significant:
        digits = digits[: int(significant) - len(digits.lstrip("-"))] or digits if int(significant) < 4 else digits
        digits += "X" * (4 - len(digits.lstrip("-")))
    ends = sorted(int(digits.replace("X", fill)) for fill in "09")
    # the 1st century is the years 1 to 99: there is no year 0 in it, while -00XX holds it
    return (max(ends[0], EARLIEST), ends[1]) if digits == "00XX" or digits == "000X" else (ends[0], ends[1])


def _in_year(year: int, found: re.Match, end: int) -> Day:
    month, day = found["month"], found["day"]
    if month and month.isdecimal() and int(month) > 12:
        if int(month) not in SEASONS or day:
            raise NotEdtf(found[0])
        number = SEASONS[int(month)][end]
        return year, number, (1, days_in(year, number))[end]
    number = int(month) if month and month != "XX" else (1, 12)[end]
    if not 1 <= number <= 12:
        raise NotEdtf(found[0])
    longest = days_in(year, number)
    if not day or day == "XX":
        return year, number, (1, longest)[end]
    if not 1 <= int(day) <= longest:
        raise NotEdtf(found[0])
    return year, number, int(day)


def days_in(year: int, month: int) -> int:
    """Days of a month in the proleptic Gregorian calendar, also for the year 0 and before."""
    return monthrange(year % 400 + 400, month)[1]


def mark_of(point: str) -> str:
    """What qualifies a point, wherever it stands: "~" approximate, "?" uncertain, "%" both, or ""."""
    marks = {char for char in point if char in "~?%"}
    return "%" if "%" in marks or len(marks) == 2 else "".join(marks)


def marked(edtf: str, mark: str) -> str:
    """EDTF text, each of its points qualified by mark ("~" or "?") too.

    EDTF has no qualified season, and the library none on decades and centuries of an interval: months and years then.
    """
    if mark_of(edtf):
        mark = mark if mark_of(edtf) == mark else "%"
        edtf = re.sub("[~?%]", "", edtf)
    if edtf[0] in "[{":
        return re.sub(rf"(?<![\dX])-?(?:{DIGITS})(?:-\d\d){{0,2}}", rf"\g<0>{mark}", edtf)
    ends = edtf.split("/")
    if len(ends) == 1 and not _season(edtf):
        return edtf + mark
    pairs = zip((ends[0], ends[-1]), (0, 1), strict=True)
    return "/".join(end if is_open(end) else _exact(end, side) + mark for end, side in pairs)


def _season(point: str) -> bool:
    found = POINT.fullmatch(point)
    return bool(found and found["month"] and found["month"].isdecimal() and int(found["month"]) > 12)


def _exact(point: str, side: int) -> str:
    year, month, _day = point_extent(point)[side]
    if _season(point):
        return f"{year_text(year)}-{month:02d}"
    return year_text(year) if "X" in point else point


def year_text(year: int) -> str:
    """A year as EDTF writes it: 1838, 0044, -0110, Y-12000."""
    if year < -9999:
        return f"Y{year}"
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"
