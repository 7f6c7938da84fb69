"""Dates as curators write them; the reign years are those of the sources named in archive/data/reigns.json."""

import json
import unicodedata

import pytest
from django.utils import translation
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import reigns
from archive.dates import DateError, DateValue, parse
from archive.edtf_text import OLDEST
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
    ("十七世紀", "16XX", 1600, 1699, "thế kỷ XVII", "17th century"),
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

# text, EDTF, Vietnamese, English
ALIKE = [
    ("NĂM 1838", "1838", "1838", "1838"),
    ("na\u0306m 1838", "1838", "1838", "1838"),
    ("１８３８年", "1838", "1838", "1838"),
    ("AD 938", "0938", "938", "938"),
    ("năm 40 SCN", "0040", "40", "40"),
    ("năm 111 TCN", "-0110", "111 TCN", "111 BC"),
    ("111 BC", "-0110", "111 TCN", "111 BC"),
    ("[1910]", "1910", "[1910]", "[1910]"),
    ("1910?", "1910?", "1910 (chưa chắc chắn)", "1910 (uncertain)"),
    ("[1910?]", "1910?", "[1910 (chưa chắc chắn)]", "[1910 (uncertain)]"),
    ("có lẽ 1838", "1838?", "1838 (chưa chắc chắn)", "1838 (uncertain)"),
    ("1838 (chưa chắc chắn)", "1838?", "1838 (chưa chắc chắn)", "1838 (uncertain)"),
    ("[17--]", "17XX", "[thế kỷ XVIII]", "[18th century]"),
    ("18..", "18XX", "thế kỷ XIX", "19th century"),
    ("[191-?]", "191X?", "[thập niên 1910 (chưa chắc chắn)]", "[1910s (uncertain)]"),
    ("c. 1834", "1834~", "khoảng 1834", "about 1834"),
    ("c.1834", "1834~", "khoảng 1834", "about 1834"),
    ("ca. 1700", "1700~", "khoảng 1700", "about 1700"),
    ("ca 1700", "1700~", "khoảng 1700", "about 1700"),
    ("circa 1700", "1700~", "khoảng 1700", "about 1700"),
    ("vers 1700", "1700~", "khoảng 1700", "about 1700"),
    ("~1834", "1834~", "khoảng 1834", "about 1834"),
    ("[khoảng 1834]", "1834~", "[khoảng 1834]", "[about 1834]"),
    ("vào khoảng năm 1834", "1834~", "khoảng 1834", "about 1834"),
    ("khoảng 1776 đến 1784", "1776~/1784~", "khoảng 1776–1784", "about 1776–1784"),
    ("1776–84", "1776/1784", "1776–1784", "1776–1784"),
    ("1776-84", "1776/1784", "1776–1784", "1776–1784"),
    ("1838-9", "1838/1839", "1838–1839", "1838–1839"),
    ("1910–12", "1910/1912", "1910–1912", "1910–1912"),
    ("1834/35", "1834/1835", "1834–1835", "1834–1835"),
    ("1776—1784", "1776/1784", "1776–1784", "1776–1784"),
    ("1776\u20121784", "1776/1784", "1776–1784", "1776–1784"),
    ("between 1906 and 1912", "1906/1912", "1906–1912", "1906–1912"),
    ("giữa 1906 và 1912", "1906/1912", "1906–1912", "1906–1912"),
    ("những năm 1930-1935", "1930/1935", "1930–1935", "1930–1935"),
    ("before 1900", "../1899", "trước năm 1900", "before 1900"),
    ("trước thế kỷ 17", "../1599", "trước thế kỷ XVII", "before the 17th century"),
    ("trước ngày 3/2/1939", "../1939-02-02", "trước ngày 3 tháng 2 năm 1939", "before 3 February 1939"),
    ("trước tháng 1/1939", "../1938-12", "trước tháng 1 năm 1939", "before January 1939"),
    ("sau tháng 12 năm 1939", "1940-01/..", "sau tháng 12 năm 1939", "after December 1939"),
    ("after 1900", "1901/..", "sau năm 1900", "after 1900"),
    ("từ năm 1838 trở đi", "1838/..", "từ 1838", "from 1838"),
    ("1838 - nay", "1838/..", "từ 1838", "from 1838"),
    ("1838-", "1838/..", "từ 1838", "from 1838"),
    ("1838 – ?", "1838/", "từ 1838, chưa rõ năm cuối", "from 1838, end unknown"),
    ("1900 trở về trước", "../1900", "đến 1900", "until 1900"),
    ("không muộn hơn 1900", "../1900", "đến 1900", "until 1900"),
    ("not before 1900", "1900/..", "từ 1900", "from 1900"),
    ("đến thế kỷ 17", "../1699", "đến thế kỷ XVII", "until the 17th century"),
    ("đến mùa thu 1838", "../1838-11", "đến mùa thu 1838", "until autumn 1838"),
    ("17th century", "16XX", "thế kỷ XVII", "17th century"),
    ("XVIIe siècle", "16XX", "thế kỷ XVII", "17th century"),
    ("TK XVIII", "17XX", "thế kỷ XVIII", "18th century"),
    ("early 18th century", "1700~/1733~", "đầu thế kỷ XVIII", "early 18th century"),
    ("mid-19th century", "1834~/1866~", "giữa thế kỷ XIX", "mid-19th century"),
    ("thế kỷ thứ mười bảy", "16XX", "thế kỷ XVII", "17th century"),
    ("thế kỷ hai mươi", "19XX", "thế kỷ XX", "20th century"),
    ("cuối thế kỷ XIX đầu thế kỷ XX", "1867~/1933~", "cuối thế kỷ XIX – đầu thế kỷ XX",
     "late 19th century – early 20th century"),
    ("fin du XVIIe siècle", "1667~/1699~", "cuối thế kỷ XVII", "late 17th century"),
    ("phần tư đầu thế kỷ 19", "1800~/1824~", "phần tư đầu thế kỷ XIX", "first quarter of the 19th century"),
    ("cuối thế kỷ 18 - đầu thế kỷ 19", "1767~/1833~", "cuối thế kỷ XVIII – đầu thế kỷ XIX",
     "late 18th century – early 19th century"),
    ("thế kỷ XIX - đầu thế kỷ XX", "1800/1933~", "thế kỷ XIX – đầu thế kỷ XX", "19th century – early 20th century"),
    ("khoảng thế kỷ 17-18", "1600~/1799~", "khoảng thế kỷ XVII–XVIII", "about the 17th–18th century"),
    ("thế kỷ 3 TCN", "-02XX", "thế kỷ III TCN", "3rd century BC"),
    ("những năm 30 thế kỷ XX", "193X", "thập niên 1930", "1930s"),
    ("late 1930s", "1937~/1939~", "cuối thập niên 1930", "late 1930s"),
    ("1838 hoặc 1839", "[1838,1839]", "1838 hoặc 1839", "1838 or 1839"),
    ("khoảng 1838 hoặc 1839", "[1838~,1839~]", "khoảng 1838 hoặc 1839", "about 1838 or 1839"),
    ("1834, 1838 và 1840", "{1834,1838,1840}", "1834, 1838 và 1840", "1834, 1838 and 1840"),
    ("1838 - 1840, 1845", "{1838..1840,1845}", "1838–1840 và 1845", "1838–1840 and 1845"),
    ("tháng 2 hoặc tháng 3 năm 1838", "[1838-02,1838-03]", "tháng 2 năm 1838 hoặc tháng 3 năm 1838",
     "February 1838 or March 1838"),
    ("đầu thế kỷ 19 hoặc cuối thế kỷ 19", "[1800..1833,1867..1899]", "đầu thế kỷ XIX hoặc cuối thế kỷ XIX",
     "early 19th century or late 19th century"),
    ("3 Février 1939", "1939-02-03", "ngày 3 tháng 2 năm 1939", "3 February 1939"),
    ("le 1er mars 1939", "1939-03-01", "ngày 1 tháng 3 năm 1939", "1 March 1939"),
    ("15 May 2017", "2017-05-15", "ngày 15 tháng 5 năm 2017", "15 May 2017"),
    ("May 15, 2017", "2017-05-15", "ngày 15 tháng 5 năm 2017", "15 May 2017"),
    ("13 juillet 1961", "1961-07-13", "ngày 13 tháng 7 năm 1961", "13 July 1961"),
    ("ngày 3-2-1939", "1939-02-03", "ngày 3 tháng 2 năm 1939", "3 February 1939"),
    ("3–2–1939", "1939-02-03", "ngày 3 tháng 2 năm 1939", "3 February 1939"),
    ("1939-2-3", "1939-02-03", "ngày 3 tháng 2 năm 1939", "3 February 1939"),
    ("Thứ Sáu, ngày 3 tháng 2 năm 1939", "1939-02-03", "ngày 3 tháng 2 năm 1939", "3 February 1939"),
    ("1939年2月3日", "1939-02-03", "ngày 3 tháng 2 năm 1939", "3 February 1939"),
    ("mùng 2 tháng 9 năm 1945", "1945-09-02", "ngày 2 tháng 9 năm 1945", "2 September 1945"),
    ("tháng tư năm 1838", "1838-04", "tháng 4 năm 1838", "April 1838"),
    ("tháng năm năm 1838", "1838-05", "tháng 5 năm 1838", "May 1838"),
    ("août 1908", "1908-08", "tháng 8 năm 1908", "August 1908"),
    ("tháng 2 đến tháng 5 năm 1838", "1838-02/1838-05", "tháng 2 năm 1838 – tháng 5 năm 1838",
     "February 1838 – May 1838"),
    ("tháng 2-5/1838", "1838-02/1838-05", "tháng 2 năm 1838 – tháng 5 năm 1838", "February 1838 – May 1838"),
    ("3-5 tháng 2 năm 1939", "1939-02-03/1939-02-05", "ngày 3 tháng 2 năm 1939 – ngày 5 tháng 2 năm 1939",
     "3 February 1939 – 5 February 1939"),
    ("19 – 26/7/1933", "1933-07-19/1933-07-26", "ngày 19 tháng 7 năm 1933 – ngày 26 tháng 7 năm 1933",
     "19 July 1933 – 26 July 1933"),
    ("19 July – 26 July 1933", "1933-07-19/1933-07-26", "ngày 19 tháng 7 năm 1933 – ngày 26 tháng 7 năm 1933",
     "19 July 1933 – 26 July 1933"),
    ("mùa xuân 1838", "1838-21", "mùa xuân 1838", "spring 1838"),
    ("hè năm 1939", "1939-22", "mùa hạ 1939", "summer 1939"),
    ("Spring 1838", "1838-21", "mùa xuân 1838", "spring 1838"),
    ("khoảng mùa xuân 1838", "1838-03~/1838-05~", "khoảng mùa xuân 1838", "about spring 1838"),
    ("từ mùa xuân đến mùa thu năm 1838", "1838-21/1838-23", "mùa xuân 1838 – mùa thu 1838",
     "spring 1838 – autumn 1838"),
    ("quý III/1974", "1974-07/1974-09", "quý III năm 1974", "3rd quarter of 1974"),
    ("đầu năm 1838", "1838-01~/1838-04~", "đầu năm 1838", "early 1838"),
    ("nửa đầu năm 1939", "1939-01~/1939-06~", "nửa đầu năm 1939", "first half of 1939"),
    ("cuối tháng 2 năm 1904", "1904-02-21~/1904-02-29~", "cuối tháng 2 năm 1904", "late February 1904"),
    # EDTF, levels 1 and 2
    ("[1667,1668,1670..1672]", "[1667,1668,1670..1672]", "1667, 1668 hoặc 1670–1672", "1667, 1668 or 1670–1672"),
    ("{1960,1961..1963}", "{1960,1961..1963}", "1960 và 1961–1963", "1960 and 1961–1963"),
    ("[..1838]", "[..1838]", "đến 1838", "until 1838"),
    ("Y-17000", "Y-17000", "17001 TCN", "17001 BC"),
    ("1838S2", "1838S2", "khoảng 1838", "about 1838"),
    ("2004-06~-11", "2004-06~-11", "khoảng ngày 11 tháng 6 năm 2004", "about 11 June 2004"),
    ("1838-33", "1838-33", "quý I năm 1838", "first quarter of 1838"),
    ("../16XX", "../1699", "đến 1699", "until 1699"),
    ("18uu", "18XX", "thế kỷ XIX", "19th century"),
]  # fmt: skip

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
    ("không rõ", "để trống"),
    ("s.d.", "để trống"),
    ("ấn bản 1838", "Ví dụ"),
    ("13 tháng 7", "Ví dụ"),
    ("c1834", "Ví dụ"),
    ("1898–02", "Ví dụ"),
    ("05/1838-02/1838", "kết thúc trước"),
    ("Giáp Mùi", "can và chi"),
    ("31 tháng 2 âm lịch", "Ví dụ"),
    ("ngày 31 tháng 2 năm Minh Mạng thứ 19", "Ví dụ"),
    ("tháng 13 năm Minh Mạng thứ 19", "Ví dụ"),
    ("Lê", "Ví dụ"),
    ("Y12000", "2100"),
    ("1838, " * 20 + "1838", "dài quá"),
]


