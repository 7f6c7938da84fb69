"""PNG: W3C Portable Network Graphics (Third Edition), sections 5 and 11."""

import struct
import zlib

from . import icc, tiff
from .found import MOST_PROFILE, Damaged, Header, Page, TooHungry, hungry, line, sized

BANDS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
COLOURS = {0: "grey", 2: "rgb", 3: "palette", 4: "grey", 6: "rgb"}
# Chunks beside the picture that are larger are no metadata.
MOST_CHUNK = 16 * 1024**2


def read(data) -> Header:
    """Raises Damaged, TooHungry."""
    told, end = {}, 0
    for kind, at, length in _chunks(data):
        if (kind == b"IHDR") != (not told):
            raise Damaged("PNG doesn't begin with its header")
        if kind == b"IEND":
            end = at + length + 4
            break
        if kind == b"IDAT":
            continue
        body = _body(data, kind, at, length)
        told |= _header(body) if kind == b"IHDR" else _said(kind, body)
    if not end:
        raise Damaged("PNG without its end")
    width, height = told.pop("size")
    return Header([Page(width, height, told.pop("orientation", 1))], told, end)


def _chunks(data):
    """Yield (kind, where its body begins, its length)."""
    position = 8
    while position + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        if position + 12 + length > len(data):
            raise Damaged("PNG cut in a chunk")
        yield kind, position + 8, length
        position += 12 + length


def _body(data, kind: bytes, at: int, length: int) -> bytes:
    if length > MOST_CHUNK:
        raise TooHungry(f"PNG chunk {kind!r}")
    body = bytes(data[at : at + length])
    if zlib.crc32(kind + body) != struct.unpack_from(">I", data, at + length)[0]:
        raise Damaged(f"PNG chunk {kind!r}: its check sum")
    return body


def _header(body: bytes) -> dict:
    if len(body) != 13:
        raise Damaged("PNG header")
    width, height, bits, colour, _compression, _filter, interlaced = struct.unpack(">IIBBBBB", body)
    sized(width, height)
    if colour not in BANDS:
        raise Damaged("PNG colour type")
    if interlaced and width * height <= 2_000_000_000:
        hungry(width * height * BANDS[colour] * max(8, bits) // 8)
    told = {"bits": bits, "bands": BANDS[colour], "colour": COLOURS[colour], "compression": "deflate"}
    return told | {"size": (width, height), "layout": "interlaced" if interlaced else ""}


def _said(kind: bytes, body: bytes) -> dict:
    if kind == b"iCCP":
        return {"profile": _profile(body)}
    if kind == b"pHYs" and len(body) == 9 and body[8] == 1:
        return {"dpi": [round(dots * 0.0254, 2) for dots in struct.unpack_from(">II", body)]}
    if kind == b"tEXt" and body.startswith(b"Software\0"):
        return {"software": line(body[9:].decode("latin-1"))}
    if kind == b"tIME" and len(body) == 7:
        return {"made_at": "{:04}:{:02}:{:02} {:02}:{:02}:{:02}".format(*struct.unpack(">H5B", body))}
    if kind == b"eXIf":
        return {key: value for key, value in tiff.exif(body).items() if value and value != [0, 0]}
    return {}


def _profile(body: bytes) -> str:
    label, _nul, packed = body.partition(b"\0")
    opened = zlib.decompressobj()
    try:
        profile = opened.decompress(packed[1:], MOST_PROFILE)
    except zlib.error:
        return ""
    if opened.unconsumed_tail:
        raise TooHungry("PNG: its profile")
    return icc.name(profile) or line(label.decode("latin-1"))
