"""What a header tells, and what is wrong with it."""

from dataclasses import dataclass, field

# Bytes that decoding may have to hold at once; more is refused from the header.
MEMORY = 512 * 1024**2
# Larger than any profile of a scanner or press; what is larger is a bomb.
MOST_PROFILE = 16 * 1024**2


class Damaged(ValueError):
    """The structure of the file ends or contradicts itself."""


class TooHungry(ValueError):
    """Decoding this layout takes more memory at once than there may be."""


class Unknown(ValueError):
    """A layout within an accepted format that nothing here decodes; str() names it."""


@dataclass(frozen=True)
class Page:
    """width, height: pixels as stored; orientation: EXIF's 1 to 8; layer: which image of the file, from 0."""

    width: int
    height: int
    orientation: int = 1
    layer: int = 0

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height once the orientation is applied."""
        return (self.height, self.width) if self.orientation >= 5 else (self.width, self.height)


@dataclass(frozen=True)
class Header:
    """pages in order; technical: see media.technical; end: where the image's bytes end."""

    pages: list[Page]
    technical: dict = field(default_factory=dict)
    end: int = 0


def sized(width: int, height: int) -> None:
    """Raises Damaged for an image without pixels."""
    if width <= 0 or height <= 0:
        raise Damaged("an image without pixels")


def hungry(size: int) -> None:
    """Raises TooHungry for so many bytes at once."""
    if size > MEMORY:
        raise TooHungry(f"{size} bytes at once")


def line(text: str) -> str:
    """One line fit for a page: at most 200 characters, no control characters."""
    return "".join(c if c.isprintable() else " " for c in text).strip()[:200].strip()