@pytest.mark.parametrize(("text", "edtf", "first", "last", "vi", "en"), READ)
def test_reads(text, edtf, first, last, vi, en):
    assert parse(text) == DateValue(edtf, first, last, vi, en)


@pytest.mark.parametrize(("text", "edtf", "vi", "en"), ALIKE)
def test_reads_what_is_alike(text, edtf, vi, en):
    value = parse(text)
    assert (value.edtf, value.display_vi, value.display_en, value.warning) == (edtf, vi, en, "")


@pytest.mark.parametrize("text", ["1910-12", "1910-21", "1910-25", "1838-41"])
def test_a_short_end_that_edtf_reads_otherwise_is_told(text):
    assert f"{text[:2]}{text[-2:]}" in str(parse(text).warning)


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
    assert value.display_vi == "Minh Mệnh năm thứ 19 (1838)"
    assert value.display_en == "19th year of Minh Mệnh (1838)"
    assert parse("đời Minh Mạng").edtf == "1820/1840"
    assert parse("Cảnh Hưng 47 / Thái Đức 9").display_vi == "Cảnh Hưng năm thứ 47 (1786) / Thái Đức năm thứ 9 (1786)"


def test_each_name_of_an_era_means_one_era():
    rows = json.loads(reigns.TABLE.read_text(encoding="utf-8"))["eras"]
    names = [fold(name) for row in rows for name in {fold(n) for n in (row["name"], row["han"], *row.get("also", ()))}]
    assert len(names) == len(set(names)) == len(reigns.eras())


