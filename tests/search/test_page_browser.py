"""The search page and "my collection" in a browser: WCAG, four widths, keyboard, the back button, strict CSP."""

import json
import math
import re
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archive import limits
from search import indexer, lexicon
from tests.conftest import missing
from tests.search.factories import both, edition
from tests.search.standing import publish, withdraw

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (390, 768, 1440, 1920)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(autouse=True)
def collection(reviewer, settings):
    """Eight items in four decades, two of them sheets with an extent; nothing refused by a limit."""
    if not (settings.BASE_DIR / "static" / "vendor" / "leaflet").is_dir():
        missing("static/vendor (npm ci && python -m config.frontend.build)")
    limits.buckets.clear()
    for number in range(6):
        publish(
            edition(
                f"chau-ban-{number}",
                f"Châu bản số {number} về Hoàng Sa",
                f"Record {number} on Hoàng Sa",
                kind="official_document",
                places=["hoang-sa"],
                years=(1830 + number, 1830 + number),
                description=both("Bộ Công tâu việc đi Hoàng Sa."),
            ),
            reviewer,
        )
    sheets = [("ban-do-1700", (1700, 1700), [105, 10, 112, 20]), ("ban-do-1900", (1900, 1900), [100, 0, 120, 25])]
    for identifier, years, bbox in sheets:
        publish(edition(identifier, f"Bản đồ {years[0]}", f"Map of {years[0]}", years=years, bbox=bbox), reviewer)
    indexer.drain()
    lexicon.drain()


@pytest.fixture
def page(browser_page):
    """A page whose console must stay free of errors: under the strict policy a refused style or script is one."""
    said = []
    browser_page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    browser_page.on("pageerror", lambda error: said.append(str(error)))
    yield browser_page
    assert said == []


def drawn(page) -> str:
    """The heading of the results, once nothing is being loaded."""
    page.locator("body:not(.is-loading)").wait_for()
    return page.locator("[data-swap=results] h1").inner_text()


def faults(page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']][:4]}" for one in found]


PAGES = [
    "search/?q=hoang+sa",
    "search/?view=grid&kind=map",
    "search/?view=map",
    "search/?view=timeline&from=1800",
    "search/?q=khong+co+chu+nao",
    "my-collection/?items=chau-ban-1,ban-do-1700,khong-co",
    "my-collection/",
    "items/chau-ban-1/",
]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_meets_wcag_and_fits_its_width(page, lang):
    page.goto(f"/{lang}/items/ban-do-1700/")
    page.locator("[data-star]").click()
    for address in PAGES:
        page.goto(f"/{lang}/{address}")
        if "view=map" in address:
            page.locator(".cluster").first.wait_for()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(100)
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, f"{address} at {width}: {over} px too wide"
            if width in (390, 1440):
                assert faults(page) == [], f"{address} at {width}"


def test_filters_views_and_the_back_button(page):
    page.goto("/vi/search/?q=hoang+sa")
    assert drawn(page) == "6 tư liệu"
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Dòng thời gian").click()
    page.wait_for_url("**view=timeline")
    drawn(page)
    page.locator("#year-from").fill("1833")
    page.locator("#year-from").press("Enter")
    page.wait_for_url("**from=1833**")
    assert drawn(page) == "3 tư liệu"
    assert "view=timeline" in page.url and "q=hoang" in page.url
    page.locator(".chip").get_by_text("từ năm 1833").click()
    page.wait_for_url(lambda url: "from=" not in url)
    assert drawn(page) == "6 tư liệu"
    page.go_back()
    page.wait_for_url("**from=1833**")
    expect(page.locator("[data-swap=results] h1")).to_have_text("3 tư liệu")
    assert page.locator("#year-from").input_value() == "1833"
    page.go_back()
    page.go_back()
    expect(page.locator(".views [aria-current]")).to_have_text("Danh sách")
    assert page.evaluate("window.same") is True  # one page all the while
    page.locator(".lang a").click()
    page.wait_for_url("**/en/search/?q=hoang+sa")
    assert drawn(page) == "6 items"


def test_the_years_are_moved_by_keyboard(page):
    page.goto("/vi/search/")
    handle = page.get_by_role("slider", name="Từ năm")
    handle.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    assert page.locator("#year-from").input_value() == "1820"
    page.wait_for_url("**from=1820**")
    assert drawn(page) == "7 tư liệu"
    assert page.evaluate("document.activeElement.id") == "range-from"
    assert page.locator("rect.on").count() == 2
    page.keyboard.press("Home")
    page.wait_for_url(lambda url: "from=" not in url)
    assert drawn(page) == "8 tư liệu"
    page.get_by_role("slider", name="Đến năm").focus()
    page.keyboard.press("Home")  # no further than the other handle
    assert page.locator("#year-to").input_value() == page.locator("#range-from").input_value()


def test_the_map_shows_clusters_footprints_and_asks_for_a_box(page):
    page.goto("/vi/search/?view=map")
    page.locator(".cluster").first.wait_for()
    page.wait_for_timeout(600)
    numbers = page.locator(".cluster").all_inner_texts()
    assert sum(map(int, numbers)) == 8 and max(map(int, numbers)) == 6
    page.locator("[data-hit=ban-do-1700] h2 a").hover()
    assert page.locator("path.footprint").count() == 1
    page.locator("[data-hit=chau-ban-1] h2 a").focus()
    assert page.locator("path.footprint").count() == 1
    page.evaluate("window.kept = document.querySelector('[data-map]')")
    page.get_by_role("button", name="Vẽ khung").click()
    box = page.locator("[data-map]").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] - 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 40, box["y"] + 90, steps=5)
    page.mouse.up()
    page.wait_for_url("**bbox=**")
    drawn(page)
    assert page.locator(".chip").get_by_text("trong khung bản đồ").count() == 1
    assert page.evaluate("window.kept === document.querySelector('[data-map]')")  # the map wasn't drawn anew
    first = re.search(r"bbox=([^&]+)", page.url)[1]
    page.get_by_role("button", name="Phóng to").click()
    page.wait_for_timeout(600)
    page.get_by_role("button", name="Tìm trong khung này").click()
    page.wait_for_url(lambda url: first not in url)
    page.get_by_role("button", name="Tất cả").click()
    page.wait_for_url(lambda url: "bbox" not in url)


