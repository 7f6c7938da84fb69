"""Saving the pyramid: one tiled JPEG TIFF."""

import hashlib
import os

from .colour import to_srgb
from .limits import peak
from .masters import opened


def make(pyvips, order: dict, progress) -> dict:
    """Out: {"sha256", "width", "height", "size", "peak"} of the derivative at order["target"]."""
    image = shrink(to_srgb(pyvips, opened(pyvips, order, progress)), order["max_width"])
    image.set_progress(True)
    image.signal_connect("eval", lambda _image, now: progress(now.percent / 100))
    save(image, order)
    size = os.stat(order["target"]).st_size
    made = {"sha256": digest(order["target"]), "width": image.width, "height": image.height, "size": size}
    return made | {"peak": peak()}


def shrink(image, max_width: int):
    if 0 < max_width < image.width:
        scale = max_width / image.width
        image = image.resize(scale, vscale=max(1, round(image.height * scale)) / image.height)
    return image


def tile_side(image, wanted: int) -> int:
    """Tiles no larger than a small image needs: libvips won't read back a tile far larger than its image."""
    longest = max(image.width, image.height)
    return min(wanted, max(16, -(-longest // 16) * 16))


def save(image, order: dict) -> None:
    side = tile_side(image, order["tile"])
    image.tiffsave(
        order["target"],
        compression="jpeg",
        Q=order["quality"],
        tile=True,
        tile_width=side,
        tile_height=side,
        pyramid=True,
        subifd=False,
        bigtiff=True,
        keep="none",
        region_shrink="mean",
    )


def digest(path: str) -> str:
    with open(path, "rb+") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return found
