"""Hán and Nôm are marked, and what no served font covers is never set as text."""

import pytest

from archive.han import Coverage, mark_up, runs

ALL = Coverage()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("Hoàng Sa", "Hoàng Sa"),
        ("黃沙", '<span class="han" lang="lzh">黃沙</span>'),
        (
            "ghi 黃沙 và 長沙",
            'ghi <span class="han" lang="lzh">黃沙</span> và <span class="han" lang="lzh">長沙</span>',
        ),
        ("大南。一統", '<span class="han" lang="lzh">大南。一統</span>'),
        ("<b>黃</b>", '&lt;b&gt;<span class="han" lang="lzh">黃</span>&lt;/b&gt;'),
        ("A & B", "A &amp; B"),
    ],
)
def test_runs_are_marked_and_the_rest_escaped(text, html):
    assert mark_up(text, ALL) == html


def test_the_language_is_escaped_too():
    assert 'lang="&quot;&gt;"' in mark_up("黃", ALL, '">')


@pytest.mark.parametrize("character", ["𠀋", "\U0002a38f", "\U00030001"])
def test_uncovered_characters_become_code_points(character):
    html = mark_up(f"擺{character}鐄", ALL)
    assert character not in html
    assert f"U+{ord(character):04X}" in html
    assert html.startswith('<span class="han" lang="lzh">擺<span class="codepoint"')


def test_coverage_is_by_closed_ranges():
    covered = Coverage([[0x9EC3, 0x9EC3], [0x20000, 0x20002]])
    assert [character in covered for character in "黃黄\U00020000\U00020002\U00020003a"] == [
        True,
        False,
        True,
        True,
        False,
        False,
    ]


def test_nothing_is_lost_when_a_text_is_cut():
    text = "Bãi Cát Vàng 擺葛鐄, 黃沙（甲午年）平南圖 và 〇 xong"
    assert "".join(piece for piece, _ in runs(text)) == text
