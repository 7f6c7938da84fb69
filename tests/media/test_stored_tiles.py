"""Tiles given out as they stand in the file: the right ones, whole, and equal to what libvips decodes."""

import io
import os
import struct

import pytest
import pyvips
from PIL import Image, ImageChops

from media import iiif, kept, mosaic, stored_tiles, tiff, tiles

from .conftest import vips_picture

SIZES = [(1500, 1000), (1024, 512), (1025, 700), (2049, 1030), (300, 200), (16, 16)]


def pyramid_file(folder, image, **options):
    path = folder / "pyramid.tif"
    side = min(512, -(-max(image.width, image.height) // 16) * 16)
    settings = {"compression": "jpeg", "Q": 85, "bigtiff": True, "pyramid": True} | options
    image.tiffsave(str(path), tile=True, tile_width=side, tile_height=side, region_shrink="mean", **settings)
    return path


def noisy(width: int, height: int) -> pyvips.Image:
    noise = pyvips.Image.gaussnoise(width, height, mean=0, sigma=9, seed=7)
    return (vips_picture(width, height) + noise).cast("uchar").copy(interpretation="srgb")


def asked_by_openseadragon(width: int, height: int):
    """Every tile that OpenSeadragon's IIIFTileSource.getTileUrl (5.0) asks for, from info.json's tiles."""
    for factor in iiif.scale_factors(width, height):
        side = iiif.TILE * factor
        level_width, level_height = -(-width // factor), -(-height // factor)
        for y in range(0, height, side):
            for x in range(0, width, side):
                w, h = min(side, width - x), min(side, height - y)
                out = min(iiif.TILE, level_width - x // factor), min(iiif.TILE, level_height - y // factor)
                region = "full" if (w, h) == (width, height) else f"{x},{y},{w},{h}"
                size = "max" if out == (width, height) else f"{out[0]},{out[1]}"
                yield f"{region}/{size}/0/default.jpg", factor, (x, y, w, h), out


def samples(image: pyvips.Image) -> tuple:
    return image.width, image.height, image.bands, image.write_to_memory()


def decoded(data: bytes) -> tuple:
    return samples(pyvips.Image.jpegload_buffer(data, fail_on="warning"))


def grey(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_whatever_openseadragon_asks_for(tmp_path, width, height):
    """All whole tiles are stored ones and equal in every sample; the others have the size asked for and are near."""
    path = pyramid_file(tmp_path, noisy(width, height))
    stored = whole = 0
    with tiles.opened(path) as (pyramid, handle):
        assert [level.directory.width for level in pyramid.levels] == [
            width // factor for factor in iiif.scale_factors(width, height)
        ]
        for address, factor, (x, y, w, h), out in asked_by_openseadragon(width, height):
            request = iiif.parse(address, width, height)
            found = stored_tiles.find(pyramid, request)
            answer = tiles.answer(path, pyramid, handle, request)
            level = pyvips.Image.tiffload(str(path), page=factor.bit_length() - 1)
            if found is not None:
                stored += 1
                assert answer == stored_tiles.tile(pyramid, handle, *found)
                truth = level.crop(x // factor, y // factor, *out)
                assert decoded(answer) == samples(truth)
                assert Image.open(io.BytesIO(answer)).info["jfif"] == 257  # any decoder knows the colours
            whole += w == h == iiif.TILE * factor
            assert Image.open(io.BytesIO(answer)).size == out
    assert stored == whole or (width, height) == (16, 16)


@pytest.mark.parametrize(
    "address",
    [
        "512,512,512,512/512,512/0/default.jpg",
        "512,512,512,512/512,/0/default.jpg",
        "512,512,512,512/,512/0/default.jpg",
        "512,512,512,512/max/0/default.jpg",
        "512,512,512,512/^512,512/0/default.jpg",
        "512,512,512,512/!512,512/0/default.jpg",
        "512,512,512,512/pct:100/360/color.jpg",
        "pct:25,50,25,50/max/0/default.jpg",
        "1024,0,1024,1024/512,512/0/default.jpg",
        "1024,0,1024,1024/pct:50/0.0/color.jpg",
    ],
)
def test_every_spelling_of_one_tile(tmp_path, address):
    with tiles.opened(pyramid_file(tmp_path, vips_picture(2048, 1024))) as (pyramid, _handle):
        assert stored_tiles.find(pyramid, iiif.parse(address, 2048, 1024)) is not None


@pytest.mark.parametrize(
    "address",
    [
        "512,512,512,512/511,511/0/default.jpg",
        "513,512,512,512/512,512/0/default.jpg",
        "512,512,1024,512/512,512/0/default.jpg",
        "512,512,256,256/^512,512/0/default.jpg",
        "512,0,1024,1024/512,512/0/default.jpg",  # half a tile of the second layer
        "512,512,512,512/512,512/90/default.jpg",
        "512,512,512,512/512,512/!0/default.jpg",
        "512,512,512,512/512,512/0/gray.jpg",
        "512,512,512,512/512,512/0/default.png",
        "0,0,4096,2048/256,128/0/default.jpg",
    ],
)
def test_what_is_no_tile(tmp_path, address):
    with tiles.opened(pyramid_file(tmp_path, vips_picture(4096, 2048))) as (pyramid, _handle):
        assert stored_tiles.find(pyramid, iiif.parse(address, 4096, 2048)) is None


@pytest.mark.parametrize(
    "options",
    [{"Q": 95}, {"bigtiff": False}, {"Q": 85, "bigtiff": False, "pyramid": False}],
    ids=["RGB in the file", "classic TIFF", "one layer"],
)
def test_other_files_of_libvips(tmp_path, options):
    path = pyramid_file(tmp_path, noisy(1024, 1024), **options)
    with tiles.opened(path) as (pyramid, handle):
        request = iiif.parse("512,0,512,512/max/0/default.jpg", 1024, 1024)
        data = stored_tiles.tile(pyramid, handle, *stored_tiles.find(pyramid, request))
        truth = pyvips.Image.tiffload(str(path)).crop(512, 0, 512, 512)
        assert decoded(data) == samples(truth)


def test_grey_pyramids(tmp_path):
    path = pyramid_file(tmp_path, noisy(1024, 1024).colourspace("b-w"))
    with tiles.opened(path) as (pyramid, handle):
        for quality, stored in (("default", True), ("gray", True), ("color", False)):
            request = iiif.parse(f"512,0,512,512/max/0/{quality}.jpg", 1024, 1024)
            assert (stored_tiles.find(pyramid, request) is not None) == stored
            mode = Image.open(io.BytesIO(tiles.answer(path, pyramid, handle, request))).mode
            assert mode == ("L" if stored else "RGB")


def test_pillow_and_libvips_cut_the_same(tmp_path):
    path = pyramid_file(tmp_path, vips_picture(2049, 1030))
    with tiles.opened(path) as (pyramid, handle):
        for address in [
            "300,200,900,700/900,700/0/default.png",
            "300,200,900,700/400,311/0/default.png",
            "full/700,/0/default.png",
            "2000,0,49,1030/49,1030/90/gray.png",
            "0,0,700,500/^1400,1000/!180/default.png",
        ]:
            request = iiif.parse(address, 2049, 1030)
            number = iiif.level(request, len(pyramid.levels))
            one = grey(mosaic.cut(pyramid, handle, request, number))
            other = grey(tiles._streamed(path, request, number))
            assert one.size == other.size and ImageChops.difference(one, other).getextrema()[1] <= 8


def test_large_answers_and_other_tiles_stream(tmp_path):
    path = pyramid_file(tmp_path, vips_picture(2560, 2048), compression="deflate")
    with tiles.opened(path) as (pyramid, handle):
        tile = iiif.parse("0,0,512,512/512,512/0/default.jpg", 2560, 2048)
        assert stored_tiles.find(pyramid, tile) is None and not mosaic.is_possible(pyramid, tile, 0)
        assert Image.open(io.BytesIO(tiles.answer(path, pyramid, handle, tile))).size == (512, 512)
    with tiles.opened(pyramid_file(tmp_path, vips_picture(2560, 2048))) as (pyramid, handle):
        whole = iiif.parse("full/max/0/default.jpg", 2560, 2048)
        assert not mosaic.is_possible(pyramid, whole, 0)
        assert Image.open(io.BytesIO(tiles.answer(path, pyramid, handle, whole))).size == (2560, 2048)


# --- what is remembered ---------------------------------------------------------------------------


def test_another_file_under_the_same_name_is_read_anew(tmp_path):
    path = pyramid_file(tmp_path, vips_picture(600, 400))
    with tiles.opened(path) as (pyramid, _handle):
        assert (pyramid.width, pyramid.height) == (600, 400)
    os.replace(pyramid_file(tmp_path, vips_picture(400, 600)), path)
    with tiles.opened(path) as (pyramid, _handle):
        assert (pyramid.width, pyramid.height) == (400, 600)


def test_edges_are_encoded_once(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "answers", kept.Kept())
    path = pyramid_file(tmp_path, vips_picture(1500, 1000))
    request = iiif.parse("1024,512,476,488/476,488/0/default.jpg", 1500, 1000)
    with tiles.opened(path) as (pyramid, handle):
        first = tiles.answer(path, pyramid, handle, request)
        monkeypatch.setattr(tiles, "cut", lambda *rest: pytest.fail("encoded twice"))
        assert tiles.answer(path, pyramid, handle, request) is first


def test_what_is_kept_is_bounded():
    room = kept.Kept(room=100, largest=40)
    for number in range(9):
        room.get(number, lambda: b"x" * 30)
    assert (len(room), room.size) == (3, 90)
    assert room.get(8, lambda: pytest.fail("made again")) and room.get("large", lambda: b"x" * 41)
    assert (len(room), room.size) == (3, 90)


# --- files that contradict themselves --------------------------------------------------------------


def classic(entries, next_at=0, tail=b"") -> bytes:
    """A little-endian TIFF of one directory. entries: (tag, type, count, value)."""
    made = struct.pack("<2sHLH", b"II", 42, 8, len(entries))
    made += b"".join(struct.pack("<HHLL", *entry) for entry in entries)
    return made + struct.pack("<L", next_at) + tail


TILED = [(256, 3, 1, 64), (257, 3, 1, 64), (322, 3, 1, 64), (323, 3, 1, 64), (324, 4, 1, 500), (325, 4, 1, 10)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"II*\0 nonsense",
        b"not a picture at all",
        struct.pack("<2sHL", b"II", 42, 9000),
        struct.pack("<2sHHHQ", b"II", 43, 8, 0, 2**64 - 1),
        classic([]),
        classic(TILED, next_at=8),
        classic([*TILED[:2], (322, 3, 1, 0), *TILED[3:]]),
        classic([*TILED[:4], (324, 4, 4_000_000_000, 8), TILED[5]]),
        classic([*TILED[:4], (324, 2, 1, 8), TILED[5]]),
        classic([(256, 4, 1, 2**31), *TILED[1:]]),
        classic(TILED[:2]),
    ],
    ids=["empty", "nonsense", "other", "offset", "far offset", "no entries", "cycle", "no tile", "count", "type",
         "too few tiles", "strips"],
)  # fmt: skip
def test_files_that_are_no_pyramid(tmp_path, data):
    path = tmp_path / "bad.tif"
    path.write_bytes(data)
    with pytest.raises(stored_tiles.NoPyramid), tiles.opened(path):
        pass


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"no jpeg at all", b"\xff\xd8\xff\xd9\0\0"])
def test_tiles_that_are_none(tmp_path, data):
    path = pyramid_file(tmp_path, vips_picture(1024, 1024))
    with tiles.opened(path) as (pyramid, handle):
        directory = pyramid.levels[0].directory
        at = directory.offsets[0]
        with open(path, "r+b") as file:
            file.seek(at)
            file.write(data.ljust(directory.counts[0], b"\0"))
        for side in (512, 500):
            request = iiif.parse(f"0,0,{side},{side}/{side},/0/default.jpg", 1024, 1024)
            if side == 512 and data.startswith(b"\xff\xd8"):
                continue  # given out as it stands: nobody decodes it here
            with pytest.raises(tiles.BROKEN):
                tiles.answer(path, pyramid, handle, request)


def test_the_parser_reads_the_other_order():
    # Little-endian ones are read above.
    swapped = struct.pack(">2sHLH", b"MM", 42, 8, len(TILED))
    for tag, kind, count, value in TILED:
        packed = struct.pack(">HH", value, 0) if kind == 3 else struct.pack(">L", value)
        swapped += struct.pack(">HHL", tag, kind, count) + packed
    swapped += struct.pack(">L", 0)
    handle = os.memfd_create("swapped")
    os.write(handle, swapped)
    (found,) = tiff.directories(handle)
    os.close(handle)
    assert (found.width, found.tile_height, list(found.offsets), list(found.counts)) == (64, 64, [500], [10])
