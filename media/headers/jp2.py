"""JPEG 2000 in its JP2 file format: ISO/IEC 15444-1, Annex I (boxes) and A.5 (the SIZ marker)."""

import struct

from . import icc
from .found import MOST_PROFILE, Damaged, Header, Page, TooHungry, Unknown, line, sized

MAX_BOXES = 1000
MAX_TILES = 65_535
COLOURS = {12: "cmyk", 14: "lab", 16: "rgb", 17: "grey", 18: "ycbcr"}
NAMES = {16: "sRGB", 17: "", 18: ""}


def read(data) -> Header:
    """Raises Damaged, TooHungry, Unknown."""
    boxes, end = {}, 0
    for kind, start, stop in _boxes(data, 0, len(data)):
        boxes.setdefault(kind, (start, stop))
        end = stop
    if b"ftyp" not in boxes or b"jp2 " not in bytes(data[slice(*boxes[b"ftyp"])])[:400]:
        raise Unknown("JPEG 2000")
    if b"jp2h" not in boxes or b"jp2c" not in boxes:
        raise Damaged("JP2 without its header or picture")
    inner = {kind: (start, stop) for kind, start, stop in reversed(list(_boxes(data, *boxes[b"jp2h"])))}
    if b"ihdr" not in inner or inner[b"ihdr"][1] - inner[b"ihdr"][0] != 14:
        raise Damaged("JP2 header")
    height, width, bands, depth = struct.unpack_from(">IIHB", data, inner[b"ihdr"][0])
    sized(width, height)
    bits = _check_codestream(data, *boxes[b"jp2c"], (width, height, bands))
    told = {"bits": bits if depth == 255 else (depth & 0x7F) + 1, "bands": bands, "compression": "jpeg2000"}
    if b"colr" in inner:
        told |= _colour(bytes(data[slice(*inner[b"colr"])][: MOST_PROFILE + 4]))
    if told.get("colour") in ("ycbcr", "lab"):
        raise Unknown(f"JPEG 2000, {told['colour']}")
    if b"res " in inner:
        told |= _resolution(data, *inner[b"res "])
    return Header([Page(width, height)], told, end)


def _boxes(data, at: int, stop: int):
    """Yield (type, where its content begins, where it ends). Bytes that are no box end the list at the top level."""
    for _number in range(MAX_BOXES):
        if at == stop:
            return
        if at + 8 > stop:
            raise Damaged("JP2 box cut off")
        length, kind = struct.unpack_from(">I4s", data, at)
        start = at + 8
        if length == 1:
            if at + 16 > stop:
                raise Damaged("JP2 box cut off")
            (length,) = struct.unpack_from(">Q", data, start)
            start += 8
        end = stop if length == 0 else at + length
        if end < start or end > stop:
            raise Damaged("JP2 box with a false length")
        yield kind, start, end
        at = end
    raise Damaged("JP2 with too many boxes")


def _check_codestream(data, start: int, stop: int, shape: tuple) -> int:
    """Compare the codestream's own sizes with the header's; out: bits a sample."""
    try:
        mark, size, _length, _rsiz, *grid, bands = struct.unpack_from(">HHHH8IH", data, start)
        samples = [struct.unpack_from(">BBB", data, start + 42 + 3 * n) for n in range(min(bands, 64))]
    except struct.error as error:
        raise Damaged("JP2 codestream cut off") from error
    right, bottom, left, top, tile_width, tile_height, _tile_left, _tile_top = grid
    if (mark, size) != (0xFF4F, 0xFF51) or (right - left, bottom - top, bands) != shape or not 0 < bands <= 32:
        raise Damaged("JP2 header and codestream differ")
    sized(tile_width, tile_height)
    if -(-right // tile_width) * -(-bottom // tile_height) > MAX_TILES:
        raise Damaged("JP2 with too many tiles")
    if any(not across or not down for _bits, across, down in samples):
        raise Damaged("JP2 sampling")
    if bytes(data[stop - 2 : stop]) != b"\xff\xd9":
        raise Damaged("JP2 without its end")
    if any(bits & 0x80 for bits, _across, _down in samples):
        raise Unknown("JPEG 2000, signed")
    return max((bits & 0x7F) + 1 for bits, _across, _down in samples)


def _colour(body: bytes) -> dict:
    if body[:1] == b"\1" and len(body) >= 7:
        (space,) = struct.unpack_from(">I", body, 3)
        return {"colour": COLOURS.get(space, ""), "profile": NAMES.get(space, "")}
    if body[:1] == b"\2":
        if len(body) > MOST_PROFILE:
            raise TooHungry("JP2: its profile")
        space = {b"GRAY": "grey", b"RGB ": "rgb", b"CMYK": "cmyk"}.get(body[3 + 16 : 3 + 20], "")
        return {"colour": space, "profile": line(icc.name(body[3:]))}
    return {}


def profile_of(data) -> bytes:
    """The restricted ICC profile of a file that read() took; b"" where it has none."""
    boxes = {kind: (start, stop) for kind, start, stop in _boxes(data, 0, len(data))}
    for kind, start, stop in _boxes(data, *boxes[b"jp2h"]):
        if kind == b"colr" and data[start] == 2:
            return bytes(data[start + 3 : stop])
    return b""


def _resolution(data, start: int, stop: int) -> dict:
    """resc (as captured) before resd (for display): vertical, then horizontal, in dots a metre."""
    for kind, at, end in sorted(_boxes(data, start, stop)):
        if kind in (b"resc", b"resd") and end - at == 10:
            up, under, right, beneath, ten_up, ten_right = struct.unpack_from(">HHHHbb", data, at)
            if under and beneath and abs(ten_up) < 10 and abs(ten_right) < 10:
                down, across = up / under * 10**ten_up, right / beneath * 10**ten_right
                return {"dpi": [round(across * 0.0254, 2), round(down * 0.0254, 2)]}
    return {}
