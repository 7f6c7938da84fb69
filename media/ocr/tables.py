"""tesseract's table of words (its "tsv" output) becomes lines with word boxes. Pure.

The columns are those of TessBaseAPI::GetTSVText in tesseract 4 and 5: level, page_num, block_num, par_num, line_num,
word_num, left, top, width, height, conf, text. Rows of level 5 are words; they stand in reading order.
"""

import re
import unicodedata
from dataclasses import dataclass

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
WORD = "5"
MOST_WORDS = 200_000  # of one picture
LONGEST = 400  # characters of a word
# What a line must reach, of 100, to be kept: below it come shores, hatching and stains that were taken for letters.
LEAST = 20.0

# Scripts that are written without spaces between words.
_UNSPACED = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
_HAN = re.compile("[\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


class Unreadable(ValueError):
    """The program wrote something else than its table."""


@dataclass(frozen=True)
class Word:
    """box: x, y, width, height in pixels of the picture; confidence 0 to 100."""

    text: str
    box: tuple[float, float, float, float]
    confidence: float


@dataclass(frozen=True)
class Line:
    """A line of text: its words in reading order, at least one."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return joined([word.text for word in self.words])

    @property
    def box(self) -> tuple[float, float, float, float]:
        return around([word.box for word in self.words])

    @property
    def confidence(self) -> float:
        """The mean of its words', long words counting more."""
        letters = sum(len(word.text) for word in self.words)
        return round(sum(word.confidence * len(word.text) for word in self.words) / letters, 1)


def read(table: str, width: int, height: int) -> list[Line]:
    """Lines of a table about a picture of `width` × `height` pixels, in reading order. Raises Unreadable."""
    rows = table.replace("\r\n", "\n").split("\n")
    if rows[0].strip("\ufeff") != HEADER:
        raise Unreadable("no header")
    lines: dict[tuple, list[Word]] = {}
    count = 0
    for row in rows[1:]:
        if not row:
            continue
        cells = row.split("\t", 11)
        if len(cells) < 11:
            raise Unreadable(row[:80])
        if cells[0] != WORD or len(cells) < 12:
            continue
        count += 1
        if count > MOST_WORDS:
            raise Unreadable(f"more than {MOST_WORDS} words")
        if word := _word(cells, width, height):
            lines.setdefault(tuple(cells[1:5]), []).append(word)
    found = [Line(tuple(words)) for words in lines.values()]
    return [line for line in found if line.confidence >= LEAST and any(c.isalnum() for c in line.text)]


def _word(cells: list[str], width: int, height: int) -> Word | None:
    try:
        x, y, wide, high = (int(cell) for cell in cells[6:10])
        confidence = float(cells[10])
    except ValueError as error:
        raise Unreadable("\t".join(cells)[:80]) from error
    if not 0 <= confidence <= 100:
        return None  # -1: no text; "nan" is neither
    text = clean(cells[11])
    left, top = max(0, min(x, width)), max(0, min(y, height))
    right, bottom = max(left, min(x + wide, width)), max(top, min(y + high, height))
    if not text or right == left or bottom == top:
        return None
    return Word(text, (left, top, right - left, bottom - top), round(confidence, 1))


def clean(text: str) -> str:
    """A word as it is stored: at most LONGEST characters of clean_line."""
    return clean_line(text)[:LONGEST]


def clean_line(text: str) -> str:
    """Composed (NFC), without control and format characters, spaces collapsed."""
    kept = "".join(c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else " " for c in text)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def joined(words: list[str]) -> str:
    """Words as a line: no space between two characters of a script that has none."""
    text = ""
    for word in words:
        close = text and _UNSPACED.match(text[-1]) and _UNSPACED.match(word[0])
        text += word if not text or close else f" {word}"
    return text


def is_han(text: str) -> bool:
    """Whether most of its letters are ideographs."""
    letters = [c for c in text if c.isalnum()]
    return bool(letters) and sum(1 for c in letters if _HAN.match(c)) * 2 > len(letters)


def around(boxes) -> tuple[float, float, float, float]:
    """The box (x, y, width, height) around boxes, of which there is at least one."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return (left, top, right - left, bottom - top)


def moved(line: Line, top: float, scale: float = 1.0) -> Line:
    """A line of a band, put where it stands on the sheet: the band began at `top` (pixels of the band's own scale),
    and one pixel of it is `scale` pixels of the sheet."""
    words = tuple(
        Word(word.text, (x * scale, (y + top) * scale, wide * scale, high * scale), word.confidence)
        for word, (x, y, wide, high) in ((word, word.box) for word in line.words)
    )
    return Line(words)
