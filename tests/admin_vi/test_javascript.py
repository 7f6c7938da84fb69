"""What Wagtail's scripts say, in Vietnamese: their catalogue, and two editors in a browser."""

import json
import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from django.apps import apps
from django.urls import reverse

from tests import factories

from .english import english
from .reading import read

SAID = re.compile(r"\b(?:gettext|ngettext)\(\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')")
# No words: times and zones are put together, languages are named by themselves.
WORDLESS = {"%(time_zone_option)s: %(localized_time_zone_label)s"}


def said_by_scripts() -> set[str]:
    """Message ids in Wagtail's compiled scripts and in its catalogues for them."""
    root = apps.get_app_config("wagtailadmin").path
    found = set()
    for app in apps.get_app_configs():
        if app.name.split(".")[0] != "wagtail":
            continue
        for script in Path(app.path, "static").rglob("*.js"):
            found |= {one[1:-1] for one in SAID.findall(script.read_text(errors="replace"))}
    for language in ("de", "fr", "sv"):
        path = Path(root, "locale", language, "LC_MESSAGES", "djangojs.mo")
        with open(path, "rb") as file:
            ids = [message.id for message in read_mo(file)]
        found |= {one if isinstance(one, str) else one[0] for one in ids}
    return {one for one in found if one and "\\" not in one and re.search("[A-Za-z]{2}", one)} - WORDLESS


def catalogue(client) -> dict:
    """What the admin's jsi18n gives a browser that asks for Vietnamese."""
    answer = client.get(reverse("wagtailadmin_javascript_catalog"), headers={"accept-language": "vi"})
    text = answer.content.decode()
    return json.loads(
        text[text.index("const newcatalog = ") + 19 : text.index("};", text.index("const newcatalog")) + 1]
    )


@pytest.mark.django_db
def test_every_message_of_the_scripts_is_vietnamese(client, cataloguer):
    client.force_login(cataloguer, backend="django.contrib.auth.backends.ModelBackend")
    known, wanted = catalogue(client), said_by_scripts()
    assert len(wanted) > 80
    assert sorted(wanted - known.keys()) == []
    values = [text for value in known.values() for text in ([value] if isinstance(value, str) else value)]
    assert [text for text in values if english(text)] == []


# --- in a browser ---------------------------------------------------------------------------------------


def shown(page, name: str) -> list[str]:
    """English in the page as scripts have made it, tooltips and dialogs included; `name` is the person's."""
    # The date picker's button for choosing several dates, which Wagtail never shows.
    page.evaluate("document.querySelectorAll('.xdsoft_save_selected').forEach(one => one.remove())")
    return [text for text in read(page.content()).texts if english(text.replace(name, ""))]


@pytest.fixture
def curator(browser_page, cataloguer, password):
    browser_page.goto("/admin/login/")
    browser_page.fill("input[name=username]", cataloguer.username)
    browser_page.fill("input[name=password]", password)
    browser_page.click("button[type=submit]")
    browser_page.wait_for_url("**/admin/")
    return browser_page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_editors(curator, cataloguer, homes):
    page = curator
    record = factories.make_record(cataloguer, title_en="Bản đồ", description_en="Bản đồ", identifier="ban-do-1")
    page.goto(f"/admin/snippets/archive/record/edit/{record.pk}/")
    page.wait_for_load_state("networkidle")
    assert shown(page, cataloguer.username) == []
    page.goto(f"/admin/pages/add/exhibits/articlepage/{homes['vi'].pk}/")
    page.wait_for_load_state("networkidle")
    page.locator("[data-streamfield-stream-container] button[title]").first.click()
    page.get_by_role("option", name="Đoạn văn").click()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("/")
    page.wait_for_timeout(300)
    page.fill("[name=title]", "Bài mới")
    page.mouse.click(5, 5)
    assert shown(page, cataloguer.username) == []
