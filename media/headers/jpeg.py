"""JPEG: ITU-T T.81 Annex B (markers), JFIF 1.02, EXIF in APP1, ICC profiles in APP2 (ICC.1:2022, B.4)."""

import re
import struct

from . import icc, tiff
from .found import MOST_PROFILE, Damaged, Header, Page, TooHungry, hungry, sized

# A marker that isn't a stuffed byte, a restart, TEM or padding.
MARKER = re.compile(rb"\xff[^\x00\x01\xff\xd0-\xd7]", re.DOTALL)
FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
COLOURS = {1: "grey", 3: "ycbcr", 4: "cmyk"}


def read(data) -> Header:
    """Raises Damaged, TooHungry."""
    frame, applied, profile, position = None, {}, b"", 2
    while True:
        position, marker = _next(data, position)
        if marker == 0xD9:
            break
        body = _segment(data, position)
        if marker in FRAMES and frame is None:
            frame = _frame(body, marker)
        elif marker == 0xE0 and body[:5] == b"JFIF\0":
            applied.setdefault("dpi", _density(body))
        elif marker == 0xE1 and body[:6] == b"Exif\0\0":
            found = tiff.exif(body[6:])
            applied |= {key: value for key, value in found.items() if value and value != [0, 0]}
        elif marker == 0xE2 and body[:12] == b"ICC_PROFILE\0":
            profile += body[14:]
            if len(profile) > MOST_PROFILE:
                raise TooHungry("JPEG: its profile")
        position += 2 + len(body) + 2
    if frame is None:
        raise Damaged("JPEG without a frame")
    width, height, told = frame
    page = Page(width, height, applied.pop("orientation", 1))
    return Header([page], told | {"profile": icc.name(profile)} | applied, position + 2)


def _next(data, position: int) -> tuple[int, int]:
    """Where the next marker stands, and which it is."""
    found = MARKER.search(data, position)
    if found is None:
        raise Damaged("JPEG without its end")
    return found.start(), data[found.start() + 1]


def _segment(data, position: int) -> bytes:
    """The body of the segment at a marker."""
    if position + 4 > len(data):
        raise Damaged("JPEG cut in a segment")
    (length,) = struct.unpack_from(">H", data, position + 2)
    if length < 2 or position + 2 + length > len(data):
        raise Damaged("JPEG cut in a segment")
    return bytes(data[position + 4 : position + 2 + length])


def _frame(body: bytes, marker: int) -> tuple[int, int, dict]:
    if len(body) < 6 or len(body) < 6 + 3 * body[5]:
        raise Damaged("JPEG frame")
    bits, height, width, bands = struct.unpack_from(">BHHB", body)
    sized(width, height)
    if marker in PROGRESSIVE:
        sampling = [(body[7 + 3 * n] >> 4, body[7 + 3 * n] & 15) for n in range(bands)]
        across, down = max((h for h, _v in sampling), default=1), max((v for _h, v in sampling), default=1)
        # All coefficients, 16 bits each, are held until the last scan.
        hungry(sum(2 * width * height * h * v // max(1, across * down) for h, v in sampling))
    told = {"bits": bits, "bands": bands, "colour": COLOURS.get(bands, ""), "compression": "jpeg"}
    return width, height, told | {"layout": "progressive" if marker in PROGRESSIVE else ""}


def _density(body: bytes) -> list[float]:
    if len(body) < 12:
        return [0, 0]
    unit, across, down = struct.unpack_from(">BHH", body, 7)
    scale = {1: 1.0, 2: 2.54}.get(unit, 0)
    return [round(across * scale, 2), round(down * scale, 2)]
