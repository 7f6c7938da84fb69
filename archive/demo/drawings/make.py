"""Draw all sheets into a folder, two at a time. The same facts give the same bytes."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pyvips
from PIL import Image

from archive.demo.drawings import chart, palette, plate, subjects, typeset

LARGE = "vn-map-dai-nam-nhat-thong-toan-do"
LARGE_SIZE = (12_000, 9_000)
WORKERS = 2
QUALITY = 92


@dataclass(frozen=True)
class Label:
    """A name that the record gives, where the drawing shows it: left, top, width, height in percent of the sheet."""

    key: str
    text: str
    han: str
    region: tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawn:
    identifier: str
    path: Path
    seconds: float
    labels: tuple[Label, ...] = ()
    points: tuple = ()  # of a chart: (x, y, lon, lat), in percent of the sheet and degrees
    mask: tuple = ()  # the map on it: (x, y) in percent
    lines: tuple[dict, ...] = ()  # of the large sheet: the names that it sets, see typeset.lines


def plan(facts) -> list:
    """What is to be drawn, the large sheet first. facts: archive.demo.facts.Facts."""
    found = []
    for order, item in enumerate(facts.items):
        if item["kind"] in ("map", "atlas_sheet"):
            found.append(subjects.chart(item, facts.gazetteer, order, whole=item["identifier"] == LARGE))
        else:
            found.append(subjects.leaf(item, facts.names("agents"), facts.names("institutions"), order))
    return sorted(found, key=lambda sheet: sheet.identifier != LARGE)


def draw(sheet, folder: Path) -> Drawn:
    """Draw one sheet into `folder`: a JPEG, the large one a tiled TIFF as from a scanner of large formats."""
    began = time.monotonic()
    name, placed = sheet.identifier, []
    points, mask = (), ()
    if name == LARGE:
        path = folder / f"{name}.tif"
        image = chart.draw(sheet, palette.sheet(name), *LARGE_SIZE, placed=placed)
        _save_large(image, path)
        points, mask = chart.controls(sheet, image.size, fixed=True)
    else:
        path = folder / f"{name}.jpg"
        if isinstance(sheet, chart.Chart):
            image = chart.draw(sheet, palette.sheet(name), placed=placed)
            points, mask = chart.controls(sheet, image.size)
        else:
            image = plate.draw(sheet, palette.plate(name))
        image.save(path, quality=QUALITY, subsampling=0, dpi=(300, 300))
    labels = tuple(_labels(placed, image.size))
    points = tuple((*_percent(point, image.size), *point[2:]) for point in points)
    mask = tuple(_percent(corner, image.size) for corner in mask)
    lines = tuple(typeset.lines(placed, image.size)) if name == LARGE else ()
    return Drawn(name, path, time.monotonic() - began, labels, points, mask, lines)


def _percent(point, size: tuple[int, int]) -> tuple[float, float]:
    return round(100 * point[0] / size[0], 6), round(100 * point[1] / size[1], 6)


def _labels(placed: list, size: tuple[int, int]):
    """The names that the record itself gives, without the gazetteer's small ones."""
    for name, (left, top, right, bottom) in placed:
        if name.kind != "today":
            region = (left / size[0], top / size[1], (right - left) / size[0], (bottom - top) / size[1])
            yield Label(name.key, name.text, name.han, tuple(round(100 * part, 4) for part in region))


def _save_large(image: Image.Image, path: Path) -> None:
    pixels = pyvips.Image.new_from_memory(image.tobytes(), image.width, image.height, 3, "uchar")
    pixels = pixels.copy(interpretation="srgb", xres=20, yres=20)
    pixels.tiffsave(str(path), tile=True, tile_width=512, tile_height=512, compression="jpeg", Q=90)


def draw_all(sheets: list, folder: Path, done: Callable[[Drawn], None] | None = None) -> Iterator[Drawn]:
    """Draw sheets in processes of their own; yields each as it is finished, in the order of finishing."""
    with ProcessPoolExecutor(min(WORKERS, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        for future in as_completed([pool.submit(draw, sheet, folder) for sheet in sheets]):
            drawn = future.result()
            if done:
                done(drawn)
            yield drawn
