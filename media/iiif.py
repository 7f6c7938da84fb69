"""IIIF Image API 3.0, level 2: reading requests and describing images (https://iiif.io/api/image/3.0/).

Pure: no Django, no files. Lengths are pixels of the full image unless said otherwise.
"""

import math
import re
from dataclasses import dataclass
from fractions import Fraction

TILE = 512
# No single answer is larger than this; a viewer takes tiles.
MAX_SIDE = 8192
MAX_AREA = 16_777_216
MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png"}
QUALITIES = ("default", "color", "gray", "bitonal")
# Named by the specification, not offered here.
OTHER_FORMATS = ("tif", "gif", "jp2", "pdf", "webp")
CONTEXT = "http://iiif.io/api/image/3/context.json"

_INTEGERS = re.compile(r"(\d{1,9}),(\d{1,9}),(\d{1,9}),(\d{1,9})", re.ASCII)
_NUMBER = r"(\d{1,9}(?:\.\d{1,12})?|\.\d{1,12})"
_PERCENTS = re.compile(rf"pct:{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}", re.ASCII)
_PERCENT = re.compile(rf"pct:{_NUMBER}", re.ASCII)
_SIDES = re.compile(r"(!?)(\d{0,9}),(\d{0,9})", re.ASCII)
_ROTATION = re.compile(rf"(!?){_NUMBER}", re.ASCII)


class BadRequest(ValueError):
    """400, also for what is valid but not offered (4.3, 4.5).

    field: "request" | "region" | "size" | "rotation" | "quality" | "format"; code: what is wrong with it."""

    status = 400

    def __init__(self, field: str, code: str = "syntax"):
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


@dataclass(frozen=True)
class Region:
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Request:
    """A request understood: `width` × `height` is the answer's size before rotation; rotation in degrees clockwise."""

    region: Region
    width: int
    height: int
    rotation: int
    mirrored: bool
    quality: str
    format: str
    canonical: str  # "region/size/rotation/quality.format"


def parse(path: str, width: int, height: int) -> Request:
    """Read "region/size/rotation/quality.format" for an image of this size.

    Raises BadRequest.
    """
    parts = path.split("/")
    if len(parts) != 4:
        raise BadRequest("request")
    region = parse_region(parts[0], width, height)
    out_width, out_height, size = parse_size(parts[1], region)
    mirrored, rotation = parse_rotation(parts[2])
    quality, form = parse_quality(parts[3])
    whole = region == Region(0, 0, width, height)
    where = "full" if whole else f"{region.x},{region.y},{region.width},{region.height}"
    canonical = f"{where}/{size}/{'!' if mirrored else ''}{rotation}/{quality}.{form}"
    return Request(region, out_width, out_height, rotation, mirrored, quality, form, canonical)


