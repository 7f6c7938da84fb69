"""Control points: what they give, how far they disagree, and what is said where they give nothing."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media import control_points
from media.control_points import Pair, Trouble, kilometres, mercator, place, unwrapped

SIZE = (1000, 800)
KINDS = list(control_points.LEAST)
AT = [(0, 0), (1000, 0), (1000, 800), (0, 800), (500, 400), (300, 100), (700, 650), (120, 620)]


def on_mercator(points, west=100.0, north=20.0, degree=100) -> list[Pair]:
    """Pairs of a sheet drawn in Mercator's projection, `degree` pixels a degree of longitude: exact facts."""
    top = mercator(0, north)[1]
    found = []
    for x, y in points:
        metres = top - y / degree * math.radians(1) * control_points.RADIUS
        lat = math.degrees(math.atan(math.sinh(metres / control_points.RADIUS)))
        found.append(Pair(x, y, unwrapped(west + x / degree, 0), lat))
    return found


PAIRS = on_mercator(AT)
MOVED = [*PAIRS[:4], replace(PAIRS[4], lat=PAIRS[4].lat + 0.5), *PAIRS[5:]]  # one point half a degree wrong


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_in_mercator_is_placed_exactly_by_each(kind):
    placed = place(PAIRS, kind, SIZE)
    assert placed.error == pytest.approx(0, abs=1e-6) and max(placed.errors) < 1e-6
    assert not placed.mirrored
    assert placed.footprint[0] == placed.footprint[-1] == pytest.approx([100, 20])
    for corner in on_mercator(AT[1:4]):
        assert min(kilometres((corner.lon, corner.lat), at) for at in placed.footprint) < 1e-6


@pytest.mark.parametrize("kind", KINDS)
def test_the_wrong_point_has_the_largest_error(kind):
    placed = place(MOVED, kind, SIZE)
    assert max(range(len(MOVED)), key=placed.errors.__getitem__) == 4
    assert placed.error == pytest.approx(math.sqrt(sum(error**2 for error in placed.errors) / len(MOVED)))


def test_a_thin_plate_passes_through_its_points_so_each_is_told_by_the_others():
    fit = control_points.Fit(MOVED, "thinPlateSpline")
    assert max(fit.errors(MOVED)) < 1e-6
    assert 20 < place(MOVED, "thinPlateSpline", SIZE).errors[4] < 90  # half a degree is 56 km


def test_three_points_of_a_thin_plate_tell_no_error():
    placed = place(PAIRS[:3], "thinPlateSpline", SIZE)
    assert placed.errors == [None] * 3 and placed.error is None


def circle(number: int) -> list[Pair]:
    turns = [2 * math.pi * part / number for part in range(number)]
    return on_mercator([(500 + 300 * math.cos(turn), 400 + 300 * math.sin(turn)) for turn in turns])


TROUBLE = {
    "too few": (PAIRS[:2], "affine", (), "mới có 2"),
    "too few for a polynomial": (PAIRS[:5], "polynomial2", (), "ít nhất 6"),
    "too many": (PAIRS * 13, "affine", (), "tối đa 100"),
    "on a line of the page": (on_mercator([(x, x / 2) for x in (0, 100, 400, 900)]), "affine", (), "đường thẳng"),
    "on a line of the earth": (
        [replace(pair, lon=110, lat=lat) for pair, lat in zip(PAIRS, (1, 2, 5, 9), strict=False)], "affine", (),
        "đường thẳng",
    ),
    "almost on a line, which GDAL's thin plate takes for one": (
        on_mercator([(968, 152), (416, 347), (317, 394)]), "thinPlateSpline", (), "đường thẳng",
    ),
    "on a circle": (circle(7), "polynomial2", (), "đường cong"),
    "twice on the page": ([*PAIRS, replace(PAIRS[2], lon=3)], "affine", (), "Điểm 3 và 9"),
    "twice on the earth": ([*PAIRS, replace(PAIRS[2], x=3)], "affine", (), "Điểm 3 và 9 có cùng toạ độ"),
    "off the sheet": ([*PAIRS, Pair(1001, 3, 1, 1)], "affine", (), "Điểm 9 nằm ngoài"),
    "at the pole": ([*PAIRS, Pair(10, 3, 1, 89)], "affine", (), "Điểm 9: vĩ độ"),
    "no number": ([*PAIRS, Pair(10, 3, math.nan, 8)], "affine", (), "Điểm 9: vĩ độ"),
    "folded": (
        [*PAIRS[:4], replace(PAIRS[4], lon=109, lat=13), replace(PAIRS[6], lon=101, lat=19)], "thinPlateSpline", (),
        "bị gấp",
    ),
    "two corners of a mask": (PAIRS, "affine", [(0, 0), (9, 9)], "ba góc"),
    "a mask that crosses itself": (PAIRS, "affine", [(0, 0), (90, 90), (90, 0), (0, 90)], "tự cắt"),
    "a mask beyond the sheet": (PAIRS, "affine", [(0, 0), (2000, 0), (0, 90)], "nằm trong tờ"),
    "beyond the earth": (
        [Pair(500 + x, 400 + y, 100 + x * 15, 20 - y * 8) for x, y in ((0, 0), (5, 0), (0, 5), (5, 5))], "affine", (),
        "ra ngoài mặt đất",
    ),
}  # fmt: skip


@pytest.mark.parametrize("pairs, kind, mask, words", TROUBLE.values(), ids=TROUBLE)
def test_what_gives_no_place_is_told_in_a_sentence(pairs, kind, mask, words):
    with pytest.raises(Trouble, match=words):
        place(pairs, kind, SIZE, mask)


def test_a_sheet_across_the_antimeridian_is_one_piece():
    placed = place(on_mercator(AT, west=178), "affine", SIZE)
    assert placed.error < 1e-6
    assert [round(lon) for lon, _lat in placed.footprint] == [178, 188, 188, 178, 178]


def test_the_footprint_is_the_masks():
    placed = place(PAIRS, "affine", SIZE, [(100, 0), (200, 0), (200, 80)])
    assert [round(lon, 6) for lon, _lat in placed.footprint] == [101, 102, 102, 101]


def test_a_sheet_seen_from_behind_is_noticed():
    assert place([replace(pair, x=1000 - pair.x) for pair in PAIRS], "affine", SIZE).mirrored


def test_a_mesh_covers_the_page():
    bent = control_points.mesh(tuple(MOVED), "thinPlateSpline", SIZE)
    assert len(bent["lonlat"]) == (bent["columns"] + 1) * (bent["rows"] + 1)
    even = control_points.mesh(tuple(PAIRS), "affine", SIZE)
    assert even == {"columns": 1, "rows": 1, "lonlat": even["lonlat"]}
    assert even["lonlat"][0] == [100, 20] and even["lonlat"][3][0] == 110


KM = [
    ((0, 0), (0, 1), 111.195),
    ((0, 60), (1, 60), 55.597),
    ((179.5, 0), (-179.5, 0), 111.195),
    ((0, 0), (180, 0), 20015.1),
]


@pytest.mark.parametrize("one, other, km", KM)
def test_kilometres_on_the_sphere(one, other, km):
    assert kilometres(one, other) == pytest.approx(km, abs=0.1)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 800)), min_size=3, max_size=12, unique=True),
    st.sampled_from(KINDS),
)
def test_exact_points_are_placed_or_refused_never_wrong(points, kind):
    try:
        placed = place(on_mercator(points), kind, SIZE)
    except Trouble:
        return
    assert placed.error is None or placed.error < 0.01
    west, north = placed.footprint[0]
    assert (west, north) == pytest.approx((100, 20), abs=0.01)
