"""Dates of the lunar calendar: eras, the sixty-year cycle, dynasties, lunar days, in letters and in Hán."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import reigns, sexagenary
from archive.dates import DateError, parse

AT_MUI = "[1715,1775,1835,1895]"
# text, EDTF, Vietnamese, English
READ = [
    ("Minh Mạng năm thứ 19", "1838", "Minh Mạng năm thứ 19 (1838)", "19th year of Minh Mạng (1838)"),
    ("Minh Mệnh 19", "1838", "Minh Mệnh năm thứ 19 (1838)", "19th year of Minh Mệnh (1838)"),
    ("19th year of Minh Mang", "1838", "Minh Mạng năm thứ 19 (1838)", "19th year of Minh Mạng (1838)"),
    ("Minh Mạng thập cửu niên", "1838", "Minh Mạng năm thứ 19 (1838)", "19th year of Minh Mạng (1838)"),
    ("Minh Mạng mười chín", "1838", "Minh Mạng năm thứ 19 (1838)", "19th year of Minh Mạng (1838)"),
    ("Tự Đức hai mươi mốt", "1868", "Tự Đức năm thứ 21 (1868)", "21st year of Tự Đức (1868)"),
    ("Bảo Đại năm thứ mười ba", "1938", "Bảo Đại năm thứ 13 (1938)", "13th year of Bảo Đại (1938)"),
    ("Lê Cảnh Hưng 47", "1786", "Cảnh Hưng năm thứ 47 (1786)", "47th year of Cảnh Hưng (1786)"),
    ("Khang Hy 55", "1716", "Khang Hy năm thứ 55 (1716)", "55th year of Khang Hy (1716)"),
    ("明命十九年", "1838", "Minh Mạng năm thứ 19 (明命十九年, 1838)", "19th year of Minh Mạng (明命十九年, 1838)"),
    ("康熙五十五年", "1716", "Khang Hy năm thứ 55 (康熙五十五年, 1716)", "55th year of Khang Hy (康熙五十五年, 1716)"),
    ("Minh Mạng 1838", "1838", "niên hiệu Minh Mạng (1838)", "Minh Mạng era (1838)"),
    ("khoảng Minh Mạng 19", "1838~", "khoảng Minh Mạng năm thứ 19 (1838)", "about the 19th year of Minh Mạng (1838)"),
    ("trước Minh Mạng 19", "../1837", "trước Minh Mạng năm thứ 19 (1838)", "before the 19th year of Minh Mạng (1838)"),
    ("Minh Mạng 17-19", "1836/1838", "Minh Mạng năm thứ 17 (1836) – Minh Mạng năm thứ 19 (1838)",
     "17th year of Minh Mạng (1836) – 19th year of Minh Mạng (1838)"),
    ("Minh Mạng năm thứ 17 đến năm thứ 19", "1836/1838", "Minh Mạng năm thứ 17 (1836) – Minh Mạng năm thứ 19 (1838)",
     "17th year of Minh Mạng (1836) – 19th year of Minh Mạng (1838)"),
    ("từ Minh Mạng 17 đến Thiệu Trị 4", "1836/1844", "Minh Mạng năm thứ 17 (1836) – Thiệu Trị năm thứ 4 (1844)",
     "17th year of Minh Mạng (1836) – 4th year of Thiệu Trị (1844)"),
    # with the name of the year
    ("Kỷ Hợi, Minh Mạng 20", "1839", "năm Kỷ Hợi, Minh Mạng năm thứ 20 (1839)",
     "year Kỷ Hợi, 20th year of Minh Mạng (1839)"),
    ("明命二十年己亥", "1839", "năm Kỷ Hợi, Minh Mạng năm thứ 20 (明命二十年己亥, 1839)",
     "year Kỷ Hợi, 20th year of Minh Mạng (明命二十年己亥, 1839)"),
    ("Ất Mùi đời Minh Mạng", "1835", "năm Ất Mùi, niên hiệu Minh Mạng (1835)", "year Ất Mùi, Minh Mạng era (1835)"),
    ("Giáp Ngọ niên hiệu Cảnh Hưng", "1774", "năm Giáp Ngọ, niên hiệu Cảnh Hưng (1774)",
     "year Giáp Ngọ, Cảnh Hưng era (1774)"),
    ("Ất Mùi 1835", "1835", "năm Ất Mùi (1835)", "year Ất Mùi (1835)"),
    ("1835 (Ất Mùi)", "1835", "năm Ất Mùi (1835)", "year Ất Mùi (1835)"),
    ("Ất Mùi, thế kỷ 17", "1655", "năm Ất Mùi (1655)", "year Ất Mùi (1655)"),
    ("Ất Mùi (nửa đầu thế kỷ 19)", "1835", "năm Ất Mùi (1835)", "year Ất Mùi (1835)"),
    ("Quí Tị 1833", "1833", "năm Quý Tỵ (1833)", "year Quý Tỵ (1833)"),
    ("tháng 11 năm Ất Mùi (1836)", "1836", "tháng 11 năm Ất Mùi (1836)", "11th lunar month, year Ất Mùi (1836)"),
    # lunar days
    ("mồng 3 tháng Giêng năm Minh Mạng thứ 16", "1835", "mồng 3 tháng Giêng năm Minh Mạng thứ 16 (1835)",
     "3rd day of the 1st lunar month, 16th year of Minh Mạng (1835)"),
    ("ngày 6 tháng 4 nhuận năm Minh Mạng thứ 19", "1838", "ngày 6 tháng 4 nhuận năm Minh Mạng thứ 19 (1838)",
     "6th day of the intercalary 4th lunar month, 19th year of Minh Mạng (1838)"),
    ("ngày 15 tháng 4 năm Giáp Ngọ, Minh Mạng thứ 15", "1834",
     "ngày 15 tháng 4 năm Giáp Ngọ, Minh Mạng năm thứ 15 (1834)",
     "15th day of the 4th lunar month, year Giáp Ngọ, 15th year of Minh Mạng (1834)"),
    ("Minh Mạng năm thứ 19, tháng 7, ngày 19", "1838", "ngày 19 tháng 7 năm Minh Mạng thứ 19 (1838)",
     "19th day of the 7th lunar month, 19th year of Minh Mạng (1838)"),
    ("thượng tuần tháng 2 năm Thiệu Trị thứ 7", "1847", "thượng tuần tháng 2 năm Thiệu Trị thứ 7 (1847)",
     "first ten days of the 2nd lunar month, 7th year of Thiệu Trị (1847)"),
    ("mùa xuân năm Minh Mạng thứ 19", "1838", "mùa xuân năm Minh Mạng thứ 19 (1838)",
     "spring, 19th year of Minh Mạng (1838)"),
    ("成泰十八年閏四月初五日", "1906", "ngày 5 tháng 4 nhuận năm Thành Thái thứ 18 (成泰十八年閏四月初五日, 1906)",
     "5th day of the intercalary 4th lunar month, 18th year of Thành Thái (成泰十八年閏四月初五日, 1906)"),
    ("大南明命十九年歲次戊戌仲春吉日", "1838",
     "mùa xuân năm Mậu Tuất, Minh Mạng năm thứ 19 (大南明命十九年歲次戊戌仲春吉日, 1838)",
     "spring, year Mậu Tuất, 19th year of Minh Mạng (大南明命十九年歲次戊戌仲春吉日, 1838)"),
    ("ngày 15 tháng 8 năm 1838 (âm lịch)", "1838", "ngày 15 tháng 8 năm 1838 (âm lịch)",
     "15th day of the 8th lunar month of 1838"),
    ("ngày 15 tháng 12 năm Bảo Đại thứ 13 (3/2/1939)", "1939-02-03",
     "ngày 15 tháng 12 năm Bảo Đại thứ 13 (ngày 3 tháng 2 năm 1939)",
     "15th day of the 12th lunar month, 13th year of Bảo Đại (3 February 1939)"),
    # dynasties, kings and lords
    ("đời Lê", "1428/1789", "thời Lê (1428–1789)", "Lê dynasty (1428–1789)"),
    ("nhà Nguyễn", "1802/1945", "thời Nguyễn (1802–1945)", "Nguyễn dynasty (1802–1945)"),
    ("cuối thời Lê", "1669~/1789~", "cuối thời Lê (1428–1789)", "late Lê dynasty (1428–1789)"),
    ("chúa Nguyễn", "1558/1777", "thời chúa Nguyễn (1558–1777)", "rule of the Nguyễn lords (1558–1777)"),
    ("đời chúa Nguyễn Phúc Chu", "1691/1725", "thời chúa Nguyễn Phúc Chu (1691–1725)",
     "rule of the lord Nguyễn Phúc Chu (1691–1725)"),
    ("đời vua Lê Hiển Tông", "1740/1786", "thời vua Lê Hiển Tông (1740–1786)", "reign of Lê Hiển Tông (1740–1786)"),
    ("đời vua Lê Hiến Tông", "1498/1504", "thời vua Lê Hiến Tông (1498–1504)", "reign of Lê Hiến Tông (1498–1504)"),
    ("đời Lê Thần Tông", "[1619..1643,1649..1662]", "thời vua Lê Thần Tông (1619–1643, 1649–1662)",
     "reign of Lê Thần Tông (1619–1643, 1649–1662)"),
    ("1838 (đời Nguyễn)", "1838", "1838, thời Nguyễn (1802–1945)", "1838, Nguyễn dynasty (1802–1945)"),
    ("Ming dynasty", "1368/1644", "thời Minh (Trung Quốc) (1368–1644)", "Ming dynasty (1368–1644)"),
    ("vua Minh Mạng", "1820/1840", "niên hiệu Minh Mạng (1820–1840)", "Minh Mạng era (1820–1840)"),
]  # fmt: skip

# text, EDTF, words of the warning
WARNED = [
    ("tháng 2 năm Ất Mùi", AT_MUI, ["60 năm", "1700", "1945"]),
    ("乙未年二月", AT_MUI, ["60 năm"]),
    ("Minh Mạng 19 (Kỷ Hợi)", "1838", ["Minh Mạng 19", "Mậu Tuất", "Kỷ Hợi"]),
    ("Ất Mùi (1836)", "1836", ["1836", "Bính Thân", "Ất Mùi"]),
    ("Minh Mạng 19 (1840)", "1838", ["1838", "1840"]),
    ("Minh Mạng (1850)", "1850", ["1820–1840", "1850"]),
    ("Ất Mùi, Gia Long", "1802/1819", ["Ất Mùi", "1802–1819"]),
    ("Ất Mùi, đầu thế kỷ 19", "1800~/1833~", ["Ất Mùi", "1800–1833"]),
    ("1750 (đời Nguyễn)", "1750", ["1750", "1802–1945"]),
    ("tháng Chạp năm Bảo Đại thứ 13", "1938", ["1939"]),
    ("mồng 3 tháng 2 năm 1838", "1838", ["âm lịch", "1838"]),
    ("保大十三年十二月十五日", "1938", ["1939"]),
]


@pytest.mark.parametrize(("text", "edtf", "vi", "en"), READ)
def test_reads(text, edtf, vi, en):
    value = parse(text)
    assert (value.edtf, value.display_vi, value.display_en, value.warning) == (edtf, vi, en, "")


@pytest.mark.parametrize(("text", "edtf", "words"), WARNED)
def test_doubt_and_contradiction_are_told(text, edtf, words):
    value = parse(text)
    assert value.edtf == edtf
    assert [word for word in words if word not in str(value.warning)] == []


def test_a_bare_name_is_shown_with_its_years():
    value = parse("tháng 2 năm Ất Mùi")
    assert (value.year_from, value.year_to) == (1715, 1895)
    assert value.display_vi == "tháng 2 năm Ất Mùi (1715, 1775, 1835 hoặc 1895)"
    assert value.display_en == "2nd lunar month, year Ất Mùi (1715, 1775, 1835 or 1895)"


@pytest.mark.parametrize("text", ["đời vua Le Hien Tong", "chua Nguyen Phuc Chu"])
def test_names_that_need_their_tones_are_not_guessed(text):
    with pytest.raises(DateError):
        parse(text)


@pytest.mark.parametrize(
    ("year", "name", "han"),
    [(1984, "Giáp Tý", "甲子"), (1838, "Mậu Tuất", "戊戌"), (1835, "Ất Mùi", "乙未"), (1904, "Giáp Thìn", "甲辰"),
     (1833, "Quý Tỵ", "癸巳"), (1774, "Giáp Ngọ", "甲午"), (1908, "Mậu Thân", "戊申"), (1923, "Quý Hợi", "癸亥")],
)  # fmt: skip
def test_names_of_years(year, name, han):
    assert sexagenary.name(sexagenary.of_year(year)) == name
    assert sexagenary.number(han) == sexagenary.of_year(year)
    assert parse(f"{name} {year}").warning == "" == parse(f"{year} ({han})").warning


@settings(deadline=None)
@given(st.integers(sexagenary.FIRST, sexagenary.LAST))
def test_each_year_is_among_those_of_its_name(year):
    value = parse(f"năm {sexagenary.name(sexagenary.of_year(year))}")
    assert str(year) in value.edtf
    assert parse(f"năm {sexagenary.name(sexagenary.of_year(year))} ({year})").edtf == str(year)


ERAS = sorted({era.name: era for era in reigns.eras().values()}.values(), key=lambda era: era.first)


@pytest.mark.parametrize("era", ERAS, ids=lambda era: era.name)
def test_each_year_of_each_era_is_read_in_letters_and_in_han(era):
    for number in range(1, (era.last or era.first + 30) - era.first + 2):
        year = era.first + number - 1
        texts = [f"{era.name} {number}", f"năm thứ {number} đời {era.name}", f"{era.han}{reigns.to_han(number)}年"]
        assert {parse(text).edtf for text in texts} == {f"{year:04d}"}
    name = sexagenary.name(sexagenary.of_year(era.first))
    assert parse(f"{name}, {era.name} nguyên niên").warning == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [("muoi chin", 19), ("thap cuu", 19), ("tam thap nhi", 32), ("muoi", 10), ("tam", 8), ("thap tam", 13),
     ("hai muoi mot", 21), ("nhat", 1), ("x", None)],
)  # fmt: skip
def test_numbers_in_words(text, number):
    assert reigns.spoken_number(text) == number