@settings(deadline=None)
@given(st.integers(100, LATEST), st.integers(0, 200))
def test_spans_have_whole_years(first, length):
    last = min(first + length, LATEST)
    value = parse(f"{first}-{last}") if last > first else parse(f"{first:04d}")
    assert (value.year_from, value.year_to) == (first, last)
    assert type(value.year_from) is type(value.year_to) is int


WRITTEN = [row[0] for row in READ + ALIKE] + [row[0] for row in REIGNS + WARNED]
BEFORE = ["", "khoảng ", "trước ", "sau ", "từ ", "đến ", "có lẽ ", "[", "(", "ca. ", "cuối ", "nửa đầu "]
BETWEEN = [" hoặc ", " và ", " - ", "-", " đến ", ", ", "; ", " / ", " (", " tức "]
AFTER = ["", "?", " (?)", "]", ")", " trở đi", " trở về trước", " - nay", " TCN", " - ?", ".", " âm lịch"]


def read_or_told(text):
    """What must be so whatever is typed."""
    try:
        value = parse(text)
    except DateError as told:
        assert "Ví dụ" in str(told)
        return
    assert OLDEST <= value.year_from <= value.year_to <= LATEST
    assert value.display_vi and value.display_en
    assert len(value.edtf) <= 100
    assert parse_edtf(value.edtf)
    again = parse(value.edtf)
    assert (again.edtf, again.year_from, again.year_to) == (value.edtf, value.year_from, value.year_to)


