"""A sheet cut into bands that are read one by one, so that memory doesn't grow with the sheet. Pure.

Bands are as wide as the sheet, so that no line is cut in two across; they overlap, and each line counts in the band
that holds its middle.
"""

from dataclasses import dataclass
from math import ceil

MOST_PIXELS = 40_000_000  # of a band: an A4 page at 600 dpi is one band, and keeps its columns
MOST_SIDE = 30_000  # pixels: tesseract counts in 16 bits; wider sheets are read smaller
OVERLAP = 400  # pixels, at most a quarter of a band: higher than lines of print are


@dataclass(frozen=True)
class Band:
    """Rows `top` to `top + height` of the sheet; its own lines have their middle in rows `first` ≤ y < `last`."""

    top: int
    height: int
    first: float
    last: float

    def owns(self, middle: float) -> bool:
        return self.first <= middle < self.last


def scale_of(width: int) -> float:
    """How many pixels of a sheet one pixel of its bands stands for, at least 1."""
    return max(1.0, width / MOST_SIDE)


def bands(width: int, height: int, most_pixels: int = MOST_PIXELS, overlap: int = OVERLAP) -> list[Band]:
    """Bands of a sheet of `width` × `height` pixels, from top to bottom. Every row belongs to exactly one."""
    tall = max(1, min(height, MOST_SIDE, most_pixels // width))
    if tall >= height:
        return [Band(0, height, float("-inf"), float("inf"))]
    over = min(overlap, tall // 4)
    count = ceil((height - over) / (tall - over))
    tops = [min(number * (tall - over), height - tall) for number in range(count)]
    cuts = [float("-inf"), *((after + before + tall) / 2 for before, after in zip(tops, tops[1:], strict=False))]
    cuts.append(float("inf"))
    return [Band(top, tall, cuts[number], cuts[number + 1]) for number, top in enumerate(tops)]
