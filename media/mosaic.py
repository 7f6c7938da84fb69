"""Cutting a small answer out of a pyramid: its tiles decoded, put side by side, scaled and encoded by Pillow.

Pillow's libjpeg-turbo decodes and encodes a tile in half the time of the library that pyvips-binary brings, and only
the tiles that are needed are read. What needs many pixels goes through libvips instead, which streams: media.tiles.
"""

import io

from PIL import Image

from media import iiif, stored_tiles
from media.stored_tiles import Pyramid

MOST_PIXELS = 4_000_000  # of a layer, held at once: 16 MB
JPEG_QUALITY = 85
_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


class Damaged(ValueError):
    """A tile isn't there or can't be decoded."""


def is_possible(pyramid: Pyramid, request: iiif.Request, number: int) -> bool:
    """Whether layer `number` has tiles of JPEG, and the region few enough pixels in it and in the answer."""
    level = pyramid.levels[number]
    _left, _top, width, height = _box(pyramid, request, number)
    return bool(level.head) and max(width * height, request.width * request.height) <= MOST_PIXELS


def cut(pyramid: Pyramid, handle: int, request: iiif.Request, number: int) -> bytes:
    """The encoded answer, from layer `number` of the open file. No metadata is in it. Raises Damaged, OSError."""
    left, top, width, height = _box(pyramid, request, number)
    image = _pixels(pyramid, handle, number, (left, top, width, height))
    if image.size != (request.width, request.height):
        directory = pyramid.levels[number].directory
        x, y, right, bottom = iiif.part(request.region, number, directory.width, directory.height)
        smaller = request.width <= right - x and request.height <= bottom - y
        how = Image.Resampling.BILINEAR if smaller else Image.Resampling.BICUBIC
        image = image.resize((request.width, request.height), how, (x - left, y - top, right - left, bottom - top))
    return _encoded(_coloured(_turned(image, request), request.quality), request)


def _box(pyramid: Pyramid, request: iiif.Request, number: int) -> tuple[int, int, int, int]:
    directory = pyramid.levels[number].directory
    return iiif.box(request.region, number, directory.width, directory.height)


def _pixels(pyramid: Pyramid, handle: int, number: int, box: tuple[int, int, int, int]) -> Image.Image:
    """The pixels of a box (left, top, width, height) of a layer."""
    directory, (left, top, width, height) = pyramid.levels[number].directory, box
    wide, tall = directory.tile_width, directory.tile_height
    image = Image.new("L" if pyramid.is_grey else "RGB", (width, height))
    for row in range(top // tall, (top + height - 1) // tall + 1):
        for column in range(left // wide, (left + width - 1) // wide + 1):
            data = stored_tiles.tile(pyramid, handle, number, row * directory.across + column)
            image.paste(_decoded(data, (wide, tall)), (column * wide - left, row * tall - top))
    return image


def _decoded(data: bytes | None, size: tuple[int, int]) -> Image.Image:
    if data is None:
        raise Damaged("a tile is missing")
    try:
        image = Image.open(io.BytesIO(data), formats=("JPEG",))
        if image.size != size:
            raise Damaged(f"a tile of {image.size}")
        image.load()
    except (OSError, SyntaxError) as error:
        raise Damaged(str(error)) from error
    return image


def _turned(image: Image.Image, request: iiif.Request) -> Image.Image:
    if request.mirrored:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return image.transpose(_TURNS[request.rotation]) if request.rotation else image


def _coloured(image: Image.Image, quality: str) -> Image.Image:
    if quality == "color":
        return image.convert("RGB")
    if quality in ("gray", "bitonal"):
        image = image.convert("L")
    return image.point(lambda value: 255 if value >= 128 else 0) if quality == "bitonal" else image


def _encoded(image: Image.Image, request: iiif.Request) -> bytes:
    out = io.BytesIO()
    if request.format == "png":
        image = image.convert("1", dither=Image.Dither.NONE) if request.quality == "bitonal" else image
        image.save(out, "PNG", compress_level=3)
    else:
        image.save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()
