"""What the item page says of the object, the map, the legal text and the words on each page."""

import pytest

from archive import display

from . import documents
from .test_templates import body, page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "vi",
            ["1 tờ, 12 trang", "1.420 × 610 mm (cao × rộng)", "khắc đồng", "1:300.000", "hình nón", "Paris", "143/NV"]
            + ["ngày 22 tháng 10 năm 1956", "Điều 2", "Tên gọi", "Châu bản", "Mặt sau", "Bãi Cát Vàng", "Hán văn"]
            + ["Một trong những bản đồ sớm nhất.", "Do một hiệu sách tặng năm 2013."],
        ),
        (
            "en",
            ["1 sheet, 12 pages", "1,420 × 610 mm (height × width)", "copper engraving", "1:300,000", "conic", "143/NV"]
            + ["22 October 1956", "Names", "Royal records", "Verso", "Golden Sandbank", "Literary Chinese"]
            + ["One of the earliest maps.", "Given by a bookshop in 2013."],
        ),
    ],
)
def test_every_field_is_said_in_the_language_of_the_page(lang, words):
    html = body(page(documents.full(), lang))
    assert [word for word in words if word not in html] == []


def test_words_stand_beside_their_page_in_their_own_language():
    html = body(page(documents.full()))
    start = html.index('class="text-page"')
    beside = html[start : html.index("</section>", start)]
    assert 'data-page="1"' in beside and '<div class="written" lang="lzh">' in beside
    assert beside.index("黃沙渚") < beside.index("<br>") < beside.index("萬里")


def test_what_nobody_said_has_no_heading():
    html = body(page(documents.empty()))
    for words in ("Nguyên văn", "Ý nghĩa", "Nguồn gốc", "Các điều khoản", "Tỷ lệ", "Kích thước", "Từ khoá"):
        assert words not in html


SIZES = [
    (None, "vi", ""),
    ({"height_mm": 420, "width_mm": None}, "vi", "cao 420 mm"),
    ({"height_mm": None, "width_mm": 1610}, "en", "width 1,610 mm"),
]


@pytest.mark.parametrize(("physical", "lang", "text"), SIZES)
def test_sizes(physical, lang, text):
    assert display.size(physical, lang) == text


SCALES = [
    ("1:300.000", 300000, "vi", "1:300.000"),
    ("1/300 000", 300000, "en", "1:300,000"),
    ("khoảng 1:2 000 000", 2000000, "vi", "1:2.000.000 (khoảng 1:2 000 000)"),
    ("mỗi ô trăm dặm", None, "vi", "mỗi ô trăm dặm"),
]


@pytest.mark.parametrize(("written", "denominator", "lang", "text"), SCALES)
def test_scales(written, denominator, lang, text):
    assert display.scale({"scale": written, "denominator": denominator}, lang) == text


COUNTS = [
    ({"sheets": 1, "pages": None}, "en", "1 sheet"),
    ({"sheets": 2, "pages": 1}, "en", "2 sheets, 1 page"),
    ({}, "vi", ""),
]


@pytest.mark.parametrize(("physical", "lang", "text"), COUNTS)
def test_counts(physical, lang, text):
    assert display.counts(physical, lang) == text
