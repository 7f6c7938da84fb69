"""TIFF 6.0, BigTIFF, and the same directories inside EXIF (CIPA DC-008, 4.6).

Every directory of the chain is read; of an image of full size also where its strips or tiles lie.
"""

import struct
import sys
from array import array
from dataclasses import dataclass

from . import icc
from .found import MOST_PROFILE, Damaged, Header, Page, TooHungry, Unknown, hungry, line, sized

MAX_LAYERS = 10_000
MAX_ENTRIES = 4096
MAX_CHUNKS = 4_000_000  # strips or tiles of one image
MAX_SAMPLES = 32
# Field type -> (struct letter, bytes); rationals are two numbers.
TYPES = {
    1: ("B", 1), 2: ("s", 1), 3: ("H", 2), 4: ("I", 4), 5: ("II", 8), 6: ("b", 1), 7: ("s", 1), 8: ("h", 2),
    9: ("i", 4), 10: ("ii", 8), 11: ("f", 4), 12: ("d", 8), 13: ("I", 4), 16: ("Q", 8), 17: ("q", 8), 18: ("Q", 8),
}  # fmt: skip
COMPRESSIONS = {
    1: "none", 2: "ccitt", 3: "ccitt", 4: "ccitt", 5: "lzw", 7: "jpeg", 8: "deflate", 32773: "packbits",
    32946: "deflate", 50000: "zstd", 50001: "webp",
}  # fmt: skip
COLOURS = {0: "grey", 1: "grey", 2: "rgb", 3: "palette", 5: "cmyk", 6: "ycbcr", 8: "lab", 9: "lab"}


@dataclass(frozen=True)
class Field:
    kind: int
    count: int
    at: int  # where its values lie


class Directories:
    """The directories of a TIFF that begins at the start of `data`. Raises Damaged."""

    def __init__(self, data):
        self.data = data
        self.order = "<" if data[:2] == b"II" else ">"
        self.big = data[2:4] in (b"+\0", b"\0+")
        self.word = "Q" if self.big else "I"

    def unpack(self, letters: str, at: int) -> tuple:
        try:
            return struct.unpack_from(self.order + letters, self.data, at)
        except (struct.error, OverflowError) as error:
            raise Damaged("TIFF: something lies outside the file") from error

    def chain(self):
        """Yield the fields of each directory in order."""
        (offset,) = self.unpack(self.word, 8 if self.big else 4)
        seen = set()
        while offset:
            if offset in seen:
                raise Damaged("TIFF directories in a circle")
            if len(seen) == MAX_LAYERS:
                raise Damaged("TIFF with too many directories")
            seen.add(offset)
            fields, offset = self.directory(offset)
            yield fields

    def directory(self, offset: int) -> tuple[dict[int, Field], int]:
        (count,) = self.unpack("Q" if self.big else "H", offset)
        start, size = (offset + 8, 20) if self.big else (offset + 2, 12)
        if not 0 < count <= MAX_ENTRIES:
            raise Damaged("TIFF directory with too many entries, or none")
        fields = {}
        for number in range(count):
            entry = start + number * size
            tag, kind, values = self.unpack("HH" + self.word, entry)
            at = entry + (12 if self.big else 8)
            if values * TYPES.get(kind, ("", 1))[1] > (8 if self.big else 4):
                (at,) = self.unpack(self.word, at)
            fields.setdefault(tag, Field(kind, values, at))
        return fields, self.unpack(self.word, start + count * size)[0]

    def numbers(self, fields: dict, tag: int, default=(), most: int = 64) -> tuple | array:
        """The values of a field; a rational becomes a float. Raises Damaged."""
        found = fields.get(tag)
        if found is None or not found.count:
            return default
        letters, size = TYPES.get(found.kind, ("s", 1))
        if letters == "s" or found.count > most or found.at + found.count * size > len(self.data):
            raise Damaged(f"TIFF field {tag}")
        if len(letters) == 2:
            pairs = [self.unpack(letters, found.at + 8 * n) for n in range(found.count)]
            return tuple(a / b if b else 0.0 for a, b in pairs)
        values = array(letters if letters != "Q" else "Q", self.data[found.at : found.at + found.count * size])
        if size > 1 and (self.order == "<") != (sys.byteorder == "little"):
            values.byteswap()
        return values

    def one(self, fields: dict, tag: int, default: int) -> int:
        return self.numbers(fields, tag, (default,), most=65_535)[0]

    def bytes(self, fields: dict, tag: int, most: int) -> bytes:
        """What a field of bytes holds; b"" without one. Raises Damaged for one outside the file, TooHungry."""
        found = fields.get(tag)
        if found is None:
            return b""
        size = found.count * TYPES.get(found.kind, ("", 1))[1]
        if found.at + size > len(self.data):
            raise Damaged(f"TIFF field {tag} outside the file")
        if size > most:
            raise TooHungry(f"TIFF field {tag}: {size} bytes")
        return bytes(self.data[found.at : found.at + size])

    def text(self, fields: dict, tag: int) -> str:
        found = fields.get(tag)
        if found is None or found.kind != 2 or found.at + min(found.count, 1000) > len(self.data):
            return ""
        raw = bytes(self.data[found.at : found.at + min(found.count, 1000)]).split(b"\0")[0]
        return line(raw.decode("utf-8", "replace"))


