"""The basemap for a map that is zoomed and moved: outlines of land as numbers, drawn in the browser (basemap.js).

{"scale": units a degree, "layers": [{"box": [west, south, east, north] or null for the whole world, "from": the zoom
from which it is drawn, "rings": [[x, y, then steps from the point before, …], …]}], "groups": the archipelagos, see
media.basemap.svg.marks, with what each archipelago's name says of its country}. Longitude and latitude, no projection.
"""

from media.basemap import land
from media.basemap.svg import WORDS, marks

SCALE = 1000  # units a degree: 0.1 km
NEAR = (88, -14, 136, 36)  # the seas around, in more detail
LAYERS = ((None, 0, 0.06, 0.12), (NEAR, 6, 0.004, 0.008))  # box, zoom, tolerance and least size in degrees


def outlines() -> dict:
    """Without the land's file the layers are empty."""
    return {
        "scale": SCALE,
        "layers": [
            {"box": box, "from": zoom, "rings": _rings(box, tolerance, least)} for box, zoom, tolerance, least in LAYERS
        ],
        "groups": list(marks().values()),
        "sea": {lang: words["sea"] for lang, words in WORDS.items()},
        "country": {lang: words["country"] for lang, words in WORDS.items()},
    }


def _rings(box, tolerance: float, least: float) -> list:
    rings = land.within(box, 1) if box else [list(ring) for ring in land.rings()]
    found = []
    for ring in rings:
        lons, lats = [p[0] for p in ring], [p[1] for p in ring]
        if max(max(lons) - min(lons), max(lats) - min(lats)) < least:
            continue
        points = land.simplified(ring, tolerance)
        if len(points) > 3:
            found.append(_steps(points))
    return found


def _steps(points) -> list[int]:
    units = [(round(lon * SCALE), round(lat * SCALE)) for lon, lat in points]
    steps = list(units[0])
    for (x, y), (x2, y2) in zip(units, units[1:], strict=False):
        if (x, y) != (x2, y2):
            steps += [x2 - x, y2 - y]
    return steps
