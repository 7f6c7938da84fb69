"""Control points of a sheet → where it lies on the earth, and how far the points say so together. Pure.

The mapping is fitted between pixels of the page and spherical Mercator (EPSG:3857), the plane on which Allmaps and our
own pages lay a warped sheet, by GDAL: affine and second-order polynomial by least squares, thin-plate spline through
every point. Distances are great circles on a sphere of the mean radius of WGS 84 (IUGG). rasterio takes a second to
load, so it is loaded when the first sheet is fitted.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_noop as noop

from media.sentences import Sentence

EARTH = 6371.0088  # km, mean radius R1
RADIUS = 6378137.0  # metres, of EPSG:3857
HIGHEST = 85.0  # degrees of latitude that Mercator still shows
LEAST = {"affine": 3, "polynomial2": 6, "thinPlateSpline": 3}
MOST = 100
# Smallest singular value beside the largest, of points that lie on a line, or on a curve for a polynomial; GDAL's thin
# plate takes points thinner than about 0.04 for a line, and then puts everything beside it wrong without a word.
LINE = {"affine": 1e-3, "polynomial2": 1e-3, "thinPlateSpline": 0.06}
CURVE = 1e-5
STEPS = 16  # parts of an edge of the footprint, where edges bend
MESH = 24  # cells a side

TOO_FEW = noop("Phép biến đổi này cần ít nhất %(least)s cặp điểm; mới có %(count)s. Hãy thêm điểm.")
TOO_MANY = noop("Một tờ nhận tối đa %(most)s cặp điểm.")
OFF_SHEET = noop("Điểm %(number)s nằm ngoài tờ bản đồ.")
OFF_EARTH = noop("Điểm %(number)s: vĩ độ phải trong khoảng −85 đến 85, kinh độ trong khoảng −180 đến 180.")
SAME_PIXEL = noop("Điểm %(one)s và %(other)s ở cùng một chỗ trên tờ; hãy bỏ hay tắt một điểm.")
SAME_PLACE = noop("Điểm %(one)s và %(other)s có cùng toạ độ trên mặt đất; hãy bỏ hay tắt một điểm.")
IN_LINE = noop("Các điểm nằm gần như trên một đường thẳng, chưa định được vị trí tờ. Hãy thêm điểm ở phía khác của tờ.")
NOT_SPREAD = noop("Các điểm nằm trên cùng một đường cong nên chưa tính được đa thức. Hãy thêm điểm ở chỗ khác của tờ.")
FOLDED = noop(
    "Với các điểm này tờ bản đồ bị gấp lên chính nó. Hãy xem điểm có sai số lớn: có lẽ hai điểm bị đổi chỗ cho nhau."
)
BEYOND = noop("Với các điểm này tờ bản đồ vượt ra ngoài mặt đất. Hãy xem điểm có sai số lớn, hoặc vẽ viền phần bản đồ.")
BAD_MASK = noop("Viền phần bản đồ cần ít nhất ba góc nằm trong tờ, và không được tự cắt.")


class Trouble(Sentence, ValueError):
    """Why a sheet can't be laid on the earth from these points; str() is a sentence in the active language."""


@dataclass(frozen=True)
class Pair:
    """A point of the page in pixels from its upper left corner, and of the earth in degrees (WGS 84)."""

    x: float
    y: float
    lon: float
    lat: float


@dataclass(frozen=True)
class Placed:
    """errors: km of each pair, None where it can't be told; error: root mean square in km; footprint: the outline
    [[lon, lat], …], closed, longitudes going on beyond ±180 across the antimeridian; mirrored: seen from behind."""

    errors: list
    error: float | None
    footprint: list
    mirrored: bool


def place(pairs: list[Pair], kind: str, size: tuple[int, int], mask=()) -> Placed:
    """In: pairs; "affine", "polynomial2" or "thinPlateSpline"; width and height of the page in pixels; the part of it
    that is map, [(x, y), …] in pixels, all of it when empty. Raises Trouble."""
    check(pairs, size)
    fit = Fit(pairs, kind)
    outline = list(mask) or [(0, 0), (size[0], 0), size, (0, size[1])]
    check_mask(outline, size)
    errors = left_out(pairs, kind) if kind == "thinPlateSpline" else fit.errors(pairs)
    told = [error for error in errors if error is not None]
    sign = _orientation(fit, outline)
    footprint = fit.lonlat(_along(outline, 1 if kind == "affine" else STEPS))
    lons, lats = [point[0] for point in footprint], [point[1] for point in footprint]
    if max(lons) - min(lons) > 360 or max(map(abs, lats)) > 89.9 or not all(map(math.isfinite, (*lons, *lats))):
        raise Trouble(BEYOND)
    return Placed(
        errors=errors,
        error=math.sqrt(sum(error * error for error in told) / len(told)) if told else None,
        footprint=[[lon, lat] for lon, lat in (*footprint, footprint[0])],
        mirrored=sign > 0,
    )


