"""libvips, set up once for the server's processes. The pyramid's child process sets up its own."""

import logging
import os

# Read by libvips when it is loaded: a tile needs no more, and requests run side by side.
os.environ.setdefault("VIPS_CONCURRENCY", "2")

import pyvips

EXPECTED = (8, 18)

# It tells of each thread pool at INFO.
logging.getLogger("pyvips").setLevel(logging.WARNING)

# Files are named by their digest and read once a request: a cache would only hold removed ones open.
pyvips.cache_set_max(0)
# Loaders that aren't fuzz-tested (SVG, PDF, ImageMagick …) stay shut, whatever a file pretends to be.
pyvips.block_untrusted_set(True)

LOADERS = {"tiff": "tiffload", "jpeg": "jpegload", "png": "pngload"}
# libvips' own levels: JPEG warns where data is corrupt, TIFF warns of every private tag.
FAIL_ON = {"tiff": "error", "jpeg": "warning", "png": "error", "jp2": "error", "pdf": "error"}


def load(path, kind: str, **options) -> pyvips.Image:
    """Open a master with the loader of its kind ("tiff", "jpeg", "png"), never by guessing. Raises pyvips.Error."""
    return getattr(pyvips.Image, LOADERS[kind])(str(path), **options)


def version() -> tuple[int, int, int]:
    return tuple(pyvips.version(part) for part in range(3))


def library_paths() -> list[str]:
    """The files that libvips was loaded from; empty where the system doesn't tell."""
    try:
        with open("/proc/self/maps") as maps:
            return sorted({line.split(maxsplit=5)[-1].strip() for line in maps if "libvips" in line})
    except OSError:
        return []
