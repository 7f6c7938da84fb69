"""Land as polygons, from Natural Earth 1:10m (public domain; https://www.naturalearthdata.com/) in npm's world-atlas.

At 1:50m the islands of the East Sea are missing. No file of countries is ever read: no borders are drawn.
"""

import json
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PLACES = (
    ROOT / "node_modules" / "world-atlas" / "land-10m.json",
    ROOT / "static" / "vendor" / "world-atlas" / "land-10m.json",
)

Point = tuple[float, float]  # longitude, latitude in degrees, WGS84
Box = tuple[float, float, float, float]  # west, south, east, north in degrees


def find() -> Path | None:
    """The file of land, or None where the front-end packages aren't installed."""
    return next((path for path in PLACES if path.is_file()), None)


@cache
def rings() -> tuple[tuple[Point, ...], ...]:
    """All closed outlines of land, lakes among them; draw them with the even-odd rule. () without the file."""
    path = find()
    if path is None:
        return ()
    topology = json.loads(path.read_text())
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        found += [_joined(ring, arcs) for polygon in polygons for ring in polygon]
    return tuple(found)


def _decoded(arc: list, transform: dict) -> list[Point]:
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + shift_x, y * scale_y + shift_y))
    return points


def _joined(numbers: list[int], arcs: list[list[Point]]) -> tuple[Point, ...]:
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return tuple(_unwrapped(points))


def _unwrapped(points: list[Point]) -> list[Point]:
    """An outline that crosses the antimeridian goes on beyond 180° instead of leaping around the world."""
    turns, found = 0, points[:1]
    for (before, _), (lon, lat) in zip(points, points[1:], strict=False):
        turns += 360 * ((before - lon > 180) - (lon - before > 180))
        found.append((lon + turns, lat))
    middle = sum(lon for lon, _ in found) / len(found)
    shift = 360 * round(middle / 360)
    return [(lon - shift, lat) for lon, lat in found] if shift else found


def within(box: Box, margin: float = 0.5) -> list[list[Point]]:
    """Outlines cut to a box, widened by `margin` degrees so that the cut itself stays out of sight."""
    west, south, east, north = box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin
    found = []
    for ring in rings():
        lons, lats = [p[0] for p in ring], [p[1] for p in ring]
        if max(lons) < west or min(lons) > east or max(lats) < south or min(lats) > north:
            continue
        points = list(ring)
        for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
            points = _cut(points, axis, limit, sign)
        if len(points) > 2:
            found.append(points)
    return found


def _cut(points: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    """Sutherland and Hodgman's clipping at one edge: what lies on the side of `sign` stays."""
    kept: list[Point] = []
    for before, point in zip(points[-1:] + points[:-1], points, strict=True):
        inside = (point[axis] - limit) * sign >= 0
        if inside != ((before[axis] - limit) * sign >= 0):
            share = (limit - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            kept.append((limit, other) if axis == 0 else (other, limit))
        if inside:
            kept.append(point)
    return kept


def simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Fewer points: none is farther from the line than `tolerance` (in the points' unit). Douglas and Peucker."""
    if len(points) < 4:
        return points
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        farthest, at = tolerance, 0
        for index in range(first + 1, last):
            x, y = points[index]
            away = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length if length else _far(x - ax, y - ay)
            if away > farthest:
                farthest, at = away, index
        if at:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[index] for index in sorted(keep)]


def _far(x: float, y: float) -> float:
    return (x * x + y * y) ** 0.5