def check(pairs: list[Pair], size: tuple[int, int]) -> None:
    """Raises Trouble for a pair that lies nowhere, and for two that say the same or contradict each other."""
    if len(pairs) > MOST:
        raise Trouble(TOO_MANY, most=MOST)
    for number, pair in enumerate(pairs, start=1):
        if not (0 <= pair.x <= size[0] and 0 <= pair.y <= size[1]):
            raise Trouble(OFF_SHEET, number=number)
        if not (abs(pair.lat) <= HIGHEST and abs(pair.lon) <= 180):
            raise Trouble(OFF_EARTH, number=number)
        for before, other in enumerate(pairs[: number - 1], start=1):
            if math.hypot(pair.x - other.x, pair.y - other.y) < 0.5:
                raise Trouble(SAME_PIXEL, one=before, other=number)
            if kilometres((pair.lon, pair.lat), (other.lon, other.lat)) < 0.001:
                raise Trouble(SAME_PLACE, one=before, other=number)


def check_mask(outline, size: tuple[int, int]) -> None:
    """Raises Trouble unless the outline is a simple polygon on the page."""
    inside = all(0 <= x <= size[0] and 0 <= y <= size[1] for x, y in outline)
    edges = list(zip(outline, [*outline[1:], *outline[:1]], strict=True))
    crossing = any(
        _cross(*one, *other)
        for index, one in enumerate(edges)
        for other in edges[index + 2 : len(edges) - (index == 0)]
    )
    if len(outline) < 3 or not inside or crossing or abs(_area(outline)) < 1:
        raise Trouble(BAD_MASK)


class Fit:
    """The mapping that pairs make. Raises Trouble where they make none."""

    def __init__(self, pairs: list[Pair], kind: str):
        if len(pairs) < LEAST[kind]:
            raise Trouble(TOO_FEW, least=LEAST[kind], count=len(pairs))
        self.kind, self.middle = kind, pairs[0].lon
        flat = [mercator(unwrapped(pair.lon, self.middle), pair.lat) for pair in pairs]
        _check_spread([(pair.x, pair.y) for pair in pairs], flat, kind)
        self._points = tuple((pair.x, pair.y, *point) for pair, point in zip(pairs, flat, strict=True))

    def metres(self, points) -> list[tuple[float, float]]:
        """Where points (x, y) of the page lie in EPSG:3857."""
        from rasterio.control import GroundControlPoint
        from rasterio.transform import GCPTransformer, from_gcps

        controls = [GroundControlPoint(row=y, col=x, x=east, y=north) for x, y, east, north in self._points]
        if self.kind == "affine":
            affine = from_gcps(controls)
            return [affine @ point for point in points]
        columns, rows = [point[0] for point in points], [point[1] for point in points]
        with GCPTransformer(controls, tps=self.kind == "thinPlateSpline") as transformer:
            east, north = transformer.xy(rows, columns, offset="ul")
        return list(zip(map(float, east), map(float, north), strict=True))

    def lonlat(self, points) -> list[tuple[float, float]]:
        """Longitudes without a leap at the antimeridian, and latitudes."""
        return [_degrees(*point) for point in self.metres(points)]

    def errors(self, pairs: list[Pair]) -> list[float]:
        """Km between where each pair is said to lie and where the mapping puts it."""
        found = self.lonlat([(pair.x, pair.y) for pair in pairs])
        return [kilometres((pair.lon, pair.lat), at) for pair, at in zip(pairs, found, strict=True)]


def left_out(pairs: list[Pair], kind: str) -> list[float | None]:
    """The error of each pair when all the others make the mapping: a thin plate passes through its own points, so
    only that tells how well they agree. None where the others don't make one."""
    found = []
    for index, pair in enumerate(pairs):
        try:
            found += Fit([*pairs[:index], *pairs[index + 1 :]], kind).errors([pair])
        except Trouble:
            found.append(None)
    return found


