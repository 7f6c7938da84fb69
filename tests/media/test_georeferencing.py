"""The act that places sheets: the server works out what follows, conflicts are told, who did it is kept."""

import pytest

from media import georeferencing as acts
from media.models import Georeference, GeoreferenceChange

from .conftest import encoded, picture

pytestmark = pytest.mark.django_db

# A sheet of ten degrees of longitude; its corners at 20 and 13.9 degrees north or so.
POINTS = [
    {"x": 0, "y": 0, "lon": 100, "lat": 20, "label": "góc"},
    {"x": 100, "y": 0, "lon": 110, "lat": 20},
    {"x": 100, "y": 100, "lon": 110, "lat": 14},
    {"x": 0, "y": 100, "lon": 100, "lat": 14},
]


@pytest.fixture
def scan(take):
    return take(encoded(picture(640, 480)))


def worked(scan, points=POINTS, kind="affine", mask=()):
    return acts.work_out(scan, 1, kind, [dict(point) for point in points], list(mask))


def test_what_a_client_says_of_errors_and_footprint_is_not_kept(scan, cataloguer):
    lying = [{**point, "error_km": 0.001, "footprint": [[0, 0]]} for point in [*POINTS, OFF | {"off": False}]]
    stored = acts.store(scan, 1, worked(scan, lying), cataloguer, "")
    assert stored.error_km > 50
    assert all(point["error_km"] > 10 for point in stored.points)
    assert stored.footprint[0] == stored.footprint[-1] and len(stored.footprint) == 5
    assert stored.updated_by == cataloguer


OFF = {"x": 50, "y": 50, "lon": 109, "lat": 17, "off": True}


def test_a_point_that_is_off_takes_no_part_and_has_its_error(scan):
    found = worked(scan, [*POINTS, OFF])
    assert found.error_km < 1e-3
    assert 400 < found.points[4]["error_km"] < 450  # four degrees of longitude
    assert not found.points[0]["off"]


def test_too_few_points_are_kept_as_work_in_hand(scan, cataloguer):
    found = worked(scan, POINTS[:2])
    assert "mới có 2" in str(found.trouble) and found.mesh is None
    stored = acts.store(scan, 1, found, cataloguer, "")
    assert stored.footprint == [] and stored.error_km is None and len(stored.points) == 2


def test_numbers_in_sentences_are_those_of_the_list(scan):
    found = worked(scan, [OFF, *POINTS, POINTS[1] | {"lon": 3}])
    assert "Điểm 3 và 6" in str(found.trouble)


BAD = {
    "no list": ("x", []),
    "no mask": (POINTS, "x"),
    "a mask outside": (POINTS, [[0, 0], [101, 0], [3, 3]]),
    "a number as text": ([POINTS[0] | {"x": "1"}], []),
    "nothing": ([POINTS[0] | {"lat": None}], []),
    "infinite": ([POINTS[0] | {"lon": float("inf")}], []),
    "off the sheet": ([POINTS[0] | {"y": 100.5}], []),
    "off the earth": ([POINTS[0] | {"lat": 86}], []),
    "a long note": ([POINTS[0] | {"label": "a" * 121}], []),
    "too many": (POINTS * 26, []),
}


@pytest.mark.parametrize("points, mask", BAD.values(), ids=BAD)
def test_what_cannot_be_kept_is_refused_in_a_sentence(scan, points, mask):
    with pytest.raises(acts.Trouble):
        acts.work_out(scan, 1, "affine", points, mask)
    with pytest.raises(acts.Trouble):
        acts.work_out(scan, 1, "magic", POINTS, [])


def test_every_change_is_kept_with_who_made_it(scan, cataloguer, reviewer):
    first = acts.store(scan, 1, worked(scan), cataloguer, "")
    assert acts.store(scan, 1, worked(scan), reviewer, acts.digest(first)) == first  # nothing new
    second = acts.store(scan, 1, worked(scan, [*POINTS, OFF]), reviewer, acts.digest(first))
    assert second.pk == first.pk
    assert acts.store(scan, 1, worked(scan, []), cataloguer, acts.digest(second)) is None
    told = [(change.user, len(change.points)) for change in acts.history(scan, 1)]
    assert told == [(cataloguer, 0), (reviewer, 5), (cataloguer, 4)]
    assert not Georeference.objects.exists()


def test_who_saves_over_another_is_told(scan, cataloguer, reviewer):
    first = acts.store(scan, 1, worked(scan), cataloguer, "")
    with pytest.raises(acts.Conflict) as caught:
        acts.store(scan, 1, worked(scan, [*POINTS, OFF]), reviewer, "")
    assert caught.value.standing == first
    assert GeoreferenceChange.objects.count() == 1


def test_the_mask_is_in_percent_of_the_page(scan):
    found = worked(scan, mask=[[0, 0], [50, 0], [50, 100], [0, 100]])
    assert max(lon for lon, _lat in found.footprint) == pytest.approx(105, abs=1e-4)
