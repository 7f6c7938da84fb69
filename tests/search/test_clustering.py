"""Cells become clusters that stand where what they hold is."""

import random
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import cells, mapping
from search.clustering import grouped
from search.engines.base import MOST_VALUES, Counts, Found
from search.query import understand

FINE = cells.ZOOMS[-1]
HALF = cells.side(FINE) / 2


def counted(points, zoom=FINE) -> dict[str, int]:
    return dict(Counter(cells.cell(lon, lat, zoom) for lon, lat in points))


def marks(points, zoom, fine=FINE) -> list[tuple]:
    """(longitude, latitude, count)."""
    return [(one["lon"], one["lat"], one["count"]) for one in grouped(counted(points, fine), fine, zoom)]


HOANG_SA = [(111.6, 16.5), (112.3, 16.8), (112.7, 16.6), (112.7, 16.6)]  # cells of every zoom meet at 112.5° east
CASES = [
    # (points, zoom of the map, [(longitude, latitude, count)])
    ([], 0, []),
    ([(112.0, 16.5)], 0, [(112.0, 16.5, 1)]),
    ([(112.0, 16.5)], 8, [(112.0, 16.5, 1)]),
    (HOANG_SA, 2, [(112.325, 16.625, 4)]),
    ([(0.1, 0.1)] * 3 + [(10.1, 10.1)], 0, [(2.6, 2.6, 4)]),  # nearer to where most are
    ([(0.1, 0.1), (40.0, 0.1)], 0, [(0.1, 0.1, 1), (40.0, 0.1, 1)]),  # of one cell, but far apart
    ([(179.9, 0.1), (-179.9, 0.1)], 3, [(180, 0.1, 2)]),
    ([(179.9, 89.9), (-179.9, 89.9)], 3, [(180, 89.9, 2)]),
    ([(0, -90), (0, -89.9)], 0, [(0, -89.9, 2)]),
]


@pytest.mark.parametrize("points, zoom, wanted", CASES)
def test_marks_stand_at_the_mean(points, zoom, wanted):
    found = marks(points, zoom)
    assert [one[2] for one in found] == [one[2] for one in wanted]
    for (lon, lat, _n), (wanted_lon, wanted_lat, _m) in zip(sorted(found), sorted(wanted), strict=True):
        assert abs((lon - wanted_lon + 180) % 360 - 180) <= HALF + 1e-9 and abs(lat - wanted_lat) <= HALF + 1e-9


def test_a_box_around_the_antimeridian():
    (one,) = grouped(counted([(179.9, 0.1), (-179.9, 0.1)]), FINE, 3)
    assert one["bbox"] == [180 - 2 * HALF, 0, -180 + 2 * HALF, 2 * HALF]
    (one,) = grouped(counted([(179.9, 0.1)]), FINE, 3)
    assert one["bbox"] == [180 - 2 * HALF, 0, 180, 2 * HALF]
    (one,) = grouped(counted([(-180, 0.1)]), FINE, 3)
    assert one["bbox"] == [-180, 0, -180 + 2 * HALF, 2 * HALF]


POINTS = st.lists(st.tuples(st.integers(-1800, 1800), st.integers(-900, 900)), max_size=60)


@given(POINTS, st.sampled_from(cells.ZOOMS), st.sampled_from(cells.ZOOMS), st.randoms())
def test_each_record_counts_once_near_its_mark(tenths, zoom, finer, shuffled):
    fine = max(zoom, finer)
    counts = counted([(lon / 10, lat / 10) for lon, lat in tenths], fine)
    found = grouped(counts, fine, zoom)
    assert sum(one["count"] for one in found) == len(tenths)
    most = cells.side(zoom) + cells.side(fine) + 1e-9
    for one in found:
        west, south, east, north = one["bbox"]
        assert -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90
        assert 0 < (east - west) % 360 <= most and north - south <= most
        assert (one["lon"] - west) % 360 <= (east - west) % 360 + 1e-9 and south <= one["lat"] <= north
    for name in counts:
        west, south, east, north = cells.box(name, fine)
        assert any(_holds(one["bbox"], (west + east) / 2, (south + north) / 2) for one in found)
    names = list(counts)
    shuffled.shuffle(names)
    assert grouped({name: counts[name] for name in names}, fine, zoom) == found, "engines count in orders of their own"


def _holds(bbox, lon: float, lat: float) -> bool:
    west, south, east, north = bbox
    return (lon - west) % 360 <= (east - west) % 360 and south <= lat <= north


def test_where_an_engine_counts_too_many_the_next_coarser_cells_are_taken():
    query = understand({"view": "map", "bbox": "100,0,130,30"}, "vi")
    _decade, *parts = mapping.facets(query)
    assert parts == ["cell_8", "cell_6", "cell_4"]
    pick = random.Random(3)
    spread = {f"{pick.randrange(2048)}-{pick.randrange(1024)}": 1 for _ in range(2 * MOST_VALUES)}
    cut = dict(list(spread.items())[:MOST_VALUES])
    one = counted([(112.0, 16.5)], 6)
    found = Found(counts=Counts(3, {"cell_8": cut, "cell_6": one, "cell_4": counted([(112.0, 16.5)], 4)}))
    (cluster,), unplaced = mapping.clusters(query, found)
    assert (cluster["count"], unplaced) == (1, 2)
    assert cluster["bbox"] == list(cells.box(*one, 6))


def test_a_full_map_is_grouped_quickly():
    pick = random.Random(8)
    counts = {f"{pick.randrange(2048)}-{pick.randrange(1024)}": pick.randrange(1, 9) for _ in range(MOST_VALUES)}
    dense = {f"{1024 + at % 70}-{500 + at // 70}": 1 for at in range(MOST_VALUES)}
    for cells_of, zoom in ((counts, 0), (counts, 4), (counts, 8), (dense, 0), (dense, 4), (dense, 8)):
        began = time.process_time()
        grouped(cells_of, FINE, zoom)
        assert time.process_time() - began < 0.5
