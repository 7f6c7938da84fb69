"""The reader tells English from Vietnamese, and finds every kind of place in which words are shown."""

import pytest
from babel.messages.pofile import read_po

from tests.walls.test_translations import VIETNAMESE

from .english import english
from .reading import read, texts_of_json


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Please save the page.", ["Please", "save", "the", "page"]),
        ("Sign in", ["Sign"]),
        ("No", ["No"]),
        ("title_vi", ["title_vi"]),
        ("1 · name · vi", ["name"]),
        ("Đảo: island/reef", ["island", "reef"]),
        ("Cây trang: Root", ["Root"]),
        ("Lưu bản nháp", []),
        ("Bản đồ An Nam đại quốc họa đồ, quyển 2, khuya, giếng, gì, quýnh, oanh, nghiêng", []),
        ("Huỷ xoá", []),
        ("Tệp .xlsx hoặc .csv; mã QR; ảnh TIFF; to-1.png; https://example.org/about", []),
        ("Tiếng Việt", []),  # decomposed
        ("黃沙 · Asia", ["Asia"]),
    ],
)
def test_words(text, words):
    assert english(text) == words


def test_wagtails_own_messages_are_english():
    """Each message that we translated would have been found, had we not; but for a few that are no words."""
    with open(VIETNAMESE / "django.po", "rb") as file:
        ids = [message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file, locale="vi")]
    missed = [one for one in ids if one and not english(one.replace("%(", " %("))]
    assert len(missed) < len(ids) // 50, missed


@pytest.mark.parametrize(
    "html",
    [
        "<p>Save</p>",
        "<title>Save</title>",
        '<img alt="Save">',
        '<a title="Save"></a>',
        '<input placeholder="Save">',
        '<button aria-label="Save"></button>',
        '<input type="submit" value="Save">',
        '<div data-w-progress-active-value="Save"></div>',
        '<div data-block=\'[{"label": "Save"}]\'></div>',
        '<script type="application/json">{"strings": {"X": "Save"}}</script>',
        '<script type="text/x-template"><p>Save</p></script>',
        '<div lang="en">Hidden</div><p>Save</p>',
    ],
)
def test_places_in_a_page(html):
    assert read(html).texts == ["Save"]


@pytest.mark.parametrize(
    "html", ["<script>Save()</script>", '<p class="Save"></p>', '<p lang="en">Save</p>', "<kbd>Save</kbd>"]
)
def test_what_nobody_reads(html):
    assert read(html).texts == []


def test_places_in_json():
    modal = {"step": "choose", "html": "<h1>Save</h1>", "error": {"message": "Edit", "code": "not_found"}}
    assert texts_of_json(modal) == ["Save", "Edit"]
