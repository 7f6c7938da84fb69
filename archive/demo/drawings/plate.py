"""A typeset plate for a book, a paper or a photograph: what its record says, set as a title page; no more."""

from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from archive.demo.drawings import paper
from archive.demo.drawings.labels import mixed
from archive.demo.drawings.letters import Face, fitting
from archive.demo.drawings.palette import Plate

WIDTH, HEIGHT = 2400, 3200
MARGIN = 150  # to the outer frame
FRAME = 235  # from the edge to the text


@dataclass
class Leaf:
    """What a plate shows. han: characters for the slip, set from top to bottom; figure: large figures where there are
    none; facts: pairs of a label and a value; photograph: a mount stands where the picture would be."""

    identifier: str
    kind: dict
    title: dict
    date: dict
    description: dict
    original: str = ""
    han: str = ""
    figure: str = ""
    facts: list = field(default_factory=list)
    photograph: dict | None = None
    seed: int = 1


def draw(leaf: Leaf, plate: Plate) -> Image.Image:
    """Draw a plate of 2400 × 3200 pixels."""
    image = paper.grained(Image.new("RGB", (WIDTH, HEIGHT), plate.paper), leaf.seed, depth=7)
    pen = ImageDraw.Draw(image)
    _frame(pen, plate)
    left, right = FRAME + 45, WIDTH - FRAME - 45
    y = _head(pen, leaf, plate, left, right)
    if leaf.photograph:
        y = _mount(pen, leaf, plate, left, right, y)
    elif leaf.han:
        right = _slip(pen, leaf, plate, right)
    elif leaf.figure:
        _figure(pen, leaf, plate, right)
    y = _titles(pen, leaf, plate, left, right, y)
    y = _facts(pen, leaf, plate, left, right, y)
    _text(pen, leaf, plate, left, WIDTH - FRAME - 45, y)
    paper.stamp_note(image, left, HEIGHT - FRAME - 40, 1, ground=plate.ink)
    return image


def _frame(pen, plate: Plate) -> None:
    """Three lines and a small square at each corner."""
    for inset, width in ((MARGIN, 5), (MARGIN + 18, 2), (MARGIN + 62, 2)):
        pen.rectangle((inset, inset, WIDTH - inset, HEIGHT - inset), outline=plate.accent, width=width)
    near, far = MARGIN + 18, MARGIN + 62
    for x0, x1 in ((near, far), (WIDTH - far, WIDTH - near)):
        for y0, y1 in ((near, far), (HEIGHT - far, HEIGHT - near)):
            pen.rectangle((x0, y0, x1, y1), fill=plate.paper, outline=plate.accent, width=2)
            pen.rectangle((x0 + 13, y0 + 13, x1 - 13, y1 - 13), fill=plate.accent)


def _head(pen, leaf: Leaf, plate: Plate, left, right) -> float:
    face = Face("sans-medium", 34)
    y = FRAME + 105
    words = f"{leaf.kind['vi']} · {leaf.kind['en']}"
    face.draw(pen, left, y, words, plate.accent)
    pen.rectangle((left, y + 34, left + 120, y + 39), fill=plate.accent)
    return y + 60


def _slip(pen, leaf: Leaf, plate: Plate, right) -> float:
    """A title slip as on the cover of a stitched book; gives where the text beside it must end."""
    size = min(190, 1500 / len(leaf.han) / 1.12)
    wide = size * 1.75
    high = len(leaf.han) * size * 1.12 + size * 0.9
    top = FRAME + 75
    box = (right - wide, top, right, top + high)
    dark = sum(paper_light(plate.slip)) < 380
    pen.rectangle(box, fill=plate.slip, outline=plate.ink if not dark else plate.slip, width=2)
    rim = 14
    edges = (box[0] + rim, box[1] + rim, box[2] - rim, box[3] - rim)
    ink = plate.paper if dark else plate.ink
    pen.rectangle(edges, outline=ink, width=2)
    Face("serif", size).vertical(pen, (box[0] + box[2]) / 2, top + size * 0.48, leaf.han, ink)
    return right - wide - 90


def paper_light(colour: str) -> tuple[int, int, int]:
    return mixed(colour, colour, 1)


