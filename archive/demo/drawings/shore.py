"""Land and what is drawn along its shore, as masks of one channel (0 to 255).

How far a point of the sea lies from land is read from the blurred shape of the land: near a coast the blur is the
normal distribution's sum, so that a table turns its value into a line or a wash. It costs one blur a sheet.
"""

import math
from functools import cache
from statistics import NormalDist

import pyvips
from PIL import Image, ImageChops, ImageDraw

LEVELS = 16384


def mask(size, rings, sharp: int) -> Image.Image:
    """255 where there is land; an outline inside another (a lake) turns it again. sharp: drawn larger, then reduced."""
    shape = Image.new("1", (size[0] * sharp, size[1] * sharp))
    for ring in rings:
        left, top = max(0, math.floor(min(x for x, _y in ring))), max(0, math.floor(min(y for _x, y in ring)))
        right, bottom = math.ceil(max(x for x, _y in ring)) + 1, math.ceil(max(y for _x, y in ring)) + 1
        right, bottom = min(size[0], right), min(size[1], bottom)
        if right <= left or bottom <= top:
            continue
        part = Image.new("1", ((right - left) * sharp, (bottom - top) * sharp))
        ImageDraw.Draw(part).polygon([((x - left) * sharp, (y - top) * sharp) for x, y in ring], fill=1)
        area = (left * sharp, top * sharp, right * sharp, bottom * sharp)
        shape.paste(ImageChops.logical_xor(shape.crop(area), part), area)
    return _reduced(shape.convert("L"), sharp)


def coastline(size, rings, width: float, sharp: int) -> Image.Image:
    line = Image.new("L", (size[0] * sharp, size[1] * sharp))
    pen = ImageDraw.Draw(line)
    for ring in rings:
        pen.line([(x * sharp, y * sharp) for x, y in [*ring, ring[0]]], fill=255, width=max(1, round(width * sharp)))
    return _reduced(line, sharp)


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    return image.reduce(factor) if factor > 1 else image


def _strokes(places):
    def strength(away: float) -> float:
        return max(full * max(0.0, 1 - abs(away - place) / (1.1 + place / 60)) for place, full in places)

    return strength


# name: sigma of the blur in units, strength by the distance in units
TABLES = {
    "halo": (15, lambda away: 150 * math.exp(-((max(away, 0) / 17) ** 1.1))),
    "near": (9, _strokes(((6, 190), (13, 165), (21, 140)))),
    "far": (26, _strokes(((32, 112), (45, 86), (60, 62)))),
    "clear": (12, lambda away: 255 if away > 17 else 0),
    "wash": (12, lambda away: 105 * math.exp(-((max(away, 0) / 13) ** 1.3))),
}


@cache
def _aways(sigma: float) -> tuple[float, ...]:
    """How far from land each value of the blur is: units, negative on land."""
    normal = NormalDist(0, sigma)
    return tuple(-normal.inv_cdf(max(1, level) / LEVELS) for level in range(LEVELS))


@cache
def _table(name: str) -> bytes:
    sigma, strength = TABLES[name]
    return bytes(min(255, round(strength(away))) for away in _aways(sigma))


def halo(shape: Image.Image, unit: float) -> Image.Image:
    """A wash of colour along the coast, as printers laid it."""
    return _drawn(shape, unit, "halo")


def lines(shape: Image.Image, unit: float) -> Image.Image:
    """Lines that follow the coast, closer together near it, as engravers cut them."""
    return ImageChops.lighter(_drawn(shape, unit, "near"), _drawn(shape, unit, "far"))


def waves(shape: Image.Image, unit: float) -> Image.Image:
    """Rows of small arcs over the whole sea, in the manner of hand-painted maps, and a wash along the coast."""
    veil = Image.new("L", (shape.width, shape.height))
    pen = ImageDraw.Draw(veil)
    wide, high = 46 * unit, 17 * unit
    y, row = 0.0, 0
    while y < veil.height + high:
        x = -wide / 2 if row % 2 else 0.0
        while x < veil.width + wide:
            pen.arc((x, y, x + wide, y + 2 * high), 205, 335, fill=88, width=max(1, round(1.6 * unit)))
            x += wide
        y, row = y + high, row + 1
    veil = ImageChops.multiply(veil, _drawn(shape, unit, "clear"))
    return ImageChops.lighter(veil, _drawn(shape, unit, "wash"))


WATERS = {"halo": halo, "lines": lines, "waves": waves}


def _drawn(shape: Image.Image, unit: float, name: str) -> Image.Image:
    """What a table gives at each point of the sheet. unit: in pixels."""
    sigma = TABLES[name][0] * unit
    shrink = max(1, int(sigma / 5))
    small = shape.reduce(shrink) if shrink > 1 else shape
    land = pyvips.Image.new_from_memory(small.tobytes(), small.width, small.height, 1, "uchar")
    blurred = land.cast("float").gaussblur(sigma / shrink, precision="float", min_ampl=0.02)
    if shrink > 1:
        across, down = shape.width / small.width, shape.height / small.height
        blurred = blurred.resize(across, vscale=down, kernel="linear")
        blurred = blurred.gravity("centre", shape.width, shape.height, extend="copy")
    table = pyvips.Image.new_from_memory(_table(name), LEVELS, 1, 1, "uchar")
    drawn = (blurred * ((LEVELS - 1) / 255)).cast("ushort").maplut(table)
    return Image.frombytes("L", shape.size, drawn.write_to_memory())
