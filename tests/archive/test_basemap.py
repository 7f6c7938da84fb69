"""The basemap: land from Natural Earth, no border, both archipelagos named, every island where the gazetteer has it."""

import json
import math
import re
import subprocess
import sys
from itertools import accumulate
from xml.etree import ElementTree

import pytest

from archive.demo import facts as collection
from media.basemap import draw_svg, land, svg
from media.basemap.build import OUTLINES, SHEETS, build
from media.basemap.projection import Frame, fitted, latitude, mercator
from tests.conftest import missing

NEEDS_LAND = pytest.mark.usefixtures("with_land")


@pytest.fixture
def with_land():
    if land.find() is None:
        missing("world-atlas (npm ci)")


def test_marks_are_the_gazetteers():
    gazetteer = collection.read().gazetteer

    def archipelago(place):
        while "parent" in place:
            place = gazetteer[place["parent"]]
        return place["key"]

    for key, group in svg.marks().items():
        expected = {
            (place["lon"], place["lat"])
            for place in gazetteer.values()
            if place["kind"] == "island/reef" and "lat" in place and archipelago(place) == key
        }
        assert {tuple(point) for point in group["points"]} == expected
        assert group["name"]["vi"] == gazetteer[key]["name"]["vi"]
        assert group["name"]["en"] == gazetteer[key]["name"]["en"]


def test_no_file_of_countries_is_read():
    assert all(path.name == "land-10m.json" for path in land.PLACES)


@NEEDS_LAND
def test_every_sheet_is_small_whole_and_asks_nobody(tmp_path):
    *paths, outlines = build(tmp_path)
    assert {path.name for path in paths} == set(SHEETS) and outlines.name == OUTLINES
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert len(text) < 400_000, path.name
        root = ElementTree.fromstring(text)
        assert root.get("viewBox").startswith("0 0 1560 ")
        assert text.count("<circle") == 39
        assert not re.search(r"(https?:)?//(?!www\.w3\.org/2000/svg)", text)
        assert "<script" not in text and "style=" not in text


@NEEDS_LAND
def test_outlines_for_moving_maps_are_land_as_it_is(tmp_path):
    found = json.loads((build(tmp_path)[-1]).read_text(encoding="utf-8"))
    world, near = found["layers"]
    assert world["box"] is None and near["from"] > world["from"] and len(world["rings"]) > 500
    assert {group["name"]["vi"] for group in found["groups"]} >= {"Quần đảo Hoàng Sa", "Quần đảo Trường Sa"}

    def on_land(layer, lon, lat):
        return sum(inside((lon, lat), ring(steps)) for steps in layer["rings"]) % 2 == 1

    def ring(steps):
        xs = accumulate(steps[::2])
        ys = accumulate(steps[1::2])
        return [(x / found["scale"], y / found["scale"]) for x, y in zip(xs, ys, strict=True)]

    for lon, lat, land_there in ((105.8, 21.0, True), (108.0, 14.0, True), (112.0, 16.5, False), (110.0, 10.0, False)):
        assert on_land(world, lon, lat) == on_land(near, lon, lat) == land_there


@NEEDS_LAND
def test_labels_are_in_the_language_asked_for():
    plain, vi, en = (draw_svg(**how) for how in ({"labels": False}, {"lang": "vi"}, {"lang": "en"}))
    assert len(plain) < len(vi) and vi != en


@NEEDS_LAND
def test_land_lies_where_it_should():
    box = (104, 8, 118, 22)
    rings = land.within(box)

    def on_land(point):
        return sum(inside(point, ring) for ring in rings) % 2 == 1

    assert on_land((107.9, 15.6))  # Quảng Nam
    assert on_land((109.7, 19.2))  # Hải Nam
    assert not on_land((112, 14))


def inside(point, ring) -> bool:
    x, y = point
    crossed = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossed = not crossed
    return crossed


@NEEDS_LAND
def test_no_outline_leaps_around_the_world():
    for ring in land.rings():
        assert all(abs(a[0] - b[0]) < 180 for a, b in zip(ring, ring[1:], strict=False))


def test_cutting_keeps_what_is_inside(monkeypatch):
    square = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
    monkeypatch.setattr(land, "rings", lambda: (square, ((50.0, 50.0), (51.0, 50.0), (51.0, 51.0))))
    (cut,) = land.within((5, 5, 20, 20), margin=0)
    assert sorted(set(cut)) == [(5, 5), (5, 10), (10, 5), (10, 10)]


def test_simplifying_keeps_ends_and_far_points():
    line = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0)]
    assert land.simplified(line, 0.1) == [(0.0, 0.0), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0)]
    assert land.simplified(line, 0) == line


def test_without_land_the_sheet_still_names_the_islands(monkeypatch):
    monkeypatch.setattr(land, "rings", lambda: ())
    text = draw_svg(labels=False)
    assert text.count("<circle") == 39 and "land" not in text


@pytest.mark.parametrize("degrees", [-60, -8.5, 0, 16.5, 21.4, 70])
def test_mercator_turns_back(degrees):
    assert math.isclose(latitude(mercator(degrees)), degrees, abs_tol=1e-9)


def test_a_frame_puts_corners_on_corners():
    frame = Frame((98, 0, 124, 26), 1560, left=10, top=20)
    assert frame.xy((98, 26)) == (10, 20)
    x, y = frame.xy((124, 0))
    assert (round(x, 6), round(y, 6)) == (1570, round(20 + frame.height, 6))


@pytest.mark.parametrize("box", [(100, 8, 102, 23), (73, 18, 135, 20), (104, 9, 110, 18)])
def test_a_box_is_widened_and_never_cut(box):
    west, south, east, north = fitted(box, 0.6, 1.2)
    assert west <= box[0] and east >= box[2] and south <= box[1] + 1e-9 and north >= box[3] - 1e-9
    assert 0.6 - 1e-9 <= Frame((west, south, east, north), 1).height <= 1.2 + 1e-9


def test_the_command_says_how_it_is_called():
    run = subprocess.run([sys.executable, "-m", "media.basemap.build"], capture_output=True, text=True, check=False)
    assert run.returncode == 2 and "OUT" in run.stderr
