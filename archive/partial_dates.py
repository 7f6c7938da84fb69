"""Dates that leave out what another beside them says: "3 – 5 tháng 2 năm 1939", "1776–84", "Minh Mạng 17–19". Pure."""

import re

from archive import reigns
from archive.solar_dates import MONTHS, SEASONS, WORDS, any_of

MONTH = rf"(?P<m>\d{{1,2}}|{any_of(WORDS)}|{any_of(MONTHS)})"
DAY_OF_MONTH = re.compile(
    rf"(?:ngay )?(?P<d>\d{{1,2}})(?: thang |[/.-]| (?=[a-z])){MONTH}|(?P<n>{any_of(MONTHS)}) (?P<e>\d{{1,2}})"
)
DAY = re.compile(r"(?:ngay )?(?P<d>\d{1,2})(?:st|nd|rd|th|er)?")
SEASON = re.compile(rf"(?:mua )?(?P<s>{any_of(SEASONS)})")
CENTURY = re.compile(r"(?:the k[yi]|tk\.?)?(?: thu)? ?(?P<c>\d{1,2}|[ivx]+)(?:st|nd|rd|th|e)?")
NUMBER = re.compile(r"(?:nam )?(?:thu )?(?P<n>\d{1,2})")


def completed(left: str, edtf: str) -> str | None:
    """The first of two dates with what it lacks from the EDTF of the last, or None.

    ("ngay 3", "1939-02-05") → "3/2/1939"; ("thang 2", "1838-05") → "2/1838"; ("xvii", "17XX") → "the ky xvii".
    """
    year, *rest = edtf.rstrip("~?%").split("-")
    if re.fullmatch(r"\d\dXX", year) and not rest:
        found = CENTURY.fullmatch(left)
        return found and f"the ky {found['c']}"
    if not re.fullmatch(r"\d{4}", year) or not all(part.isdecimal() for part in rest):
        return None
    if len(rest) == 2:
        found = DAY.fullmatch(left)
        if found:
            return f"{found['d']}/{int(rest[0])}/{year}"
        found = DAY_OF_MONTH.fullmatch(left)
        return found and f"{found['d'] or found['e']}/{_number(found['m'] or found['n'])}/{year}"
    if len(rest) == 1 and int(rest[0]) > 12:
        found = SEASON.fullmatch(left)
        return found and f"mua {found['s']} {year}"
    found = re.fullmatch(rf"(?:thang )?{MONTH}\.?", left) if rest else None
    return found and f"{_number(found['m'])}/{year}"


def _number(month: str) -> int:
    if month.isdecimal():
        return int(month)
    return MONTHS.get(month) or WORDS[month]


def continued(left: str, right: str) -> str | None:
    """The last of two dates with what it lacks from the first, as written, or None.

    ("1776", "84") → "1784"; ("minh mang 17", "19") → "minh mang 19".
    """
    found = re.search(r"(\d{3,4})$", left)
    if found and re.fullmatch(r"\d{1,2}", right):
        first = found[1]
        return first[: -len(right)] + right if right > first[-len(right) :] else None
    if re.match(r"the k[yi] |tk", left):
        found = CENTURY.fullmatch(right)
        return found and f"the ky {found['c']}"
    found, number = re.match(rf"(?:nam )?({reigns.pattern()})(?![a-z])", left), NUMBER.fullmatch(right)
    return f"{found[1]} {number['n']}" if found and number else None
