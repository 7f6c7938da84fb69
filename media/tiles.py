"""Cutting the answer to an image request out of a pyramid."""

from pathlib import Path

import pyvips

from media import iiif, vips

# Part of each ETag: count up when the same request gives other bytes.
VERSION = "1"
JPEG_QUALITY = 85


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of a pyramid, pixels."""
    image = vips.load(path, "tiff")
    return image.width, image.height


def cut(path: Path, request: iiif.Request) -> bytes:
    """The encoded image. No metadata is in it. Raises pyvips.Error for a damaged file."""
    image = _scaled(path, request)
    if request.mirrored:
        image = image.fliphor()
    if request.rotation:
        image = image.rot(f"d{request.rotation}")
    return _encode(_coloured(image, request.quality), request)


def _scaled(path: Path, request: iiif.Request) -> pyvips.Image:
    full = vips.load(path, "tiff")
    levels = full.get("n-pages") if full.get_typeof("n-pages") else 1
    number = iiif.level(request, levels)
    image = vips.load(path, "tiff", page=number) if number else full
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
    if quality == "gray":
        return image.colourspace("b-w")
    if quality == "bitonal":
        return (image.colourspace("b-w") >= 128).copy(interpretation="b-w")
    return image


def _encode(image: pyvips.Image, request: iiif.Request) -> bytes:
    if request.format == "png":
        bits = {"bitdepth": 1} if request.quality == "bitonal" else {}
        return image.pngsave_buffer(compression=3, keep="none", **bits)
    return image.jpegsave_buffer(Q=JPEG_QUALITY, keep="none", optimize_coding=True)
