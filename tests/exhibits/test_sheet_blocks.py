"""Blocks that show a sheet in the viewer and a place through the maps: from what stands, in few queries."""

import pytest

from archive import clearance, subjects
from archive.models import Place, PlaceMention, Record
from archive.records import save_record
from exhibits.blocks import opening_of_focus
from exhibits.models import ArticlePage
from exhibits.record_key import PlaceKeyBlock
from tests import factories

from .conftest import add, body, clear_page

pytestmark = pytest.mark.django_db

SHEET = {"width": 1000, "height": 500}
FOCUSES = [  # pages, page, focus → view
    (1, 1, "", ""),
    (2, 2, "", "page=2"),
    (2, 9, "10,20,30,40", "page=2&xywh=100,100,300,200"),
    (1, 1, "0,0,0.01,100", "page=1&xywh=0,0,1,500"),
    (0, 1, "1,1,1,1", ""),
]


@pytest.mark.parametrize(("pages", "page", "focus", "view"), FOCUSES)
def test_a_part_in_hundredths_is_a_view(pages, page, focus, view):
    assert opening_of_focus({"scans": [SHEET] * pages}, page, focus) == view


def sheet_block(record, place="", focus="", page=None) -> dict:
    return {
        "type": "sheet",
        "value": {"record": record, "place": place, "page": page, "focus": focus, "caption": "Lời chú của tờ"},
    }


def place_block(place, title="") -> dict:
    return {"type": "place", "value": {"place": place, "title": title, "intro": ""}}


def make_sheet(identifier, place, cataloguer, reviewer, **fields):
    scan = factories.make_scan(cataloguer, width=1200, height=900)
    record = factories.make_record(cataloguer, identifier=identifier, scans=[scan], places=[place], **fields)
    record.mentions = [PlaceMention(scan=scan, place=place, x=40, y=40, width=20, height=10, name_as_written="黃沙")]
    save_record(record, cataloguer)
    factories.clear(record, cataloguer, reviewer)


@pytest.fixture
def place(cataloguer, reviewer):
    place = factories.make_place()
    make_sheet("to-1838", place, cataloguer, reviewer)
    make_sheet("to-1570", place, cataloguer, reviewer, date_text="1570")
    return place


@pytest.fixture
def show(homes, cataloguer, reviewer, client):
    """Clear an article of blocks and read it as a visitor does."""

    def shown(slug, *blocks):
        page = add(ArticlePage, homes["vi"], cataloguer, title=slug, slug=slug, body=body(*blocks))
        clear_page(page, cataloguer, reviewer)
        return read(slug)

    def read(slug):
        return client.get(f"/vi/{slug}/").content.decode()

    shown.again = read
    return shown


def test_a_place_shows_its_cut_outs_by_date_while_they_stand(show, place, reviewer):
    page = show("mot-noi", place_block(place.key))
    assert "Cùng một nơi, qua các bản đồ" in page and f"/vi/places/{place.key}/" in page
    first, second = (page.index(f"/vi/items/{name}/#page=1&amp;xywh=480,360,240,90") for name in ("to-1570", "to-1838"))
    assert first < second and "<b>1570</b>" in page
    clearance.withdraw(subjects.of(Record.objects.get(identifier="to-1570")), reviewer, "nhầm")
    assert "to-1570" not in show.again("mot-noi") and "to-1838" in show.again("mot-noi")
    clearance.withdraw(subjects.of(Record.objects.get(identifier="to-1838")), reviewer, "nhầm")
    assert "Cùng một nơi" not in show.again("mot-noi") and place.key not in show.again("mot-noi")


def test_a_sheet_opens_where_the_place_is_written(show, place, reviewer):
    page = show("mot-to", sheet_block("to-1838", place.key), sheet_block("to-1570", focus="10,20,30,40"))
    assert (
        'data-open="page=1&amp;xywh=480,360,240,90"' in page and 'data-open="page=1&amp;xywh=120,180,360,360"' in page
    )
    assert 'data-link="/vi/items/to-1838/"' in page and "Lời chú của tờ" in page and "viewer.js" in page
    clearance.withdraw(subjects.of(Record.objects.get(identifier="to-1838")), reviewer, "nhầm")
    assert "to-1838" not in show.again("mot-to")


def test_a_page_without_a_sheet_loads_no_viewer(show, place):
    assert "viewer.js" not in show("mot-noi", place_block(place.key))


def test_as_many_queries_for_ten_blocks_as_for_one(show, place, client, cataloguer, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    others = [factories.make_place(key=f"noi-{number}") for number in range(4)]
    show("it", place_block(place.key), sheet_block("to-1838", place.key))
    keys = [place.key, *(other.key for other in others)]
    show("nhieu", *[place_block(key) for key in keys], *[sheet_block("to-1570", key) for key in keys])
    client.get("/vi/it/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/vi/it/")
    with django_assert_num_queries(len(few)):
        client.get("/vi/nhieu/")


def test_the_form_hands_over_a_place_and_keeps_its_key(place):
    block = PlaceKeyBlock(required=False)
    assert block.value_from_form(str(place.pk)) == block.value_from_form(place) == place.key
    assert block.clean(place.key) == place.key and block.clean("") == ""
    assert block.get_form_state(place.key)["id"] == place.pk and block.get_form_state("") is None
    assert block.value_from_form("x") == block.value_from_form(str(place.pk + Place.objects.count() + 99)) == ""


@pytest.mark.browser
def test_the_viewer_on_an_exhibition_page(show, place, browser_page):
    show("mot-to", sheet_block("to-1838", place.key))
    browser_page.goto("/vi/mot-to/")
    browser_page.locator(".stage-card").wait_for()
    assert "黃沙" in browser_page.locator(".stage-card").inner_text()
