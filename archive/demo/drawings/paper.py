"""Grain, and the line that says what the picture is."""

import pyvips
from PIL import Image, ImageChops, ImageDraw

from archive.demo.drawings import NOTE
from archive.demo.drawings.letters import Face

GRAIN_EVERY = 6  # pixels of the picture for one of the noise


def grained(image: Image.Image, seed: int, depth: float = 9) -> Image.Image:
    """The picture on a paper with clouds; the same seed gives the same paper. depth: of 255."""
    width, height = image.width // GRAIN_EVERY + 1, image.height // GRAIN_EVERY + 1
    clouds = pyvips.Image.perlin(width, height, cell_size=64, seed=seed) * depth
    fibres = pyvips.Image.gaussnoise(width, height, sigma=depth / 5, mean=0, seed=seed)
    values = (clouds + fibres + (255 - depth)).cast("uchar")
    noise = Image.frombytes("L", (width, height), values.write_to_memory())
    noise = noise.resize(image.size, Image.Resampling.BILINEAR)
    return ImageChops.multiply(image, Image.merge("RGB", (noise, noise, noise)))


def stamp_note(image: Image.Image, left: float, bottom: float, unit: float, ground="#14213D", ink="#FBF8F1") -> float:
    """Print the note on a dark band, its lower left corner at (left, bottom); gives the band's right end."""
    pen = ImageDraw.Draw(image)
    face = Face("sans-medium", 26 * unit)
    words = f"{NOTE['vi']} / {NOTE['en']}"
    width, pad = face.width(words), 22 * unit
    pen.rectangle((left, bottom - 58 * unit, left + width + 2 * pad, bottom), fill=ground)
    face.draw(pen, left + pad, bottom - 20 * unit, words, ink)
    return left + width + 2 * pad
