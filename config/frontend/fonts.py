"""Cut the packages' font style sheets down to what pages use. Pure but for reading the files it is given.

A browser loads a font file only when a page holds a character of its unicode-range, so that a page with ten
Hán characters asks for a few files of 40 KB out of 4 MB. The Latin subsets are joined into one file a weight instead:
each Vietnamese page needs all of them, and a word whose letters lie in three files is shaped in three pieces.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

LATIN = ("vietnamese", "latin-ext", "latin")
HAN_FROM = 0x2E80  # radicals, kana and ideographs begin here; below it the Latin fonts serve

FACE = re.compile(r"/\*\s*(?P<name>[^*]+?)\s*\*/\s*@font-face\s*\{(?P<body>[^}]*)\}", re.S)
SOURCE = re.compile(r"url\(\./files/([\w.-]+\.woff2)\)")
RANGE = re.compile(r"unicode-range:\s*([^;]+);")


@dataclass(frozen=True)
class Font:
    """One font of one package: the family's name, the style sheets (weights) and the subsets wanted.

    `subsets` is None for a font that is split by ranges, of which all pieces are kept.
    """

    package: str
    family: str
    weights: tuple[str, ...]
    subsets: tuple[str, ...] | None = LATIN


# The order of the Hán fonts is the order in which they are asked: HK adds the Nôm and the rare characters
# that TC lacks (鐄 of 擺葛鐄, Bãi Cát Vàng, among them). Nôm of Extension B beyond both: fonts-hanazono, to come.
FONTS = (
    Font("@fontsource/be-vietnam-pro", "Be Vietnam Pro", ("400", "500", "600")),
    Font("@fontsource/noto-serif", "Noto Serif", ("400", "400-italic", "500")),
    Font("@fontsource/noto-serif-tc", "Noto Serif TC", ("400",), None),
    Font("@fontsource/noto-serif-hk", "Noto Serif HK", ("400",), None),
)


def parse_ranges(text: str) -> set[int]:
    """The code points of a unicode-range value: "U+1E00-1EFF,U+20AB"."""
    points: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().removeprefix("U+").removeprefix("u+").partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


def join_ranges(points) -> list[tuple[int, int]]:
    """Sorted, closed ranges of a set of code points."""
    ranges: list[list[int]] = []
    for point in sorted(points):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return [(first, last) for first, last in ranges]


def css_range(points) -> str:
    """A unicode-range value of a set of code points."""
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in join_ranges(points))


@dataclass(frozen=True)
class Face:
    """One @font-face: its file, weight, style and the code points it serves."""

    family: str
    file: str
    weight: str
    style: str
    points: frozenset

    def css(self) -> str:
        return (
            f"@font-face{{font-family:'{self.family}';font-style:{self.style};font-weight:{self.weight};"
            f"font-display:swap;src:url({self.file}) format('woff2');unicode-range:{css_range(self.points)}}}"
        )


def faces(font: Font, folder: Path, taken: set[int]) -> list[Face]:
    """The faces of a font wanted from its package folder, without the code points in `taken`.

    Raises FileNotFoundError when a style sheet is missing and ValueError when one has another shape than expected.
    """
    found = []
    for weight in font.weights:
        sheet = folder / f"{weight}.css"
        for match in FACE.finditer(sheet.read_text(encoding="utf-8")):
            name, body = match["name"], match["body"]
            if font.subsets is not None and not any(f"-{subset}-{weight[:3]}" in name for subset in _exact(font, name)):
                continue
            source, ranges = SOURCE.search(body), RANGE.search(body)
            if not source or not ranges:
                raise ValueError(f"{sheet}: a face without woff2 source or unicode-range: {name}")
            points = parse_ranges(ranges[1])
            if font.subsets is None:
                points = {point for point in points if point >= HAN_FROM} - taken
            if points:
                style = "italic" if weight.endswith("italic") else "normal"
                found.append(Face(font.family, source[1], weight[:3], style, frozenset(points)))
    if not found:
        raise ValueError(f"{folder}: no font face of the subsets {font.subsets}")
    return found


def _exact(font: Font, name: str) -> list[str]:
    """The wanted subset that a face's name states; "latin" must not match "latin-ext"."""
    stem = font.package.rsplit("/", 1)[1]
    return [subset for subset in font.subsets if re.match(rf"{stem}-{subset}-\d", name)]


def held(face: Face, file: Path) -> Face | None:
    """The face with the code points alone that its file has a glyph for; None without any.

    The packages' ranges name more: their files are cut by ranges made for the whole family.
    """
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        points = face.points & set(font.getBestCmap())
    return replace(face, points=frozenset(points)) if points else None


def join(faces_of_font: Iterable[Face], font: Font, folder: Path, target: Path) -> list[Face]:
    """Write one font file into `target` for all subsets of a weight, from those in `folder`; the joined faces.

    Raises FileNotFoundError, and ValueError where the subsets don't fit together.
    """
    from fontTools.merge import Merger, Options
    from fontTools.ttLib import TTLibError

    stem, weights = font.package.rsplit("/", 1)[1], defaultdict(list)
    for face in faces_of_font:
        weights[face.weight, face.style].append(face)
    joined = []
    for (weight, style), parts in weights.items():
        file = f"{stem}-{weight}-{style}.woff2"
        try:
            # STAT names the place of one subset in a family of variable fonts: nothing that a page asks for.
            whole = Merger(options=Options(drop_tables=["STAT"])).merge([str(folder / part.file) for part in parts])
        except (TTLibError, AssertionError, NotImplementedError) as error:
            raise ValueError(f"{file}: {error}") from error
        whole.flavor = "woff2"
        whole.save(target / file)
        joined.append(Face(font.family, file, weight, style, frozenset().union(*(part.points for part in parts))))
    return joined
