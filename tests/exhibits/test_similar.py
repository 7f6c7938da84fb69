"""Similar items on a screen in the hall and in previews: what stands now, and no way out of the kiosk."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import expect

from archive import subjects
from archive.models import RecordPlace
from archive.records import save_record
from exhibits.models import Kiosk
from search import asking, indexer, related
from tests import factories
from tests.exhibits.test_kiosk import SMALL, TINY
from tests.search.factories import edition, scan
from tests.search.standing import publish, withdraw

pytestmark = pytest.mark.django_db
ITEM = "/kiosk/sanh-chinh/vi/item/"
LONG = "Hải ngoại kỷ sự, quyển thứ ba, phần nói về Vạn Lý Trường Sa và việc thuyền buôn phương Tây mắc cạn ở đó"
ONE = edition("vn-map-1838", "An Nam đại quốc họa đồ", "Map of An Nam", years=(1838, 1838), places=["hoang-sa"])
OTHERS = [
    edition("chau-ban", LONG, "Imperial record", years=(1838, 1838), places=["hoang-sa"], scans=[scan()]),
    edition("hai-trinh", "Hải trình", "A route", years=(1600, 1600), places=["hoang-sa"]),
]


@pytest.fixture(autouse=True)
def fresh_engines():
    asking._resting.clear()


@pytest.fixture
def stood(reviewer):
    for document in (ONE, *OTHERS, edition("khac", "Chuyện khác", places=["ly-son"])):
        publish(document, reviewer)
    indexer.drain()


@pytest.fixture
def kiosk(exhibition, public_section):
    return Kiosk.objects.create(slug="sanh-chinh", title_vi="Sảnh chính", exhibition=exhibition, idle_seconds=45)


def shown(html: str) -> list[str]:
    """The addresses in the list of similar items."""
    found = re.search(r'<nav class="similar".*?</nav>', html, re.DOTALL)
    return [address.replace("&amp;", "&") for address in re.findall(r'href="([^"]+)"', found[0])] if found else []


def keys(html: str) -> list[str]:
    return [urlsplit(address).path.split("/")[-2] for address in shown(html)]


def back(html: str) -> str:
    return re.search(r'class="back" href="([^"]+)"', html)[1].replace("&amp;", "&")


def test_what_is_like_an_item_opens_on_the_screen(client, kiosk, stood):
    page = client.get(ITEM + "vn-map-1838/?section=1").text
    assert keys(page) == ["chau-ban", "hai-trinh"]
    assert all(urlsplit(address)[:2] == ("", "") for address in shown(page))
    assert all(address.startswith(ITEM) for address in shown(page))
    assert all(client.get(address).status_code == 200 for address in shown(page))
    outside = [one for one in re.findall(r'<a[^>]* href="([^"]+)"', page) if not one.startswith("/kiosk/sanh-chinh/")]
    assert outside == []
    english = client.get(ITEM.replace("/vi/", "/en/") + "vn-map-1838/").text
    assert "Similar items" in english and "Imperial record" in english
    assert keys(client.get(ITEM + "khac/").text) == []


def test_the_way_back_leads_through_the_items_to_where_it_began(client, kiosk, stood):
    """Section → item → like it → like that; then back, and back."""
    at = [ITEM + "vn-map-1838/?section=1"]
    for _step in range(2):
        at.append(shown(client.get(at[-1]).text)[0])
    assert [urlsplit(one).path.split("/")[-2] for one in at] == ["vn-map-1838", "chau-ban", "vn-map-1838"]
    assert parse_qs(urlsplit(at[2]).query) == {"section": ["1"], "like": ["chau-ban"]}
    first = back(client.get(at[2]).text)
    assert first == ITEM + "chau-ban/?section=1"
    assert back(client.get(first).text) == "/kiosk/sanh-chinh/vi/section/1/"
    assert back(client.get(ITEM + "chau-ban/?q=a&page=2&like=hai-trinh").text) == ITEM + "hai-trinh/?q=a&page=2"


@pytest.mark.parametrize("like", ["khong-co", "", "9" * 5000, "<script>", "../../admin", "a\0b"])
def test_whence_is_asked_of_what_stands_alone(client, kiosk, stood, like):
    page = client.get(ITEM + "vn-map-1838/", {"like": like})
    assert page.status_code == 200 and back(page.text) == "/kiosk/sanh-chinh/vi/"
    assert "<script>&" not in page.text and "=<script>" not in page.text


def test_what_is_withdrawn_is_gone_at_once(client, kiosk, stood):
    withdraw("chau-ban")  # and no index has heard of it yet
    page = client.get(ITEM + "vn-map-1838/?like=chau-ban").text
    assert keys(page) == ["hai-trinh"] and "Hải ngoại" not in page


def test_more_of_them_cost_no_more_questions(client, kiosk, stood, reviewer):
    def asked() -> int:
        client.get(ITEM + "vn-map-1838/?section=1")
        with CaptureQueriesContext(connection) as queries:
            client.get(ITEM + "vn-map-1838/?section=1")
        return len(queries)

    withdraw("hai-trinh")
    indexer.drain()
    one = asked()
    for number in range(3):
        publish(edition(f"them-{number}", "Thêm", places=["hoang-sa"]), reviewer)
    indexer.drain()
    assert len(keys(client.get(ITEM + "vn-map-1838/").text)) == 4
    assert asked() == one <= 11


def test_without_an_engine_the_screen_stands(client, kiosk, stood, monkeypatch):
    def down(make_plan):
        raise asking.Unavailable()

    monkeypatch.setattr(related, "ask", down)
    page = client.get(ITEM + "vn-map-1838/")
    assert page.status_code == 200 and shown(page.text) == []


# --- previews ------------------------------------------------------------------------------------


@pytest.fixture
def draft(cataloguer, stood):
    """A record that nobody cleared, which names the place of the others."""
    place = factories.make_place("hoang-sa")
    return factories.make_record(cataloguer, identifier="ban-thao", title_vi="Bản thảo", places=[place])


def preview(client, record, lang="vi") -> str:
    return client.get(reverse("archive_review:preview", args=[subjects.of(record).key, lang])).text


def panel(html: str) -> str:
    found = re.search(r'<section class="panel related">.*?</section>', html, re.DOTALL)
    return found[0] if found else ""


def test_a_preview_shows_what_is_like_the_draft(client, draft, reviewer):
    client.force_login(reviewer)
    html = panel(preview(client, draft))
    assert re.findall(r'href="([^"]+)" target="_blank" rel="noopener"', html) == [
        f"/vi/items/{name}/" for name in ("vn-map-1838", "chau-ban", "hai-trinh")
    ]
    assert "ban-thao" not in html
    assert "/en/items/chau-ban/" in panel(preview(client, draft, "en"))
    public = client.get("/vi/items/vn-map-1838/").text
    assert "ban-thao" not in public and 'target="_blank"' not in panel(public)
    withdraw("chau-ban")
    assert "chau-ban" not in panel(preview(client, draft))


def test_a_preview_is_searched_for_as_it_stands_now(client, draft, reviewer, cataloguer):
    client.force_login(reviewer)
    assert panel(preview(client, draft))
    other = factories.make_place("ly-son")
    draft.places.set([RecordPlace(place=other)])
    save_record(draft, cataloguer)
    assert "/vi/items/khac/" in panel(preview(client, draft)) and "chau-ban" not in panel(preview(client, draft))
    draft.places.set([])
    save_record(draft, cataloguer)
    assert panel(preview(client, draft)) == ""


def test_a_preview_without_an_engine_is_a_preview(client, draft, reviewer, monkeypatch):
    def down(make_plan):
        raise asking.Unavailable()

    monkeypatch.setattr(related, "ask", down)
    client.force_login(reviewer)
    html = preview(client, draft)
    assert "Bản thảo" in html and panel(html) == ""


# --- in a real browser ---------------------------------------------------------------------------


CUT_OFF = """() => [...document.querySelectorAll(".similar, .similar *")]
  .filter((e) => e.clientWidth && e.scrollWidth > e.clientWidth + 1).map((e) => e.outerHTML.slice(0, 80))"""


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (390, 844)])
def test_the_list_under_a_finger(browser_page, kiosk, stood, size):
    browser_page.set_viewport_size({"width": size[0], "height": size[1]})
    browser_page.goto(ITEM + "vn-map-1838/?section=1")
    listed = browser_page.locator(".similar a")
    assert listed.count() == 2
    listed.first.scroll_into_view_if_needed()
    assert not browser_page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert browser_page.evaluate(CUT_OFF) == []
    if size[0] > 1000:  # a screen in the hall
        assert browser_page.evaluate(SMALL) == [] and browser_page.evaluate(TINY) == []
    listed.first.click()
    expect(browser_page.get_by_role("heading", level=1)).to_have_text(LONG)
    browser_page.locator(".ways .back").click()
    expect(browser_page).to_have_url(re.compile(r"/item/vn-map-1838/\?section=1$"))


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_a_previews_links_open_beside_it(browser_page, live_server, client, draft, reviewer, settings, width):
    client.force_login(reviewer)
    name = settings.SESSION_COOKIE_NAME
    browser_page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto(reverse("archive_review:preview", args=[subjects.of(draft).key, "vi"]))
    assert not browser_page.evaluate("document.documentElement.scrollWidth > innerWidth")
    with browser_page.expect_popup() as opened:
        browser_page.locator(".related").get_by_role("link", name="Hải trình").click()
    opened.value.wait_for_url("**/vi/items/hai-trinh/")
