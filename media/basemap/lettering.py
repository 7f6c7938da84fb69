"""Text as outlines, so that a picture needs no font where it is shown."""

from functools import cache
from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from media.basemap.land import ROOT

SUBSETS = ("latin", "latin-ext", "vietnamese")


class NoFont(FileNotFoundError):
    """The front-end packages that bring the fonts aren't installed."""


def find(family: str, style: str) -> list[Path]:
    """The files of a font ("noto-serif", "400-normal"): one as built, else the subsets as installed. Raises NoFont."""
    built = ROOT / "static" / "vendor" / "fonts" / f"{family}-{style}.woff2"
    if built.is_file():
        return [built]
    folder = ROOT / "node_modules" / "@fontsource" / family / "files"
    installed = [folder / f"{family}-{subset}-{style}.woff2" for subset in SUBSETS]
    if not all(path.is_file() for path in installed):
        raise NoFont(f"{built.name}: npm ci")
    return installed


@cache
def _faces(family: str, style: str) -> tuple:
    """(glyph names by code point, glyphs, advances, units an em) of each file of a font."""
    faces = []
    for file in find(family, style):
        font = TTFont(file)
        faces.append((font.getBestCmap(), font.getGlyphSet(), font["hmtx"], font["head"].unitsPerEm))
    return tuple(faces)


def path(text: str, x: float, y: float, size: float, style: str = "400-normal", spacing: float = 0) -> str:
    """The outline of a line of text centred on x, its baseline at y, as SVG path data. spacing: between letters."""
    glyphs = []
    across = 0.0
    for letter in text:
        for cmap, glyph_set, advances, units in _faces("noto-serif", style):
            if ord(letter) in cmap:
                name = cmap[ord(letter)]
                glyphs.append((glyph_set, name, across, size / units))
                across += advances[name][0] * size / units + spacing
                break
    left = x - (across - spacing) / 2
    pen_data = []
    for glyph_set, name, offset, scale in glyphs:
        pen = SVGPathPen(glyph_set, ntos=lambda number: f"{number:.1f}".rstrip("0").rstrip("."))
        glyph_set[name].draw(TransformPen(pen, Transform(scale, 0, 0, -scale, left + offset, y)))
        pen_data.append(pen.getCommands())
    return "".join(pen_data)
