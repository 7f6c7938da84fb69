"""Files that mean harm or are broken on purpose, made here byte by byte: FILES is name -> Hostile.

Nothing in them is larger than some hundred kilobytes; what they claim to be is. Used by tests and by bench.hostile.
"""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from media import refusals as why

from .conftest import encoded, picture

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PAGE = b"<html><script>alert(1)</script>"
XXE = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'


@dataclass(frozen=True)
class Hostile:
    """name: that it comes under; make: its bytes; reason: the sentence that refuses it."""

    name: str
    make: Callable[[], bytes]
    reason: str


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.js", "alert(1)")
    return out.getvalue()


# --- PNG ------------------------------------------------------------------------------------------------------


def chunk(kind: bytes, body: bytes, crc: int | None = None) -> bytes:
    return (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body) if crc is None else crc)
    )


def png(width: int, height: int, interlaced: int = 0, before: bytes = b"", head_crc: int | None = None) -> bytes:
    """A whole PNG by its structure, which claims any size and holds next to no pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, interlaced), head_crc)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + head + before + pixels + chunk(b"IEND", b"")


def profile_bomb() -> bytes:
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(bytes(1024 * 1024)) for _n in range(40)) + packed.flush()
    return png(64, 64, before=chunk(b"iCCP", b"x\0\0" + body))


# --- JPEG -----------------------------------------------------------------------------------------------------


def jpeg(**options) -> bytes:
    return encoded(picture(), "JPEG", **options)


def jpeg_claiming(width: int, height: int, **options) -> bytes:
    data = bytearray(jpeg(**options))
    marker = b"\xff\xc2" if options.get("progressive") else b"\xff\xc0"
    at = data.index(marker) + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def jpeg_with_comment(comment: bytes) -> bytes:
    data = jpeg()
    return data[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + data[2:]


def jpeg_with_hole() -> bytes:
    data = bytearray(encoded(picture(mode="L").effect_spread(40), "JPEG"))
    data[2000:6000] = b"\x55" * 4000
    return bytes(data)


# --- TIFF -----------------------------------------------------------------------------------------------------


def directory(fields: dict, following: int = 0) -> bytes:
    """Fields {tag: (type, count, value or offset)} as they stand, lies too."""
    body = b""
    for tag, (kind, count, value) in sorted(fields.items()):
        short = kind == 3 and count == 1
        body += struct.pack("<HHI", tag, kind, count)
        body += struct.pack("<HH", value, 0) if short else struct.pack("<I", value)
    return struct.pack("<H", len(fields)) + body + struct.pack("<I", following)


def fields(width: int, height: int, **changes) -> dict:
    """Those of a plain grey image whose one strip begins at byte 8."""
    plain = {
        256: (4, 1, width), 257: (4, 1, height), 258: (3, 1, 8), 259: (3, 1, 1), 262: (3, 1, 1), 273: (4, 1, 8),
        277: (3, 1, 1), 278: (4, 1, height), 279: (4, 1, min(width * height, 100)),
    }  # fmt: skip
    return plain | {int(tag.removeprefix("t")): value for tag, value in changes.items()}


def tiff(given: dict, following: int = 0) -> bytes:
    """100 bytes of pixels, then the directory at byte 108."""
    return b"II*\0" + struct.pack("<I", 108) + bytes(100) + directory(given, following)


def tiff_that_is_a_page() -> bytes:
    return tiff(fields(10, 10)).replace(bytes(len(PAGE)), PAGE, 1)


def tiff_of_directories(count: int) -> bytes:
    one = fields(10, 10)
    size = len(directory(one))
    body = b"".join(directory(one, 108 + size * (number + 1)) for number in range(count - 1)) + directory(one)
    return b"II*\0" + struct.pack("<I", 108) + bytes(100) + body


def big_tiff_far_away() -> bytes:
    return b"II+\0" + struct.pack("<HHQ", 8, 0, 2**63 + 5) + bytes(100)


# --- JPEG 2000 ------------------------------------------------------------------------------------------------


def jp2() -> bytes:
    return encoded(picture(), "JPEG2000")


def jp2_claiming(width: int, height: int, tile: tuple = (), header_too: bool = True) -> bytes:
    data = bytearray(jp2())
    if header_too:
        at = data.index(b"ihdr") + 4
        data[at : at + 8] = struct.pack(">II", height, width)
    at = data.index(b"\xff\x4f\xff\x51") + 8
    data[at : at + 8] = struct.pack(">II", width, height)
    if tile:
        data[at + 16 : at + 24] = struct.pack(">II", *tile)
    return bytes(data)


def jp2_scrambled() -> bytes:
    data = bytearray(jp2())
    at = data.index(b"\xff\x93") + 2
    data[at:-2] = b"\xff" * (len(data) - 2 - at)
    return bytes(data)


def jp2_with_false_box() -> bytes:
    data = bytearray(jp2())
    at = data.index(b"jp2c") - 4
    data[at : at + 4] = b"\xff\xff\xff\xf0"
    return bytes(data)


# --- PDF ------------------------------------------------------------------------------------------------------


def pdf(catalog: bytes = b"", more: tuple = (), page: bytes = b"/MediaBox[0 0 200 100]", trailer: bytes = b"",
        kids: bytes = b"[3 0 R]", count: int = 1) -> bytes:  # fmt: skip
    """One page; more: further objects, from number 4."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids" + kids + b"/Count %d>>" % count,
        b"<</Type/Page/Parent 2 0 R" + page + b"/Resources<<>>>>",
        *more,
    ]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj" % number + body + b"endobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root 1 0 R" % (len(objects) + 1) + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream(body: bytes, head: bytes = b"") -> bytes:
    return b"<<" + head + b"/Length %d>>stream\n" % len(body) + body + b"\nendstream"


