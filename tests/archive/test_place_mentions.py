"""The same place through the maps: cut-outs from standing editions alone."""

import pytest

from archive import clearance, mention_rows, subjects
from archive.cut_outs import address_of, cut_around
from archive.models import EditionMention, PlaceMention
from archive.place_map import place_on_chart
from archive.records import save_record
from archive.structured import structured_place
from tests import factories

SHEETS = [  # region, width, height of the sheet
    ((992, 1089, 448, 47), 2400, 2065),
    ((0, 0, 2300, 30), 2400, 400),
    ((5, 5, 10, 390), 100, 400),
    ((90, 10, 5, 5), 100, 400),
]


@pytest.mark.parametrize(("region", "width", "height"), SHEETS)
def test_a_cut_out_holds_the_name_and_stays_on_its_sheet(region, width, height):
    cut = cut_around(region, width, height)
    assert 0 <= cut.x and cut.x + cut.width <= width and 0 <= cut.y and cut.y + cut.height <= height
    x, y, wide, high = cut.mark
    assert (cut.x + x, cut.y + y, wide, high) == region
    assert x >= 0 and y >= 0 and x + wide <= cut.width and y + high <= cut.height
    assert cut.widths and max(cut.widths) <= cut.width


@pytest.mark.django_db
def test_a_mention_shows_while_its_edition_stands(client, cataloguer, reviewer):
    scan, place = factories.make_scan(cataloguer), factories.make_place()
    record = factories.make_record(cataloguer, scans=[scan], places=[place])
    record.mentions = [
        PlaceMention(scan=scan, place=place, x=10, y=10, width=20, height=5, name_as_written="黃沙", language="lzh")
    ]
    save_record(record, cataloguer)
    assert client.get(f"/vi/places/{place.key}/").status_code == 404
    factories.clear(record, cataloguer, reviewer)
    edition = type(record).objects.get().edition
    region = edition.data["scans"][0]["mentions"][0]["region"]
    page = client.get(f"/vi/places/{place.key}/").content.decode()
    assert page.count('class="cutting"') == 1
    assert f"/vi/items/{edition.identifier}/{address_of(1, region)}".replace("&", "&amp;") in page
    clearance.withdraw(subjects.of(type(record).objects.get()), reviewer, "nhầm")
    assert client.get(f"/vi/places/{place.key}/").status_code == 404


@pytest.mark.django_db
def test_rows_that_differ_from_an_edition_are_named_and_mended(cataloguer, reviewer):
    scan, place = factories.make_scan(cataloguer), factories.make_place()
    record = factories.make_record(cataloguer, scans=[scan], places=[place])
    record.mentions = [PlaceMention(scan=scan, place=place, x=10, y=10, width=20, height=5, name_as_written="黃沙")]
    save_record(record, cataloguer)
    factories.clear(record, cataloguer, reviewer)
    assert mention_rows.reconcile() == []
    for harm in ({"name": "黃"}, {"sort_from": 1}, {"number": 7}):
        row = EditionMention.objects.values().get()  # rows don't change: a trigger sees to it
        EditionMention.objects.all().delete()
        EditionMention.objects.create(**row | harm)
        assert [record.identifier in sentence for sentence in mention_rows.reconcile(fix=True)] == [True], harm
        assert mention_rows.reconcile() == []
    EditionMention.objects.all().delete()
    assert len(mention_rows.reconcile(fix=True)) == 1 and EditionMention.objects.count() == 1


ON_CHART = [(16.5, 112.0, True), (None, 112.0, False), (16.5, None, False), (48.8, 2.3, False), (-89.0, 112.0, False)]


@pytest.mark.parametrize(("lat", "lon", "shown"), ON_CHART)
def test_a_place_is_marked_on_the_chart_where_it_lies(lat, lon, shown):
    found = place_on_chart(lat, lon)
    assert bool(found) == shown
    if shown:
        assert found["left"] <= found["x"] <= found["left"] + found["wide"] <= found["width"]
        assert found["top"] <= found["y"] <= found["top"] + found["high"] <= found["height"]


def test_a_place_as_json_ld():
    place = {"key": "k", "name": {"vi": "Hoàng Sa", "en": "Paracels"}, "lat": 16.5, "lon": 112.0}
    place["names"] = [{"text": "黃沙"}, {"text": "Hoàng Sa"}, {"text": "Paracels"}]
    made = structured_place(place, "vi", "https://a.example")
    assert made["@type"] == "Place" and made["alternateName"] == ["Paracels", "黃沙"]
    assert made["url"] == "https://a.example/vi/places/k/" and made["geo"]["latitude"] == 16.5


@pytest.mark.django_db
def test_the_page_asks_as_little_for_many_items(
    client, cataloguer, reviewer, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr("archive.views.ITEMS_OF_A_PLACE", 2)
    scan, place = factories.make_scan(cataloguer), factories.make_place()
    for number in range(4):
        record = factories.make_record(cataloguer, identifier=f"to-{number}", scans=[scan], places=[place])
        record.mentions = [
            PlaceMention(scan=scan, place=place, x=10, y=10 * n, width=20, height=5, name_as_written="黃沙")
            for n in range(8)
        ]
        save_record(record, cataloguer)
        factories.clear(record, cataloguer, reviewer)
    address = f"/vi/places/{place.key}/"
    client.get(address)
    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    assert page.count('class="cutting"') == 24 and "?page=2" in page
    assert page.count('class="kind"') == 2 and f"/vi/search/?place={place.key}" in page
    assert client.get(f"{address}?page=2").content.decode().count('class="cutting"') == 8
