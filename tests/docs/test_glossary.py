"""The interface uses the glossary's words and none of those that it rules out; the guides name real labels."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from archive.roles import NAMES
from tests.walls.rules import ROOT

from . import documents as docs
from . import interface

ENGLISH = ROOT / "config" / "locale" / "en" / "LC_MESSAGES" / "django.po"
GUIDES = ["docs/guides/curators.md", "docs/guides/hall-staff.md"]
BOLD = re.compile(r"\*\*(.+?)\*\*")
# Labels of Wagtail in Vietnamese, from config/locale/vi.
OTHERS = {"Lưu bản thảo"}


def forbidden(text: str) -> list[tuple[str, str, list[str]]]:
    """(word, what to say instead, phrases in which it may stand) from the glossary's second table."""
    found = []
    for not_, but, except_ in (row for row in docs.rows(text.partition("## Từ không dùng")[2]) if len(row) == 3):
        found += [(word.strip(), but, re.findall("“(.+?)”", except_)) for word in not_.split(",")]
    return found


def misused(message: str, words) -> list[str]:
    """Forbidden words in a message, outside the phrases in which they may stand."""
    found = []
    for word, but, phrases in words:
        text = message.lower()
        for phrase in phrases:
            text = text.replace(phrase.lower(), " ")
        if re.search(rf"(?<!\w){re.escape(word.lower())}", text):
            found.append(f"“{word}” in “{message}”: say “{but}”")
    return found


@pytest.fixture(scope="module")
def glossary() -> str:
    return docs.document("docs/glossary.md")


def test_planted_synonyms_are_seen(glossary):
    words = forbidden(glossary)
    assert len(words) > 15
    for wrong in ("Bấm để phê duyệt.", "Đã xuất bản", "Thu hồi tư liệu", "Màn hình kiosk", "Send to moderation"):
        assert misused(wrong, words), wrong
    for right in ("Nơi xuất bản", "Nhà xuất bản", "Phần cuối của địa chỉ /kiosk/…/", "Duyệt công bố", "Đã rút"):
        assert misused(right, words) == []


def test_messages_are_found_where_they_stand():
    plural = "{% blocktranslate count n=n %}{{ n }} tờ{% plural %}{{ n }} tờ{% endblocktranslate %}"
    template = '{% load i18n %}\n  <p>\n    {% translate "Rút" %}\n' + f"  {plural}</p>"
    assert interface.messages(Path("a.html"), template) == {"Rút", "%(n)s tờ"}
    assert interface.messages(Path("a.py"), 'X = noop("Hỏng")\n_("Xong")\nf("không")') == {"Hỏng", "Xong"}


def test_the_interface_uses_no_other_word(glossary):
    words = forbidden(glossary)
    found = [f"{where}: {wrong}" for text, where in interface.ours().items() for wrong in misused(text, words)]
    assert len(interface.ours()) > 300
    assert found == []


def test_the_english_interface_uses_no_other_word(glossary):
    terms = {row[0].lower() for row in docs.rows(glossary.partition("## Từ không dùng")[0]) if len(row) == 3}
    words = [rule for rule in forbidden(glossary) if rule[0] not in terms]  # "kiosk" is the English term itself
    assert 15 < len(words) < len(forbidden(glossary))
    with open(ENGLISH, "rb") as file:
        catalogue = read_po(file, locale="en")
    texts = [message.string for message in catalogue if message.id]
    texts = [text for strings in texts for text in ([strings] if isinstance(strings, str) else strings)]
    assert [wrong for text in texts for wrong in misused(text, words)] == []


def unknown_terms(text: str) -> list[str]:
    """Terms in bold of the glossary's first table that the interface never shows."""
    everything = "\n".join(interface.ours()).lower()
    terms = [term for row in docs.rows(text) if len(row) == 3 for term in BOLD.findall(row[1])]
    return [term for term in terms if term.lower() not in everything]


def test_every_term_is_the_interfaces_own(glossary):
    assert unknown_terms("| a | b | c |\n| --- | --- | --- |\n| x | **từ bịa đặt** | z |") == ["từ bịa đặt"]
    assert unknown_terms(glossary) == []


def unknown_labels(text: str) -> list[str]:
    """Words in bold that the interface shows nowhere."""
    labels = {label.rstrip(":") for label in BOLD.findall(text)} - set(NAMES.values())
    return sorted(
        label
        for label in labels
        if not (interface.shown_by_others(label) if label in OTHERS else interface.is_label(label))
    )


def test_planted_labels_are_seen():
    assert unknown_labels("Bấm **Bản ghi**, rồi **Nút bịa đặt**.") == ["Nút bịa đặt"]


@pytest.mark.parametrize("name", GUIDES)
def test_guides_name_labels_of_the_interface(name):
    assert unknown_labels(docs.document(name)) == []
