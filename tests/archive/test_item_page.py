"""Public pages of items and places."""

import pytest

from archive import clearance, subjects
from archive.models import Record
from archive.records import save_record
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(cataloguer, reviewer):
    return factories.make_edition(
        cataloguer, reviewer, places=[factories.make_place()], scans=[factories.make_scan(cataloguer)]
    )


@pytest.mark.parametrize(
    ("lang", "title"), [("vi", "An Nam đại quốc họa đồ"), ("en", "Map of the Great Land of Annam")]
)
def test_the_item_page_is_there_at_once_in_both_languages(client, edition, lang, title):
    response = client.get(f"/{lang}/items/{edition.identifier}/")
    page = response.content.decode()
    assert response.status_code == 200
    assert title in page and "安南大國畫圖" in page and f'lang="{lang}"' in page
    assert edition.data["scans"][0]["image"] in page
    assert "no-cache" in response["Cache-Control"]
    assert (
        client.get(f"/{lang}/items/{edition.identifier}/", headers={"if-none-match": response["ETag"]}).status_code
        == 304
    )


def test_nothing_but_an_edition_is_public(client, cataloguer):
    record = factories.make_record(cataloguer, identifier="ban-thao")
    assert client.get("/vi/items/ban-thao/").status_code == 404
    clearance.submit(subjects.of(record), cataloguer)
    assert client.get("/vi/items/ban-thao/").status_code == 404


def test_a_withdrawn_item_answers_410(client, edition, reviewer):
    clearance.withdraw(subjects.of(edition.record), reviewer, "lý do nội bộ")
    response = client.get(f"/vi/items/{edition.identifier}/")
    assert response.status_code == 410
    assert "lý do nội bộ" not in response.content.decode()
    image = edition.data["scans"][0]["image"]
    assert client.get(f"/iiif/image/{image}/full/max/0/default.jpg").status_code == 404
    assert client.get("/vi/places/quan-dao-hoang-sa/").status_code == 404


@pytest.mark.parametrize(
    ("lang", "heading"), [("vi", "Tư liệu này đã được rút"), ("en", "This item has been withdrawn")]
)
def test_the_page_of_a_withdrawn_item_speaks_its_address_s_language_first(client, edition, reviewer, lang, heading):
    clearance.withdraw(subjects.of(edition.record), reviewer, "nhầm")
    html = client.get(f"/{lang}/items/{edition.identifier}/").content.decode()
    assert f"<h1>{heading}" in html and f'<html lang="{lang}"' in html


def test_an_edit_shows_nowhere(client, edition, cataloguer):
    record = Record.objects.get()
    record.title_vi = "Chưa duyệt"
    save_record(record, cataloguer)
    for address in (f"/vi/items/{edition.identifier}/", "/vi/places/", "/vi/places/quan-dao-hoang-sa/"):
        assert "Chưa duyệt" not in client.get(address).content.decode()


def test_places_are_made_from_standing_editions_alone(client, edition):
    factories.make_place("chi-ban-thao-dung")
    page = client.get("/vi/places/").content.decode()
    assert "quan-dao-hoang-sa" in page and "chi-ban-thao-dung" not in page
    assert client.get("/vi/places/chi-ban-thao-dung/").status_code == 404
    assert edition.identifier in client.get("/en/places/quan-dao-hoang-sa/").content.decode()


def test_queries_do_not_grow_with_the_collection(client, cataloguer, reviewer, django_assert_max_num_queries):
    place = factories.make_place()
    for number in range(5):
        factories.make_edition(cataloguer, reviewer, identifier=f"vn-map-{number}", places=[place])
    client.get("/vi/places/")
    with django_assert_max_num_queries(8):
        client.get("/vi/places/")
    with django_assert_max_num_queries(8):
        client.get("/vi/places/quan-dao-hoang-sa/")
    with django_assert_max_num_queries(10):
        client.get("/vi/items/vn-map-1/")


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "{{ 7*7 }}", '" onload="x', "a" * 500])
def test_hostile_text_stays_text(client, cataloguer, reviewer, hostile):
    factories.make_edition(cataloguer, reviewer, title_vi=hostile, description_vi=hostile, description_en=hostile)
    page = client.get("/vi/items/vn-map-1838/").content.decode()
    assert "<script>alert" not in page and '" onload="' not in page and "49" not in page.split("<main")[1][:2000]
