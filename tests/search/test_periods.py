"""The facet of centuries agrees with how archive.dates reads a century."""

import pytest

from archive.dates import parse
from search.periods import MOST_DECADES, centuries, century, decades


@pytest.mark.parametrize("number", range(1, 22))
def test_a_century_stands_under_itself_alone(number):
    value = parse(f"thế kỷ {number}")
    assert centuries(value.year_from, value.year_to) == [str(number)]


@pytest.mark.parametrize("number", range(1, 10))
def test_before_christ_too(number):
    value = parse(f"thế kỷ {number} TCN")
    assert centuries(value.year_from, value.year_to) == [str(-number)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1599", ["16"]),
        ("1600", ["17"]),
        ("1699", ["17"]),
        ("1700", ["18"]),
        ("1699-1700", ["17", "18"]),
        ("cuối thế kỷ 17", ["17"]),
        ("thập niên 1690", ["17"]),
        ("thế kỷ 17-18", ["17", "18"]),
        ("năm 111 TCN", ["-2"]),
    ],
)
def test_dates_stand_under_the_centuries_they_touch(text, found):
    value = parse(text)
    assert centuries(value.year_from, value.year_to) == found


def test_there_is_no_century_nought():
    assert [century(year) for year in (-100, -99, 0, 1, 99)] == [-2, -1, -1, 1, 1]
    assert centuries(-50, 50) == ["-1", "1"]
    assert centuries(None, None) == []


@pytest.mark.parametrize(
    ("text", "first", "last", "count"),
    [
        ("1838", "1830", "1830", 1),
        ("thế kỷ 17", "1600", "1690", 10),
        ("thập niên 1930", "1930", "1930", 1),
        ("1939-1940", "1930", "1940", 2),
        ("năm 111 TCN", "-110", "-110", 1),
    ],
)
def test_dates_stand_under_the_decades_they_touch(text, first, last, count):
    value = parse(text)
    found = decades(value.year_from, value.year_to)
    assert (found[0], found[-1], len(found)) == (first, last, count)


def test_very_long_ranges_count_at_their_ends():
    found = decades(-5000, 1999)
    assert len(found) == MOST_DECADES and found[0] == "-5000" and found[-1] == "1990" and "0" not in found
    assert decades(None, None) == [] and decades(1838, None) == decades(None, 1838) == ["1830"]
