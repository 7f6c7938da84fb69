"""What is marked in a text, in each way a box may be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis
from search.highlight import Marker, snippet
from search.query import understand
from search.reading.box import clause_of

MARKED = [
    ("hoang sa", "Đảo Hoàng Sa", "Đảo <mark>Hoàng</mark> <mark>Sa</mark>"),
    ("hoang sa", "Ho\u0061\u0300ng Sa", "<mark>Hoàng</mark> <mark>Sa</mark>"),
    ("Lí", "cù lao Lý Sơn", "cù lao <mark>Lý</mark> Sơn"),
    ("thúy", "Thuý, Thúi", "<mark>Thuý</mark>, Thúi"),
    ("黃沙", "黄沙渚", "<mark>黄沙</mark>渚"),
    ("図", "圖, 图", "<mark>圖</mark>, <mark>图</mark>"),
    ("q.10", "ở quyển thứ 10, tờ 2", "ở <mark>quyển thứ 10</mark>, tờ 2"),
    ("NĐ 65/2007", "Nghị định 65/2007/NĐ-CP", "Nghị định <mark>65/2007/NĐ-CP</mark>"),
    ("1:10,000", "tỉ lệ 1/10 000.", "tỉ lệ <mark>1/10 000</mark>."),
    ("paracel", "les Paracels", "les <mark>Paracels</mark>"),
    ('"cát vàng"', "bãi Cát Vàng, cát", "bãi <mark>Cát Vàng</mark>, cát"),
    ("bản đồ 1838", "Bản đồ năm 1838", "<mark>Bản</mark> <mark>đồ</mark> năm 1838"),
]


@pytest.mark.parametrize("typed, text, marked", MARKED)
def test_what_was_found_is_marked(typed, text, marked):
    assert snippet([text], understand({"q": typed}, "vi")) == marked


def test_only_what_is_written_so_where_that_was_asked_for():
    query = understand({"q": "hoàng", "literal": "1"}, "vi")
    assert snippet(["Hoang, Hoàng, hoáng"], query) == "Hoang, <mark>Hoàng</mark>, hoáng"


def test_confused_spellings_are_marked_where_they_were_searched():
    query = understand({"q": "Chường Xa"}, "vi")
    assert snippet(["Trường Sa"], query) == "Trường Sa"
    assert snippet(["Trường Sa"], query, spelled=True) == "<mark>Trường</mark> <mark>Sa</mark>"


def test_other_names_are_marked_too_but_what_was_asked_for_decides():
    query = understand({"q": "paracel"}, "vi")
    also = (clause_of("Hoàng Sa"),)
    assert Marker(query, also=also).chosen(["Hoàng Sa", "Paracel"]) == (1, "<mark>Paracel</mark>", 1)
    assert Marker(query, also=also).chosen(["Bãi", "Hoàng Sa"]) == (1, "<mark>Hoàng Sa</mark>", 0)
    assert Marker(query, also=also).chosen(["Paracel", "Paracel hay Hoàng Sa"])[1] == "<mark>Paracel</mark>"


def test_keystrokes_read_as_letters_are_marked():
    query = understand({"q": "Hoafng Sa"}, "vi")
    also = tuple(clause for group in understand({"q": "Hoàng Sa"}, "vi").groups for clause in group)
    assert snippet(["Đảo Hoàng Sa"], query, also=also) == "Đảo <mark>Hoàng</mark> <mark>Sa</mark>"


@given(st.text(max_size=80), st.text(max_size=20))
def test_marks_never_change_the_words(text, typed):
    query = understand({"q": typed}, "vi")
    piece = snippet([text], query)
    assert piece.count("<mark>") == piece.count("</mark>")
    plain = piece.replace("<mark>", "").replace("</mark>", "").removeprefix("… ").removesuffix(" …")
    assert plain in analysis.nfc(text).replace("<mark>", "").replace("</mark>", "")


@given(st.text(max_size=80))
def test_forms_are_those_of_the_tokens(text):
    assert analysis.forms(text) == [token[:3] for token in analysis.tokens(text)]
    special = analysis.forms(f"{text} 沙")  # the same words where a text is cut by the other expression
    assert special[:-1] == analysis.forms(text)
