"""Answers to image requests: a tile as it is stored, else cut out of the pyramid."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import PIL
import pyvips

from media import iiif, kept, mosaic, stored_tiles, vips
from media.mosaic import JPEG_QUALITY, Damaged
from media.stored_tiles import NoPyramid, Pyramid

# Part of each ETag: count up the number when the same request gives other bytes.
VERSION = f"2/{pyvips.version(0)}.{pyvips.version(1)}/{PIL.__version__}"
# What reading a broken file may raise.
BROKEN = (NoPyramid, Damaged, pyvips.Error)


@contextmanager
def opened(path: Path | str) -> Iterator[tuple[Pyramid, int]]:
    """A pyramid and its open file. Raises FileNotFoundError, NoPyramid."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield stored_tiles.read(path, handle), handle
    finally:
        os.close(handle)


def answer(path: Path | str, pyramid: Pyramid, handle: int, request: iiif.Request) -> bytes:
    """The encoded image. No metadata is in it. Raises one of BROKEN for a damaged file."""
    found = stored_tiles.find(pyramid, request)
    if found is not None:
        stored = stored_tiles.tile(pyramid, handle, *found)
        if stored is not None:
            return stored
    key = (pyramid.identity, request.canonical)
    return kept.answers.get(key, lambda: cut(path, pyramid, handle, request))


def cut(path: Path | str, pyramid: Pyramid, handle: int, request: iiif.Request) -> bytes:
    """As answer(), always decoded and encoded anew."""
    number = iiif.level(request, len(pyramid.levels))
    if mosaic.is_possible(pyramid, request, number):
        return mosaic.cut(pyramid, handle, request, number)
    return _streamed(path, request, number)


def _streamed(path: Path | str, request: iiif.Request, number: int) -> bytes:
    """By libvips, which holds few rows at a time: for what has many pixels, or tiles that aren't JPEG."""
    image = _scaled(path, request, number)
    if request.mirrored:
        image = image.fliphor()
    if request.rotation:
        image = image.rot(f"d{request.rotation}")
    return _encode(_coloured(image, request.quality), request)


def _scaled(path: Path | str, request: iiif.Request, number: int) -> pyvips.Image:
    image = vips.load(path, "tiff", page=number)
    image = image.crop(*iiif.box(request.region, number, image.width, image.height))
    if (image.width, image.height) != (request.width, request.height):
        across, down = request.width / image.width, request.height / image.height
        if max(across, down) <= 1:
            image = image.thumbnail_image(request.width, height=request.height, size="force")
        else:
            image = image.resize(across, vscale=down)
    return image


def _coloured(image: pyvips.Image, quality: str) -> pyvips.Image:
    if quality == "color" and image.bands < 3:
        return image.colourspace("srgb")
    if quality in ("gray", "bitonal"):
        # As Pillow's: ITU-R BT.601's luma, which a JPEG's first component is too.
        grey = image.recomb([[0.299, 0.587, 0.114]]).rint().cast("uchar") if image.bands > 1 else image
        return (grey >= 128 if quality == "bitonal" else grey).copy(interpretation="b-w")
    return image


def _encode(image: pyvips.Image, request: iiif.Request) -> bytes:
    if request.format == "png":
        bits = {"bitdepth": 1} if request.quality == "bitonal" else {}
        return image.pngsave_buffer(compression=3, keep="none", **bits)
    return image.jpegsave_buffer(Q=JPEG_QUALITY, keep="none")