def parse_region(text: str, width: int, height: int) -> Region:
    """The part of the image asked for, cut at its edges."""
    if text == "full":
        return Region(0, 0, width, height)
    if text == "square":
        side = min(width, height)
        return Region((width - side) // 2, (height - side) // 2, side, side)
    if found := _INTEGERS.fullmatch(text):
        x, y, w, h = map(int, found.groups())
    elif found := _PERCENTS.fullmatch(text):
        px, py, pw, ph = (Fraction(number) / 100 for number in found.groups())
        x, y = round(px * width), round(py * height)
        # Something that isn't nothing has at least one pixel.
        w, h = (max(1, round(part * whole)) if part else 0 for part, whole in ((pw, width), (ph, height)))
    else:
        raise BadRequest("region")
    if not w or not h:
        raise BadRequest("region", "empty")
    if x >= width or y >= height:
        raise BadRequest("region", "outside")
    return Region(x, y, min(w, width - x), min(h, height - y))


def largest(region: Region, upscale: bool = False) -> tuple[int, int]:
    """The largest answer for a region: its own size (or, upscaling, any) within MAX_SIDE and MAX_AREA."""
    scale = min(MAX_SIDE / region.width, MAX_SIDE / region.height, math.sqrt(MAX_AREA / (region.width * region.height)))
    if scale >= 1 and not upscale:
        return region.width, region.height
    return max(1, math.floor(region.width * scale)), max(1, math.floor(region.height * scale))


def parse_size(text: str, region: Region) -> tuple[int, int, str]:
    """Out: width and height of the answer, and the canonical form of this parameter."""
    upscale = text.startswith("^")
    width, height = _wanted(text.removeprefix("^"), region, upscale)
    if not width or not height:
        raise BadRequest("size", "empty")
    larger = width > region.width or height > region.height
    if larger and not upscale:
        raise BadRequest("size", "upscaled")
    if width > MAX_SIDE or height > MAX_SIDE or width * height > MAX_AREA:
        raise BadRequest("size", "limit")
    if (width, height) == largest(region):
        return width, height, "max"
    if larger and (width, height) == largest(region, upscale=True):
        return width, height, "^max"
    return width, height, f"{'^' if larger else ''}{width},{height}"


def _wanted(text: str, region: Region, upscale: bool) -> tuple[int, int]:
    if text == "max":
        return largest(region, upscale)
    if found := _PERCENT.fullmatch(text):
        part = Fraction(found[1]) / 100
        if not part:
            raise BadRequest("size", "empty")
        return max(1, round(region.width * part)), max(1, round(region.height * part))
    found = _SIDES.fullmatch(text)
    if not found or found[2] == found[3] == "":
        raise BadRequest("size")
    confined, width, height = found[1], found[2], found[3]
    if confined:
        if not width or not height:
            raise BadRequest("size")
        return _fit(int(width), int(height), region, upscale)
    if width and height:
        return int(width), int(height)
    if width:
        return int(width), _proportional(int(width), region.width, region.height)
    return _proportional(int(height), region.height, region.width), int(height)


def _proportional(side: int, from_side: int, other: int) -> int:
    return max(1, round(Fraction(side * other, from_side))) if side else 0


def _fit(width: int, height: int, region: Region, upscale: bool) -> tuple[int, int]:
    """The largest size of the region's proportions in width × height and in the limits."""
    if not width or not height:
        return 0, 0
    limit_width, limit_height = largest(region, upscale)
    scale = min(Fraction(min(width, limit_width), region.width), Fraction(min(height, limit_height), region.height))
    fitted = max(1, round(region.width * scale)), max(1, round(region.height * scale))
    return min(fitted[0], width, limit_width), min(fitted[1], height, limit_height)


def parse_rotation(text: str) -> tuple[bool, int]:
    """Out: whether mirrored (before rotating), and 0, 90, 180 or 270 degrees clockwise."""
    if text == "0":  # as nearly every request says
        return False, 0
    found = _ROTATION.fullmatch(text)
    if not found:
        raise BadRequest("rotation")
    degrees = Fraction(found[2])
    if degrees > 360:
        raise BadRequest("rotation", "range")
    if degrees % 90:
        raise BadRequest("rotation", "degrees")
    return bool(found[1]), int(degrees) % 360


def parse_quality(text: str) -> tuple[str, str]:
    """Out: quality and format of "default.jpg"."""
    quality, dot, form = text.partition(".")
    if not dot or not form:
        raise BadRequest("format")
    if quality not in QUALITIES:
        raise BadRequest("quality", "unknown")
    if form in OTHER_FORMATS:
        raise BadRequest("format", "unsupported")
    if form not in MEDIA_TYPES:
        raise BadRequest("format", "unknown")
    return quality, form


# --- describing an image ------------------------------------------------------------------------------


def scale_factors(width: int, height: int) -> list[int]:
    """Powers of two, one a layer of the pyramid, whose last one fits a tile: libvips rounds each layer down."""
    factors = [1]
    while max(width, height) // factors[-1] > TILE:
        factors.append(factors[-1] * 2)
    return factors


def sizes(width: int, height: int) -> list[dict]:
    """Sizes of the whole image that are cheap to make, smallest first.

    One a scale factor of the tiles and no other: OpenSeadragon takes the list for its levels.
    """
    found = []
    for factor in reversed(scale_factors(width, height)):
        w, h = math.ceil(width / factor), math.ceil(height / factor)
        if w <= MAX_SIDE and h <= MAX_SIDE and w * h <= MAX_AREA:
            found.append({"width": w, "height": h})
    return found


def info(identifier: str, width: int, height: int, is_grey: bool = False) -> dict:
    """The info.json document. identifier: the image's absolute address, without a slash at its end.

    A grey image answers "color" too, but doesn't offer it (4.4).
    """
    return {
        "@context": CONTEXT,
        "id": identifier,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level2",
        "width": width,
        "height": height,
        "maxWidth": MAX_SIDE,
        "maxHeight": MAX_SIDE,
        "maxArea": MAX_AREA,
        "sizes": sizes(width, height),
        "tiles": [{"width": TILE, "height": TILE, "scaleFactors": scale_factors(width, height)}],
        "preferredFormats": ["jpg"],
        "extraQualities": ["gray", "bitonal"] if is_grey else ["color", "gray", "bitonal"],
        "extraFeatures": ["mirroring", "sizeUpscaling", "canonicalLinkHeader", "profileLinkHeader"],
    }


# --- finding the pixels ---------------------------------------------------------------------------------


def level(request: Request, levels: int) -> int:
    """The smallest layer of a pyramid (0 = full, each next one half) that still holds every pixel asked for."""
    found = 0
    for number in range(1, levels):
        factor = 2**number
        enough_x = math.ceil(request.region.width / factor) >= request.width
        enough_y = math.ceil(request.region.height / factor) >= request.height
        if not (enough_x and enough_y):
            break
        found = number
    return found


def box(region: Region, number: int, level_width: int, level_height: int) -> tuple[int, int, int, int]:
    """The region in pixels of a layer: left, top, width, height. A layer's pixel n covers n·2^number onwards."""
    factor = 2**number
    left, top = min(region.x // factor, level_width - 1), min(region.y // factor, level_height - 1)
    right = min(math.ceil((region.x + region.width) / factor), level_width)
    bottom = min(math.ceil((region.y + region.height) / factor), level_height)
    return left, top, max(1, right - left), max(1, bottom - top)


def part(region: Region, number: int, level_width: int, level_height: int) -> tuple[float, float, float, float]:
    """As box(), but to fractions of a layer's pixels, and as left, top, right, bottom."""
    factor = 2**number
    left, top = min(region.x / factor, level_width - 1), min(region.y / factor, level_height - 1)
    right = min((region.x + region.width) / factor, level_width)
    bottom = min((region.y + region.height) / factor, level_height)
    return left, top, right, bottom
