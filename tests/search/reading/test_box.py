"""The language of the box, by tables; and that nothing makes it fail."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import MAX_QUERY, understand
from search.reading import box, named

DATES = [
    # box, words of time, years, the rest
    ("1838", "1838", 1838, 1838, ""),
    ("năm 1838", "năm 1838", 1838, 1838, ""),
    ("bản đồ 1838", "1838", 1838, 1838, "bản đồ"),
    ("ban do nam 1838", "nam 1838", 1838, 1838, "ban do"),
    ("viet nam 1838", "1838", 1838, 1838, "viet nam"),
    ("1838 Việt Nam", "1838", 1838, 1838, "Việt Nam"),
    ("1776-1784", "1776-1784", 1776, 1784, ""),
    ("Hoàng Sa 1776 – 1784", "1776 – 1784", 1776, 1784, "Hoàng Sa"),
    ("từ 1776 đến 1784", "từ 1776 đến 1784", 1776, 1784, ""),
    ("tu 1776 den 1784 hoang sa", "tu 1776 den 1784", 1776, 1784, "hoang sa"),
    ("thế kỷ 17", "thế kỷ 17", 1600, 1699, ""),
    ("hoang sa the ky 17", "the ky 17", 1600, 1699, "hoang sa"),
    ("tk 17", "tk 17", 1600, 1699, ""),
    ("TK XVII", "TK XVII", 1600, 1699, ""),
    ("thế kỷ XVII bản đồ", "thế kỷ XVII", 1600, 1699, "bản đồ"),
    ("17th century map", "17th century", 1600, 1699, "map"),
    ("maps from the 17th century", "from the 17th century", 1600, 1699, "maps"),
    ("XVIIe siècle", "XVIIe siècle", 1600, 1699, ""),
    ("cartes du XVIIe siècle", "du XVIIe siècle", 1600, 1699, "cartes"),
    ("thập niên 1930", "thập niên 1930", 1930, 1939, ""),
    ("15/5/2017", "15/5/2017", 2017, 2017, ""),
    ("sắc lệnh 22.10.1956", "22.10.1956", 1956, 1956, "sắc lệnh"),
    ("châu bản 1830-06-27", "1830-06-27", 1830, 1830, "châu bản"),
    ("1930s press", "1930s", 1930, 1939, "press"),
    ("trước 1900", "trước 1900", None, 1899, ""),
    ("sau 1954", "sau 1954", 1955, None, ""),
    ("truong sa sau 1954", "sau 1954", 1955, None, "truong sa"),
    ("từ năm 1954 đến nay", "từ năm 1954 đến nay", 1954, None, ""),
    ("Minh Mạng 19", "Minh Mạng 19", 1838, 1838, ""),
    ("chau ban minh mang 19", "minh mang 19", 1838, 1838, "chau ban"),
    ("minh mang nam thu 19", "minh mang nam thu 19", 1838, 1838, ""),
    ("Minh Mệnh thứ 19", "Minh Mệnh thứ 19", 1838, 1838, ""),
    ("明命十九年", "明命十九年", 1838, 1838, ""),
    ("minh mang thap cuu nien", "minh mang thap cuu nien", 1838, 1838, ""),
    ("Ất Mùi Minh Mạng 16", "Ất Mùi Minh Mạng 16", 1835, 1835, ""),
    ("Tự Đức 3", "Tự Đức 3", 1850, 1850, ""),
    ("châu bản Tự Đức năm thứ ba", "Tự Đức năm thứ ba", 1850, 1850, "châu bản"),
    ("Tự Đức năm đầu", "Tự Đức năm đầu", 1848, 1848, ""),
    ("minh mang nam dau", "minh mang nam dau", 1820, 1820, ""),
    ("châu bản Minh Mạng mười chín", "Minh Mạng mười chín", 1838, 1838, "châu bản"),
    ("bao dai 13 phu tho", "bao dai 13", 1938, 1938, "phu tho"),
    ("Minh Mạng 1838", "1838", 1838, 1838, "Minh Mạng"),
    ("bia chủ quyền 1938", "1938", 1938, 1938, "bia chủ quyền"),
    ("bia chu quyen 1938", "1938", 1938, 1938, "bia chu quyen"),
    ("1938 bản đồ", "1938", 1938, 1938, "bản đồ"),
    ("1974 hai chien", "1974", 1974, 1974, "hai chien"),
    ("1867 nam ky", "1867", 1867, 1867, "nam ky"),
    ("tập bản đồ 1490", "1490", 1490, 1490, "tập bản đồ"),
    ("giai đoạn 1884-1945", "giai đoạn 1884-1945", 1884, 1945, ""),
    ("thế kỷ mười bảy", "thế kỷ mười bảy", 1600, 1699, ""),
    ("bản đồ cuối TK XIX đầu TK XX", "cuối TK XIX đầu TK XX", 1867, 1933, "bản đồ"),
    ("những năm 30", "những năm 30", 1930, 1939, ""),
    ("hai dang nhung nam 30", "nhung nam 30", 1930, 1939, "hai dang"),
    ("đầu thập kỷ 30", "đầu thập kỷ 30", 1930, 1933, ""),
    ("những năm 30 thế kỷ XIX", "những năm 30 thế kỷ XIX", 1830, 1839, ""),
    ("từ thập niên 30 đến thập niên 50", "từ thập niên 30 đến thập niên 50", 1930, 1959, ""),
    ("1840-1830", "1840-1830", 1830, 1840, ""),
    ("từ 1840 đến 1830", "từ 1840 đến 1830", 1830, 1840, ""),
    ("sắc lệnh ngày 22/10/1956", "ngày 22/10/1956", 1956, 1956, "sắc lệnh"),
    ("tháng 10/1956", "tháng 10/1956", 1956, 1956, ""),
    ("18th-century map", "18th-century", 1700, 1799, "map"),
    ("nineteenth century", "nineteenth century", 1800, 1899, ""),
    ("ca. 1700 carte", "ca. 1700", 1700, 1700, "carte"),
    ("十七世紀", "十七世紀", 1600, 1699, ""),
    ("17世紀", "17世紀", 1600, 1699, ""),
    ("17 世紀", "17 世紀", 1600, 1699, ""),
    ("thế kỷ XVII đến XIX", "thế kỷ XVII đến XIX", 1600, 1899, ""),
    ("đầu thế kỷ 19", "đầu thế kỷ 19", 1800, 1833, ""),
    ("1838 “Hoàng Sa”", "1838", 1838, 1838, '"Hoàng Sa"'),
    ("VN 1974", "1974", 1974, 1974, "VN"),
    ("1838?", "1838?", 1838, 1838, ""),
    ("năm:1838 đảo", "năm:1838", 1838, 1838, "đảo"),
    ('year:"thế kỷ 17"', 'year:"thế kỷ 17"', 1600, 1699, ""),
]
NO_DATES = [
    "順治", "Minh Mạng", "đời Minh Mạng", "triều Nguyễn", "Hồng Đức bản đồ", "năm Ất Mùi", '"bản đồ 1838"', "-1838 đảo",
    "NĐ 65/2007", "65/2007/NĐ-CP", "143/NV", "A.2499", "A 1838", "HM 1838", "số 1838", "tr. 1838", "1:10.000", "2499",
    "1838 OR 1840", "1974 1988", "Hoàng Sa 1974 và Trường Sa 1988", "trước 1900 và sau 1975",
    "1000 năm Thăng Long", "1000 nam thang long", "10/1956", "Minh Mạng 99", "đảo 17", "dầu mỏ", "17",
    "title:1838", "nam thu 19", "tháng 13/1956", "ngày 35/10/1956", "năm 30", "năm đầu", "mười chín đảo", "từ Đức",
    "840-8",
]  # fmt: skip


@pytest.mark.parametrize("text, words, first, last, rest", DATES)
def test_words_of_time(text, words, first, last, rest):
    said = box.read(text)
    assert [(date.text, date.year_from, date.year_to) for date in said.dates] == [(words, first, last)]
    assert said.dates[0].without == rest
    assert set(said.dates[0].label) == {"vi", "en"} and all(said.dates[0].label.values())
    assert said.rest == rest
    taken = {token for group in said.groups for clause in group for token in clause.folded}
    assert taken == {token for clause in [box.clause_of(rest)] if clause for token in clause.folded}


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_stays_words(text):
    said = box.read(text)
    assert said.dates == []
    assert said.groups or said.without


BOTH_YEARS, BOTH_CENTURIES = [(1974, 1974), (1988, 1988)], [(1600, 1699), (1800, 1899)]
SETS = [
    # box, words of time, any of these ranges, the rest
    ("1974 và 1988", "1974 và 1988", BOTH_YEARS, ""),
    ("những năm 1930 và 1950", "những năm 1930 và 1950", [(1930, 1939), (1950, 1959)], ""),
    ("những năm 30 và 50", "những năm 30 và 50", [(1930, 1939), (1950, 1959)], ""),
    ("những năm 1830 và 40", "những năm 1830 và 40", [(1830, 1839), (1840, 1849)], ""),
    ("thập niên 1930, 1955", "thập niên 1930, 1955", [(1930, 1939), (1955, 1955)], ""),
    ("1974 va 1988", "1974 va 1988", BOTH_YEARS, ""),
    ("1974, 1988", "1974, 1988", BOTH_YEARS, ""),
    ("1974,1988", "1974,1988", BOTH_YEARS, ""),
    ("1974; 1988", "1974; 1988", BOTH_YEARS, ""),
    ("1974 and 1988", "1974 and 1988", BOTH_YEARS, ""),
    ("1974 hoặc 1988", "1974 hoặc 1988", BOTH_YEARS, ""),
    ("1974 hay 1988", "1974 hay 1988", BOTH_YEARS, ""),
    ("1974 or 1988", "1974 or 1988", BOTH_YEARS, ""),
    ("1974 et 1988", "1974 et 1988", BOTH_YEARS, ""),
    ("hải chiến 1974 và 1988 Trường Sa", "1974 và 1988", BOTH_YEARS, "hải chiến Trường Sa"),
    ("năm 1974 và năm 1988", "năm 1974 và năm 1988", BOTH_YEARS, ""),
    ("trong các năm 1974, 1988", "trong các năm 1974, 1988", BOTH_YEARS, ""),
    ("naval battles of 1974 and 1988", "of 1974 and 1988", BOTH_YEARS, "naval battles"),
    ('năm:"1974 hoặc 1988"', 'năm:"1974 hoặc 1988"', BOTH_YEARS, ""),
    ("1956, 1974, and 1988", "1956, 1974, and 1988", [(1956, 1956), *BOTH_YEARS], ""),
    ("1988 và 1974", "1988 và 1974", BOTH_YEARS[::-1], ""),
    ("1776-1784 và 1838", "1776-1784 và 1838", [(1776, 1784), (1838, 1838)], ""),
    ("thế kỷ 17 và 19", "thế kỷ 17 và 19", BOTH_CENTURIES, ""),
    ("the ky 17 va 19", "the ky 17 va 19", BOTH_CENTURIES, ""),
    ("thế kỷ XVII, thế kỷ XIX", "thế kỷ XVII, thế kỷ XIX", BOTH_CENTURIES, ""),
    ("maps of the 17th and 19th centuries", "of the 17th and 19th centuries", BOTH_CENTURIES, "maps"),
    ("XVIIe et XIXe siècles", "XVIIe et XIXe siècles", BOTH_CENTURIES, ""),
    ("Minh Mạng 17 và 19", "Minh Mạng 17 và 19", [(1836, 1836), (1838, 1838)], ""),
    ("Minh Mạng 16, 1838", "Minh Mạng 16, 1838", [(1835, 1835), (1838, 1838)], ""),
    ("trước 1900 hoặc sau 1975", "trước 1900 hoặc sau 1975", [(None, 1899), (1976, None)], ""),
    # These say one time.
    ("từ 1974 đến 1988", "từ 1974 đến 1988", [(1974, 1988)], ""),
    ("1974-1988", "1974-1988", [(1974, 1988)], ""),
    ("1974–1988", "1974–1988", [(1974, 1988)], ""),
    ("between 1974 and 1988", "between 1974 and 1988", [(1974, 1988)], ""),
    ("giữa 1974 và 1988", "giữa 1974 và 1988", [(1974, 1988)], ""),
    ("giữa thế kỷ 17 và 19", "giữa thế kỷ 17 và 19", [(1600, 1899)], ""),
    ("1974 và 1974", "1974 và 1974", [(1974, 1974)], ""),
    ("1838, Minh Mạng 19", "1838, Minh Mạng 19", [(1838, 1838)], ""),
    ("1838, triều Nguyễn", "1838, triều Nguyễn", [(1838, 1838)], ""),
    ("1838 và 40 thuyền", "1838", [(1838, 1838)], "và 40 thuyền"),
    ("bản đồ 1838 hay nhất", "1838", [(1838, 1838)], "bản đồ hay nhất"),
]


@pytest.mark.parametrize("text, words, ranges, rest", SETS)
def test_several_times_are_any_of_them(text, words, ranges, rest):
    said = box.read(text)
    assert [(date.text, list(date.ranges)) for date in said.dates] == [(words, ranges)]
    assert said.dates[0].without == said.rest == rest
    firsts, lasts = zip(*ranges, strict=True)
    assert said.dates[0].year_from == (None if None in firsts else min(firsts))
    assert said.dates[0].year_to == (None if None in lasts else max(lasts))


def test_both_bounds_apply_where_both_are_meant():
    said = box.read("sau 1974 và trước 1988")
    assert [date.ranges for date in said.dates] == [((1975, None),), ((None, 1987),)]


@pytest.mark.parametrize(
    "text, vi, en",
    [
        ("1974 và 1988", "năm 1974 hoặc năm 1988", "1974 or 1988"),
        ("1956, 1974, 1988", "năm 1956, năm 1974 hoặc năm 1988", "1956, 1974 or 1988"),
        ("thế kỷ 17 và 19", "thế kỷ XVII hoặc thế kỷ XIX", "17th century or 19th century"),
    ],
)
def test_several_times_in_words(text, vi, en):
    assert box.read(text).dates[0].label == {"vi": vi, "en": en}


@pytest.mark.parametrize("switch", [{"dates": "0"}, {"literal": "1"}])
def test_dates_can_be_switched_off(switch):
    query = understand({"q": "bản đồ 1838", **switch}, "vi")
    assert query.dates == () and len(query.groups) == 3
    assert understand({"q": "bản đồ 1838"}, "vi").dates != ()


def test_labels_in_both_languages():
    assert box.read("minh mang 19").dates[0].label == {
        "vi": "Minh Mạng năm thứ 19 (1838)",
        "en": "19th year of Minh Mạng (1838)",
    }


CLAUSES = [
    ("hoàng sa", [["hoang"], ["sa"]], []),
    ('"hoàng sa" đảo', [["hoang sa"], ["dao"]], []),
    ("« hoàng sa »", [["hoang sa"]], []),
    ("hoàng -sa", [["hoang"]], ["sa"]),
    ('hoàng -"trường sa"', [["hoang"]], ["truong sa"]),
    ("hoàng OR trường sa", [["hoang", "truong"], ["sa"]], []),
    ("đảo | bãi", [["dao", "bai"]], []),
    ("đảo HOẶC bãi", [["dao", "bai"]], []),
    ("OR hoàng OR", [["hoang"]], []),
    ("hoàng AND sa & đảo", [["hoang"], ["sa"], ["dao"]], []),
    ("hoang or sa", [["hoang"], ["or"], ["sa"]], []),
    ("nd:65 foo:bar", [["nd 65"], ["foo bar"]], []),
    ("-", [], []),
    ('"', [], []),
    ("kind:", [["kind"]], []),
    ('loại:"châu bản"', [["chau ban"]], []),
    ("kind:nosuch", [["nosuch"]], []),
    ("năm:abc", [["abc"]], []),
    ("số 143/NV", [["143 nv"]], []),
    ("Nghị định số 65/2007/NĐ-CP", [["nghi"], ["dinh"], ["65 2007 nd cp"]], []),
    ("1:10 000", [["1 10 000"]], []),
    ("黃沙", [["黄 沙"]], []),
]


@pytest.mark.parametrize("text, groups, without", CLAUSES)
def test_syntax(text, groups, without):
    said = box.read(text)
    assert [[" ".join(clause.folded) for clause in group] for group in said.groups] == groups
    assert [" ".join(clause.folded) for clause in said.without] == without


FIELDS = [
    ("title:paracel", "title", "paracel"),
    ("nhande:Hoàng", "title", "hoang"),
    ('nhan-de:"Hoàng Sa"', "title", "hoang sa"),
    ("Nhan đề: Paracel", "title", "paracel"),
    ("Nhan đề：Paracel", "title", "paracel"),
    ("tác giả:Taberd", "agent", "taberd"),
    ("tacgia: Taberd", "agent", "taberd"),
    ("author:Taberd", "agent", "taberd"),
    ("địa danh:Paracel", "place", "paracel"),
    ("số:143/NV", "number", "143 nv"),
    ("nơi giữ:BnF", "holder", "bnf"),
    ("nội dung:đảo", "text", "dao"),
]


@pytest.mark.parametrize("text, field, folded", FIELDS)
def test_fields_in_both_languages(text, field, folded):
    said = box.read(f"{text} đảo")
    assert [(clause.field, " ".join(clause.folded)) for (clause,) in said.groups] == [(field, folded), ("", "dao")]
    assert [(one.text, one.field, one.value, one.without) for one in said.fields] == [
        (text.replace("：", ":"), field, "", "đảo")
    ]


def test_fields_typed_as_letters_and_accents_apart():
    said = box.read(unicodedata.normalize("NFD", "tác giả:Taberd năm 1838"))
    assert said.groups[0][0].field == "agent" and said.dates[0].year_from == 1838


FILTERS = [
    ("kind:map", "kind", "map"),
    ('kind:"bản đồ"', "kind", "map"),
    ('loại:"Bản đồ"', "kind", "map"),
    ("loai:ban_do", "kind", "map"),
    ("kind:legal_text", "kind", "legal_text"),
    ("type:atlas", "kind", "atlas_sheet"),
    ("language:fr", "language", "fr"),
    ("ngôn ngữ:Pháp", "language", "fr"),
    ("ngonngu:latin", "language", "la"),
    ("has:scan", "has", "scan"),
]


@pytest.mark.parametrize("text, field, value", FILTERS)
def test_filters_in_both_languages(text, field, value):
    query = understand({"q": f"{text} đảo"}, "vi")
    assert query.choices == ((field, (value,)),)
    assert len(query.groups) == 1
    assert query.understood()["fields"][0]["value"] == value


def test_filters_of_the_box_join_those_of_the_address():
    query = understand({"q": "kind:map", "kind": ["book"], "language": "fr"}, "vi")
    assert dict(query.choices) == {"kind": ("book", "map"), "language": ("fr",)}


def test_a_field_may_be_excluded():
    (clause,) = box.read("-agent:Taberd").without
    assert (clause.field, clause.folded) == ("agent", ("taberd",))


def test_a_value_of_a_filter_may_be_excluded():
    query = understand({"q": "-kind:map -ngônngữ:Pháp đảo"}, "vi")
    assert [(one.field, one.value, one.text, one.without) for one in query.barred] == [
        ("kind", "map", "-kind:map", "-ngônngữ:Pháp đảo"),
        ("language", "fr", "-ngônngữ:Pháp", "-kind:map đảo"),
    ]
    assert query.barred[0].label == {"vi": "không gồm: Bản đồ", "en": "not: Map"} and query.fields == ()
    assert query.without == () and len(query.groups) == 1


CODES = [("143/NV", "143-nv"), ("A 2499", "a-2499"), ("A2499", "a-2499"), ("q.10", "q-10"), ("tr. 23", "tr-23"),
         ("1/10 000", "1-10000"), ("số:143/NV", "143-nv"), ("1838 đảo", ""), ("hoàng", "")]  # fmt: skip


@pytest.mark.parametrize("text, key", CODES)
def test_numbers_match_whole(text, key):
    assert box.read(text, with_dates=False).groups[0][0].code == key


def test_a_year_of_a_reign_is_said_by_records_in_its_own_words():
    (date,) = box.read("Bảo Đại 13").dates
    assert ("bao", "dai", "13") in date.ways and ("bao", "dai", "nam", "thu", "13") in date.ways
    assert tuple("保大十三年") in date.ways
    assert box.read("1938").dates[0].ways == ()


def test_every_name_means_a_field_and_has_words_for_readers():
    assert set(named.NAMES.values()) == {*named.LABELS, "year"}
    assert set(named.FIELDS) <= set(named.LABELS)


TYPED = st.lists(
    st.one_of(
        st.sampled_from(
            '" “ - -" : OR | kind: title:" năm: nam 1838 1776- -1784 Minh Mạng 19 thế kỷ XVII tk đến từ ( ) [ ] 黃沙 '
            "年 1:10 000 A 2499 tr. 65/2007 .. ~ ? , the of in to and".split(" ")
        ),
        st.text(max_size=8),
    ),
    max_size=60,
).map(lambda pieces: " ".join(pieces)[:MAX_QUERY])


@given(TYPED)
def test_the_box_never_fails_and_is_bounded(text):
    query = understand({"q": text}, "vi")
    assert len(query.groups) <= box.MAX_CLAUSES and len(query.without) <= box.MAX_CLAUSES
    assert all(len(clause.folded) <= box.MAX_CLAUSES for group in query.groups for clause in group)
    assert all(clause.exact and len(clause.exact) == len(clause.sounds) for group in query.groups for clause in group)
    for part in (*query.dates, *query.fields):
        assert len(part.without) < max(1, len(text))
    query.understood()