CENTRE = """(e) => { const box = e.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }"""


def test_a_cluster_stands_where_its_records_are_and_a_press_goes_there(page):
    page.goto("/vi/search/?view=map")
    page.locator(".cluster").first.wait_for()
    page.wait_for_timeout(600)
    six = page.locator(".cluster", has_text="6")
    page.locator("[data-hit=chau-ban-1] h2 a").hover()
    page.locator("path.footprint").wait_for()
    seen, real = six.evaluate(CENTRE), page.locator("path.footprint").evaluate(CENTRE)
    assert max(abs(a - b) for a, b in zip(seen, real, strict=True)) < 10, "pixels"
    six.click()
    page.wait_for_timeout(900)
    assert "bbox" not in page.url
    seen, frame = six.evaluate(CENTRE), page.locator("[data-map]").evaluate(CENTRE)
    assert max(abs(a - b) for a, b in zip(seen, frame, strict=True)) < 10
    six.click()
    page.wait_for_url("**bbox=**")  # nothing parts them any more: they are listed
    west, south, east, north = map(float, re.search(r"bbox=([^&]+)", unquote(page.url))[1].split(","))
    assert west < 112 < east and south < 16.5 < north and east - west < 0.2


def test_no_mark_lies_on_another(page, reviewer):
    for number, west in enumerate((110.4, 109.9, 111.4)):
        publish(edition(f"gan-{number}", "Gần", bbox=(west, 15.4, west + 1.8, 17)), reviewer)
    indexer.drain()
    page.set_viewport_size({"width": 390, "height": 844})
    with page.expect_response(lambda answer: "/api/v1/search/" in answer.url) as told:
        page.goto("/vi/search/?view=map")
    page.wait_for_timeout(300)
    boxes = [one.bounding_box() for one in page.locator(".cluster").all()]
    assert len(told.value.json()["clusters"]) > len(boxes) > 1
    assert sum(map(int, page.locator(".cluster").all_inner_texts())) == 11
    circles = [(box["x"] + box["width"] / 2, box["y"] + box["width"] / 2, box["width"] / 2) for box in boxes]
    for at, (x, y, radius) in enumerate(circles):
        assert all(math.hypot(x - a, y - b) >= (radius + other) * 0.8 for a, b, other in circles[at + 1 :])


