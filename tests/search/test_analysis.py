"""Tokens, numbers, centuries and sort keys, by tables."""

import random

import pytest

from search import analysis, periods, sorting

TOKENS = [
    ("Hoàng Sa", "hoàng sa", "hoang sa"),
    ("HOA\u0300NG", "hoàng", "hoang"),
    ("Đại Nam nhất thống toàn đồ", "đại nam nhất thống toàn đồ", "dai nam nhat thong toan do"),
    ("黃沙渚", "黃 沙 渚", "黄 沙 渚"),
    ("bãi黃沙2", "bãi 黃 沙 2", "bai 黄 沙 2"),
    ("𡗶坦", "𡗶 坦", "𡗶 坦"),
    ("143-NV", "143 nv", "143 nv"),
    ("d’Anville, Îles", "d anville îles", "d anville iles"),
    ("a_b", "a b", "a b"),
    ("…", "", ""),
]


@pytest.mark.parametrize("text, exact, folded", TOKENS)
def test_tokens(text, exact, folded):
    assert analysis.exact_part([text]) == exact
    assert analysis.folded_part([text]) == folded


def test_tokens_know_their_places_in_the_composed_text():
    first, second = analysis.tokens("Hoàng Sa")
    assert (first.start, first.end, second.start, second.end) == (0, 5, 6, 8)


def test_values_are_kept_apart():
    assert analysis.folded_part(["Hoàng", "", "Sa"]) == "hoang ¶ sa"


CODES = [
    ("143/NV", "143-nv"),
    ("143-NV", "143-nv"),
    ("A.2499", "a-2499"),
    ("HM 2197", "hm-2197"),
    ("NĐ 65/2007", "nd-65-2007"),
]


@pytest.mark.parametrize("text, key", CODES)
def test_a_number_is_one_key(text, key):
    assert analysis.code(text) == key


def test_numbers_inside_a_text():
    found = analysis.codes("Theo 65/2007/NĐ-CP, tỉ lệ 1:10.000, ngày-tháng.")
    assert found == {"65-2007-nd-cp", "65-2007-nd", "65-2007", "nd-65-2007", "65-nd-cp", "1-10000"}


@pytest.mark.parametrize(
    "year, number", [(1, 1), (99, 1), (100, 2), (1838, 19), (1899, 19), (1900, 20), (0, -1), (-300, -4)]
)
def test_century(year, number):
    assert periods.century(year) == number


def test_centuries_of_a_range():
    assert periods.centuries(1590, 1710) == ["16", "17", "18"]
    assert periods.centuries(-50, 50) == ["-1", "1"]
    assert periods.centuries(None, None) == []


ALPHABETICAL = [
    ["a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "â", "ấ", "b", "d", "đ", "e", "ê", "o", "ô", "ơ", "u", "ư", "y"],
    ["An", "An Nam", "Ấn Độ", "Bản đồ", "Châu", "Đại Nam", "Hoàng Sa", "Hoàng Xá", "Trường Sa"],
    ["Tờ 2", "Tờ 9", "Tờ 10", "Tờ 100"],
    ["la", "là", "lả", "lã", "lá", "lạ", "lan"],
]


def shuffled(values: list) -> list:
    return random.Random(1974).sample(values, len(values))


@pytest.mark.parametrize("right", ALPHABETICAL)
def test_vietnamese_alphabetical_order(right):
    assert sorted(shuffled(right), key=sorting.alphabetical) == right


def test_dates_sort_by_year_and_the_undated_last():
    years = [(-300, 100), (1600, 1699), (1600, 1700), (1838, 1838), (None, None)]
    assert sorted(shuffled(years), key=lambda pair: sorting.date_key(*pair, "x")) == years
    down = [(1838, 1838), (1600, 1700), (1600, 1699), (-300, 100), (None, None)]
    assert sorted(shuffled(down), key=lambda pair: sorting.date_down_key(*pair, "x")) == down
