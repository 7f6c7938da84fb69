"""Which syllables there are, and one spelling for each, by tables."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis
from search.reading import syllables, tones
from search.reading.sounds import sound
from search.reading.variants import canonical

SYLLABLES = (
    "hoang sa trương đao bai cat vang nhât thông toan đô nguyên phuc quôc giêng gi gin giêt quy quyêt huynh".split()
)
NOT_SYLLABLES = "paracel sea hoangs ngi ca'n cê kang ghan quu islands bc str".split()


@pytest.mark.parametrize("word", SYLLABLES)
def test_a_syllable(word):
    assert word in syllables.syllables()


@pytest.mark.parametrize("word", NOT_SYLLABLES)
def test_no_syllable(word):
    assert word not in syllables.syllables()


# Written in several ways, one word as written.
ONE_WORD = [
    ["hoà", "hòa"],
    ["thuý", "thúy"],
    ["hoẻ", "hỏe"],
    ["khoẻ", "khỏe"],
    ["toàn", "tòan"],
    ["quý", "quí", "qúy"],
    ["lí", "lý"],
    ["mĩ", "mỹ"],
    ["kĩ", "kỹ"],
    ["sĩ", "sỹ"],
    ["hi", "hy"],
    ["ti", "ty"],
    ["tỉ", "tỷ"],
    ["vĩ", "vỹ"],
    ["già", "gìa"],
    ["Hoà", "HÒA"],
    ["Quốc", "QUỐC"],
]
APART = [
    ("thúy", "thúi"),
    ("tay", "tai"),
    ("hay", "hai"),
    ("hoà", "hoá"),
    ("quy", "quỷ"),
    ("lý", "ly"),
    ("suy", "sui"),
    ("đa", "da"),
    ("mùa", "muà"),  # no oa, oe or uy: "mùa" alone is right, and its misspelling falls to it
]


@pytest.mark.parametrize("ways", ONE_WORD)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_one_word_in_all_its_spellings(ways, form):
    forms = {analysis.exact_part([unicodedata.normalize(form, way)]) for way in ways}
    assert len(forms) == 1


@pytest.mark.parametrize("one, other", APART[:-1])
def test_what_sounds_apart_stays_apart(one, other):
    assert analysis.exact_part([one]) != analysis.exact_part([other])


@pytest.mark.parametrize("one, other", [("thuý", "thúi"), ("tay", "tai"), ("hay", "hai"), ("suy", "sui")])
def test_folded_words_that_differ_in_i_and_y_inside_a_rhyme_stay_apart(one, other):
    assert analysis.folded_part([one]) != analysis.folded_part([other])


FOLDED = [
    ("Quí", "quy"),
    ("QUÝ", "quy"),
    ("Lý", "li"),
    ("lí", "li"),
    ("Đảo", "dao"),
    ("Hoang Să", "hoang sa"),
    ("city", "city"),
    ("Ý", "y"),
    ("by", "by"),
]


@pytest.mark.parametrize("text, folded", FOLDED)
def test_folded(text, folded):
    assert analysis.folded_part([text]) == folded


@given(st.text(max_size=40))
def test_folding_again_changes_nothing(text):
    once = analysis.folded_part([text])
    assert analysis.folded_part([once]) == once
    assert analysis.exact_part([analysis.exact_part([text])]) == analysis.exact_part([text])
    made = analysis.parts([text])
    assert {len(part.split()) for part in made[:3]} == {len(analysis.tokens(text))}


@pytest.mark.parametrize("word", sorted(syllables.syllables())[::17])
def test_tones_are_found_where_they_were_placed(word):
    for tone in tones.TONES:
        placed = tones.place(word, tone)
        assert tones.split(placed) == (word, tone)
        assert tones.place(*tones.split(placed)) == placed


SOUNDS = [
    ("sa", "xa"),
    ("truong", "chuong"),
    ("gia", "da"),
    ("ra", "da"),
    ("gieng", "rieng"),
    ("hoang", "hoan"),
    ("cat", "cac"),
    ("li", "ly"),
    ("nuoc", "nuot"),
]
SOUNDS_APART = [("hoang", "hoanh"), ("tay", "tai"), ("cat", "cach"), ("ma", "na"), ("1838", "1839"), ("沙", "砂")]


@pytest.mark.parametrize("one, other", SOUNDS)
def test_confused_spellings_share_a_key(one, other):
    assert sound(one) == sound(other)


@pytest.mark.parametrize("one, other", SOUNDS_APART)
def test_others_do_not(one, other):
    assert sound(one) != sound(other)


@given(st.from_regex("[a-z]{1,12}", fullmatch=True))
def test_the_key_of_a_key_is_itself(word):
    assert sound(sound(word)) == sound(word)


VARIANTS = [
    "黃黄",
    "群羣",
    "島岛",
    "圖图図",
    "國国",
    "啟啓启",
    "廣広广",
    "灘滩",
    "歷歴历",
    "裏裡里",
    "澤沢泽",
    "眞真",
    "峯峰",
]


@pytest.mark.parametrize("forms", VARIANTS)
def test_forms_of_a_character_are_one(forms):
    assert len({canonical(form) for form in forms}) == 1
    assert len({analysis.folded_part([form]) for form in forms}) == 1
    assert len({analysis.exact_part([form]) for form in forms}) == len(forms)


@pytest.mark.parametrize("character", "𡗶坦渚沙𠀧𡑝")
def test_nom_and_characters_without_variants_stay(character):
    assert canonical(character) == character
    assert [token.folded for token in analysis.tokens(character * 2)] == [character] * 2
