"""The kiosk: what a screen shows and how it behaves under a finger."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from archive import clearance, subjects
from archive.models import PlaceMention, Record
from archive.records import save_record
from exhibits.models import Kiosk
from exhibits.subjects import PageSubject
from media import storage
from search import indexer
from tests import factories

from .conftest import add, clear  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def kiosk(exhibition):
    return Kiosk.objects.create(slug="sanh-chinh", title_vi="Sảnh chính", exhibition=exhibition, idle_seconds=45)


def get(client, path, status=200):
    response = client.get(f"/kiosk/sanh-chinh/{path}")
    assert response.status_code == status, response.status_code
    return response.content.decode()


def test_the_entrance_leads_to_the_first_page_in_vietnamese(client, kiosk):
    assert client.get("/kiosk/sanh-chinh/")["Location"] == "/kiosk/sanh-chinh/vi/"
    assert reverse("exhibits:kiosk", args=["sanh-chinh"]) == "/kiosk/sanh-chinh/"
    assert client.get("/kiosk/khac/").status_code == 404
    assert client.get("/kiosk/sanh-chinh/fr/").status_code == 404


def test_before_anything_is_cleared_the_screen_is_calm(client, kiosk, section):
    html = get(client, "vi/")
    assert "chưa có nội dung công bố" in html and "Ghi chép" not in html
    assert "không được trưng bày" in get(client, "vi/section/1/", 404)


def test_the_first_page_and_a_section(client, kiosk, public_home, edition):
    html = get(client, "vi/")
    assert "Hoàng Sa,<br>Trường Sa" in html and "/kiosk/sanh-chinh/vi/section/1/" in html
    assert 'data-idle="45"' in html and 'data-idle-url="/kiosk/sanh-chinh/vi/"' in html
    section = get(client, "vi/section/1/")
    assert "An Nam đại quốc họa đồ" in section and "/vi/item/vn-map-1838/?section=1" in section
    assert "Bãi Cát Vàng" in section
    assert "Paracel seu Cát Vàng" in get(client, "vi/maps/")


def test_a_screen_names_its_language(client, kiosk):
    for lang in ("vi", "en"):
        assert client.get(f"/kiosk/{kiosk.slug}/{lang}/")["Content-Language"] == lang


def test_whoever_opens_it_on_a_telephone_may_enlarge_it(client, kiosk):
    """WCAG 1.4.4. On the screen in the hall touch-action keeps fingers from it (test_no_menu_no_selection_no_zoom)."""
    html = get(client, "vi/")
    assert 'name="viewport"' in html and "user-scalable" not in html and "maximum-scale" not in html


def test_only_standing_editions_are_shown(client, kiosk, public_section, cataloguer, reviewer):
    record = factories.make_record(cataloguer)
    assert "An Nam" not in get(client, "vi/section/1/")
    get(client, "vi/item/vn-map-1838/", 404)
    factories.clear(record, cataloguer, reviewer)
    assert "An Nam" in get(client, "vi/section/1/") and "An Nam" in get(client, "vi/item/vn-map-1838/")
    clearance.withdraw(subjects.of(Record.objects.get(pk=record.pk)), reviewer, "nhầm")
    assert "An Nam" not in get(client, "vi/section/1/")
    assert "không được trưng bày" in get(client, "vi/item/vn-map-1838/", 404)


def test_a_withdrawn_exhibition_leaves_a_calm_screen(client, kiosk, public_section, reviewer):
    clearance.withdraw(PageSubject(public_section.exhibition), reviewer, "nhầm")
    assert "Ghi chép" not in get(client, "vi/")
    get(client, "vi/section/1/", 404)


def test_an_item_has_both_languages_and_the_public_address(client, kiosk, public_section, edition, settings):
    settings.PUBLIC_BASE_URL = "https://trienlam.example"
    html = get(client, "vi/item/vn-map-1838/?section=1")
    assert "An Nam đại quốc họa đồ" in html and "Map of the Great Land of Annam" in html
    assert "trienlam.example/id/vn-map-1838" in html and '<svg width="' in html
    assert "/kiosk/sanh-chinh/vi/section/1/" in html and "/kiosk/sanh-chinh/en/item/vn-map-1838/?section=1" in html
    assert "style=" not in html


def test_the_qr_code_holds_the_public_address(settings, client, kiosk, public_section, edition):
    """Read back by the library that reads QR codes in no other place: the drawn squares are compared."""
    import segno

    settings.PUBLIC_BASE_URL = "https://trienlam.example"
    wanted = segno.make("https://trienlam.example/id/vn-map-1838", error="m").svg_inline(
        scale=5, border=2, dark="#0b1426", light="#fff"
    )
    assert wanted in get(client, "vi/item/vn-map-1838/")


def test_queries(client, kiosk, public_home, edition, django_assert_max_num_queries):
    for path, most in (("vi/", 6), ("vi/section/1/", 7), ("vi/item/vn-map-1838/?section=1", 8), ("vi/maps/", 6)):
        get(client, path)
        with django_assert_max_num_queries(most):
            get(client, path)


@pytest.fixture
def written(cataloguer, reviewer):
    """A public item whose sheet writes a place; its picture is served. Out: the place's key."""
    place, scan = factories.make_place(), factories.make_scan(cataloguer, width=1200, height=900)
    record = factories.make_record(cataloguer, identifier="to-ghi-ten", scans=[scan], places=[place])
    words = {"name_as_written": "黃沙", "language": "lzh", "reading": "Hoàng Sa", "meaning_vi": "cát vàng"}
    record.mentions = [PlaceMention(scan=scan, place=place, x=40, y=40, width=20, height=10, **words)]
    save_record(record, cataloguer)
    factories.clear(record, cataloguer, reviewer)
    edition = type(record).objects.get(pk=record.pk).edition
    storage.release([one["image"] for one in edition.data["scans"]])
    return place.key


