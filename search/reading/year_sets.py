"""Several times in one run of words: "1974 và 1988", "1974, 1988", "thế kỷ 17 hoặc 19". Pure.

A record is asked to be of any of them: nothing is of 1974 and of 1988. What lies between is asked for by a range
("từ 1974 đến 1988", "1974-1988"), which archive.dates reads.
"""

import re
from functools import lru_cache
from itertools import combinations

from archive import dates
from archive.date_value import DateValue
from archive.edtf_text import EARLIEST, LATEST, OLDEST
from archive.folding import fold
from archive.partial_dates import completed, continued
from archive.written_dates import joined

_OR = r"hoặc|hoac|hay|or|ou"
DECADES = "những năm|nhung nam|thập niên|thap nien|thập kỷ|thập kỉ|thap ky|thap ki"
_JOIN = re.compile(rf"\s*[,;]\s*(?:(?:và|va|and|et|{_OR})\s+)?|\s+(?:và|va|and|et|{_OR}|&)\s+", re.IGNORECASE)
_EITHER = re.compile(rf"\s(?:{_OR})\s", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between|giữa|giua|entre)\s", re.IGNORECASE)
_PLURALS = (("centuries", "century"), ("siècles", "siècle"), ("siecles", "siecle"))
_YEAR = re.compile(r"\d{3,4}$")
_DECADE = re.compile(rf"({DECADES}) (\d\d)\d0$", re.IGNORECASE)
_ROUND = re.compile(r"(\d\d)?\d0")
_CENTURY = re.compile(r"\d\dXX")

Range = tuple[int | None, int | None]


def range_of(value: DateValue) -> Range:
    """First and last year; None is open."""
    first = None if value.year_from in (EARLIEST, OLDEST) else value.year_from
    return first, None if value.year_to == LATEST else value.year_to


def read(text: str) -> list[tuple[str, DateValue]] | None:
    """[(words, what they mean)] of two and more times, in the order of the words; None where the text is no such list.

    "sau 1974 và trước 1988" is none: both are meant of one record. "trước 1900 hoặc sau 1975" is.
    """
    for several, one in _PLURALS:
        text = text.replace(several, one)
    parts = _JOIN.split(text)
    if len(parts) < 2 or "" in parts:
        return None
    found = _completed(parts)
    if not found or any(value.edtf[0] in "[{" for _part, value in found):
        return None
    is_open = any(None in range_of(value) for _part, value in found)
    return None if is_open and not _EITHER.search(text) else found


def is_plain(text: str, found: list[tuple[str, DateValue]]) -> bool:
    """Whether a list can be nothing else: no "between", and no two times of which one may say where the other lies
    ("đời Minh Mạng, 1838"). Then archive.dates needn't be asked of the whole, which takes a hundred times as long."""
    ranges = [(value.year_from, value.year_to) for _words, value in found]
    apart = all(one[1] < other[0] or other[1] < one[0] for one, other in combinations(ranges, 2))
    return apart and not _BETWEEN.match(text)


def _completed(parts: list[str]) -> list[tuple[str, DateValue]] | None:
    """Each part as a date: "thế kỷ 17 và 19" says the century once, before; "17th and 19th century" behind."""
    found: list[tuple[str, DateValue | None]] = []
    for part in parts:
        before = fold(found[-1][0]) if found else ""
        # "1838 và 40" is no year 1840: what is counted stands there as often.
        longer = continued(before, fold(part)) if before and not _YEAR.search(before) else None
        decade = found and _DECADE.match(found[-1][0])
        if decade and _ROUND.fullmatch(part):  # "những năm 1930 và 50"; 1955 would be a year
            longer = f"{decade[1]} {part if len(part) == 4 else decade[2] + part}"
        found.append((longer or part, _parsed(longer or part)))
    for at in range(len(found) - 2, -1, -1):
        (part, value), after = found[at], found[at + 1][1]
        if value is None and after is not None and _CENTURY.fullmatch(after.edtf):
            longer = completed(fold(part), after.edtf)
            found[at] = (longer or part, longer and _parsed(longer))
    return None if any(value is None for _part, value in found) else found


@lru_cache(maxsize=4_000)
def _parsed(text: str) -> DateValue | None:
    if text.isdecimal() and len(text) < 3:  # of EDTF a century
        return None
    try:
        return dates.parse(text)
    except dates.DateError:
        return None


def label(values: list[DateValue]) -> tuple[str, str]:
    """Any of them in words: "năm 1974 hoặc năm 1988", "1974 or 1988"."""
    vi = [f"năm {value.display_vi}" if value.display_vi.isdecimal() else value.display_vi for value in values]
    return joined(vi, "or", "vi"), joined([value.display_en for value in values], "or", "en")
