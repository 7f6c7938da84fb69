"""The directories of a tiled TIFF: where each tile's bytes lie, level by level.

Pure but for reading the open file. Sources: TIFF 6.0 sections 2, 15 and 22, Adobe's TIFF technical note 2 (JPEG,
compression 7, and its JPEGTables), and the BigTIFF design (https://www.awaresystems.be/imaging/tiff/bigtiff.html).
"""

import os
import struct
from array import array
from dataclasses import dataclass

# More than any pyramid of ours has; a file that says more is no pyramid of ours.
MAX_DIRECTORIES = 32
MAX_ENTRIES = 512
MAX_TILES = 1_000_000
MAX_TABLES = 65_536  # bytes

WIDTH, HEIGHT, COMPRESSION, PHOTOMETRIC, SAMPLES = 256, 257, 259, 262, 277
PLANAR, TILE_WIDTH, TILE_HEIGHT, OFFSETS, COUNTS, TABLES = 284, 322, 323, 324, 325, 347
WANTED = {WIDTH, HEIGHT, COMPRESSION, PHOTOMETRIC, SAMPLES, PLANAR, TILE_WIDTH, TILE_HEIGHT, OFFSETS, COUNTS, TABLES}
JPEG = 7
GREY, RGB, YCBCR = 1, 2, 6

# Field type -> letter of struct and array, bytes.
_TYPES = {1: ("B", 1), 3: ("H", 2), 4: ("L", 4), 7: ("B", 1), 13: ("L", 4), 16: ("Q", 8), 18: ("Q", 8)}
_ARRAYS = {1: "B", 2: "H", 4: "I", 8: "Q"}


class BadTiff(ValueError):
    """Not a TIFF, or one that contradicts itself."""


@dataclass(frozen=True, slots=True)
class Directory:
    """One image of a file: sizes in pixels, offsets and counts of its tiles in bytes, row by row from the upper left.

    photometric and samples as TIFF says (1 grey, 2 RGB, 6 YCbCr); tables: the JPEGTables stream, b"" without one.
    """

    width: int
    height: int
    tile_width: int
    tile_height: int
    photometric: int
    samples: int
    compression: int
    tables: bytes
    offsets: array
    counts: array

    @property
    def across(self) -> int:
        """Tiles in a row."""
        return -(-self.width // self.tile_width)

    @property
    def down(self) -> int:
        return -(-self.height // self.tile_height)


@dataclass(frozen=True, slots=True)
class _Layout:
    order: str  # "<" or ">"
    big: bool

    @property
    def offset(self) -> str:
        return "Q" if self.big else "L"


def directories(handle: int) -> list[Directory]:
    """The chain of tiled images in an open file (a descriptor), in its order. Images that aren't tiled end the list.

    Raises BadTiff (also for chains that return to themselves), OSError.
    """
    layout, at = _header(_read(handle, 0, 16, exact=False))
    found, seen = [], set()
    while at:
        if at in seen or len(seen) == MAX_DIRECTORIES:
            raise BadTiff("directories without an end")
        seen.add(at)
        fields, at = _fields(handle, layout, at)
        if TILE_WIDTH not in fields:
            break
        found.append(_directory(fields))
    return found


def _header(start: bytes) -> tuple[_Layout, int]:
    """The layout, and the offset of the first directory."""
    order = {b"II": "<", b"MM": ">"}.get(start[:2])
    if order is None or len(start) < 8:
        raise BadTiff("no TIFF header")
    (version,) = struct.unpack_from(f"{order}H", start, 2)
    if version == 42:
        return _Layout(order, False), struct.unpack_from(f"{order}L", start, 4)[0]
    if version == 43 and len(start) == 16 and struct.unpack_from(f"{order}HH", start, 4) == (8, 0):
        return _Layout(order, True), struct.unpack_from(f"{order}Q", start, 8)[0]
    raise BadTiff("no TIFF version")


def _fields(handle: int, layout: _Layout, at: int) -> tuple[dict[int, array], int]:
    """The wanted fields of the directory at an offset, and the next directory's offset."""
    entry = 20 if layout.big else 12
    head = struct.Struct(f"{layout.order}{'Q' if layout.big else 'H'}")
    (count,) = head.unpack(_read(handle, at, head.size))
    if not 0 < count <= MAX_ENTRIES:
        raise BadTiff("entries of a directory")
    tail = struct.Struct(f"{layout.order}{layout.offset}")
    data = _read(handle, at + head.size, count * entry + tail.size)
    fields = {}
    for number in range(count):
        tag, kind = struct.unpack_from(f"{layout.order}HH", data, number * entry)
        if tag in WANTED:
            fields[tag] = _values(handle, layout, kind, data[number * entry + 4 : (number + 1) * entry])
    return fields, tail.unpack_from(data, count * entry)[0]


def _values(handle: int, layout: _Layout, kind: int, rest: bytes) -> array:
    """The numbers of a field, from its count and its value or the offset of it."""
    letter, size = _TYPES.get(kind, ("", 0))
    (count,) = struct.unpack_from(f"{layout.order}{layout.offset}", rest)
    value = rest[struct.calcsize(f"={layout.offset}") :]
    if not size or not 0 < count <= MAX_TILES or (kind == 7 and count > MAX_TABLES):
        raise BadTiff("a field's type or count")
    if count * size > len(value):
        (at,) = struct.unpack_from(f"{layout.order}{layout.offset}", value)
        value = _read(handle, at, count * size)
    numbers = array(_ARRAYS[size], value[: count * size])
    if size > 1 and (layout.order == "<") != (struct.pack("=H", 1) == b"\1\0"):
        numbers.byteswap()
    return numbers


def _directory(fields: dict[int, array]) -> Directory:
    def one(tag: int, default: int | None = None) -> int:
        if tag in fields:
            return fields[tag][0]
        if default is None:
            raise BadTiff(f"field {tag} is missing")
        return default

    made = Directory(
        width=one(WIDTH),
        height=one(HEIGHT),
        tile_width=one(TILE_WIDTH),
        tile_height=one(TILE_HEIGHT),
        photometric=one(PHOTOMETRIC, GREY),
        samples=one(SAMPLES, 1),
        compression=one(COMPRESSION, 1),
        tables=fields[TABLES].tobytes() if TABLES in fields else b"",
        offsets=fields.get(OFFSETS, array("Q")),
        counts=fields.get(COUNTS, array("Q")),
    )
    if not (made.width and made.height and made.tile_width and made.tile_height):
        raise BadTiff("an image without pixels")
    wanted = made.across * made.down * (made.samples if one(PLANAR, 1) == 2 else 1)
    if len(made.offsets) != wanted or len(made.counts) != wanted:
        raise BadTiff("tiles that don't fill the image")
    return made


def _read(handle: int, at: int, size: int, exact: bool = True) -> bytes:
    try:
        data = os.pread(handle, size, at)
    except OverflowError as error:
        raise BadTiff("an offset beyond any file") from error
    if exact and len(data) != size:
        raise BadTiff("the file ends too early")
    return data
