"""Boxes on the globe as conditions: which sheets touch a box, and how well each covers it. Pure.

A box is west, south, east, north in degrees; where it crosses the antimeridian east is less than west when asked for,
and goes on counting beyond 180 in the index.
"""

from .cells import area
from .conditions import All, Between, Some

Box = tuple[float, float, float, float]

# A sheet that covers the whole box ranks by how many times larger it is: the chart of the archipelago before
# the map of Asia, and that before the map of the world.
TIMES_LARGER = (4, 16, 64, 256)


def overlap(west: float, south: float, east: float, north: float):
    """Sheets that touch this box."""
    east = _unrolled(west, east)
    turns = (All((Between("west", None, east + turn), Between("east", west + turn, None))) for turn in (-360, 0, 360))
    return All((Between("south", None, north), Between("north", south, None), Some(tuple(turns))))


def covering(box: Box) -> list[tuple[str, object]]:
    """(name, condition) of each degree to which a sheet covers the box, best first; the last: it touches it."""
    west, south, east, north = box
    whole = _holds(west, south, _unrolled(west, east), north)
    own = area(*box)
    close = [
        (f"covers the box, up to {times} times as large", All((whole, Between("area", None, own * times))))
        for times in TIMES_LARGER
    ]
    return [
        *close,
        ("covers the box, far larger", whole),
        ("covers most of the box", _most(box)),
        ("touches the box", overlap(*box)),
    ]


def _most(box: Box):
    """Of a raster of four by four points in the box, at least three by three are on the sheet."""
    west, south, east, north = box
    east = _unrolled(west, east)
    width, height = east - west, north - south
    columns = [(west + width * first, west + width * last) for first, last in ((0.125, 0.625), (0.375, 0.875))]
    rows = [(south + height * first, south + height * last) for first, last in ((0.125, 0.625), (0.375, 0.875))]
    return All((Some(tuple(_across(*column) for column in columns)), Some(tuple(_upward(*row) for row in rows))))


def _holds(west: float, south: float, east: float, north: float):
    return All((_across(west, east), _upward(south, north)))


def _across(west: float, east: float):
    """Sheets that reach from one meridian to the other, whichever way round the globe they are written."""
    turns = (All((Between("west", None, west + turn), Between("east", east + turn, None))) for turn in (-360, 0, 360))
    return Some(tuple(turns))


def _upward(south: float, north: float):
    return All((Between("south", None, south), Between("north", north, None)))


def _unrolled(west: float, east: float) -> float:
    return east + 360 if west > east else east
