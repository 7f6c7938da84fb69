"""Cells of the map: squares of degrees at several zooms, in which records are counted into clusters. Pure.

At zoom 0 a cell is 45° wide and high; each zoom halves it. A cell's name is "column-row", counted from 180° west and
90° south.
"""

import math

ZOOMS = range(9)  # at the last one a cell is 0.18°, about 20 km
_SIDE = 45.0  # degrees, at zoom 0
_ACROSS = 8  # cells that a map shows from west to east, at least


def side(zoom: int) -> float:
    """Degrees of a cell's side."""
    return _SIDE / 2**zoom


def cell(lon: float, lat: float, zoom: int) -> str:
    """The cell of a point; longitudes may count on beyond 180."""
    columns, rows = round(360 / side(zoom)), round(180 / side(zoom))
    column = math.floor(((lon + 180) % 360) / side(zoom)) % columns
    row = min(max(math.floor((lat + 90) / side(zoom)), 0), rows - 1)  # the pole belongs to the last row
    return f"{column}-{row}"


def box(name: str, zoom: int) -> tuple[float, float, float, float]:
    """West, south, east, north of a cell. Raises ValueError for what is no cell of this zoom."""
    column, dash, row = name.partition("-")
    columns, rows = round(360 / side(zoom)), round(180 / side(zoom))
    if not (dash and column.isdecimal() and row.isdecimal() and int(column) < columns and int(row) < rows):
        raise ValueError(f"{name!r} is no cell of zoom {zoom}")
    west, south = -180 + int(column) * side(zoom), -90 + int(row) * side(zoom)
    return west, south, west + side(zoom), south + side(zoom)


def zoom_of(bbox: tuple[float, float, float, float] | None) -> int:
    """The zoom at which a map of this box (None: of the world) shows at least eight cells from west to east."""
    if bbox is None:
        return ZOOMS[0]
    west, _south, east, _north = bbox
    width = (east - west) % 360 or (360.0 if east != west else 0.0)
    return next((zoom for zoom in ZOOMS if width / side(zoom) >= _ACROSS), ZOOMS[-1])


def area(west: float, south: float, east: float, north: float) -> float:
    """Of a box, in square degrees at the equator; what lies nearer to the poles is smaller, as on the globe."""
    width = east - west if east >= west else east + 360 - west
    return width * math.degrees(math.sin(math.radians(north)) - math.sin(math.radians(south)))
