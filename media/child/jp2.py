"""JPEG 2000 by windows, through GDAL's OpenJPEG driver alone: libvips' wheel has none."""

import mmap
import os
import warnings
from contextlib import contextmanager

from media.headers import jp2

from .plain import PlainTiff

# No side files, no network, little cache; of GDAL's drivers only the one is asked.
GDAL = {
    "GDAL_CACHEMAX": 64,
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_PAM_ENABLED": "NO",
    "GDAL_GEOREF_SOURCES": "NONE",
    "CPL_DEBUG": "OFF",
}
# Pixels read at once: OpenJPEG holds four bytes for each sample, and as many again while it transforms.
WINDOW = 12_000_000


def read_through(source: str) -> dict:
    """Decode everything. Raises ValueError for a broken one."""
    with _opened(source) as image:
        for top, bottom in _windows(image):
            image.read(window=((top, bottom), (0, image.width)))
        return {"width": image.width, "height": image.height}


def flatten(source: str, target: str, told) -> None:
    """Write the picture as a plain TIFF; told(part) hears how far it is. Raises ValueError for a broken one."""
    with open(source, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        technical, profile = jp2.read(data).technical, jp2.profile_of(data)
    with _opened(source) as image:
        used, colour, alpha, palette = _bands(image, technical.get("colour", ""))
        deep = image.dtypes[0] == "uint16"
        shape = (image.width, image.height, 3 if palette is not None else len(used), 16 if deep else 8)
        out = PlainTiff(target, shape, colour, profile, alpha)
        full = 65535 if deep else 255
        # Files that use fewer bits than their samples have are stretched to all of them.
        scale = full / (2 ** technical["bits"] - 1)
        for top, bottom in _windows(image):
            strip = image.read(used, window=((top, bottom), (0, image.width)))
            if palette is not None:
                rows = palette[strip[0]]
            else:
                rows = strip.transpose(1, 2, 0)
                rows = rows if scale == 1 else (rows * scale).round().clip(0, full).astype(strip.dtype)
            out.write(rows.tobytes())
            told(bottom / image.height)
        out.close()


@contextmanager
def _opened(source: str):
    import rasterio

    warnings.simplefilter("ignore")
    with rasterio.Env(**GDAL, GDAL_NUM_THREADS=str(min(4, os.cpu_count() or 1))):
        try:
            with rasterio.open(source, driver="JP2OpenJPEG") as image:
                if image.dtypes[0] not in ("uint8", "uint16"):
                    raise ValueError(f"samples of {image.dtypes[0]}")
                yield image
        except rasterio.errors.RasterioError as error:
            raise ValueError(str(error)) from error


def _windows(image):
    """Whole rows of blocks: (top, bottom) in pixels."""
    block = image.block_shapes[0][0]
    rows = max(1, WINDOW // image.count // max(1, image.width * block)) * block
    for top in range(0, image.height, rows):
        yield top, min(image.height, top + rows)


def _bands(image, told: str) -> tuple:
    """Which bands are read, the colour that they are, whether the last is alpha, and the colours of a palette."""
    import numpy

    if image.colorinterp[0].name == "palette":
        palette = numpy.zeros((65536 if image.dtypes[0] == "uint16" else 256, 3), "uint8")
        for number, colour in image.colormap(1).items():
            palette[number] = colour[:3]
        return [1], "rgb", False, palette
    bands = image.count
    colour = "cmyk" if told == "cmyk" and bands >= 4 else "rgb" if bands >= 3 else "grey"
    colours = {"grey": 1, "rgb": 3, "cmyk": 4}[colour]
    alpha = bands > colours and image.colorinterp[colours].name == "alpha"
    return list(range(1, colours + alpha + 1)), colour, alpha, None
