import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.folding import fold, nfc

FOLDED = [
    ("Hoàng Sa", "hoang sa"),
    (unicodedata.normalize("NFD", "Trường Sa Lớn, Đảo Đá"), "truong sa lon, dao da"),
    ("ĐẠI NAM NHẤT THỐNG TOÀN ĐỒ", "dai nam nhat thong toan do"),
    ("Quần đảo Hoàng Sa (Việt Nam)", "quan dao hoang sa (viet nam)"),
    ("ươ ƯƠ ăâêô", "uo uo aaeo"),
    ("Île à l’Arbre", "ile a l'arbre"),
    ("Straße Ærø Łódź İstanbul", "strasse aero lodz istanbul"),
    ("Ｍａｐ　１８３８", "map 1838"),
    ("1776–1784 — 1‑2", "1776-1784 - 1-2"),
    ("  a\t\nb  c ", "a b c"),
    ("Hoàng\u200bSa\ufeff\u00ad", "hoangsa"),
    ("安南大國畫圖", "安南大國畫圖"),
    ("𡑝葛鐄", "𡑝葛鐄"),  # Nôm of Extension B
    ("𢩮\U000e0100", "𢩮"),  # a variation selector
    ("黃沙渚 Hoàng Sa chử", "黃沙渚 hoang sa chu"),
    ("ガ", "ガ"),  # a voiced kana isn't a letter with an accent
    ("", ""),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_folds(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
def test_han_is_kept(text):
    assert fold(text) == text


@given(st.text())
def test_nfc_is_stable(text):
    assert nfc(nfc(text)) == nfc(text) == unicodedata.normalize("NFC", text)
