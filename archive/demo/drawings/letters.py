"""Setting text with the site's own fonts: the pieces that @fontsource cuts a font into, as one font."""

from functools import cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

from archive.demo.drawings import fonts

PUNCTUATION = set(" .,;:!?()[]“”‘’\"'–-—/")


@cache
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


class Face:
    """A typeface at a size in pixels. Letters that no piece holds are left out and never drawn as boxes."""

    def __init__(self, name: str, size: float):
        self.name, self.size = name, max(1, round(size))

    def _runs(self, text: str):
        """Pieces of text with the font that holds them, as few as possible."""
        run, path = "", None
        for letter in text:
            found = path if path and fonts.holds(path, letter) else fonts.piece(self.name, letter)
            if found is None:
                continue
            if found != path and run:
                yield run, _font(path, self.size)
                run = ""
            run, path = run + letter, found
        if run:
            yield run, _font(path, self.size)

    def width(self, text: str, spacing: float = 0) -> float:
        return sum(font.getlength(run) for run, font in self._runs(text)) + spacing * max(0, len(text) - 1)

    def draw(self, pen: ImageDraw.ImageDraw, x: float, y: float, text: str, fill, spacing: float = 0) -> float:
        """Draw a line from x on the baseline y; gives the x behind it."""
        if spacing:
            for letter in text:
                for run, font in self._runs(letter):
                    pen.text((x, y), run, fill=fill, font=font, anchor="ls")
                    x += font.getlength(run) + spacing
            return x
        for run, font in self._runs(text):
            pen.text((x, y), run, fill=fill, font=font, anchor="ls")
            x += font.getlength(run)
        return x

    def centred(self, pen, x: float, y: float, text: str, fill, spacing: float = 0) -> None:
        self.draw(pen, x - self.width(text, spacing) / 2, y, text, fill, spacing)

    def right(self, pen, x: float, y: float, text: str, fill) -> None:
        self.draw(pen, x - self.width(text), y, text, fill)

    def lines(self, text: str, width: float) -> list[str]:
        """The text broken into lines no wider than `width`."""
        found, line = [], ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self.width(longer) > width:
                found.append(line)
                longer = word
            line = longer
        return found + [line] if line else found

    def paragraph(self, pen, x, y, text, width, fill, leading=1.5, most=99) -> float:
        """Draw a paragraph whose first baseline is y; gives the next one's. Cut text ends in "…"."""
        lines = self.lines(text, width)
        if len(lines) > most:
            lines = lines[:most]
            while lines[-1] and self.width(lines[-1] + " …") > width:
                lines[-1] = lines[-1].rpartition(" ")[0]
            lines[-1] += " …"
        for line in lines:
            self.draw(pen, x, y, line, fill)
            y += self.size * leading
        return y

    def vertical(self, pen, x: float, top: float, text: str, fill, leading: float = 1.12) -> float:
        """Set characters one under the other, centred on x; gives the lower end."""
        for letter in text:
            self.centred(pen, x, top + self.size * 0.88, letter, fill)
            top += self.size * leading
        return top


def fitting(name: str, text: str, width: float, size: float, smallest: float, most: int) -> tuple[Face, list[str]]:
    """The largest face up to `size` in which the text takes at most `most` lines, and those lines."""
    while True:
        face = Face(name, size)
        lines = face.lines(text, width)
        if size <= smallest or (len(lines) <= most and all(face.width(line) <= width for line in lines)):
            return face, face.lines(text, _balanced(face, text, width, len(lines)))
        size *= 0.94


def _balanced(face: Face, text: str, width: float, count: int) -> float:
    """The narrowest width, in steps, at which the text takes no more lines: none is left with a single word."""
    while count > 1 and len(face.lines(text, width * 0.96)) == count:
        width *= 0.96
    return width
