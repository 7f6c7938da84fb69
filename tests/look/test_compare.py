"""Two sheets on one page: which pairs it shows, what it says otherwise, that they go together."""

import pytest

from archive import clearance, subjects
from archive.cut_outs import opening
from archive.models import PlaceMention, Record
from archive.records import save_record
from tests import factories

from .test_viewer import errors, sheet  # noqa: F401

pytestmark = pytest.mark.django_db


def mention(place, region):
    return {"place": place, "region": region}


OPENINGS = [
    ([[mention("a", [1, 2, 3, 4])]], ("a",), "page=1&xywh=1,2,3,4"),
    ([[], [mention("b", [1, 2, 3, 4]), mention("a", [5, 6, 7, 8])]], ("a",), "page=2&xywh=5,6,7,8"),
    ([[mention("b", [1, 2, 3, 4])]], ("a",), ""),
    ([[mention("a", [1, 2, 3, 4])]], (), ""),
]


@pytest.mark.parametrize(("pages", "keys", "wanted"), OPENINGS)
def test_a_sheet_opens_where_it_first_writes_the_place(pages, keys, wanted):
    assert opening({"scans": [{"mentions": mentions} for mentions in pages]}, keys) == wanted


@pytest.fixture
def pair(cataloguer, reviewer):
    """Two public sheets that write one place, and a public item without a scan."""
    place = factories.make_place()
    for number in (1, 2):
        scan = factories.make_scan(cataloguer)
        record = factories.make_record(cataloguer, identifier=f"to-{number}", scans=[scan], places=[place])
        record.mentions = [PlaceMention(scan=scan, place=place, x=10, y=10, width=20, height=5, name_as_written="黃沙")]
        save_record(record, cataloguer)
        factories.clear(record, cataloguer, reviewer)
    factories.clear(factories.make_record(cataloguer, identifier="chi-chu"), cataloguer, reviewer)
    factories.make_record(cataloguer, identifier="nhap")
    return place.key


PAIRS = [  # query, status, what stands there, how many stages
    ("", 200, "Chưa chọn tờ thứ nhất.", 0),
    ("?a=to-1", 200, "Chưa chọn tờ thứ hai.", 1),
    ("?a=to-1&b=to-2", 200, 'data-side="b"', 2),
    ("?a=to-1&b=to-1", 200, 'data-side="b"', 2),
    ("?a=to-1&b=to-2&place=KEY", 200, 'data-open="page=1&amp;xywh=', 2),
    ("?a=to-1&b=to-2&mode=khac&place=khong-co", 200, 'data-side="a"', 2),
    ("?a=to-1&b=nhap", 404, "mang số hiệu “nhap”", 1),
    ("?a=chi-chu&b=to-2", 200, "chưa có hình để so sánh", 1),
    ("?a=%3Cscript%3E%00&b=" + "9" * 5000, 404, "&lt;script&gt;", 0),
]


@pytest.mark.parametrize(("query", "status", "words", "stages"), PAIRS)
def test_what_the_page_shows(client, pair, query, status, words, stages):
    answer = client.get(f"/vi/compare/{query.replace('KEY', pair)}")
    page = answer.content.decode()
    assert answer.status_code == status and words in page
    assert page.count('class="stage"') == stages and 'content="noindex"' in page


def test_the_other_sheets_of_a_place_are_offered_with_few_queries(client, pair, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        page = client.get("/vi/compare/?a=to-1").content.decode()
    assert f"/vi/compare/?a=to-1&amp;b=to-2&amp;place={pair}" in page and page.count('class="cutting"') == 1


def test_a_withdrawn_sheet_is_gone_from_here_too(client, pair, reviewer):
    clearance.withdraw(subjects.of(Record.objects.get(identifier="to-2")), reviewer, "nhầm")
    answer = client.get("/vi/compare/?a=to-1&b=to-2")
    assert answer.status_code == 410 and "đã được rút" in answer.content.decode()
    assert 'class="cutting"' not in client.get("/vi/compare/?a=to-1").content.decode()


VIEWS = """() => window.CatVang.stages.map(({viewer: {viewport}}) =>
  [viewport.getZoom(), viewport.getCenter().x, viewport.getRotation()].map((value) => Math.round(value * 1000)))"""
OPEN = "() => window.CatVang && CatVang.stages && CatVang.stages.every((it) => it.viewer.isOpen())"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_tied_sheets_go_together_and_free_ones_do_not(browser_page, sheet, errors):  # noqa: F811
    page = browser_page
    page.goto("/vi/compare/?a=vn-map-1838&b=vn-map-1838#b.page=2")
    page.wait_for_function(OPEN)
    page.get_by_role("region", name="Tờ thứ nhất").get_by_role("button", name="Phóng to").click()
    page.wait_for_function(f"() => {{ const [a, b] = ({VIEWS})(); return a[0] > 1000 && String(a) === String(b); }}")
    first, second = page.evaluate(VIEWS)
    page.get_by_role("region", name="Tờ thứ hai").get_by_role("button", name="Xoay").click()
    page.wait_for_url("**a.rotate=90*b.rotate=90*")
    page.keyboard.press("l")
    page.wait_for_url("**free=1")
    page.get_by_role("region", name="Tờ thứ nhất").get_by_role("button", name="Phóng to").click()
    page.wait_for_function(
        "([[zoom]]) => Math.round(CatVang.stages[0].viewer.viewport.getZoom() * 1000) > zoom", arg=[first]
    )
    assert page.evaluate(VIEWS)[1][0] == second[0]
    page.get_by_role("link", name="Đổi bên").click()
    page.wait_for_url("**a.page=2*")  # the book's second page stands left now
    page.wait_for_function(OPEN)
    assert errors == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_another_sheet_is_found_by_its_words(browser_page, sheet, errors):  # noqa: F811
    page = browser_page
    item = {
        "identifier": "vn-map-1838",
        "title": "Đại Nam",
        "date": "1838",
        "thumbnail": "/iiif/image/x/full/9,/0/default.jpg",
    }
    page.route("**/api/v1/search/**", lambda route: route.fulfill(json={"items": [item]}))
    page.route("**/iiif/image/x/**", lambda route: route.fulfill(status=204))
    page.goto("/vi/compare/?a=vn-map-1838")
    page.get_by_role("searchbox").fill("dai nam")
    page.get_by_role("link", name="Đại Nam 1838").click()
    page.wait_for_url("**/vi/compare/?a=vn-map-1838&b=vn-map-1838")
    page.wait_for_function(OPEN)
    assert errors == []
