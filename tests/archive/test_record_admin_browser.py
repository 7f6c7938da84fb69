"""Curators in a browser: a stale translation, a conflict of two, the worklist by keyboard alone."""

import pytest
from django.urls import reverse

from archive.models import Record
from archive.records import save_record
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def record(cataloguer):
    return factories.make_record(cataloguer)


@pytest.fixture
def sign_in(browser, live_server, settings, password):
    """Opens a browser session of its own for a person, in Vietnamese."""
    settings.PUBLIC_BASE_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    contexts = []

    def open_session(user, **options):
        context = browser.new_context(
            base_url=live_server.url, locale="vi-VN", **({"viewport": {"width": 1440, "height": 900}} | options)
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/admin/login/")
        page.fill("input[name=username]", user.username)
        page.fill("input[name=password]", password)
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    yield open_session
    for context in contexts:
        context.close()


def edit_address(record) -> str:
    return reverse(Record.snippet_viewset.get_url_name("edit"), args=[record.pk])


def save(page):
    with page.expect_navigation():
        page.keyboard.press("Control+s")


def fresh(record):
    return Record.objects.get(pk=record.pk)


def test_a_stale_translation_is_marked_and_confirmed(sign_in, record, cataloguer):
    page = sign_in(cataloguer)
    page.goto(edit_address(record))
    pair = page.locator('[data-pair="description"]')
    mark, english = pair.locator('[data-mark="stale"]'), pair.locator("[name=description_en]")
    assert not mark.is_visible()
    pair.locator("[name=description_vi]").fill("Bản đồ ghi Hoàng Sa và Vạn Lý Trường Sa.")
    mark.wait_for()
    before = english.input_value()
    english.fill("Translated again.")
    mark.wait_for(state="hidden")
    english.fill(before)
    mark.wait_for()
    save(page)
    assert " stale:description " in fresh(record).gaps
    page.locator('[data-pair="description"] [data-mark="stale"]').wait_for()  # also on load
    page.get_by_role("link", name="mô tả: tiếng Anh cũ hơn tiếng Việt").click()
    assert page.evaluate("document.activeElement.name") == "description_en"

    page.get_by_role("button", name="Bản tiếng Anh vẫn đúng").locator("visible=true").click()
    page.get_by_text("Sẽ ghi “bản tiếng Anh vẫn đúng” khi lưu").locator("visible=true").wait_for()
    save(page)
    assert "stale" not in fresh(record).gaps and fresh(record).description_en == before
    assert not page.locator('[data-pair="description"] [data-mark="stale"]').is_visible()


def test_confirming_works_without_scripts(sign_in, record, cataloguer):
    record.title_vi = "Nhan đề khác"
    save_record(record, cataloguer)
    page = sign_in(cataloguer, java_script_enabled=False)
    page.goto(edit_address(record))
    with page.expect_navigation():
        page.locator('[data-pair="title"] [data-confirm]').click()
    assert "stale" not in fresh(record).gaps


def test_the_date_is_read_as_one_types(sign_in, record, cataloguer):
    page = sign_in(cataloguer)
    page.goto(edit_address(record))
    reading = page.locator("[data-reading]")
    page.fill("[name=date_text]", "Minh Mạng năm thứ 19")
    reading.get_by_text("1838").first.wait_for()
    page.fill("[name=date_text]", "hôm nọ")
    reading.get_by_text("Chưa đọc được niên đại").wait_for()


def test_sections_open_with_the_kind(sign_in, record, cataloguer):
    page = sign_in(cataloguer)
    page.goto(edit_address(record))
    number = page.locator("[name=legal_number]")
    assert not number.is_visible() and page.locator("[name=scale_text]").is_visible()
    page.select_option("[name=kind]", "legal_text")
    number.wait_for()
    number.fill("65/2007/NĐ-CP")
    page.select_option("[name=kind]", "map")
    save(page)
    assert fresh(record).legal_number == "65/2007/NĐ-CP"  # not lost, and shown where it is filled
    assert page.locator("[name=legal_number]").is_visible()


def test_two_sessions_and_one_record(sign_in, record, cataloguer, django_user_model, password):
    colleague = django_user_model.objects.create_user("thu", password=password, first_name="Thu", last_name="Hà")
    colleague.groups.set(cataloguer.groups.all())
    mine, theirs = sign_in(cataloguer), sign_in(colleague)
    for page in (mine, theirs):
        page.goto(edit_address(record))
    theirs.fill("[name=description_vi]", "Bản của Thu")
    theirs.fill("[name=remarks_vi]", "Lưu ý của Thu")
    save(theirs)
    mine.fill("[name=description_vi]", "Bản của tôi")
    save(mine)
    mine.get_by_role("heading", name="Hai người cùng sửa").wait_for()
    assert fresh(record).description_vi == "Bản của Thu"
    for text in ("Bản của Thu", "Bản của tôi", "Lưu ý của Thu"):
        assert mine.locator(".conflict__text").filter(has_text=text).first.is_visible()
    mine.locator('[name="choice-description_vi"][value=mine]').check()
    assert mine.locator('[name="choice-remarks_vi"][value=theirs]').is_checked()
    with mine.expect_navigation():
        mine.get_by_role("button", name="Lưu những gì đã chọn").click()
    mine.get_by_text("Đã gộp với bản mà").wait_for()
    assert (fresh(record).description_vi, fresh(record).remarks_vi) == ("Bản của tôi", "Lưu ý của Thu")


def test_a_session_that_ended_loses_nothing(sign_in, record, cataloguer, password):
    page = sign_in(cataloguer)
    page.goto(edit_address(record))
    page.fill("[name=description_vi]", "Viết cả buổi sáng.")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+s")
    page.get_by_text("Phiên đăng nhập đã hết nên chưa lưu gì.").wait_for()
    other = page.context.new_page()
    other.goto("/admin/login/")
    other.fill("input[name=username]", cataloguer.username)
    other.fill("input[name=password]", password)
    other.click("button[type=submit]")
    other.wait_for_url("**/admin/")
    save(page)
    assert fresh(record).description_vi == "Viết cả buổi sáng."


def test_the_worklist_by_keyboard_alone(sign_in, cataloguer):
    for number in range(3):
        factories.make_record(cataloguer, identifier=f"so-{number}", title_en="")
    page = sign_in(cataloguer)
    page.goto(reverse("archive_worklist:list") + "?gap=title_en")
    keys = page.keyboard
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    with page.expect_navigation():
        keys.press("Enter")
    for number in range(3):
        page.wait_for_function("document.activeElement && document.activeElement.name === 'title_en'")
        if number == 1:
            with page.expect_navigation():
                keys.press("Control+Shift+Enter")  # leave this one
            continue
        keys.type(f"Title {number}")
        with page.expect_navigation(url="**/worklist/**" if number == 2 else "**/edit/**"):
            keys.press("Control+Enter")
    page.get_by_text("Đã tới cuối danh sách").wait_for()
    titles = list(Record.objects.order_by("identifier").values_list("title_en", flat=True))
    assert titles[0] == "Title 0" and not titles[1] and titles[2] == "Title 2"


def test_alt_m_goes_to_what_is_missing(sign_in, cataloguer):
    record = factories.make_record(cataloguer, title_en="", date_text="")
    page = sign_in(cataloguer)
    page.goto(edit_address(record))
    page.keyboard.press("Alt+m")
    assert page.evaluate("document.activeElement.name") == "title_en"
    page.keyboard.press("Alt+m")
    assert page.evaluate("document.activeElement.name") == "date_text"


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("place", ["edit", "worklist"])
def test_axe_finds_nothing_and_nothing_overflows(sign_in, record, cataloguer, width, place):
    from axe_playwright_python.sync_playwright import Axe

    record.title_vi = "Nhan đề khác"
    save_record(record, cataloguer)
    page = sign_in(cataloguer, viewport={"width": width, "height": 900})
    page.goto({"edit": edit_address(record), "worklist": reverse("archive_worklist:list")}[place])
    page.wait_for_load_state("networkidle")
    found = Axe().run(page, context="main", options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    ours = [
        (one["id"], node["html"][:200])
        for one in found.response["violations"]
        for node in one["nodes"]
        if any(
            word in node["html"] for word in ("pair", "complete", "worklist", "step", "reading", "data-goto", "<meter")
        )
    ]
    assert ours == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