@pytest.mark.parametrize("text", WRITTEN)
def test_what_is_stored_reads_back(text):
    read_or_told(text)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read_or_told(text):
    read_or_told(text)


@settings(deadline=None)
@given(st.text(alphabet="0123456789X~?%/.-–[]{},năm thế kỷ XVII khoảng Minh Mạng 明命十", max_size=24))
def test_text_that_resembles_dates_is_read_or_told(text):
    read_or_told(text)


@settings(deadline=None)
@given(
    st.sampled_from(BEFORE),
    st.sampled_from(WRITTEN),
    st.sampled_from(BETWEEN),
    st.sampled_from(BEFORE),
    st.sampled_from(WRITTEN),
    st.sampled_from(AFTER),
)
def test_what_is_put_together_is_read_or_told(before, first, between, middle, last, after):
    read_or_told(f"{before}{first}{between}{middle}{last}{after}")
    read_or_told(f"{before}{first}{after}")


@pytest.mark.parametrize("text", WRITTEN)
def test_decomposed_and_in_capitals_it_is_the_same(text):
    value = parse(text)
    for other in (unicodedata.normalize("NFD", text), text.upper()):
        again = parse(other)
        assert (again.edtf, again.display_vi, again.display_en) == (value.edtf, value.display_vi, value.display_en)
