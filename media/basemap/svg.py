"""The basemap as SVG: land, sea, rhumb lines, graticule, a mark at each island, the archipelagos' names."""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from media.basemap import land, lettering
from media.basemap.land import Box
from media.basemap.projection import Frame

EAST_SEA: Box = (98, 0, 124, 26)
WORDS = {
    "vi": {"sea": "BIỂN ĐÔNG", "country": "(Việt Nam)"},
    "en": {"sea": "EAST SEA", "country": "(Việt Nam)"},
}
ROSE = (112.3, 12.6)  # where the rhumb lines meet


@dataclass(frozen=True)
class Inks:
    paper: str
    land: str
    coast: str
    water: str  # the lines along the coast
    line: str
    rhumb: str
    mark: str
    text: str


LIGHT = Inks("#EFE6D0", "#E2D3AE", "#3B2F1C", "#5D7F86", "#14213D", "#8A5A00", "#B8862B", "#14213D")
DARK = Inks("#0B1426", "#1D2B4A", "#5F739C", "#35507A", "#9FB2D6", "#B8862B", "#E0B44F", "#F2ECDD")


@cache
def marks() -> dict:
    """The archipelagos: name {vi, en}, label [lon, lat], points [[lon, lat], …]."""
    found = json.loads((Path(__file__).parent / "marks.json").read_text(encoding="utf-8"))
    found.pop("about")
    return found


def draw_svg(box: Box = EAST_SEA, width: int = 1560, lang: str = "vi", dark: bool = False, labels: bool = True) -> str:
    """An SVG document of a box of the earth, `width` units wide. Text is drawn as outlines.

    Without the land's file only the graticule, the marks and the names are drawn.
    """
    frame, inks = Frame(box, width), DARK if dark else LIGHT
    height = frame.height
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" '
        f'preserveAspectRatio="xMidYMid slice" role="img"><title>{WORDS[lang]["sea"]}</title>'
        f'<rect width="{width}" height="{height:.0f}" fill="{inks.paper}"/>',
        _rhumbs(frame, inks),
        _graticule(frame, inks),
        _coast(frame, inks),
        _islands(frame, inks),
    ]
    if labels:
        parts.append(_names(frame, inks, lang))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _rhumbs(frame: Frame, inks: Inks) -> str:
    x, y = frame.xy(ROSE)
    reach = 2 * frame.width
    lines = {True: "", False: ""}
    for step in range(32):
        angle = math.pi * step / 16
        lines[step % 4 == 0] += f"M{x:.0f} {y:.0f}l{reach * math.cos(angle):.0f} {reach * math.sin(angle):.0f}"
    return (
        f'<path d="{lines[True]}" stroke="{inks.rhumb}" stroke-width=".7" opacity=".3" fill="none"/>'
        f'<path d="{lines[False]}" stroke="{inks.line}" stroke-width=".7" opacity=".15" fill="none"/>'
    )


def _graticule(frame: Frame, inks: Inks) -> str:
    west, south, east, north = frame.box
    step = 2 if east - west <= 30 else 5
    lines = ""
    for lon in range(math.ceil(west / step) * step, math.floor(east) + 1, step):
        lines += f"M{frame.xy((lon, south))[0]:.1f} 0V{frame.height:.0f}"
    for lat in range(math.ceil(south / step) * step, math.floor(north) + 1, step):
        lines += f"M0 {frame.xy((west, lat))[1]:.1f}H{frame.width:.0f}"
    return f'<path d="{lines}" stroke="{inks.line}" stroke-width=".5" opacity=".18" fill="none"/>'


def _coast(frame: Frame, inks: Inks) -> str:
    outlines = ""
    for ring in land.within(frame.box):
        points = land.simplified([frame.xy(point) for point in ring], 0.45)
        if len(points) > 3:
            outlines += _outline(points)
    if not outlines:
        return ""
    water = "".join(
        f'<use href="#land" fill="none" stroke="{inks.water}" stroke-width="{width}" opacity="{opacity}"/>'
        for width, opacity in ((26, 0.10), (14, 0.14), (6, 0.22))
    )
    return (
        f'<defs><path id="land" fill-rule="evenodd" stroke-linejoin="round" d="{outlines}"/></defs>{water}'
        f'<use href="#land" fill="{inks.land}" stroke="{inks.coast}" stroke-width="1.4"/>'
    )


def _outline(points: list) -> str:
    """Path data of a closed outline in whole tenths, each point from the one before."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    text = f"M{tenths[0][0] / 10:g} {tenths[0][1] / 10:g}l"
    steps = []
    for (x0, y0), (x1, y1) in zip(tenths, tenths[1:], strict=False):
        if (x1, y1) != (x0, y0):
            steps.append(f"{(x1 - x0) / 10:g} {(y1 - y0) / 10:g}")
    return text + " ".join(steps) + "z"


def _islands(frame: Frame, inks: Inks) -> str:
    """A mark at each island: the true place, not the true size."""
    radius = max(2.4, frame.scale / 18)
    parts = []
    for group in marks().values():
        for point in group["points"]:
            x, y = frame.xy(point)
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>')
    return f'<g fill="{inks.mark}" stroke="{inks.coast}" stroke-width=".7">{"".join(parts)}</g>'


def _names(frame: Frame, inks: Inks, lang: str) -> str:
    size = frame.width / 60
    x, y = frame.xy((114.4, 13.2))
    sea = lettering.path(WORDS[lang]["sea"], x, y, size * 1.75, spacing=size * 0.7)
    names = ""
    for group in marks().values():
        x, y = frame.xy(group["label"])
        names += lettering.path(group["name"][lang], x, y, size, style="400-italic")
        names += lettering.path(WORDS[lang]["country"], x, y + size * 1.05, size * 0.72, style="400-italic")
    return f'<path d="{sea}" fill="{inks.text}" opacity=".5"/><path d="{names}" fill="{inks.text}"/>'
