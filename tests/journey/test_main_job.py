"""The main job, from a spreadsheet and a scan to a cleared item that is found and shown, and gone again.

One walk in a real browser as curator, reviewer and visitor, with both workers running.
"""

import json
import urllib.request
from urllib.parse import quote

import pytest
from django.urls import reverse

from archive.models import Edition, Record, Status
from exhibits.models import ExhibitionPage, Kiosk, SectionPage
from exhibits.site_setup import ensure_site
from tests import factories
from tests.exhibits.conftest import add, body, paragraph, record_block

from .conftest import eventually

pytestmark = [pytest.mark.browser, pytest.mark.elasticsearch]
IDENTIFIER = "ban-do-hoang-sa"
QUERIES = ["hoang sa", "Hoàng Sa", "paracel", "黃沙圖", "黃沙"]


class Visitor:
    """A person with a browser of their own."""

    def __init__(self, browser, home, log):
        self.context = browser.new_context(base_url=home, locale="vi-VN", viewport={"width": 1440, "height": 900})
        self.context.on("request", lambda request: log.append(request.url))
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()

    def log_in(self, user, password):
        self.page.goto("/admin/login/")
        self.page.fill("[name=username]", user.username)
        self.page.fill("[name=password]", password)
        self.page.click("button[type=submit]")
        self.page.wait_for_url("**/admin/")
        return self.page


def status_of(live_server, path):
    try:
        with urllib.request.urlopen(live_server.url + path) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def found(live_server, query):
    """Identifiers that the search API names for a query."""
    with urllib.request.urlopen(f"{live_server.url}/api/v1/search/?lang=vi&q={quote(query)}") as answer:
        body = json.load(answer)
    assert body["total"] == len(body["items"])
    return [item["identifier"] for item in body["items"]]


def import_sheet(page, sheet):
    page.goto(reverse("archive_import:index"))
    page.set_input_files("[name=sheet]", sheet / "sheet.xlsx")
    page.set_input_files("[name=scans]", [sheet / "to-1.tif"])
    page.click("main button[type=submit], .nice-padding button[type=submit]")
    page.wait_for_selector("text=hôm nọ")
    report = page.inner_text("main")
    assert "2" in report and "Niên đại" in report
    assert not Record.objects.filter(identifier="dong-hong").exists()
    return eventually(lambda: Record.objects.filter(identifier=IDENTIFIER).first())


def edit_and_submit(page, record, title):
    page.goto(reverse(Record.snippet_viewset.get_url_name("edit"), args=[record.pk]))
    assert page.locator("[name=title_vi]").is_visible() and page.locator("[name=title_en]").is_visible()
    page.fill("[name=title_vi]", title)
    page.click("footer [data-w-dropdown-target=toggle]")
    with page.expect_navigation():  # the editor asks first whether the session goes on
        page.click("[name=action-submit]")
    assert Record.objects.get(pk=record.pk).status == Status.SUBMITTED


def clear(page, subject_key, title):
    page.goto(reverse("archive_review:queue"))
    page.click(f"text={title}")
    for frame, lang in ((0, "vi"), (1, "en")):
        shown = page.frame_locator("iframe").nth(frame).locator("html")
        assert shown.get_attribute("lang") == lang
    for box in page.locator("[name=checklist]").all():
        box.check()
    page.click(".review-clear button[type=submit]")
    page.wait_for_url("**/admin/review/")


@pytest.fixture
def hall(cataloguer, reviewer):
    """A cleared exhibition whose one section chose the record that isn't there yet, and a kiosk showing it."""
    homes = ensure_site()
    exhibition = add(ExhibitionPage, homes["vi"], cataloguer, title="Những bằng chứng", slug="trien-lam", intro="Lời.")
    blocks = body(paragraph("Lời chú."), record_block(IDENTIFIER))
    section = add(
        SectionPage, exhibition, cataloguer, title="Ghi chép", slug="ghi-chep", number=1, intro="Lời.", body=blocks
    )
    for page in (exhibition, section):
        factories.clear(type(page).objects.get(pk=page.pk), cataloguer, reviewer)
    return Kiosk.objects.create(slug="sanh", title_vi="Sảnh", title_en="Lobby", exhibition=exhibition)


