"""Dates as curators write them; the reign years are those of the sources named in archive/data/reigns.json."""

import json

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from archive import reigns
from archive.dates import DateError, DateValue, parse
from archive.folding import fold
from archive.written_dates import EARLIEST, LATEST

READ = [
    # text, EDTF, first year, last year, Vietnamese, English
    ("1838", "1838", 1838, 1838, "1838", "1838"),
    ("năm 1838", "1838", 1838, 1838, "1838", "1838"),
    ("１８３８", "1838", 1838, 1838, "1838", "1838"),
    ("khoảng 1834", "1834~", 1834, 1834, "khoảng 1834", "about 1834"),
    ("Khoảng năm 1834", "1834~", 1834, 1834, "khoảng 1834", "about 1834"),
    ("khoang 1834", "1834~", 1834, 1834, "khoảng 1834", "about 1834"),
    ("1838 (?)", "1838?", 1838, 1838, "1838 (chưa chắc chắn)", "1838 (uncertain)"),
    ("khoảng 1838?", "1838%", 1838, 1838, "khoảng 1838 (chưa chắc chắn)", "about 1838 (uncertain)"),
    ("1776-1784", "1776/1784", 1776, 1784, "1776–1784", "1776–1784"),
    ("1776 – 1784", "1776/1784", 1776, 1784, "1776–1784", "1776–1784"),
    ("1776/1784", "1776/1784", 1776, 1784, "1776–1784", "1776–1784"),
    ("từ năm 1776 đến năm 1784", "1776/1784", 1776, 1784, "1776–1784", "1776–1784"),
    ("khoảng 1865-1910", "1865~/1910~", 1865, 1910, "khoảng 1865–1910", "about 1865–1910"),
    ("trước 1900", "../1899", EARLIEST, 1899, "trước năm 1900", "before 1900"),
    ("sau năm 1945", "1946/..", 1946, LATEST, "sau năm 1945", "after 1945"),
    ("thế kỷ 17", "16XX", 1600, 1699, "thế kỷ XVII", "17th century"),
    ("Thế kỉ XVII", "16XX", 1600, 1699, "thế kỷ XVII", "17th century"),
    ("thế kỷ 19", "18XX", 1800, 1899, "thế kỷ XIX", "19th century"),
    ("cuối thế kỷ XVII", "1667~/1699~", 1667, 1699, "cuối thế kỷ XVII", "late 17th century"),
    ("đầu thế kỷ XX", "1900~/1933~", 1900, 1933, "đầu thế kỷ XX", "early 20th century"),
    ("giữa thế kỷ 18", "1734~/1766~", 1734, 1766, "giữa thế kỷ XVIII", "mid-18th century"),
    ("nửa đầu thế kỷ 19", "1800~/1849~", 1800, 1849, "nửa đầu thế kỷ XIX", "first half of the 19th century"),
    ("khoảng thế kỷ XVII", "16XX~", 1600, 1699, "khoảng thế kỷ XVII", "about the 17th century"),
    ("thế kỷ XVII-XVIII", "16XX/17XX", 1600, 1799, "thế kỷ XVII–XVIII", "17th–18th century"),
    ("thế kỷ 1", "00XX", 1, 99, "thế kỷ I", "1st century"),
    ("thập niên 1830", "183X", 1830, 1839, "thập niên 1830", "1830s"),
    ("những năm 1830", "183X", 1830, 1839, "thập niên 1830", "1830s"),
    ("1830s", "183X", 1830, 1839, "thập niên 1830", "1830s"),
    ("ngày 15 tháng 5 năm 2017", "2017-05-15", 2017, 2017, "ngày 15 tháng 5 năm 2017", "15 May 2017"),
    ("15/5/2017", "2017-05-15", 2017, 2017, "ngày 15 tháng 5 năm 2017", "15 May 2017"),
    ("15.05.2017", "2017-05-15", 2017, 2017, "ngày 15 tháng 5 năm 2017", "15 May 2017"),
    ("29/2/1904", "1904-02-29", 1904, 1904, "ngày 29 tháng 2 năm 1904", "29 February 1904"),
    ("tháng 8 năm 1908", "1908-08", 1908, 1908, "tháng 8 năm 1908", "August 1908"),
    ("tháng 8/1908", "1908-08", 1908, 1908, "tháng 8 năm 1908", "August 1908"),
    # EDTF itself
    ("1680~/1705~", "1680~/1705~", 1680, 1705, "khoảng 1680–1705", "about 1680–1705"),
    ("1838~", "1838~", 1838, 1838, "khoảng 1838", "about 1838"),
    ("16XX", "16XX", 1600, 1699, "thế kỷ XVII", "17th century"),
    ("16xx", "16XX", 1600, 1699, "thế kỷ XVII", "17th century"),
    ("1939-02-03", "1939-02-03", 1939, 1939, "ngày 3 tháng 2 năm 1939", "3 February 1939"),
    ("1908-08", "1908-08", 1908, 1908, "tháng 8 năm 1908", "August 1908"),
    ("1938?", "1938?", 1938, 1938, "1938 (chưa chắc chắn)", "1938 (uncertain)"),
    ("../1900", "../1900", EARLIEST, 1900, "đến 1900", "until 1900"),
    ("/1900", "/1900", EARLIEST, 1900, "đến 1900", "until 1900"),
    ("1945/..", "1945/..", 1945, LATEST, "từ 1945", "from 1945"),
    ("1745-10-XX", "1745-10-XX", 1745, 1745, "tháng 10 năm 1745", "October 1745"),
    (
        "1933-07-19/1933-07-26",
        "1933-07-19/1933-07-26",
        1933,
        1933,
        "ngày 19 tháng 7 năm 1933 – ngày 26 tháng 7 năm 1933",
        "19 July 1933 – 26 July 1933",
    ),
]

