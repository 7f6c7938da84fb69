"""Planted pictures: two colours for each state, which an answer's pixels are compared with."""

import io
from itertools import product

from PIL import Image, UnidentifiedImageError

LEVELS = (16, 128, 240)
COLOURS = [one for one in product(LEVELS, repeat=3) if len(set(one)) > 1]  # no greys
FAR = 24  # of each channel; JPEG moves a flat colour by less
SIZE = (320, 240)


def colours(number: int) -> tuple[tuple, tuple]:
    """The two colours of the picture with this number; no two pictures share one."""
    return COLOURS[2 * number], COLOURS[2 * number + 1]


def picture(number: int) -> io.BytesIO:
    """A PNG: its left half in one colour, its right half in the other."""
    left, right = colours(number)
    image = Image.new("RGB", SIZE, left)
    image.paste(right, (SIZE[0] // 2, 0, SIZE[0], SIZE[1]))
    data = io.BytesIO()
    image.save(data, "PNG")
    data.seek(0)
    return data


def shown(data: bytes) -> set[int]:
    """Numbers of the planted pictures whose colour covers a fifth of an image. Empty for what is no image."""
    try:
        image = Image.open(io.BytesIO(data)).convert("RGB").resize((16, 12), Image.Resampling.NEAREST)
    except (UnidentifiedImageError, OSError):
        return set()
    pixels = list(image.get_flattened_data())
    counts = [sum(_near(pixel, colour) for pixel in pixels) for colour in COLOURS]
    return {number // 2 for number, count in enumerate(counts) if count * 5 >= len(pixels)}


def _near(one, other) -> bool:
    return all(abs(a - b) <= FAR for a, b in zip(one, other, strict=True))