def test_a_place_through_the_maps(client, kiosk, public_home, written, django_assert_max_num_queries):
    item = get(client, "vi/item/to-ghi-ten/")
    assert f'href="/kiosk/sanh-chinh/vi/place/{written}/"' in item and "/vi/places/" not in item
    get(client, f"vi/place/{written}/")
    with django_assert_max_num_queries(9):
        page = get(client, f"vi/place/{written}/")
    assert f"/kiosk/sanh-chinh/vi/item/to-ghi-ten/?place={written}#page=1&amp;xywh=480,360,240,90" in page
    assert f"/kiosk/sanh-chinh/en/place/{written}/" in page
    assert f'href="/kiosk/sanh-chinh/vi/place/{written}/"' in get(client, f"vi/item/to-ghi-ten/?place={written}")
    assert "không được trưng bày" in get(client, "vi/place/khong-co/", 404)
    for query in ("page=0", "page=²", "page=999999999", "page=2"):
        assert get(client, f"vi/place/{written}/?{query}").count('class="card cut"') == 1
    get(client, "vi/item/to-ghi-ten/?place=" + "9" * 5000)
    get(client, "vi/item/to-ghi-ten/?place=%00")


def test_hall_staff_keep_the_list_of_screens(client, django_user_model, kiosk):
    from archive.roles import ensure_roles

    person = django_user_model.objects.create_user("hall", password="x" * 12)
    person.groups.add(ensure_roles()["hall_staff"])
    client.force_login(person)
    url = reverse(Kiosk.snippet_viewset.get_url_name("edit"), args=[kiosk.pk])
    assert client.get(url).status_code == 200
    posted = {
        "title_vi": "Sảnh",
        "title_en": "Hall",
        "slug": "sanh-chinh",
        "idle_seconds": "5",
        "exhibition": kiosk.exhibition_id,
    }
    assert client.post(url, posted).status_code == 200, "too short to read anything"
    assert client.post(url, {**posted, "idle_seconds": "60"}).status_code == 302
    kiosk.refresh_from_db()
    assert kiosk.idle_seconds == 60


def test_the_staffs_name_of_a_screen_is_not_shown(client, kiosk, public_home, edition):
    for path in ("vi/", "vi/section/1/", "vi/item/vn-map-1838/", "vi/search/"):
        assert "Sảnh chính" not in get(client, path)


# --- in a real browser ---------------------------------------------------------------------------


@pytest.fixture
def screen(browser_page, kiosk, public_home, edition):
    browser_page.set_viewport_size({"width": 1920, "height": 1080})
    faults = []
    browser_page.on("console", lambda message: message.type == "error" and faults.append(message.text))
    browser_page.on("pageerror", lambda error: faults.append(str(error)))
    yield browser_page
    assert not faults, faults


SMALL = """() => [...document.querySelectorAll("a, button, input, .hg-button")]
  .filter((e) => e.offsetParent && !e.closest(".words"))
  .map((e) => [e.textContent.trim().slice(0, 30) || e.className, e.getBoundingClientRect()])
  .filter(([, box]) => box.width < 60 || box.height < 60).map(([name, box]) => `${name} ${box.width}×${box.height}`)"""
TINY = """() => [...document.querySelectorAll("body *")]
  .filter((e) => e.offsetParent && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
  .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 22)
  .map((e) => `${e.className || e.tagName}: ${e.textContent.trim().slice(0, 30)}`)"""


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_targets_and_letters_are_large(screen, size):
    screen.set_viewport_size({"width": size[0], "height": size[1]})
    for path in ("vi/", "vi/section/1/", "vi/maps/", "vi/item/vn-map-1838/?section=1", "vi/search/", "en/"):
        screen.goto(f"/kiosk/sanh-chinh/{path}")
        assert screen.evaluate(SMALL) == [], path
        assert screen.evaluate(TINY) == [], path
        overflow = (
            "document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight"
        )
        assert not screen.evaluate(overflow), path


