"""Cells of the map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import cells

CASES = [
    # (longitude, latitude, zoom, cell)
    (-180, -90, 0, "0-0"),
    (179.9, 89.9, 0, "7-3"),
    (180, 0, 0, "0-2"),  # the antimeridian is the first column
    (190, 0, 0, "0-2"),  # an extent counts on beyond it
    (-170, 0, 0, "0-2"),
    (0, 90, 0, "4-3"),
    (0, -90, 3, "32-0"),
    (112.0, 16.5, 0, "6-2"),
    (112.0, 16.5, 4, "103-37"),
]


@pytest.mark.parametrize("lon, lat, zoom, name", CASES)
def test_the_cell_of_a_point(lon, lat, zoom, name):
    assert cells.cell(lon, lat, zoom) == name


@given(st.floats(-180, 359), st.floats(-90, 90), st.sampled_from(cells.ZOOMS))
def test_a_point_lies_in_its_cell(lon, lat, zoom):
    west, south, east, north = cells.box(cells.cell(lon, lat, zoom), zoom)
    turned = (lon + 180) % 360 - 180
    near = 1e-9
    assert west - near <= turned <= east + near and south - near <= lat <= north + near
    assert east - west == north - south == cells.side(zoom)


@pytest.mark.parametrize("name", ["", "1", "8-0", "0-4", "-1-0", "a-b", "1-1-1", "²-0"])
def test_what_is_no_cell(name):
    with pytest.raises(ValueError, match="no cell"):
        cells.box(name, 0)


@pytest.mark.parametrize(
    "bbox, zoom",
    [
        (None, 0),
        ((-180, -90, 180, 90), 0),
        ((170, -5, -170, 5), 5),
        ((111, 15, 113, 17), 8),
        ((112, 16, 112, 16), 8),
        ((-179.9, 0, 179.9, 10), 1),
    ],
)
def test_a_map_shows_at_least_eight_cells_across_where_there_are_so_many(bbox, zoom):
    assert cells.zoom_of(bbox) == zoom


@pytest.mark.parametrize(
    "bbox, zoom",
    [
        (None, 3),
        ((-180, -90, 180, 90), 3),
        ((170, -5, -170, 5), 7),
        ((100, 0, 120, 20), 7),
        ((111, 15, 113, 17), 8),
        ((112, 16, 112, 16), 8),
    ],
)
def test_the_finest_cells_that_arent_too_many(bbox, zoom):
    assert cells.finest_of(bbox, 4000) == zoom
    assert cells.finest_of(bbox, 0 if bbox is None else -1) == 0


def test_the_area_of_a_box():
    assert cells.area(0, 0, 1, 1) == pytest.approx(1, rel=1e-4)
    assert cells.area(170, -5, -170, 5) == pytest.approx(cells.area(0, -5, 20, 5))
    assert cells.area(0, 60, 10, 61) == pytest.approx(10 * cells.area(0, 60, 1, 61))
    assert cells.area(0, 60, 1, 61) < 0.51
    assert cells.area(5, 5, 5, 5) == 0
