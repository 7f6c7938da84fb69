"""EDTF text (ISO 8601-2, https://www.loc.gov/standards/datetime/), levels 0 to 2: what it covers, its marks. Pure.

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
    if any(is_open(end) for end in (first, last)) and any(_season(end) or "X" in end for end in (first, last)):
        raise NotEdtf(f"{first}/{last}")  # the library can't read it, and prints
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
    if significant:  # 1950S2: some year of 1900 to 1999, thought to be 1950
        keep = max(len(digits) - 4 + int(significant), len(digits) - 3)
        digits = digits[:keep] + "X" * (len(digits) - keep)
    ends = sorted(int(digits.replace("X", fill)) for fill in "09")
    # the 1st century is the years 1 to 99: there is no year 0 in it, while -00XX holds it
    if digits in ("00XX", "000X"):
        return EARLIEST, ends[1]
    return ends[0], ends[1]


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


def ends(edtf: str) -> tuple[str, str]:
    """The first and last point of EDTF text, for an interval that begins or ends with it."""
    if edtf[0] in "[{":
        (first, _m, _d), (last, _n, _e) = extent(edtf)
        return year_text(first), year_text(last)
    parts = edtf.split("/")
    return parts[0], parts[-1]


def interval(first: str, last: str) -> str:
    """Two points as an interval, ".." for an open end; decades, centuries and seasons as years and months where the
    library reads no mark or open end beside them."""
    edtf = f"{first}/{last}"
    try:
        extent(edtf)
    except NotEdtf:
        pairs = zip((first, last), (0, 1), strict=True)
        plain = [(end.rstrip("~?%"), mark_of(end), side) for end, side in pairs]
        return "/".join(end if is_open(end) else _exact(end, side) + mark for end, mark, side in plain)
    return edtf


def member(edtf: str) -> str | None:
    """EDTF text as a part of a set, or None when it can't be one; the library reads no season or soft edge there."""
    if edtf[0] == "[":
        return edtf[1:-1]
    if edtf[0] == "{":
        return None
    first, slash, last = edtf.partition("/")
    if not slash and not _season(first):
        return first
    edges = [
        end if is_open(end) else _exact(end.rstrip("~?%"), side) for side, end in enumerate((first, last or first))
    ]
    return "..".join("" if is_open(edge) else edge for edge in edges)


def just_before(edtf: str) -> str:
    """The last year, month or day before EDTF text, as exact as the text is: 1900 → 1899, 1938-03 → 1938-02."""
    return _beside(edtf, 0)


def just_after(edtf: str) -> str:
    """The first year, month or day after EDTF text."""
    return _beside(edtf, 1)


def _beside(edtf: str, side: int) -> str:
    step, mark = (-1, 1)[side], mark_of(edtf)
    year, month, day = extent(edtf)[side]
    exact = ends(edtf)[side].rstrip("~?%").removeprefix("-").count("-")
    if not exact or edtf[0] in "[{Y":
        return year_text(year + step) + mark
    if exact == 2:
        day += step
        if 1 <= day <= days_in(year, month):
            return f"{year_text(year)}-{month:02d}-{day:02d}{mark}"
    month += step
    if not 1 <= month <= 12:
        year, month = year + step, (12, 1)[side]
    text = f"{year_text(year)}-{month:02d}"
    return text + (f"-{(days_in(year, month), 1)[side]:02d}" if exact == 2 else "") + mark
