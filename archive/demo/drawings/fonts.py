"""Where the drawings' fonts are: as the front-end build joins them, or in the pieces that npm installs.

FreeType reads WOFF2 itself, so that no font of the system is needed and none is converted.
"""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent.parent.parent
BUILT = ROOT / "static" / "vendor" / "fonts"
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


class NoFonts(FileNotFoundError):
    """The front-end packages that bring the fonts aren't installed (npm ci)."""


@cache
def _pieces(name: str) -> tuple[Path, ...]:
    """The files of a font: one as built, else the subsets as installed."""
    paths = []
    for package, style in NAMES[name]:
        built = BUILT / f"{package}-{style}.woff2"
        files = ROOT / "node_modules" / "@fontsource" / package / "files"
        found = [built] if built.is_file() else [files / f"{package}-{subset}-{style}.woff2" for subset in SUBSETS]
        if not all(path.is_file() for path in found):
            raise NoFonts(f"{built.name}: npm ci")
        paths += found
    return tuple(paths)


@cache
def _letters(path: Path) -> frozenset[int]:
    return frozenset(TTFont(path, lazy=True).getBestCmap())


@cache
def _han_pieces() -> tuple[Path, ...]:
    found = []
    for package in HAN:
        for folder in (BUILT, ROOT / "node_modules" / "@fontsource" / package / "files"):
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
