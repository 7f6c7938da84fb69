"""A hit in a transcription or its translation opens the page that bears it."""

import pytest

from search.items import Items
from search.query import understand
from search.written import page
from tests.search.factories import both, edition, line, scan


def transcribed(text: str, lang: str = "lzh", vi: str = "", en: str = "", **more) -> dict:
    return scan(transcription={"text": text, "lang": lang, "translation": both(vi, en)}, **more)


SCANS = [
    scan(),
    transcribed("黃沙渚在海中", vi="Bãi Cát Vàng ở giữa biển", en="The golden sandbank in the sea"),
    transcribed("黃沙渚 萬里長沙", vi="Bãi Cát Vàng và Vạn lý Trường Sa"),
]
FOUND = [
    ("黃沙渚", "vi", (2, "<mark>黃沙渚</mark>在海中", "lzh")),
    ("giua bien", "vi", (2, "Bãi Cát Vàng ở <mark>giữa</mark> <mark>biển</mark>", "vi")),
    ("sandbank", "vi", (2, "The golden <mark>sandbank</mark> in the sea", "en")),
    ("cat vang truong sa", "vi", (3, "Vạn lý <mark>Trường</mark> <mark>Sa</mark>", "vi")),
    ("khong co", "vi", None),
    ("", "vi", None),
]


@pytest.mark.parametrize("q, lang, wanted", FOUND)
def test_the_page_that_says_most(q, lang, wanted):
    found = page(edition("a", "Bản đồ", "Map", scans=SCANS), understand({"q": q}, lang))
    if wanted is None:
        assert found is None
    else:
        number, words, said = wanted
        assert found.page == number and found.lang == said and words in found.words
        assert found.address == f"#page={number}"


def test_a_long_transcription_is_read_to_its_end():
    document = edition("a", "Bản đồ", "Map", scans=[transcribed("chữ " * 5_000 + "Paracel", "vi")])
    assert page(document, understand({"q": "paracel"}, "vi")).page == 1


def hit(document: dict, q: str) -> dict:
    return Items(understand({"q": q}, "vi")).item(document)


def test_a_result_opens_there():
    found = hit(edition("a", "Bản đồ", "Map", scans=SCANS), "giua bien")
    assert found["url"].endswith("/items/a/#page=2") and found["sheet"] == 2
    assert found["snippet_lang"] == "vi" and "<mark>giữa</mark>" in found["snippet"]


def test_where_lines_and_transcription_say_the_same_the_place_is_told():
    document = edition("a", "Bản đồ", "Map", scans=[transcribed("Paracel", "vi", lines=[line("Paracel")])])
    assert "&xywh=" in hit(document, "paracel")["url"]


def test_what_the_description_says_as_well_is_told_from_there():
    document = edition("a", "Bản đồ", "Map", scans=SCANS, description=both("Bãi Cát Vàng giữa biển"))
    found = hit(document, "giua bien")
    assert found["url"].endswith("/items/a/") and found["sheet"] is None


@pytest.mark.parametrize("part", ["significance", "provenance", "remarks"])
def test_snippets_are_taken_from_all_prose(part):
    document = edition("a", "Bản đồ", "Map", description=both("Một tờ giấy."), **{part: both("Của chúa Nguyễn.")})
    assert hit(document, "nguyen")["snippet"] == "Của chúa <mark>Nguyễn</mark>."
