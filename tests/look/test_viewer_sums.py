"""The viewer's sums and cut-outs, by tables."""

from pathlib import Path

import pytest

from archive.cut_outs import SMALL, small_cut
from archive.viewer import sizes
from tests.look import documents
from tests.walls.rules import ROOT

FILE = Path(ROOT) / "config" / "static" / "js" / "viewer-sums.js"
# Ten degrees each way over 1,000 pixels, across the equator.
SQUARE = [[0, 0, 110, 5], [1000, 0, 120, 5], [1000, 1000, 120, -5], [0, 1000, 110, -5]]
# How two tied sheets lie: the right one is twice as large on the screen and turned by a quarter.
LEFT = {"x": 0.5, "y": 0.5, "scale": 1000, "turn": 0}
RIGHT = {"x": 0.3, "y": 0.2, "scale": 2000, "turn": 90}
SUMS = [
    ("readView", ["#page=2&xywh=10,20,300,400&rotate=90"], {"page": 1, "box": [10, 20, 300, 400], "rotate": 90}),
    ("readView", ["#xywh=10,20,0,400"], None),
    ("readView", ["#nguon"], None),
    ("readView", ["#page=x"], {"page": 0, "box": None, "rotate": 0}),
    ("writeView", [{"page": 1, "box": [1.4, 2, 3, 4], "rotate": 0}], "#xywh=1,2,3,4&page=2"),
    ("writeView", [{"page": 0, "box": None, "rotate": 0}], ""),
    ("readView", ["#a.page=3&b.xywh=1,2,3,4", "b"], {"page": 0, "box": [1, 2, 3, 4], "rotate": 0}),
    ("readView", ["#a.page=3&b.xywh=1,2,3,4"], None),
    ("writeView", [{"page": 1, "box": [1, 2, 3, 4], "rotate": 90}, "a"], "#a.xywh=1,2,3,4&a.page=2&a.rotate=90"),
    ("follow", [LEFT, RIGHT, LEFT], RIGHT),
    ("follow", [LEFT, RIGHT, LEFT | {"x": 0.6}], {"x": 0.3, "y": 0.15, "scale": 2000, "turn": 90}),
    ("follow", [LEFT, RIGHT, LEFT | {"scale": 3000, "turn": 270}], {"x": 0.3, "y": 0.2, "scale": 6000, "turn": 0}),
    ("kmPerPixel", [SQUARE, [500, 500]], 1.1132),
    ("kmPerPixel", [SQUARE, [500, 500], 90], 1.10574),
    ("kmPerPixel", [[[0, 0, 179, 0], [100, 0, -179, 0], [0, 100, 179, -2]], [50, 50], 0, True], 2.2259),
    ("kmPerPixel", [SQUARE[:2], [0, 0]], None),
    ("kmPerPixel", [[[0, 0, 1, 1], [1, 1, 2, 2], [2, 2, 3, 3]], [0, 0]], None),
    ("scaleBar", [0.5, 100], {"km": 50, "pixels": 100}),
    ("scaleBar", [3, 100], {"km": 200, "pixels": 66.667}),
    ("scaleBar", [0, 100], None),
    ("regionAt", [[[0, 0, 100, 100], [10, 10, 20, 20]], [15, 15]], 1),
    ("regionAt", [[[0, 0, 10, 10]], [12, 5]], -1),
    ("regionAt", [[[0, 0, 10, 10]], [12, 5], 3], 0),
]


def close(value):
    """Numbers to three figures after the point, within whatever holds them."""
    if isinstance(value, dict):
        return {name: close(one) for name, one in value.items()}
    if isinstance(value, list):
        return [close(one) for one in value]
    return pytest.approx(value, abs=1e-3) if isinstance(value, float) else value


@pytest.mark.browser
def test_sums(browser):
    calls = [[name, arguments] for name, arguments, _wanted in SUMS]
    page = browser.new_page()
    page.add_script_tag(path=FILE)
    told = page.evaluate("calls => calls.map(([name, values]) => window.CatVang.sums[name](...values))", calls)
    page.close()
    for (name, arguments, wanted), said in zip(SUMS, told, strict=True):
        assert said == close(wanted), (name, arguments)


REGIONS = [  # region, the sheet's width and height
    ([500, 500, 100, 20], 2000, 1000),
    ([0, 0, 100, 20], 2000, 1000),
    ([1990, 990, 10, 10], 2000, 1000),
    ([0, 0, 2000, 1000], 2000, 1000),
    ([0, 0, 1, 1], 1, 1),
    ([5, 10, 20, 900], 30, 1000),
]


@pytest.mark.parametrize(("region", "width", "height"), REGIONS)
def test_a_cut_out_stays_on_its_sheet(region, width, height):
    cut, asked_width, asked_height = small_cut(region, width, height)
    assert cut.x >= 0 and cut.y >= 0 and cut.x + cut.width <= width and cut.y + cut.height <= height
    assert 1 <= asked_width <= min(SMALL, cut.width) and asked_height >= 1


@pytest.mark.parametrize(("limit", "offered"), [(0, 1600), (1600, 1600), (700, 700)])
def test_no_download_is_larger_than_rights_allow(limit, offered):
    assert max(sizes(documents.scan(width=4000, height=3000, max_width=limit))) >= offered
    assert not limit or max(sizes(documents.scan(width=4000, height=3000, max_width=limit))) <= limit
