"""Numbers, shelfmarks, pages, volumes and scales as keys, by tables."""

import pytest

from search.reading.numbers import code, codes, is_number, joined

ONE_KEY = [
    ["143/NV", "143-NV", "143–NV", "143 / NV"],
    ["A.2499", "A 2499", "a-2499", "A2499"],
    ["1:10.000", "1:10,000", "1/10 000", "1:10000", "1 : 10 000", "1/10.000"],
    ["1:2,000,000", "1/2 000 000", "1:2000000"],
    ["tr. 23", "trang 23", "tr 23", "p. 23", "page 23"],
    ["quyển 10", "q.10", "Q. X", "quyển thứ 10", "vol. 10", "卷十", "tập 10", "tome X"],
    ["65/2007/NĐ-CP", "65-2007-nd-cp"],
]
APART = [
    ("1:10.000", "1:100.000"),
    ("tr. 23", "tr. 231"),
    ("quyển 1", "quyển 10"),
    ("143/NV", "143/NĐ"),
    ("q. 2", "tr. 2"),
]


@pytest.mark.parametrize("ways", ONE_KEY)
def test_one_key(ways):
    assert len({code(way) for way in ways}) == 1


@pytest.mark.parametrize("one, other", APART)
def test_other_numbers_have_other_keys(one, other):
    assert code(one) != code(other)


IN_TEXT = [
    ("Theo Nghị định 65/2007/NĐ-CP,", ["NĐ 65/2007", "65/2007", "65/2007/NĐ-CP", "65/NĐ-CP", "nđ-65-2007"]),
    ("số 01/2010/NĐ-CP", ["1/2010", "01/2010", "NĐ 1/2010"]),
    ("Công văn số 143/NV ngày 1/10/1938", ["143-NV", "NV 143", "1/10/1938"]),
    ("tỉ lệ 1/10 000, tr. 23-25", ["1:10.000", "trang 23", "p. 25"]),
    ("Đại Nam thực lục, quyển thứ X", ["q.10"]),
    ("卷十", ["quyển 10"]),
    ("Châu bản Minh Mạng, tập 64, tờ 146–147", ["q.64", "tờ 146", "tờ 147", "folio 146"]),
    ("quyển 22, tờ 2a", ["tờ 2a", "tờ 2"]),
    ("A.2499 (Hồng Đức bản đồ)", ["A2499"]),
]


@pytest.mark.parametrize("text, asked", IN_TEXT)
def test_found_in_a_text(text, asked):
    assert {code(number) for number in asked} <= codes(text)


@pytest.mark.parametrize("text", ["ngày-tháng", "quyển sách 10 trang", "d'Anville", "", "từ 1776 đến 1784", "to 1784"])
def test_no_number_of_that_kind(text):
    assert codes(text) == set()


JOINED = [
    ("A 2499", 2, "A 2499"),
    ("HM 2197 bản", 2, "HM 2197"),
    ("hm 2197", 2, "hm 2197"),
    ("tr. 23", 2, "tr. 23"),
    ("quyển 10", 2, "quyển 10"),
    ("tờ 40", 2, "tờ 40"),
    ("1/10 000", 2, "1/10 000"),
    ("1 : 10 000", 4, "1 : 10 000"),
    ("số 143/NV", 2, "143/NV"),
    ("no. 65/2007", 2, "65/2007"),
    ("NĐ 65/2007", 2, "65/2007"),
    ("QĐ 193-HĐBT", 2, "193-HĐBT"),
    ("số 7", 1, "số"),
    ("VN 1974", 1, "VN"),
    ("XVII 1838", 1, "XVII"),
    ("bản 12", 1, "bản"),
    ("Sa 1974", 1, "Sa"),
    ("to 1784", 1, "to"),
    ("đảo", 1, "đảo"),
]


@pytest.mark.parametrize("text, words, number", JOINED)
def test_numbers_typed_with_spaces(text, words, number):
    assert joined(text.split()[:4]) == (words, number)


@pytest.mark.parametrize("word", ["143/NV", "q.10", "A2499", "1:10.000", "A.2499", "65/2007"])
def test_more_than_a_plain_number(word):
    assert is_number(word)


@pytest.mark.parametrize("word", ["1838", "hoàng", "d'Anville", "17th", "ngày-tháng", "2a"])
def test_no_number_of_its_own(word):
    assert not is_number(word)
