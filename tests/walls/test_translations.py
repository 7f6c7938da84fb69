"""Every sentence of ours has its English (config/locale/en), and its placeholders are the same.

config/locale/vi translates messages that other packages really have, and loses nothing of them.
"""

import re
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import locale as django_locale
from django.utils.translation.trans_real import DjangoTranslation
from wagtail.users.templatetags.wagtailusers_tags import normalize_permission_label

from config.launch import catalogues

from .messages import extracted
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
VIETNAMESE = ROOT / "config" / "locale" / "vi" / "LC_MESSAGES"
# Newer than every catalogue of theirs: where each stands in their source.
UNCATALOGUED = {
    "Please select a device.": "django_otp/forms.py",
    'You do not have permission to publish pages at "%(page_title)s"': "wagtail/admin/forms/pages.py",
}
# Wagtail makes these labels of the names of rights, as the group's editor shows them.
OF_RIGHTS = {f"Can {act}" for act in ("lock", "publish", "unlock")}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{[A-Za-z0-9_]*\}")
ELEMENT = re.compile(r"</?[a-z]+\b[^>]*>")
RENAMED = re.compile(r"\b(n?p?gettext\w*) as (\w+)")


def messages(path: Path, source: str) -> set[tuple[str, str]]:
    """(context, msgid) of everything that the file has translated; a plural by its singular."""
    keywords = KEYWORDS | {alias: KEYWORDS[name] for name, alias in RENAMED.findall(source)}
    found = set()
    for message, context in extracted(path, source, keywords):
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
        ("jinja2/a.html", '<p>{{ _("Có %(n)s tờ", n=n) }}</p>', {("", "Có %(n)s tờ")}),
        ("jinja2/a.html", '{% if x %}{{ ngettext("%(n)s tờ", "%(n)s tờ", n) }}{% endif %}', {("", "%(n)s tờ")}),
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


def messages_of_others(domain: str) -> set[str]:
    """Message ids of the installed packages and of Django, a plural by its singular; from some complete catalogues."""
    folders = [Path(app.path, "locale") for app in apps.get_app_configs() if Path(app.path) != ROOT / "config"]
    return messages_of(domain, [*folders, Path(django_locale.__file__).parent])


def messages_of(domain: str, folders: list[Path]) -> set[str]:
    found = set()
    for folder in folders:
        for language in ("de", "fr", "sv", "vi"):
            path = folder / language / "LC_MESSAGES" / f"{domain}.mo"
            if path.is_file():
                with open(path, "rb") as file:
                    ids = [message.id for message in read_mo(file)]
                found |= {first if isinstance(first, str) else first[0] for first in ids}
    return found


def losses(catalogue) -> list[str]:
    """Translations that are empty, doubtful, ask for a value that isn't there, or have other elements."""
    found = []
    for message in catalogue:
        ids, strings = ((x,) if isinstance(x, str) else x for x in (message.id, message.string))
        named, used = set(placeholders(" ".join(ids))), set(placeholders(" ".join(strings)))
        elements = [sorted(ELEMENT.findall(text)) for text in (ids[-1], strings[0])]
        if ids[0] and (not all(strings) or message.fuzzy or used - named or elements[0] != elements[1]):
            found.append(ids[0])
    return found


@pytest.mark.parametrize(
    ("entry", "whole"),
    [
        ('msgid "%(n)s of <b>%(m)s</b>"\nmsgstr "<b>%(m)s</b> có %(n)s"', True),
        ('msgid "%(n)s page"\nmsgid_plural "%(n)s pages"\nmsgstr[0] "%(n)s trang"', True),
        ('msgid "Save"\nmsgstr ""', False),
        ('#, fuzzy\nmsgid "Save"\nmsgstr "Xoá"', False),
        ('msgid "By %(user)s"\nmsgstr "Do %(name)s"', False),
        ('msgid "<b>New</b>"\nmsgstr "Mới"', False),
    ],
)
def test_a_planted_loss_is_seen(entry, whole):
    header = 'msgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    assert (losses(read_po(BytesIO((header + entry).encode()), locale="vi")) == []) is whole


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_vietnamese_of_others_is_whole_and_theirs(domain):
    with open(VIETNAMESE / f"{domain}.po", "rb") as file:
        catalogue = read_po(file, locale="vi")
    assert losses(catalogue) == []
    ids = {message.id if isinstance(message.id, str) else message.id[0] for message in catalogue}
    packages = Path(django_locale.__file__).parents[3]
    for text, path in UNCATALOGUED.items():
        assert text in (packages / path).read_text()
    for label in OF_RIGHTS:
        kind = SimpleNamespace(name="bản ghi", model="record", model_class=lambda: None)
        right = SimpleNamespace(name=f"{label} bản ghi", codename=f"{label.split()[1]}_record", content_type=kind)
        assert normalize_permission_label(right) == label
    assert len(ids) > 50 and ids - messages_of_others(domain) - UNCATALOGUED.keys() - OF_RIGHTS == set()


def vietnamese_ids(domain: str) -> set[str]:
    """Message ids that a Vietnamese reader gets in Vietnamese: the packages' own catalogues and ours."""
    catalogue = DjangoTranslation("vi", domain=domain)._catalog
    keys = {key if isinstance(key, str) else key[0] for part in catalogue._catalogs for key in part}
    return {key.split("\x04")[-1] for key in keys}


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_nothing_of_wagtail_is_left_in_english(domain):
    """The messages in its complete catalogues; tests/admin_vi reads what people meet."""
    names = ("wagtail", "wagtail_2fa", "django.contrib.auth")
    admin = [app for app in apps.get_app_configs() if app.name in names or app.name.startswith("wagtail.")]
    wanted = messages_of(domain, [Path(app.path, "locale") for app in admin])
    wordless = {text for text in wanted if not re.search(r"[A-Za-z]{2}", PLACEHOLDER.sub("", text))}
    assert len(wanted) > 50 and sorted(wanted - wordless - vietnamese_ids(domain)) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "language", "said", "unsaid"),
    [
        ("/en/no-such-page/", "en", "There is no such page.", "Không có trang này"),
        ("/vi/no-such-page/", "vi", "Không có trang này.", "no such page"),
        ("/admin/login/", "vi", "Đăng nhập vào Cát Vàng", "Sign in"),
        ("/admin/password_reset/", "vi", "Đặt lại mật khẩu", "Reset"),
        ("/admin/login/", "en", "Sign in to Cát Vàng", "Đăng nhập"),
    ],
)
def test_a_page_speaks_the_language_asked_for(client, address, language, said, unsaid):
    assert catalogues.stale() == [], "run: python -m config.launch.catalogues"
    body = client.get(address, headers={"accept-language": language}).content.decode()
    assert said in body and unsaid not in body