def packed_objects(body: bytes) -> bytes:
    return stream(zlib.compress(body, 9), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")


def locked() -> bytes:
    key = b"<" + b"41" * 32 + b">"
    encrypt = b"<</Filter/Standard/V 1/R 2/P -44/O" + key + b"/U" + key + b">>"
    return pdf(more=(encrypt,), trailer=b"/Encrypt 4 0 R/ID[<" + b"42" * 16 + b"><" + b"42" * 16 + b">]")


SCRIPT = b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
ABSURD = (2**31, 2**31)
HUGE_TILE = {"t322": (4, 1, 2**16), "t323": (4, 1, 2**16), "t324": (4, 1, 8), "t325": (4, 1, 100)}


def pdf_in_a_pdf() -> bytes:
    inner = stream(zlib.compress(pdf()), b"/Type/EmbeddedFile/Filter/FlateDecode")
    return pdf(b"/Names<</EmbeddedFiles<</Names[(a.pdf)4 0 R]>>>>", more=(b"<</EF<</F 5 0 R>>>>", inner))


PACKED_SCRIPT = packed_objects(b"9 0 <<%s>>" % SCRIPT)

FILES = {
    # Not what is accepted at all.
    "nothing": Hostile("a.png", bytes, why.EMPTY),
    "text": Hostile("a.png", lambda: b"hello", why.NOT_IMAGE),
    "one byte": Hostile("a.jpg", lambda: b"\xff", why.NOT_IMAGE),
    "svg with a script": Hostile("a.svg", lambda: SVG, why.NOT_IMAGE),
    "svg named png": Hostile("a.png", lambda: SVG, why.NOT_IMAGE),
    "svg with an outer entity": Hostile("a.tif", lambda: XXE, why.NOT_IMAGE),
    "packed svg": Hostile("a.png", lambda: gzip.compress(SVG), why.NOT_IMAGE),
    "page with a script": Hostile("a.jpg", lambda: PAGE, why.NOT_IMAGE),
    "php named jpg": Hostile("a.php.jpg", lambda: b"<?php system($_GET[0]) ?>", why.NOT_IMAGE),
    "image magick script": Hostile("a.png", lambda: b"push graphic-context\nimage over 0,0 'x:/x'", why.NOT_IMAGE),
    "postscript": Hostile("a.pdf", lambda: b"%!PS-Adobe-3.0\n(/etc/passwd)(r)file", why.NOT_IMAGE),
    "program": Hostile("a.tif", lambda: b"\x7fELF\2\1\1" + bytes(200), why.NOT_IMAGE),
    "archive": Hostile("a.tif", zipped, why.NOT_IMAGE),
    "gif": Hostile("a.gif", lambda: encoded(picture(), "GIF"), why.NOT_IMAGE),
    "webp": Hostile("a.webp", lambda: encoded(picture(), "WEBP"), why.NOT_IMAGE),
    "bare codestream": Hostile("a.jp2", lambda: jp2()[jp2().index(b"\xff\x4f\xff\x51") :], why.NOT_IMAGE),
    # A name that contradicts the content.
    "png named jpg": Hostile("a.jpg", lambda: encoded(picture()), why.CONTRADICTS),
    "png named html": Hostile("a.html", lambda: encoded(picture()), why.CONTRADICTS),
    "png named exe": Hostile("a.png.exe", lambda: encoded(picture()), why.CONTRADICTS),
    "jpeg named svg": Hostile("a.svg", jpeg, why.CONTRADICTS),
    "pdf named tif": Hostile("a.tif", pdf, why.CONTRADICTS),
    # Two things in one file.
    "png and archive": Hostile("a.png", lambda: encoded(picture()) + zipped(), why.ALIEN),
    "png and php": Hostile("a.png", lambda: encoded(picture()) + b"<?php system('id') ?>", why.ALIEN),
    "jpeg and archive": Hostile("a.jpg", lambda: jpeg() + zipped(), why.ALIEN),
    "two jpegs and archive": Hostile("a.jpg", lambda: jpeg() * 2 + zipped(), why.ALIEN),
    "jpeg that is a pdf": Hostile("a.jpg", lambda: jpeg_with_comment(b"%PDF-1.7 \n1 0 obj"), why.ALIEN),
    "jpeg that is a page": Hostile("a.jpg", lambda: jpeg_with_comment(PAGE), why.ALIEN),
    "tiff and archive": Hostile("a.tif", lambda: encoded(picture(), "TIFF") + zipped(), why.ALIEN),
    "tiff that is a page": Hostile("a.tif", tiff_that_is_a_page, why.ALIEN),
    "pdf and archive": Hostile("a.pdf", lambda: pdf() + zipped(), why.ALIEN),
    "pdf and program": Hostile("a.pdf", lambda: pdf() + b"\x7fELF\2\1\1" + bytes(200), why.ALIEN),
    "pdf that is a page": Hostile("a.pdf", lambda: pdf().replace(b"1.7\n", b"1.7\n" + PAGE), why.ALIEN),
    # PNG.
    "png bomb": Hostile("a.png", lambda: png(60_000, 60_000), why.TOO_MANY_PIXELS),
    "png far too wide": Hostile("a.png", lambda: png(2_000_000, 1), why.TOO_MANY_PIXELS),
    "png without pixels": Hostile("a.png", lambda: png(0, 10), why.DAMAGED),
    "interlaced png bomb": Hostile("a.png", lambda: png(30_000, 30_000, interlaced=1), why.HUNGRY),
    "png with a profile bomb": Hostile("a.png", profile_bomb, why.HUNGRY),
    "png with a false sum": Hostile("a.png", lambda: png(10, 10, head_crc=7), why.DAMAGED),
    "png with two headers": Hostile("a.png", lambda: png(10, 10, before=chunk(b"IHDR", bytes(13))), why.DAMAGED),
    "png with an endless chunk": Hostile("a.png", lambda: png(10, 10, before=b"\x7f\xff\xff\xfftEXt"), why.DAMAGED),
    "png with too few pixels": Hostile("a.png", lambda: png(900, 900), why.DAMAGED),
    "png cut": Hostile("a.png", lambda: encoded(picture())[:-300], why.DAMAGED),
    # JPEG.
    "jpeg bomb": Hostile("a.jpg", lambda: jpeg_claiming(65_500, 65_500), why.TOO_MANY_PIXELS),
    "progressive jpeg bomb": Hostile("a.jpg", lambda: jpeg_claiming(30_000, 30_000, progressive=True), why.HUNGRY),
    "jpeg without height": Hostile("a.jpg", lambda: jpeg_claiming(640, 0), why.DAMAGED),
    "jpeg without a frame": Hostile("a.jpg", lambda: b"\xff\xd8\xff\xe0\0\2\xff\xd9", why.DAMAGED),
    "jpeg with a false segment": Hostile("a.jpg", lambda: b"\xff\xd8\xff\xe1\xff\xff" + bytes(50), why.DAMAGED),
    "jpeg with a hole": Hostile("a.jpg", jpeg_with_hole, why.DAMAGED),
    "jpeg cut but ended": Hostile("a.jpg", lambda: jpeg()[:-900] + b"\xff\xd9", why.DAMAGED),
    # TIFF.
    "tiff in a circle": Hostile("a.tif", lambda: tiff(fields(10, 10), following=108), why.DAMAGED),
    "tiff of 10,001 directories": Hostile("a.tif", lambda: tiff_of_directories(10_001), why.DAMAGED),
    "tiff of 2,001 pages": Hostile("a.tif", lambda: tiff_of_directories(2_001), why.TOO_MANY_PAGES),
    "tiff outside the file": Hostile("a.tif", lambda: b"II*\0\xff\xff\xff\x7f", why.DAMAGED),
    "bigtiff far outside the file": Hostile("a.tif", big_tiff_far_away, why.DAMAGED),
    "tiff of 60,000 fields": Hostile("a.tif", lambda: b"II*\0\x08\0\0\0\x60\xea" + bytes(800_000), why.DAMAGED),
    "tiff without fields": Hostile("a.tif", lambda: b"II*\0\x08\0\0\0" + bytes(30), why.DAMAGED),
    "tiff strip outside": Hostile("a.tif", lambda: tiff(fields(10, 10, t273=(4, 1, 2**31))), why.DAMAGED),
    "tiff with too few strips": Hostile("a.tif", lambda: tiff(fields(10, 10, t278=(4, 1, 1))), why.DAMAGED),
    "tiff with endless strips": Hostile("a.tif", lambda: tiff(fields(10, 10, t273=(4, 2**32 - 1, 8))), why.DAMAGED),
    "tiff in one huge strip": Hostile("a.tif", lambda: tiff(fields(34_000, 34_000, t259=(3, 1, 8))), why.HUNGRY),
    "tiff in one huge tile": Hostile("a.tif", lambda: tiff(fields(10, 10, **HUGE_TILE)), why.HUNGRY),
    "tiff bomb": Hostile("a.tif", lambda: tiff(fields(150_000, 150_000)), why.TOO_MANY_PIXELS),
    "tiff of 65,535 samples": Hostile("a.tif", lambda: tiff(fields(10, 10, t277=(3, 1, 65_535))), why.DAMAGED),
    "tiff with a false profile": Hostile("a.tif", lambda: tiff(fields(10, 10, t34675=(1, 2**31, 8))), why.DAMAGED),
    "tiff of an unknown compression": Hostile("a.tif", lambda: tiff(fields(10, 10, t259=(3, 1, 34_712))), why.UNKNOWN),
    "tiff of thumbnails alone": Hostile("a.tif", lambda: tiff(fields(10, 10, t254=(4, 1, 1))), why.DAMAGED),
    "tiff cut": Hostile("a.tif", lambda: encoded(picture(), "TIFF")[:-300_000], why.DAMAGED),
    # JPEG 2000.
    "jp2 of an absurd size": Hostile("a.jp2", lambda: jp2_claiming(*ABSURD, tile=ABSURD), why.TOO_MANY_PIXELS),
    "jp2 whose header lies": Hostile("a.jp2", lambda: jp2_claiming(60_000, 60_000, header_too=False), why.DAMAGED),
    "jp2 of a million tiles": Hostile("a.jp2", lambda: jp2_claiming(10_000, 10_000, tile=(1, 1)), why.DAMAGED),
    "jp2 with a false box": Hostile("a.jp2", jp2_with_false_box, why.DAMAGED),
    "jp2 with scrambled pixels": Hostile("a.jp2", jp2_scrambled, why.DAMAGED),
    "jp2 cut": Hostile("a.jp2", lambda: jp2()[:-300], why.DAMAGED),
    "jpx": Hostile("a.jp2", lambda: jp2().replace(b"ftypjp2 \0\0\0\0jp2 ", b"ftypjpx \0\0\0\0jpx "), why.UNKNOWN),
    # PDF.
    "pdf with a script": Hostile("a.pdf", lambda: pdf(SCRIPT), why.ACTIVE),
    "pdf with an escaped script": Hostile("a.pdf", lambda: pdf(SCRIPT.replace(b"Java", b"J#61#76a")), why.ACTIVE),
    "pdf with a packed script": Hostile("a.pdf", lambda: pdf(more=(PACKED_SCRIPT,)), why.ACTIVE),
    "pdf that starts a program": Hostile("a.pdf", lambda: pdf(b"/OpenAction<</S/Launch/F(cmd.exe)>>"), why.ACTIVE),
    "pdf that sends a form": Hostile("a.pdf", lambda: pdf(b"/OpenAction<</S/SubmitForm/F(x)>>"), why.ACTIVE),
    "pdf in a pdf": Hostile("a.pdf", pdf_in_a_pdf, why.ACTIVE),
    "pdf with a bomb of objects": Hostile("a.pdf", lambda: pdf(more=(packed_objects(bytes(80 * 2**20)),)), why.DAMAGED),
    "locked pdf": Hostile("a.pdf", locked, why.ENCRYPTED),
    "pdf of an absurd size": Hostile("a.pdf", lambda: pdf(page=b"/MediaBox[0 0 900000 900000]"), why.TOO_MANY_PIXELS),
    "pdf without pages": Hostile("a.pdf", lambda: pdf(kids=b"[]", count=0), why.DAMAGED),
    "pdf of 100,000 pages": Hostile("a.pdf", lambda: pdf(count=100_000), why.TOO_MANY_PAGES),
    "pdf in a circle": Hostile("a.pdf", lambda: pdf(kids=b"[2 0 R]"), why.DAMAGED),
    "pdf without its end": Hostile("a.pdf", lambda: pdf()[:200], why.DAMAGED),
    "pdf of nonsense": Hostile("a.pdf", lambda: b"%PDF-1.7\n" + bytes(5000) + b"\n%%EOF\n", why.DAMAGED),
}  # fmt: skip
