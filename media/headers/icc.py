"""The name that an ICC profile bears (ICC.1:2022, 7.2 and 10.15; version 2: ICC.1:2001, 6.5.17)."""

import struct

from .found import line


def name(profile: bytes) -> str:
    """Its description; "" for what is no profile or has none."""
    if len(profile) < 132 or profile[36:40] != b"acsp":
        return ""
    try:
        (count,) = struct.unpack_from(">I", profile, 128)
        for number in range(min(count, 100)):
            tag, offset, size = struct.unpack_from(">4sII", profile, 132 + 12 * number)
            if tag == b"desc":
                return line(_text(profile[offset : offset + min(size, 4096)]))
    except (struct.error, UnicodeDecodeError):
        pass
    return ""


def _text(data: bytes) -> str:
    if data[:4] == b"desc":
        (size,) = struct.unpack_from(">I", data, 8)
        return data[12 : 12 + size].split(b"\0")[0].decode("latin-1")
    if data[:4] == b"mluc":
        size, offset = struct.unpack_from(">II", data, 20)
        return data[offset : offset + size].decode("utf-16-be")
    return ""