@pytest.fixture
def engines(elasticsearch_url, settings, process_env):
    """Both engines are fed; the pages ask the one of the settings."""
    settings.ELASTICSEARCH_URL = process_env["ELASTICSEARCH_URL"] = elasticsearch_url
    prefix = f"journey-{settings.VAR_DIR.parent.name[-20:].lower().replace('_', '-')}"
    settings.ELASTICSEARCH_INDEX_PREFIX = process_env["ELASTICSEARCH_INDEX_PREFIX"] = prefix
    return ("embedded", "elasticsearch")


def test_the_main_job(
    engines,
    hall,
    workers,
    live_server,
    browser,
    browser_page,
    request_log,
    settings,
    sheet,
    cataloguer,
    reviewer,
    password,
):
    factories.make_place()
    settings.PUBLIC_BASE_URL = live_server.url
    people = [Visitor(browser, live_server.url, request_log) for _ in range(3)]
    curator, second, visitor = people
    desk = curator.log_in(cataloguer, password)
    review_desk = second.log_in(reviewer, password)
    public = visitor.page

    # 1, 2. A sheet with scans; the worker makes the pyramid.
    record = import_sheet(desk, sheet)
    eventually(lambda: record.scans.get().scan.renditions.exists())
    assert status_of(live_server, f"/vi/items/{IDENTIFIER}/") == 404
    # 3. Both languages side by side; submitted; a second person sees both pages and clears.
    edit_and_submit(desk, record, "Bản đồ quần đảo Hoàng Sa")
    clear(review_desk, f"record:{record.pk}", "Bản đồ quần đảo Hoàng Sa")
    edition = Edition.objects.get(identifier=IDENTIFIER)
    # 4. The page at once, deep zoom, search on both engines.
    for lang, title in (("vi", "Bản đồ quần đảo Hoàng Sa"), ("en", "Map of Hoàng Sa")):
        public.goto(f"/{lang}/items/{IDENTIFIER}/")
        assert public.inner_text("h1") == title
        public.wait_for_selector(".openseadragon-canvas canvas")
    for engine in engines:
        settings.SEARCH_ENGINE = engine
        for query in QUERIES:
            eventually(lambda query=query: found(live_server, query) == [IDENTIFIER])
    public.goto(f"/vi/search/?q={quote('paracel')}")
    public.click("text=Bản đồ quần đảo Hoàng Sa")
    public.wait_for_url(f"**/vi/items/{IDENTIFIER}/**")
    # The exhibition page that chose the record shows it; so does the kiosk.
    shown_in = ("/vi/trien-lam/ghi-chep/", f"/kiosk/{hall.slug}/vi/section/1/")
    for path in shown_in:
        assert "Bản đồ quần đảo Hoàng Sa" in public.goto(path).text(), path
    public.goto(f"/kiosk/{hall.slug}/vi/item/{IDENTIFIER}/")
    public.wait_for_selector(".openseadragon-canvas canvas")
    # 5. An edit shows nowhere; withdrawing removes it everywhere at once.
    image = f"/iiif/image/{edition.data['scans'][0]['image']}/full/200,/0/default.jpg"
    assert status_of(live_server, image) == 200
    edit_and_submit(desk, record, "Nhan đề chưa duyệt")
    assert "chưa duyệt" not in public.goto(f"/vi/items/{IDENTIFIER}/").text()
    assert found(live_server, "chua duyet") == []
    review_desk.goto(reverse("archive_review:review", args=[f"record:{record.pk}"]))
    review_desk.fill("#withdraw-reason", "Sai tên gọi")
    review_desk.click("form:has([value=withdraw]) button[type=submit]")
    review_desk.wait_for_url("**/admin/review/")
    for engine in engines:
        settings.SEARCH_ENGINE = engine
        assert found(live_server, "hoang sa") == []
    assert status_of(live_server, image) == 404
    for path in (f"/vi/items/{IDENTIFIER}/", f"/en/items/{IDENTIFIER}/", f"/api/v1/items/{IDENTIFIER}/"):
        assert status_of(live_server, path) == 410
    for path in shown_in:
        assert "Bản đồ quần đảo Hoàng Sa" not in public.goto(path).text(), path
    assert request_log.foreign_to(live_server.url) == []
