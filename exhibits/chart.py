"""Draw the sea chart behind the home page and the kiosk's first screen, as SVG. No border is drawn.

Run: python -m exhibits.chart LAND GAZETTEER FOLDER
LAND: world-atlas' land-10m.json (Natural Earth, public domain); GAZETTEER: {"places": [{"type"|"kind", "coordinates":
{"lat", "lon"} or "lat", "lon"}]}; FOLDER: where chart.svg and chart-night.svg are written. The results are committed;
this is how they were made.
"""

import json
import math
import sys
from pathlib import Path

WEST, EAST, SOUTH, NORTH = 98.0, 124.0, 2.0, 24.0  # degrees
SCALE = 60  # units of the drawing a degree of longitude
FEATURES = {"island/reef", "island", "island group"}
CENTRE = (112.3, 12.6)  # of the rhumb lines

PAPER = {
    "sea": "#efe6d0", "land": "#e2d3ae", "shore": "#3b2f1c", "halo": "#5d7f86", "line": "#14213d", "rhumb": "#8a5a00",
    "mark": "#b8862b", "words": "#14213d", "sea_words": "#14213d", "faint": 1.0,
}  # fmt: skip
NIGHT = {
    "sea": "#0d1930", "land": "#1b2a47", "shore": "#8fa0bd", "halo": "#3d6478", "line": "#c9d4ea", "rhumb": "#e0b968",
    "mark": "#e0b968", "words": "#e9e2cf", "sea_words": "#c9d4ea", "faint": 0.7,
}  # fmt: skip


def mercator(lat: float) -> float:
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


WIDTH, HEIGHT = (EAST - WEST) * SCALE, (mercator(NORTH) - mercator(SOUTH)) * SCALE


def xy(lon: float, lat: float) -> tuple[float, float]:
    return (lon - WEST) * SCALE, (mercator(NORTH) - mercator(lat)) * SCALE


def arcs_of(topology: dict) -> list[list[tuple[float, float]]]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def rings(topology: dict):
    """Every ring of land that touches the chart, in degrees, cut a little outside of it."""
    arcs = arcs_of(topology)
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for indexes in (ring for polygon in polygons for ring in polygon):
            points: list[tuple[float, float]] = []
            for index in indexes:
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                points += arc[1:] if points else arc
            lons, lats = [p[0] for p in points], [p[1] for p in points]
            if min(lons) < EAST + 2 and max(lons) > WEST - 2 and min(lats) < NORTH + 2 and max(lats) > SOUTH - 2:
                yield [(min(max(a, WEST - 3), EAST + 3), min(max(b, SOUTH - 3), NORTH + 3)) for a, b in points]


def path(points) -> str:
    """An SVG path whose points lie at least a unit apart."""
    kept: list[tuple[float, float]] = []
    for point in (xy(*p) for p in points):
        if not kept or math.dist(point, kept[-1]) >= 1.2:
            kept.append(point)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z" if len(kept) > 2 else ""


def rhumb_lines(ink: dict):
    x, y = xy(*CENTRE)
    for k in range(32):
        angle, main = math.pi * 2 * k / 32, k % 4 == 0
        yield (
            f'<line x1="{x:.0f}" y1="{y:.0f}"'
            f' x2="{x + 2200 * math.cos(angle):.0f}" y2="{y + 2200 * math.sin(angle):.0f}"'
            f' stroke="{ink["rhumb"] if main else ink["line"]}" stroke-width=".7" opacity="{0.28 if main else 0.12}"/>'
        )


def graticule(ink: dict):
    for lon in range(100, 124, 2):
        x, _ = xy(lon, SOUTH)
        yield f'<path d="M{x:.0f} 0V{HEIGHT:.0f}" stroke="{ink["line"]}" stroke-width=".5" opacity=".16"/>'
    for lat in range(4, 24, 2):
        _, y = xy(WEST, lat)
        yield f'<path d="M0 {y:.0f}H{WIDTH:.0f}" stroke="{ink["line"]}" stroke-width=".5" opacity=".16"/>'


def features(gazetteer: dict, ink: dict):
    """A mark at each island and reef of the gazetteer."""
    for place in gazetteer["places"]:
        at = place.get("coordinates") or place
        if (place.get("type") or place.get("kind")) not in FEATURES or at.get("lat") is None:
            continue
        if WEST < at["lon"] < EAST and SOUTH < at["lat"] < NORTH and at["lon"] > 110:
            x, y = xy(at["lon"], at["lat"])
            style = f'fill="{ink["mark"]}" stroke="{ink["shore"]}" stroke-width=".8"'
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.4" {style}/>'


def words(text: str, lon: float, lat: float, size: int, fill: str, opacity=1.0, spacing=0, style="normal") -> str:
    x, y = xy(lon, lat)
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-family="Noto Serif,serif" font-size="{size}" font-style="{style}"'
        f' fill="{fill}" opacity="{opacity}" letter-spacing="{spacing}" text-anchor="middle">{text}</text>'
    )


def draw(land: dict, gazetteer: dict, ink: dict) -> str:
    """The chart as SVG text."""
    outline = "".join(path(ring) for ring in rings(land))
    halo = "".join(
        f'<use href="#land" fill="none" stroke="{ink["halo"]}" stroke-width="{width}" opacity="{opacity}"/>'
        for width, opacity in ((26, 0.1), (14, 0.14), (6, 0.22))
    )
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}">',
        f'<defs><path id="land" stroke-linejoin="round" d="{outline}"/></defs>',
        f'<rect width="{WIDTH:.0f}" height="{HEIGHT:.0f}" fill="{ink["sea"]}"/>',
        *rhumb_lines(ink),
        *graticule(ink),
        halo,
        f'<use href="#land" fill="{ink["land"]}" stroke="{ink["shore"]}" stroke-width="1.3"/>',
        *features(gazetteer, ink),
        words("BIỂN ĐÔNG", 114.2, 13.1, 46, ink["sea_words"], 0.5 * ink["faint"], 18),
        words("Quần đảo Hoàng Sa", 112.1, 17.65, 27, ink["words"], ink["faint"], style="italic"),
        words("(Việt Nam)", 112.1, 17.25, 19, ink["words"], ink["faint"], style="italic"),
        words("Quần đảo Trường Sa", 113.4, 6.75, 27, ink["words"], ink["faint"], style="italic"),
        words("(Việt Nam)", 113.4, 6.35, 19, ink["words"], ink["faint"], style="italic"),
        "</svg>",
    ]
    return "\n".join(pieces) + "\n"


def main(land_file: str, gazetteer_file: str, folder: str) -> None:
    land = json.loads(Path(land_file).read_text(encoding="utf-8"))
    gazetteer = json.loads(Path(gazetteer_file).read_text(encoding="utf-8"))
    for name, ink in (("chart.svg", PAPER), ("chart-night.svg", NIGHT)):
        Path(folder, name).write_text(draw(land, gazetteer, ink), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
