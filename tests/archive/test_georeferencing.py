"""A sheet is placed on the earth in the catalogue: the server reckons, nobody moves it under the reviewers' eyes."""

import json
import re

import pytest
from django.urls import reverse

from archive import clearance, edition, subjects
from archive.models import ClearanceAuthor
from media import georeferencing as acts
from media.models import Georeference
from tests import factories

pytestmark = pytest.mark.django_db
CORNERS = [
    {"x": 0, "y": 0, "lon": "102°Đ", "lat": "20°30′B", "label": "góc"},
    {"x": 100, "y": 0, "lon": "112°Đ", "lat": "20,5"},
    {"x": 100, "y": 100, "lon": "112 E", "lat": "8°30′00″ Bắc"},
    {"x": 0, "y": 100, "lon": 102, "lat": 8.5},
]


@pytest.fixture
def scan(cataloguer):
    return factories.make_scan(cataloguer)


@pytest.fixture
def record(cataloguer, scan):
    box = {"west": 102, "south": 8, "east": 116, "north": 24}
    return factories.make_record(cataloguer, scans=[scan], **box)


@pytest.fixture
def editor(client, cataloguer):
    client.force_login(cataloguer)
    return client


def address(name, scan):
    return reverse(f"archive_georeference:{name}", args=[scan.pk, 1])


def post(client, name, scan, points=CORNERS, **more):
    said = {"transformation": "affine", "points": points, "mask": [], **more}
    return client.post(address(name, scan), json.dumps(said), "application/json")


def test_the_page_begins_with_the_records_extent(editor, scan, record, django_assert_max_num_queries):
    response = editor.get(reverse("archive_georeference:record", args=[record.pk]))
    assert response["Location"] == address("editor", scan) + f"?record={record.pk}"
    with django_assert_max_num_queries(40):
        content = editor.get(response["Location"]).content.decode()
    begun = json.loads(content.split('id="georef-begun" type="application/json">')[1].split("</script>")[0])
    assert begun["box"] == [102, 8, 116, 24] and begun["points"] == [] and begun["seen"] == ""
    bare = factories.make_record(record.latest_revision.user, identifier="khong-anh")
    response = editor.get(reverse("archive_georeference:record", args=[bare.pk]))
    assert response["Location"] == subjects.of(bare).edit_url


def test_degrees_are_read_as_people_write_them(editor, scan, record):
    found = post(editor, "work", scan).json()
    assert [(one["lon"], one["lat"]) for one in found["points"]] == [(102, 20.5), (112, 20.5), (112, 8.5), (102, 8.5)]
    assert found["points"][0]["lonText"] == "102°Đ" and found["points"][0]["latText"] == "20°30′B"
    assert found["error"] == "0,00 km" and found["mesh"]["columns"] == 1
    assert not Georeference.objects.exists()


BAD = {
    "minutes": ([CORNERS[0], CORNERS[1] | {"lon": "112°75′Đ"}], "Điểm 2: .*nhỏ hơn 60"),
    "empty": ([CORNERS[0] | {"lat": ""}], "Điểm 1: Chưa đọc được toạ độ"),
    "wrong axis": ([CORNERS[0] | {"lat": "102°Đ"}], "Điểm 1: .*không phải là vĩ độ"),
    "off the sheet": ([CORNERS[0] | {"x": 120}], "Điểm 1 nằm ngoài"),
    "not a list": ("x", "tải lại trang"),
}


@pytest.mark.parametrize("points, words", BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_told(editor, scan, record, points, words):
    response = post(editor, "save", scan, points)
    assert response.status_code == 422
    assert re.search(words, response.json()["error"])
    assert editor.post(address("work", scan), "{", "application/json").status_code == 422


def test_saved_points_go_into_the_next_edition_and_make_an_author(editor, scan, record, cataloguer):
    off = {"x": 50, "y": 50, "lon": 110, "lat": 10, "off": True}
    answer = post(editor, "save", scan, [*CORNERS, off], seen="").json()
    assert answer["seen"] and cataloguer.username in answer["by"]
    georeference = edition.build(record, 1)["scans"][0]["georeference"]
    assert len(georeference["points"]) == 4 and georeference["error_km"] == 0
    assert georeference["points"][0]["lonlat"] == [102, 20.5] and georeference["points"][0]["pixel"] == [0, 0]
    assert ClearanceAuthor.objects.filter(subject=f"record:{record.pk}", user=cataloguer).exists()


def test_two_persons_do_not_write_over_each_other(editor, scan, record):
    post(editor, "save", scan, seen="")
    answer = post(editor, "save", scan, CORNERS[:3], seen="")
    assert answer.status_code == 409 and "số điểm: 4" in answer.json()["error"]
    again = post(editor, "save", scan, CORNERS[:3], seen=answer.json()["seen"])
    assert again.status_code == 200 and len(acts.of_page(scan, 1).points) == 3


def test_nothing_moves_while_reviewers_look(editor, scan, record, cataloguer):
    clearance.submit(subjects.of(record), cataloguer)
    answer = post(editor, "save", scan, seen="")
    assert answer.status_code == 409 and "chờ duyệt" in answer.json()["error"]
    assert "data-locked" in editor.get(address("editor", scan)).content.decode()
    assert not Georeference.objects.exists()


def test_who_may_not_edit_may_look_only(client, reviewer, hall_staff, scan, record):
    client.force_login(reviewer)
    assert client.get(address("editor", scan)).status_code == 200
    assert post(client, "save", scan, seen="").status_code in (302, 403)
    client.force_login(hall_staff)
    assert client.get(address("editor", scan)).status_code in (302, 403)
    assert not Georeference.objects.exists()
