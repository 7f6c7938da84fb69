"""A pyramid's own tiles: the JPEG bytes that stand in the file, given out without decoding.

A stored tile lacks its quantisation and Huffman tables, which the directory holds once for all (JPEGTables, Adobe's
TIFF technical note 2). Joined before the tile's data they make a whole JPEG (ITU-T T.81, B.2 and B.5). Tiles at the
right and lower edge are padded in the file, so they aren't given out here: see media.tiles.
"""

import os
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from media import iiif, tiff

SOI, EOI = b"\xff\xd8", b"\xff\xd9"
# T.871: JFIF 1.01, no unit, 1:1, no thumbnail: three components are then YCbCr, one is grey, whatever their ids.
JFIF = bytes.fromhex("ffe0 0010 4a46494600 0101 00 0001 0001 0000")
# Adobe's marker with transform 0: three components are RGB.
ADOBE_RGB = bytes.fromhex("ffee 000e 41646f6265 0064 0000 0000 00")
LARGEST = 4 * 1024**2  # bytes: no tile of ours is near
REMEMBERED = 256  # files whose directories are kept; some 20 kB each


class NoPyramid(ValueError):
    """The file isn't one of our pyramids."""


@dataclass(frozen=True, slots=True)
class Level:
    """One layer; `head` stands before each tile's data, b"" where tiles can't be given out as they are."""

    directory: tiff.Directory
    head: bytes


@dataclass(frozen=True, slots=True)
class Pyramid:
    """What a file holds. identity changes whenever the file does; each level is half of the one before, rounded."""

    identity: tuple
    levels: tuple[Level, ...]

    @property
    def width(self) -> int:
        return self.levels[0].directory.width

    @property
    def height(self) -> int:
        return self.levels[0].directory.height

    @property
    def is_grey(self) -> bool:
        return self.levels[0].directory.samples == 1


_known: OrderedDict[str, Pyramid] = OrderedDict()
_lock = Lock()


def read(path: Path | str, handle: int) -> Pyramid:
    """What the open file holds, remembered until the file changes. Raises NoPyramid, OSError."""
    path, state = str(path), os.fstat(handle)
    identity = (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)
    with _lock:
        known = _known.get(path)
        if known is not None and known.identity == identity:
            _known.move_to_end(path)
            return known
    made = Pyramid(identity, _levels(handle))
    with _lock:
        _known[path] = made
        _known.move_to_end(path)
        while len(_known) > REMEMBERED:
            _known.popitem(last=False)
    return made


def _levels(handle: int) -> tuple[Level, ...]:
    try:
        found = tiff.directories(handle)
    except tiff.BadTiff as error:
        raise NoPyramid(str(error)) from error
    if not found:
        raise NoPyramid("no tiles")
    full, kept = found[0], []
    for number, directory in enumerate(found):
        factor = 2**number
        halved = all(
            side in (max(1, whole // factor), -(-whole // factor))
            for side, whole in ((directory.width, full.width), (directory.height, full.height))
        )
        if not halved:
            break  # another page, not another layer
        kept.append(Level(directory, _head(directory)))
    return tuple(kept)


def _head(directory: tiff.Directory) -> bytes:
    """Everything before a tile's own segments; b"" for what isn't 8-bit JPEG of one or three interleaved samples."""
    tables, kind = directory.tables, (directory.photometric, directory.samples)
    marker = {(tiff.GREY, 1): JFIF, (tiff.YCBCR, 3): JFIF, (tiff.RGB, 3): ADOBE_RGB}.get(kind)
    one_plane = len(directory.offsets) == directory.across * directory.down
    if marker is None or directory.compression != tiff.JPEG or not one_plane:
        return b""
    if not tables:
        return SOI + marker
    if not (tables.startswith(SOI) and tables.endswith(EOI)):
        return b""
    return SOI + marker + tables[2:-2]


def find(pyramid: Pyramid, request: iiif.Request) -> tuple[int, int] | None:
    """The level and the number of the stored tile that is exactly what was asked for, or None."""
    if request.format != "jpg" or request.rotation or request.mirrored:
        return None
    if request.quality != "default" and request.quality != ("gray" if pyramid.is_grey else "color"):
        return None
    region = request.region
    factor, rest = divmod(region.width, request.width)
    number = factor.bit_length() - 1
    if rest or factor != 1 << number or number >= len(pyramid.levels):
        return None
    level = pyramid.levels[number]
    directory, tall = level.directory, request.height * factor
    if (request.width, request.height) != (directory.tile_width, directory.tile_height) or region.height != tall:
        return None
    column, off_x = divmod(region.x, region.width)
    row, off_y = divmod(region.y, tall)
    # A layer's last pixels may be lost by rounding: then the tile is padded although the region is whole.
    inside = (column + 1) * directory.tile_width <= directory.width and (row + 1) * request.height <= directory.height
    if off_x or off_y or not inside or not level.head:
        return None
    return number, row * directory.across + column


def tile(pyramid: Pyramid, handle: int, number: int, index: int) -> bytes | None:
    """The JPEG of a stored tile; None when the file doesn't hold it whole (an empty or cut tile)."""
    level = pyramid.levels[number]
    size = level.directory.counts[index]
    if not 4 < size <= LARGEST:
        return None
    data = os.pread(handle, size, level.directory.offsets[index])
    if len(data) != size or not data.startswith(SOI):
        return None
    return level.head + data[2:]
