"""Cells of the map: squares of degrees at several zooms, in which records are counted into clusters. Pure.

At zoom 0 a cell is 45° wide and high; each zoom halves it. A cell's name is "column-row", counted from 180° west and
90° south.
"""

import math

Box = tuple[float, float, float, float]  # west, south, east, north; east < west where it crosses the antimeridian
WORLD = (-180.0, -90.0, 180.0, 90.0)
ZOOMS = range(9)  # at the last one a cell is 0.18°, about 20 km
_SIDE = 45.0  # degrees, at zoom 0
_COLUMNS, _ROWS = round(360 / _SIDE), round(180 / _SIDE)  # there
_ACROSS = 8  # cells that a map shows from west to east, at least


def side(zoom: int) -> float:
    """Degrees of a cell's side."""
    return _SIDE / 2**zoom


def columns(zoom: int) -> int:
    """Cells from west to east, right round the globe."""
    return _COLUMNS << zoom


def rows(zoom: int) -> int:
    """Cells from south to north."""
    return _ROWS << zoom


def cell(lon: float, lat: float, zoom: int) -> str:
    """The cell of a point; longitudes may count on beyond 180."""
    size = side(zoom)
    column = math.floor(((lon + 180) % 360) / size) % columns(zoom)
    row = min(max(math.floor((lat + 90) / size), 0), rows(zoom) - 1)  # the pole belongs to the last row
    return f"{column}-{row}"


def place(name: str, zoom: int) -> tuple[int, int]:
    """Column and row of a cell. Raises ValueError for what is no cell of this zoom."""
    column, dash, row = name.partition("-")
    known = dash and column.isdecimal() and row.isdecimal()
    if not (known and int(column) < columns(zoom) and int(row) < rows(zoom)):
        raise ValueError(f"{name!r} is no cell of zoom {zoom}")
    return int(column), int(row)


def box(name: str, zoom: int) -> Box:
    """West, south, east, north of a cell. Raises ValueError for what is no cell of this zoom."""
    column, row = place(name, zoom)
    west, south = -180 + column * side(zoom), -90 + row * side(zoom)
    return west, south, west + side(zoom), south + side(zoom)


def zoom_of(bbox: Box | None) -> int:
    """The zoom at which a map of this box (None: of the world) shows at least eight cells from west to east."""
    if bbox is None:
        return ZOOMS[0]
    width = _width(bbox)
    return next((zoom for zoom in ZOOMS if width / side(zoom) >= _ACROSS), ZOOMS[-1])


def finest_of(bbox: Box | None, most: int) -> int:
    """The last zoom at which no more than `most` cells lie in the box; the first where there is none."""
    _west, south, _east, north = bbox = bbox or WORLD
    width, height = _width(bbox), north - south
    fitting = (zoom for zoom in ZOOMS if math.ceil(width / side(zoom)) * math.ceil(height / side(zoom)) <= most)
    return max(fitting, default=ZOOMS[0])


def _width(bbox: Box) -> float:
    west, _south, east, _north = bbox
    return (east - west) % 360 or (360.0 if east != west else 0.0)


def area(west: float, south: float, east: float, north: float) -> float:
    """Of a box, in square degrees at the equator; what lies nearer to the poles is smaller, as on the globe."""
    width = east - west if east >= west else east + 360 - west
    return width * math.degrees(math.sin(math.radians(north)) - math.sin(math.radians(south)))
