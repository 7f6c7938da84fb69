"""What a file is and whether it is whole, found out before anything is kept of it."""

import logging
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pyvips
from django.conf import settings

from media import child_process, refusals, sniff, vips
from media.refusals import Refused

log = logging.getLogger(__name__)

# Larger images are read through by the worker, so that no upload waits for minutes.
INLINE_PIXELS = 40_000_000
MAX_SIDE = 200_000  # pixels; far above any scanner, far below what overflows
MAX_PAGES = 2_000
ALL_PAGES = 40  # times what one image may have
PROBE_SECONDS = 60
PROBE_MEMORY = 1024**3  # bytes
REASONS = {
    "encrypted": refusals.ENCRYPTED,
    "active": refusals.ACTIVE,
    "memory": refusals.HUNGRY,
}


@dataclass(frozen=True)
class Measured:
    """format: of sniff.Found; width, height: pixels of the first page, upright; pages: how many there are;
    page_sizes: [[width, height], …] where there are several; technical: see media.technical."""

    format: str
    width: int
    height: int
    pages: int = 1
    page_sizes: list = field(default_factory=list)
    technical: dict = field(default_factory=dict)


def measure(path: Path, name: str) -> Measured:
    """Find out what a file is and whether it is whole. Limits are read from the header, before any decoding.

    Out: its kind, and the size of its pages in pixels after EXIF orientation. Raises Refused.
    """
    found = _look(path, name)
    sizes, technical = [list(page.upright) for page in found.pages], found.technical
    if found.format == "pdf":
        told = probe(path, "pdf", name)
        sizes, technical = told["pages"], technical | told["technical"]
    check_sizes(sizes, name)
    read_through(path, found.format, sizes, name, most=INLINE_PIXELS)
    told = {key: value for key, value in technical.items() if value and value != [0, 0]}
    return Measured(found.format, *sizes[0], len(sizes), sizes if len(sizes) > 1 else [], told)


def _look(path: Path, name: str) -> sniff.Found:
    kind, ending = sniff.kind_of(path), sniff.extension(name)
    if not kind:
        raise Refused(refusals.NOT_IMAGE, name)
    if ending and sniff.EXTENSIONS.get(ending) != kind:
        raise Refused(refusals.CONTRADICTS, name, extension=ending, format=kind.upper())
    try:
        found = sniff.sniff(path)
    except sniff.Damaged as error:
        log.info("refused %r: %s", name, error)
        raise Refused(refusals.DAMAGED, name) from error
    except sniff.TooHungry as error:
        log.info("refused %r: %s", name, error)
        raise Refused(refusals.HUNGRY, name) from error
    except sniff.Unknown as error:
        raise Refused(refusals.UNKNOWN, name, what=str(error)) from error
    if found.alien:
        raise Refused(refusals.ALIEN, name)
    return found


def check_sizes(sizes: list, name: str) -> None:
    """Raises Refused where a page, or all of them together, are more than there may be."""
    limit = settings.SCAN_MAX_PIXELS
    if len(sizes) > MAX_PAGES:
        raise Refused(refusals.TOO_MANY_PAGES, name, pages=len(sizes), limit=MAX_PAGES)
    for width, height in sizes:
        if width * height > limit or max(width, height) > MAX_SIDE:
            values = {"width": width, "height": height, "pixels": width * height, "limit": limit}
            raise Refused(refusals.TOO_MANY_PIXELS, name, **values)
    total = sum(width * height for width, height in sizes)
    if total > ALL_PAGES * limit:
        raise Refused(refusals.PAGES_TOO_LARGE, name, pixels=total, limit=ALL_PAGES * limit)


def read_through(path: Path, kind: str, sizes: list, name: str, most: int | None = None) -> None:
    """Decode the pages as far as they have no more than `most` pixels together (None: all). Raises Refused.

    A PDF was opened by probe(); its pages are drawn by the worker alone.
    """
    if kind == "pdf" or (most is not None and sizes[0][0] * sizes[0][1] > most):
        return
    if kind == "jp2":
        probe(path, kind, name)
        return
    try:
        left = most
        for page, (width, height) in enumerate(sizes, start=1):
            left = None if left is None else left - width * height
            if left is not None and left < 0:
                return
            options = {"page": sniff.layer_of(path, page), "unlimited": True} if kind == "tiff" else {}
            image = vips.load(path, kind, access="sequential", fail_on=vips.FAIL_ON[kind], **options)
            if sorted((image.width, image.height)) != sorted((width, height)):
                raise Refused(refusals.DAMAGED, name)
            image.avg()
    except (pyvips.Error, sniff.Damaged) as error:
        log.info("refused %r: %s", name, error)
        raise Refused(refusals.DAMAGED, name) from error


def probe(path: Path, kind: str, name: str) -> dict:
    """Have a child process open a file: a PDF's {"pages", "technical"}; of a JP2, read to its end. Raises Refused."""
    order = {
        "act": "probe",
        "source": os.path.abspath(path),
        "format": kind,
        "most_pages": MAX_PAGES,
        "most_pixels": settings.SCAN_MAX_PIXELS,
        "memory": PROBE_MEMORY,
    }
    with tempfile.TemporaryDirectory(prefix="catvang-probe-") as folder:
        try:
            return child_process.run(order, Path(folder), PROBE_SECONDS)
        except child_process.TooSlow as error:
            raise Refused(refusals.TOO_SLOW, name, seconds=PROBE_SECONDS) from error
        except child_process.Wrong as error:
            if error.code == "pages":
                raise Refused(refusals.TOO_MANY_PAGES, name, pages=error.values[0], limit=MAX_PAGES) from error
            if error.code == "storage":
                raise OSError(error.detail) from error
            raise Refused(REASONS.get(error.code, refusals.DAMAGED), name) from error