def test_without_javascript_all_of_it_works(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto("/vi/search/?view=map")
    assert page.locator(".places-found a").count() == 1 and not page.locator("[data-map]").is_visible()
    page.goto("/vi/search/")
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.locator("#year-from").is_visible()  # the results come first on a telephone
    page.locator(".filters > summary").click()
    assert page.locator("#year-from").is_visible()
    page.reload()
    page.set_viewport_size({"width": 1280, "height": 844})
    assert not page.locator(".filters > summary").is_visible()
    page.locator("#year-from").fill("1835")
    page.locator("#f-kind-official_document").check()
    page.get_by_role("button", name="Lọc").click()
    assert page.locator("[data-swap=results] h1").inner_text() == "1 tư liệu"
    assert page.locator("[data-star]").first.is_hidden()
    page.goto("/vi/my-collection/?items=chau-ban-1,ban-do-1700")
    with page.expect_download() as download:
        page.get_by_role("button", name="BibTeX").click()
    assert download.value.suggested_filename == "cat-vang.bib"
    context.close()


def test_a_collection_lives_in_the_browser(page, request_log):
    page.goto("/vi/search/?q=chau+ban")
    for number in (1, 2, 3):
        page.locator(f"[data-star=chau-ban-{number}]").click()
    page.locator("[data-star=chau-ban-2]").click()
    assert page.locator("[data-star=chau-ban-1]").get_attribute("aria-pressed") == "true"
    page.goto("/vi/items/ban-do-1900/")
    page.get_by_role("button", name="Lưu vào bộ sưu tập của tôi").click()
    page.get_by_role("link", name="Bộ sưu tập của tôi (3)").click()
    page.wait_for_url("**/my-collection/")
    titles = page.locator(".mine h2")
    assert titles.all_inner_texts() == ["Châu bản số 1 về Hoàng Sa", "Châu bản số 3 về Hoàng Sa", "Bản đồ 1900"]
    page.goto("/en/my-collection/")
    assert titles.all_inner_texts() == ["Record 1 on Hoàng Sa", "Record 3 on Hoàng Sa", "Map of 1900"]
    page.goto("/vi/my-collection/")
    page.locator("[data-id=ban-do-1900] [data-do=up]").click()
    page.locator("[data-id=ban-do-1900] [data-do=up]").click()
    page.locator("[data-id=chau-ban-1] textarea").fill("=xem tờ 3")
    page.locator("[data-id=chau-ban-3] [data-do=remove]").click()
    page.reload()
    assert titles.all_inner_texts() == ["Bản đồ 1900", "Châu bản số 1 về Hoàng Sa"]
    assert page.locator("[data-id=chau-ban-1] textarea").input_value() == "=xem tờ 3"
    assert not any("xem" in address or "items=" in address for address in request_log)  # nothing was sent
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    text = open(download.value.path(), encoding="utf-8-sig").read()
    assert text.index("ban-do-1900") < text.index("chau-ban-1") and "'=xem tờ 3" in text
    shared = page.locator("#share").input_value()
    assert shared.endswith("/vi/my-collection/?items=ban-do-1900,chau-ban-1")
    withdraw("chau-ban-1")
    page.evaluate("localStorage.clear()")
    page.goto(shared)
    assert page.locator(".mine h2").all_inner_texts() == ["Bản đồ 1900"]
    page.get_by_role("button", name="Thêm tất cả").click()
    kept = json.loads(page.evaluate("localStorage.getItem('catvang.collection')"))
    assert [item["id"] for item in kept["items"]] == ["ban-do-1900"]


def test_facets_fold_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/vi/search/")
    assert not page.locator("#year-from").is_visible()
    page.locator(".filters > summary").click()
    assert page.locator("#year-from").is_visible()
    page.locator("#f-kind-map").check()
    page.wait_for_url("**kind=map**")
    assert drawn(page) == "2 tư liệu"
    assert page.locator("#year-from").is_visible()  # they stay open while they are used


def test_suggestions_close_when_the_search_begins(page):
    page.goto("/vi/search/")
    suggestions = page.locator("#q-suggestions")
    page.locator("#q").press_sequentially("chau ban")
    expect(suggestions).to_be_visible()
    with page.expect_response(lambda answer: "/vi/search/?q=" in answer.url):
        page.keyboard.press("Enter")
    expect(suggestions).to_be_hidden()
    # One that is on its way while the form is sent doesn't open the list again.
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("hoang", delay=5)
    page.keyboard.press("Enter")
    page.wait_for_timeout(600)
    expect(suggestions).to_be_hidden()