@lru_cache(maxsize=256)
def mesh(pairs: tuple[Pair, ...], kind: str, size: tuple[int, int]) -> dict:
    """What a page needs to lay the sheet on a map: {"columns", "rows", "lonlat": [[lon, lat], …] row by row}, the
    corners of an even grid over the whole page. Raises Trouble."""
    cells = 1 if kind == "affine" else MESH
    parts = [part / cells for part in range(cells + 1)]
    steps = [(size[0] * across, size[1] * down) for down in parts for across in parts]
    found = Fit(list(pairs), kind).lonlat(steps)
    return {"columns": cells, "rows": cells, "lonlat": [[round(lon, 6), round(lat, 6)] for lon, lat in found]}


# --- the sphere -------------------------------------------------------------------------------------


def kilometres(one, other) -> float:
    """Great circle between two (lon, lat) in degrees, by the haversine formula."""
    (lon, lat), (lon2, lat2) = (map(math.radians, point) for point in (one, other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH * math.asin(min(1, math.sqrt(half)))


def unwrapped(lon: float, middle: float) -> float:
    """The same meridian, at most 180 degrees from `middle`."""
    return lon + 360 * round((middle - lon) / 360)


def mercator(lon: float, lat: float) -> tuple[float, float]:
    return RADIUS * math.radians(lon), RADIUS * math.asinh(math.tan(math.radians(lat)))


def _degrees(east: float, north: float) -> tuple[float, float]:
    # Beyond 30 the latitude is 90 to the last digit, and sinh would overflow.
    return math.degrees(east / RADIUS), math.degrees(math.atan(math.sinh(max(-30.0, min(30.0, north / RADIUS)))))


# --- the plane --------------------------------------------------------------------------------------


def _check_spread(pixels, flat, kind: str) -> None:
    """Raises Trouble where points lie on a line, on the page or on the earth, or leave a polynomial open."""
    import numpy

    for points in (pixels, flat):
        xy = numpy.array(points, dtype=float)
        xy = (xy - xy.mean(axis=0)) / max(numpy.ptp(xy, axis=0).max(), 1e-9)
        values = numpy.linalg.svd(xy, compute_uv=False)
        if values[1] <= LINE[kind] * values[0]:
            raise Trouble(IN_LINE)
    if kind == "polynomial2":
        xy = numpy.array(pixels, dtype=float)
        x, y = ((xy - xy.mean(axis=0)) / numpy.ptp(xy, axis=0).max()).T
        columns = numpy.stack([numpy.ones_like(x), x, y, x * x, x * y, y * y], axis=1)
        values = numpy.linalg.svd(columns, compute_uv=False)
        if values[-1] <= CURVE * values[0]:
            raise Trouble(NOT_SPREAD)


def _orientation(fit: Fit, outline) -> int:
    """-1 for a sheet that lies face up, 1 for a mirrored one. Raises Trouble for one that folds within its outline."""
    left, top = min(x for x, _ in outline), min(y for _, y in outline)
    wide, high = max(x for x, _ in outline) - left, max(y for _, y in outline) - top
    cells = 1 if fit.kind == "affine" else MESH
    line = cells + 1
    nodes = [(left + wide * column / cells, top + high * row / cells) for row in range(line) for column in range(line)]
    flat = fit.metres(nodes)
    signs = set()
    for row in range(cells):
        for column in range(cells):
            corner = row * line + column
            middle = (left + wide * (column + 0.5) / cells, top + high * (row + 0.5) / cells)
            if cells > 1 and not _within(middle, outline):
                continue
            for other in ((corner, corner + 1, corner + line), (corner + 1, corner + line + 1, corner + line)):
                signs.add(_area([flat[at] for at in other]) > 0)
    if len(signs) > 1:
        raise Trouble(FOLDED)
    return 1 if signs == {True} else -1


def _along(outline, steps: int) -> list[tuple[float, float]]:
    points = []
    for (x, y), (x2, y2) in zip(outline, [*outline[1:], *outline[:1]], strict=True):
        points += [(x + (x2 - x) * step / steps, y + (y2 - y) * step / steps) for step in range(steps)]
    return points


def _area(points) -> float:
    pairs = zip(points, [*points[1:], *points[:1]], strict=True)
    return sum(x * y2 - x2 * y for (x, y), (x2, y2) in pairs) / 2


def _within(point, outline) -> bool:
    x, y = point
    found = False
    for (x1, y1), (x2, y2) in zip(outline, [*outline[1:], *outline[:1]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            found = not found
    return found


def _cross(one, two, three, four) -> bool:
    def side(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return side(one, two, three) * side(one, two, four) < 0 and side(three, four, one) * side(three, four, two) < 0