def _figure(pen, leaf: Leaf, plate: Plate, right) -> None:
    """The year in large pale figures behind the foot of the page's head."""
    face, lines = fitting("serif", leaf.figure, (WIDTH - 2 * FRAME - 90) * 0.7, 560, 180, 1)
    colour = mixed(plate.accent, plate.paper, 0.2)
    face.right(pen, right, FRAME + 105 + face.size * 0.72, lines[0], colour)


def _mount(pen, leaf: Leaf, plate: Plate, left, right, y) -> float:
    """An empty mount with its corners, and why no picture lies in it."""
    top, bottom = y + 70, y + 960
    pen.rectangle((left, top, right, bottom), fill=mixed(plate.slip, plate.paper, 0.12), outline=plate.edge, width=3)
    inside = (left + 70, top + 70, right - 70, bottom - 70)
    pen.rectangle(inside, outline=plate.edge, width=2)
    reach = 120
    for x, step_x in ((inside[0], 1), (inside[2], -1)):
        for yy, step_y in ((inside[1], 1), (inside[3], -1)):
            pen.polygon([(x, yy), (x + reach * step_x, yy), (x, yy + reach * step_y)], fill=plate.accent)
    middle, line = (left + right) / 2, (top + bottom) / 2
    for lang, name, size, shift in (("vi", "serif", 52, -20), ("en", "italic", 44, 55)):
        face, lines = fitting(name, leaf.photograph[lang], right - left - 420, size, 28, 1)
        face.centred(pen, middle, line + shift, lines[0], plate.soft)
    return bottom + 20


def _titles(pen, leaf: Leaf, plate: Plate, left, right, y) -> float:
    if leaf.figure and not leaf.han and not leaf.photograph:
        y += 430
    face, lines = fitting("serif-medium", leaf.title["vi"], right - left, 104, 58, 5)
    y += 60 + face.size
    for line in lines:
        face.draw(pen, left, y, line, plate.ink)
        y += face.size * 1.24
    face, lines = fitting("italic", leaf.title["en"], right - left, 60, 40, 4)
    y += face.size * 0.55
    for line in lines:
        face.draw(pen, left, y, line, plate.soft)
        y += face.size * 1.34
    if leaf.original and not leaf.han:
        face, lines = fitting("serif", leaf.original, right - left, 46, 34, 3)
        y += face.size * 0.7
        for line in lines:
            face.draw(pen, left, y, line, plate.accent)
            y += face.size * 1.34
    return y


def _facts(pen, leaf: Leaf, plate: Plate, left, right, y) -> float:
    """Date and the record's other short facts, in two columns of label and value."""
    y += 30
    pen.rectangle((left, y, left + 260, y + 4), fill=plate.accent)
    y += 74
    small, value = Face("sans", 31), Face("serif", 40)
    for label, text in [({"vi": "Niên đại", "en": "Date"}, leaf.date["vi"]), *leaf.facts]:
        small.draw(pen, left, y, f"{label['vi']} / {label['en']}", plate.soft)
        lines = value.lines(text[:1].upper() + text[1:], right - left - 430)[:3]
        for line in lines:
            value.draw(pen, left + 430, y + 2, line, plate.ink)
            y += 56
        y += 16
    return y


def _text(pen, leaf: Leaf, plate: Plate, left, right, y) -> None:
    """The description, Vietnamese beside English, as much as there is room for."""
    y = max(y + 40, _slip_end(leaf) + 60)
    pen.line((left, y, right, y), fill=plate.edge, width=3)
    gap = 90
    wide = (right - left - gap) / 2
    room = HEIGHT - FRAME - 150 - (y + 90)
    for size in (50, 46, 42, 39, 36, 33, 30, 27):
        faces = {"vi": Face("serif", size), "en": Face("italic", size)}
        needed = max(len(faces[lang].lines(leaf.description[lang], wide)) for lang in faces) * size * 1.5
        if needed <= room:
            break
    most = max(3, int(room / (size * 1.5)))
    for lang, x in (("vi", left), ("en", left + wide + gap)):
        ink = plate.ink if lang == "vi" else plate.soft
        faces[lang].paragraph(pen, x, y + 90, leaf.description[lang], wide, ink, 1.5, most)


def _slip_end(leaf: Leaf) -> float:
    if not leaf.han or leaf.photograph:
        return 0
    size = min(190, 1500 / len(leaf.han) / 1.12)
    return FRAME + 75 + len(leaf.han) * size * 1.12 + size * 0.9
