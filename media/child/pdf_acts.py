"""Whether a PDF would do something or carries other files. Pure.

ISO 32000-2: 7.3.5 (names and their escapes), 7.5.7 (object streams), 12.6.4 (actions), 7.11.4 (embedded files).
Every byte is looked at, in streams too: whoever hides a name there gains nothing, and packed pictures don't hold one by
chance.
"""

import re
import zlib

NAMES = ("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "ImportData", "SubmitForm")
MOST_OBJECTS = 64 * 1024**2  # bytes unpacked of one object stream
MOST_STREAMS = 100_000


class Unreadable(ValueError):
    """Objects are packed in a way that can't be looked into."""


def _written(name: str) -> bytes:
    """A pattern for a name, with or without its characters escaped as #4A."""
    return b"".join(b"(?:%c|#(?i:%02x))" % (letter, letter) for letter in name.encode())


ACTS = re.compile(b"/(?:" + b"|".join(map(_written, NAMES)) + rb")(?![A-Za-z0-9#])")
OBJECTS = re.compile(rb"/" + _written("ObjStm") + rb"(?![A-Za-z0-9#])")
STREAM = re.compile(rb"stream\r?\n")


def acts(data) -> bool:
    """In: bytes or a mmap. Raises Unreadable."""
    if ACTS.search(data):
        return True
    for number, found in enumerate(OBJECTS.finditer(data)):
        if number >= MOST_STREAMS:
            raise Unreadable("too many object streams")
        start = STREAM.search(data, found.end(), found.end() + 4096)
        if start is None:
            raise Unreadable("an object stream without its content")
        if ACTS.search(_unpacked(data, start.end())):
            return True
    return False


def _unpacked(data, at: int) -> bytes:
    """What a deflated stream holds; one that isn't compressed was looked at already."""
    packed = zlib.decompressobj()
    out = bytearray()
    try:
        while not packed.eof and at < len(data):
            out += packed.decompress(data[at : at + 65_536], MOST_OBJECTS - len(out) + 1)
            if len(out) > MOST_OBJECTS or packed.unconsumed_tail:
                raise Unreadable("an object stream that grows too large")
            at += 65_536
    except zlib.error as error:
        if not out and not data[at : at + 64].lstrip()[:1].isdigit():
            raise Unreadable("an object stream packed otherwise") from error
    return bytes(out)