def read(data) -> Header:
    """Raises Damaged, TooHungry, Unknown."""
    tiff = Directories(data)
    pages, technical = [], {}
    for layer, fields in enumerate(tiff.chain()):
        if 254 in fields and tiff.one(fields, 254, 0) & 0b101:
            continue  # a reduced image or a mask
        pages.append(_page(tiff, fields, layer))
        technical = technical or _technical(tiff, fields)
    if not pages:
        raise Damaged("TIFF without an image")
    return Header(pages, technical, len(data))


def _page(tiff: Directories, fields: dict, layer: int) -> Page:
    width, height = tiff.one(fields, 256, 0), tiff.one(fields, 257, 0)
    sized(width, height)
    compression = tiff.one(fields, 259, 1)
    if compression not in COMPRESSIONS:
        raise Unknown(f"TIFF {compression}")
    samples = tiff.one(fields, 277, 1)
    bits = tiff.numbers(fields, 258, (1,), most=MAX_SAMPLES)
    if not 0 < samples <= MAX_SAMPLES or max(bits) > 64 or min(bits) < 1:
        raise Damaged("TIFF samples")
    tiff.bytes(fields, 34675, MOST_PROFILE)
    _check_chunks(tiff, fields, (width, height, samples, max(bits), compression))
    orientation = tiff.one(fields, 274, 1)
    return Page(width, height, orientation if 1 <= orientation <= 8 else 1, layer)


def _check_chunks(tiff: Directories, fields: dict, shape: tuple) -> None:
    """Strips or tiles: as many as the image needs, all inside the file, none too large to be held."""
    width, height, samples, bits, compression = shape
    tiled = 322 in fields
    wide = tiff.one(fields, 322, 0) if tiled else width
    high = tiff.one(fields, 323, 0) if tiled else min(tiff.one(fields, 278, height), height)
    sized(wide, high)
    planes = samples if tiff.one(fields, 284, 1) == 2 else 1
    if compression != 1 or tiled:  # plain strips are read in pieces
        hungry(wide * high * (samples // planes) * bits // 8)
    wanted = -(-width // wide) * -(-height // high) * planes
    if wanted > MAX_CHUNKS:
        raise Damaged("TIFF with too many strips")
    offsets = tiff.numbers(fields, 324 if tiled else 273, most=MAX_CHUNKS)
    counts = tiff.numbers(fields, 325 if tiled else 279, most=MAX_CHUNKS)
    if len(offsets) < wanted or (len(counts) and len(counts) < wanted):
        raise Damaged("TIFF with fewer strips than the image needs")
    size = len(tiff.data)
    if len(counts):
        if any(o + c > size for o, c in zip(offsets, counts, strict=False)):
            raise Damaged("TIFF strip outside the file")
    elif max(offsets) >= size:
        raise Damaged("TIFF strip outside the file")


def _technical(tiff: Directories, fields: dict) -> dict:
    bits = tiff.numbers(fields, 258, (1,), most=MAX_SAMPLES)
    colour = COLOURS.get(tiff.one(fields, 262, 1), "")
    told = {
        "bits": max(bits),
        "bands": tiff.one(fields, 277, 1),
        "colour": "bilevel" if max(bits) == 1 and colour == "grey" else colour,
        "profile": icc.name(tiff.bytes(fields, 34675, MOST_PROFILE)),
        "compression": COMPRESSIONS.get(tiff.one(fields, 259, 1), ""),
        "layout": "tiles" if 322 in fields else "strips",
        "variant": "bigtiff" if tiff.big else "",
    }
    return told | described(tiff, fields)


def described(tiff: Directories, fields: dict) -> dict:
    """What the fields that TIFF and EXIF share say: resolution, software, device, time. Broken ones say nothing."""
    told = {}
    try:
        across, down = (tiff.numbers(fields, tag, (0,))[0] for tag in (282, 283))
        scale = {2: 1.0, 3: 2.54}.get(tiff.one(fields, 296, 2), 0)
        told["dpi"] = [round(across * scale, 2), round(down * scale, 2)]
        told["made_at"] = tiff.text(fields, 306)
        if 34665 in fields:
            told["made_at"] = tiff.text(tiff.directory(tiff.one(fields, 34665, 0))[0], 36867) or told["made_at"]
    except (Damaged, TypeError):
        pass
    told["software"] = tiff.text(fields, 305)
    told["device"] = line(f"{tiff.text(fields, 271)} {tiff.text(fields, 272)}")
    return told


def exif(data: bytes) -> dict:
    """An EXIF block (without "Exif\\0\\0"): what described() says, and its "orientation". Broken ones say nothing."""
    if data[:4] not in (b"II*\0", b"MM\0*"):
        return {}
    try:
        tiff = Directories(data)
        fields = next(tiff.chain(), {})
        orientation = tiff.one(fields, 274, 1)
        return described(tiff, fields) | {"orientation": orientation if 1 <= orientation <= 8 else 1}
    except Damaged:
        return {}
