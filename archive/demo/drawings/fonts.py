"""Where the drawings' fonts are: the pieces of @fontsource, as the front-end build copies them or as npm installs them.

FreeType reads WOFF2 itself, so that no font of the system is needed and none is converted.
"""

import re
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent.parent.parent
HAN = ("noto-serif-tc", "noto-serif-hk")  # HK adds Nôm and rare characters
# name: the families to ask, in their order, each with weight and style
NAMES = {
    "serif": (("noto-serif", "400-normal"),),
    "italic": (("noto-serif", "400-italic"),),
    "serif-medium": (("noto-serif", "500-normal"),),
    "sans": (("be-vietnam-pro", "400-normal"),),
    "sans-medium": (("be-vietnam-pro", "500-normal"),),
}
SUBSETS = ("latin", "vietnamese", "latin-ext")
HAN_FROM = 0x2E80
RANGE = re.compile(r"url\(\./files/([\w.-]+\.woff2)\).*?unicode-range:\s*([^;]+);", re.S)


class NoFonts(FileNotFoundError):
    """The front-end packages that bring the fonts aren't installed (npm ci)."""


def _find(package: str, file: str) -> Path | None:
    places = (
        ROOT / "static" / "vendor" / "fonts" / file,
        ROOT / "node_modules" / "@fontsource" / package / "files" / file,
    )
    return next((path for path in places if path.is_file()), None)


@cache
def _pieces(name: str) -> tuple[Path, ...]:
    paths = []
    for package, style in NAMES[name]:
        for subset in SUBSETS:
            path = _find(package, f"{package}-{subset}-{style}.woff2")
            if path is None:
                raise NoFonts(f"{package}-{subset}-{style}.woff2: npm ci")
            paths.append(path)
    return tuple(paths)


@cache
def _letters(path: Path) -> frozenset[int]:
    return frozenset(TTFont(path, lazy=True).getBestCmap())


@cache
def _han_pieces() -> tuple[Path, ...]:
    found = []
    for package in HAN:
        for folder in (ROOT / "static" / "vendor" / "fonts", ROOT / "node_modules" / "@fontsource" / package / "files"):
            paths = sorted(folder.glob(f"{package}-*-400-normal.woff2"))
            if paths:
                found += paths
                break
    return tuple(found)


def holds(path: Path, letter: str) -> bool:
    return ord(letter) in _letters(path)


@cache
def piece(name: str, letter: str) -> Path | None:
    """The piece that holds a letter, Hán and Nôm from the Hán fonts whatever the name; None when none does."""
    pieces = _pieces(name) if ord(letter) < HAN_FROM else _han_pieces()
    return next((path for path in pieces if holds(path, letter)), None)
