"""The picture that stands beside an item in print: its first public one, small.

Read in this process through what serves /iiif/, never over a network, and only while the image is public.
"""

import logging

from media import iiif, serving, storage, tiles

from ..display import public_width

log = logging.getLogger(__name__)

WIDTH, HEIGHT = 400, 500  # pixels it fits into: 280 dpi at the 36 mm that it gets on paper
UNREADABLE = (serving.NoFile, iiif.BadRequest, OSError, *tiles.BROKEN)


def pictures(documents: list[dict]) -> dict[str, tuple[dict, bytes]]:
    """{identifier: (the scan as the document has it, a JPEG)} of what has one; one query.

    A picture that can't be read is left out and logged.
    """
    public = storage.public_among(scan["image"] for document in documents for scan in document["scans"])
    found = {}
    for document in documents:
        scan = next((scan for scan in document["scans"] if scan["image"] in public), None)
        if scan and (jpeg := _jpeg(scan)):
            found[document["identifier"]] = (scan, jpeg)
    return found


def _jpeg(scan: dict) -> bytes:
    """b"" where it can't be read. The public image is itself no wider than rights allow; nothing is enlarged."""
    box = f"!{min(WIDTH, public_width(scan))},{HEIGHT}"
    try:
        return serving.picture(scan["image"], f"full/{box}/0/default.jpg", serving.PUBLIC)[1]
    except UNREADABLE:
        log.exception("image %s can't be printed: its entry stands without it", scan["image"])
        return b""
