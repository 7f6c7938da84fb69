"""Where image files lie: the one definition. An image id is hex, so it is safe in a path."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

IMAGE_ID = re.compile(r"[a-z0-9]{12,40}\Z")


def _below(root, image_id: str) -> Path:
    if not IMAGE_ID.match(image_id):
        raise ValueError(f"no image id: {image_id!r}")
    return Path(root) / "images" / image_id[:2] / f"{image_id}.tif"


def private_path(image_id: str) -> Path:
    """The derivative of an image id. Raises ValueError for what is no image id."""
    return _below(settings.PRIVATE_DIR, image_id)


def public_path(image_id: str) -> Path:
    """Where its public link lies while an edition lists it."""
    return _below(settings.PUBLIC_DIR, image_id)


def readable_names(image_id: str) -> Iterator[str]:
    """Both, the private one first (the public one may be a copy): for each tile, so without pathlib's work."""
    if not IMAGE_ID.match(image_id):
        raise ValueError(f"no image id: {image_id!r}")
    for root in (settings.PRIVATE_DIR, settings.PUBLIC_DIR):
        yield f"{root}/images/{image_id[:2]}/{image_id}.tif"


def making_dir() -> Path:
    """The folder of half-made files, one subfolder for each run: see media.pyramid."""
    return Path(settings.PRIVATE_DIR) / "making"