@pytest.mark.browser
def test_a_visit(screen):
    screen.goto("/kiosk/sanh-chinh/")
    screen.get_by_role("link", name="Ghi chép").click()
    screen.get_by_role("link", name="An Nam đại quốc họa đồ").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("An Nam đại quốc họa đồ")
    screen.get_by_role("link", name="English").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Map of the Great Land of Annam")
    screen.get_by_role("link", name=re.compile("^Home|^Trang đầu|Start")).first.click()
    expect(screen).to_have_url(re.compile("/kiosk/sanh-chinh/en/$"))


@pytest.mark.browser
def test_a_name_on_a_sheet_under_the_finger(screen, written):
    screen.goto("/kiosk/sanh-chinh/vi/item/to-ghi-ten/")
    screen.locator(".stage-tools").wait_for()
    screen.locator(".mention-at").click()
    card = screen.locator(".stage-card")
    card.wait_for()
    assert all(words in card.inner_text() for words in ("黃沙", "Hoàng Sa", "cát vàng"))
    assert screen.evaluate(SMALL) == [] and screen.evaluate(TINY) == []
    card.get_by_role("link", name="Quần đảo Hoàng Sa").click()
    screen.wait_for_url(f"**/vi/place/{written}/")
    assert screen.evaluate(SMALL) == [] and screen.evaluate(TINY) == []
    screen.locator(".card.cut").click()
    screen.wait_for_url("**/vi/item/to-ghi-ten/?place=*#page=1&xywh=*")
    card.wait_for()  # the sheet opens where the name stands, and says it
    assert not screen.locator(".stage-plain").is_visible()


@pytest.mark.browser
def test_left_alone_it_goes_back_to_the_start_in_vietnamese(screen):
    screen.clock.install()
    screen.goto("/kiosk/sanh-chinh/en/item/vn-map-1838/")
    screen.clock.fast_forward(44_000)
    expect(screen).to_have_url(re.compile("/en/item/"))
    screen.clock.fast_forward(2_000)
    expect(screen).to_have_url(re.compile("/kiosk/sanh-chinh/vi/$"))


@pytest.mark.browser
def test_while_the_server_restarts_a_sentence_stands_and_then_the_page_comes(browser_page, kiosk, public_home, edition):
    page = browser_page
    page.goto("/kiosk/sanh-chinh/vi/")
    page.route("**/section/1/", lambda route: route.abort())
    page.get_by_role("link", name="Ghi chép").click()
    expect(page.get_by_text("Màn hình đang khởi động lại")).to_be_visible()
    page.unroute("**/section/1/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ghi chép")


@pytest.mark.browser
def test_no_menu_no_selection_no_zoom(screen):
    screen.goto("/kiosk/sanh-chinh/vi/section/1/")
    prevented = """(name) => !document.querySelector("h1").dispatchEvent(
        new MouseEvent(name, {bubbles: true, cancelable: true}))"""
    assert screen.evaluate(prevented, "contextmenu") and screen.evaluate(prevented, "dragstart")
    assert screen.evaluate("getComputedStyle(document.body).userSelect") == "none"
    assert screen.evaluate("getComputedStyle(document.documentElement).touchAction") == "pan-x pan-y"
    wheel = "!document.body.dispatchEvent(new WheelEvent('wheel', {ctrlKey: true, bubbles: true, cancelable: true}))"
    assert screen.evaluate(wheel)


@pytest.mark.browser
def test_typing_on_the_screen_finds_without_marks(screen):
    screen.goto("/kiosk/sanh-chinh/vi/search/")
    for key in "annam":
        screen.locator(f'.hg-button[data-skbtn="{key}"]').click()
    expect(screen.locator("#q")).to_have_value("annam")
    screen.locator('.hg-button[data-skbtn="{bksp}"]').click()
    expect(screen.locator("#q")).to_have_value("anna")
    screen.locator('.hg-button[data-skbtn="{enter}"]').click()
    expect(screen).to_have_url(re.compile(r"q=anna"))


def test_a_search_says_which_words_it_left_out(client, kiosk, public_section, edition):
    indexer.drain()
    html = get(client, "vi/search/?q=zzyzx An Nam")
    assert "Không có tư liệu nào chứa: <strong>zzyzx</strong>" in html and "vn-map-1838" in html
    assert "No record contains: <strong>zzyzx</strong>" in get(client, "en/search/?q=zzyzx An Nam")
    assert "chứa" not in get(client, "vi/search/?q=An Nam")


@pytest.mark.parametrize("query", ["section=²", "section=" + "9" * 5000, "q=a&page=²", "q=a&page=" + "9" * 5000])
def test_what_only_looks_like_a_number_breaks_no_screen(client, kiosk, public_section, edition, query):
    for page in ("vi/item/vn-map-1838/", "vi/search/"):
        assert client.get(f"/kiosk/sanh-chinh/{page}?{query}").status_code == 200