# Pairs of era year and Gregorian year that documents give.
REIGNS = [
    ("Minh Mạng năm thứ 19", 1838),
    ("Minh Mệnh năm thứ 11", 1830),
    ("Minh Mạng năm thứ 15", 1834),
    ("Gia Long năm thứ 2", 1803),
    ("Gia Long năm thứ 15", 1816),
    ("Thiệu Trị năm thứ 4", 1844),
    ("Thiệu Trị năm thứ 7", 1847),
    ("Tự Đức năm thứ 6", 1853),
    ("Cảnh Hưng năm thứ 35", 1774),
    ("Chính Hòa năm thứ 7", 1686),
    ("Thái Đức năm thứ 9", 1786),
    ("Bảo Đại năm thứ 13", 1938),
    ("Đồng Khánh năm thứ 3", 1888),
    ("Thành Thái năm thứ 18", 1906),
    ("Hồng Đức năm thứ 21", 1490),
    # ways of writing
    ("Minh Mạng 19", 1838),
    ("Minh Mệnh 19", 1838),
    ("minh mang 19", 1838),
    ("MINH MẠNG thứ 19", 1838),
    ("năm Minh Mạng thứ 19", 1838),
    ("năm thứ 19 đời vua Minh Mạng", 1838),
    ("Minh Mạng nguyên niên", 1820),
    ("Minh Mạng năm đầu", 1820),
    ("Minh Mạng năm thứ nhất", 1820),
    ("Minh Mạng năm thứ 19 (1838)", 1838),
    ("明命十九年", 1838),
    ("明命19年", 1838),
    ("明命元年", 1820),
    ("明命廿一年", 1840),
    ("景興三十五年", 1774),
    ("ngày 15 tháng 4 năm Minh Mạng thứ 15", 1834),
    ("ngày 26 tháng Giêng năm Thiệu Trị thứ 7", 1847),
    ("6/4 nhuận Minh Mạng 19", 1838),
    ("29/2 Bảo Đại 13", 1938),
    ("Cảnh Hưng 47 / Thái Đức 9", 1786),
    ("Quang Tự năm thứ 31", 1905),
    ("Tuyên Thống nguyên niên", 1909),
    ("Dân Quốc 24", 1935),
]

