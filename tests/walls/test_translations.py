"""Every sentence of ours has its English (config/locale/en), and its placeholders are the same."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from .rules import ROOMS, ROOT, tracked

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
ENGLISH = ROOT / "config" / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{[A-Za-z0-9_]*\}")
RENAMED = re.compile(r"\b(n?p?gettext\w*) as (\w+)")
INDENTATION = re.compile(r"^[ \t]+", re.M)


def messages(path: Path, source: str) -> set[tuple[str, str]]:
    """(context, msgid) of everything that the file has translated; a plural by its singular."""
    if path.suffix in {".html", ".txt"}:
        # Babel reads Python; a template's indentation isn't Python's.
        source = INDENTATION.sub("", templatize(source, str(path)))
    keywords = KEYWORDS | {alias: KEYWORDS[name] for name, alias in RENAMED.findall(source)}
    found = set()
    for _line, message, _comments, context in extract("python", BytesIO(source.encode()), keywords):
        first = message[0] if isinstance(message, tuple) else message
        if first:
            found.add((context or "", first))
    return found


def all_messages() -> dict[tuple[str, str], str]:
    result = {}
    for path in tracked(".py", ".html", ".txt"):
        if path.parts[0] in ROOMS and "migrations" not in path.parts and path.parts[:2] != ("config", "settings"):
            for key in messages(path, (ROOT / path).read_text()):
                result.setdefault(key, str(path))
    return result


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def faults(wanted: dict[tuple[str, str], str], catalogue) -> list[str]:
    """What has no English, a doubtful one, or one with other placeholders."""
    found = []
    for (context, msgid), where in sorted(wanted.items()):
        message = catalogue.get(msgid, context or None)
        strings = [] if message is None else [message.string] if isinstance(message.string, str) else message.string
        if not strings or not all(strings):
            found.append(f"{where}: {msgid!r} has no English")
        elif message.fuzzy:
            found.append(f"{where}: {msgid!r} has a doubtful (fuzzy) English")
        elif placeholders(strings[-1]) != placeholders(msgid) and not set(placeholders(strings[-1])) == set(
            placeholders(msgid)
        ):
            found.append(f"{where}: {msgid!r} has other placeholders in English")
    return found


def po(text: str):
    return read_po(BytesIO(text.encode()), locale="en")


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("a.py", 'from x import gettext as _\n_("Bản đồ")', {("", "Bản đồ")}),
        ("a.py", 'from x import gettext_noop as noop\nX = noop("Hỏng")', {("", "Hỏng")}),
        ("a.py", 'pgettext_lazy("sách", "Trang")', {("sách", "Trang")}),
        ("a.py", 'ngettext("%(n)s tờ", "%(n)s tờ", n)', {("", "%(n)s tờ")}),
        ("a.html", '{% load i18n %}{% translate "Tìm" %}', {("", "Tìm")}),
        ("a.html", '<p>\n    {% translate "Tìm" %}\n  {% translate "Rút" %}</p>', {("", "Tìm"), ("", "Rút")}),
        ("a.html", "{% load i18n %}{% blocktranslate %}Có {{ n }} tờ{% endblocktranslate %}", {("", "Có %(n)s tờ")}),
        ("a.html", '{% load i18n %}{% translate "Trang" context "sách" %}', {("sách", "Trang")}),
        ("a.html", '<p>{{ _("Không") }}</p>', {("", "Không")}),
    ],
)
def test_messages_are_found(name, source, expected):
    assert messages(Path(name), source) == expected


@pytest.mark.parametrize(
    ("catalogue", "complete"),
    [
        ('msgid "Bản đồ của %(x)s"\nmsgstr "Map of %(x)s"\n', True),
        ('msgid "Khác"\nmsgstr "Other"\n', False),
        ('msgid "Bản đồ của %(x)s"\nmsgstr ""\n', False),
        ('#, fuzzy\nmsgid "Bản đồ của %(x)s"\nmsgstr "Map of %(x)s"\n', False),
        ('msgid "Bản đồ của %(x)s"\nmsgstr "Map of %(y)s"\n', False),
    ],
)
def test_a_planted_gap_is_seen(catalogue, complete):
    assert (faults({("", "Bản đồ của %(x)s"): "a.py"}, po(catalogue)) == []) is complete


def test_every_sentence_has_its_english():
    with open(ENGLISH, "rb") as file:
        assert faults(all_messages(), read_po(file, locale="en")) == []
