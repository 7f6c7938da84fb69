"""A curator in a browser makes a section by hand, then its English twin, and submits both."""

import pytest
from django.urls import reverse

from archive.models import Status
from exhibits.models import SectionPage
from exhibits.subjects import PageSubject
from tests import factories

from .conftest import fresh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def curator(browser_page, cataloguer, password):
    browser_page.goto("/admin/login/")
    browser_page.fill("input[name=username]", cataloguer.username)
    browser_page.fill("input[name=password]", password)
    browser_page.click("button[type=submit]")
    browser_page.wait_for_url("**/admin/")
    return browser_page


def submit(page):
    page.click("footer [data-w-dropdown-target=toggle]")
    with page.expect_navigation():  # after the site was asked whether the session still holds
        page.click("footer [name=action-submit]")


def test_a_section_and_its_english_twin(curator, exhibition, cataloguer):
    page = curator
    factories.make_record(cataloguer, identifier="vn-map-1838")
    page.goto(reverse("wagtailadmin_pages:add", args=["exhibits", "sectionpage", exhibition.pk]))
    page.fill("[name=number]", "5")
    page.click("[name=title]")
    page.keyboard.type("Đảo và quần đảo")
    page.fill("[name=intro]", "Lời dẫn.")
    page.wait_for_function("() => document.querySelector('[name=slug]').value")
    assert page.input_value("[name=slug]") == "dao-va-quan-dao", "the address follows the title"
    page.locator(".c-sf-add-button:visible").first.click()
    page.get_by_role("option", name="Một tư liệu").click()
    page.get_by_role("button", name="Chọn bản ghi").click()
    page.locator(".modal tbody a").first.click()
    page.locator(".modal").wait_for(state="detached")
    submit(page)
    section = SectionPage.objects.get(number=5)
    assert PageSubject(section).status == Status.SUBMITTED
    assert [block.value["record"] for block in section.body] == ["vn-map-1838"]

    for original in (exhibition, section):  # a page's parent first
        page.goto(reverse("simple_translation:submit_page_translation", args=[original.pk]))
        page.get_by_label("English").check()
        page.locator("main [type=submit]").last.click()
        page.wait_for_url("**/edit/")
    twin = fresh(section).get_translations().get().specific
    page.goto(reverse("wagtailadmin_pages:edit", args=[twin.pk]))
    page.fill("[name=title]", "Islands")
    submit(page)
    assert PageSubject(fresh(twin)).status == Status.SUBMITTED and not fresh(twin).live