WARNED = [
    ("Hàm Nghi 4", 1888, "chỉ có 1 năm"),
    ("22/11 Minh Mạng 14", 1833, "1834"),
    ("15/12 Bảo Đại 13", 1938, "1939"),
    ("27/12 Bảo Đại 13", 1938, "1939"),
    ("ngày 27 tháng Chạp năm Bảo Đại thứ 13", 1938, "1939"),
    ("Quang Thuận 7 (1467)", 1466, "1467"),
]

UNREAD = [
    ("", "Ví dụ"),
    ("không rõ", "không rõ"),
    ("5", "Ví dụ"),
    ("18388", "Ví dụ"),
    ("31/2/1900", "ngày có thật"),
    ("1900-02-31", "Ví dụ"),
    ("1838-13", "Ví dụ"),
    ("13/1908", "ngày có thật"),
    ("1784-1776", "kết thúc trước"),
    ("thế kỷ 40", "thế kỷ 17"),
    ("thế kỷ XXXX", "thế kỷ"),
    ("2300", "2100"),
    ("Minh Mạng 0", "Ví dụ"),
    ("Minh Mạng 190", "Ví dụ"),
    ("明命百年", "Ví dụ"),
    ("x" * 500, "Ví dụ"),
    ("/", "Ví dụ"),
    ("../..", "Ví dụ"),
    ("1838/1839/1840", "Ví dụ"),
]


@pytest.mark.parametrize(("text", "edtf", "first", "last", "vi", "en"), READ)
def test_reads(text, edtf, first, last, vi, en):
    assert parse(text) == DateValue(edtf, first, last, vi, en)


@pytest.mark.parametrize(("text", "year"), REIGNS)
def test_reign_years(text, year):
    value = parse(text)
    assert (value.edtf, value.year_from, value.year_to) == (f"{year:04d}", year, year)
    assert not value.warning


@pytest.mark.parametrize(("text", "year", "word"), WARNED)
def test_doubtful_reign_years_are_read_with_a_warning(text, year, word):
    value = parse(text)
    assert (value.year_from, value.year_to) == (year, year)
    assert word in str(value.warning)


@pytest.mark.parametrize(("text", "word"), UNREAD)
def test_what_cannot_be_read_is_told_with_an_example(text, word):
    with translation.override("vi"), pytest.raises(DateError) as told:
        parse(text)
    assert word in str(told.value)
    assert isinstance(told.value, ValueError)


def test_a_reign_is_written_for_readers():
    value = parse("Minh Mệnh 19")
    assert value.display_vi == "Minh Mạng năm thứ 19 (1838)"
    assert value.display_en == "19th year of Minh Mạng (1838)"
    assert parse("đời Minh Mạng").edtf == "1820/1840"
    assert parse("Cảnh Hưng 47 / Thái Đức 9").display_vi == "Cảnh Hưng năm thứ 47 (1786) / Thái Đức năm thứ 9 (1786)"


def test_each_name_of_an_era_means_one_era():
    rows = json.loads(reigns.TABLE.read_text(encoding="utf-8"))["eras"]
    names = [fold(name) for row in rows for name in {fold(n) for n in (row["name"], row["han"], *row.get("also", ()))}]
    assert len(names) == len(set(names)) == len(reigns.eras())


@given(st.integers(100, LATEST), st.integers(0, 200))
def test_spans_have_whole_years(first, length):
    last = min(first + length, LATEST)
    value = parse(f"{first}-{last}") if last > first else parse(f"{first:04d}")
    assert (value.year_from, value.year_to) == (first, last)
    assert type(value.year_from) is type(value.year_to) is int


@given(st.text(max_size=40))
def test_any_text_is_read_or_told(text):
    try:
        value = parse(text)
    except DateError as told:
        assert "Ví dụ" in str(told)
    else:
        assert EARLIEST <= value.year_from <= value.year_to <= LATEST
        assert value.display_vi and value.display_en


@given(st.text(alphabet="0123456789X~?%/.-–năm thế kỷ XVII khoảng Minh Mạng 明命十", max_size=24))
def test_text_that_resembles_dates_is_read_or_told(text):
    try:
        value = parse(text)
    except DateError:
        return
    assert EARLIEST <= value.year_from <= value.year_to <= LATEST
    again = parse(value.edtf)
    assert (again.year_from, again.year_to) == (value.year_from, value.year_to)
