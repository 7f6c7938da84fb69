"""Names on a chart: where they fit beside their points; the degree scale; the compass rose."""

import math
from dataclasses import dataclass

from PIL import ImageColor, ImageDraw

from archive.demo.drawings.letters import Face


@dataclass(frozen=True)
class Name:
    """A name at [lon, lat]. han: its Hán form, set beside it; kind: "record" (the record gives it), "area" (the same,
    of an archipelago), "today" (the gazetteer's, small); key: the place's."""

    text: str
    point: tuple
    han: str = ""
    kind: str = "record"
    key: str = ""


class Taken:
    """Boxes on the sheet that hold something already."""

    def __init__(self):
        self.boxes: list[tuple] = []

    def add(self, box) -> None:
        self.boxes.append(box)

    def free(self, box) -> bool:
        return not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in self.boxes
        )


def mixed(colour: str, ground: str, share: float) -> tuple[int, int, int]:
    """`colour` laid on `ground` with an opacity of `share`."""
    pairs = zip(ImageColor.getrgb(colour), ImageColor.getrgb(ground), strict=True)
    return tuple(round(a * share + b * (1 - share)) for a, b in pairs)


def steps(low: float, high: float, step: int) -> range:
    return range(math.ceil(low / step) * step, math.floor(high) + 1, step)


SIZES = {"record": ("italic", 38), "area": ("italic", 46), "today": ("sans", 7.5)}


def place(pen, frame, name: Name, sheet, unit: float, taken: Taken) -> tuple | None:
    """Set a name where it touches nothing, nearest first; a name of today that fits nowhere is left out.

    Out: where it stands, (left, top, right, bottom) in pixels, or None.
    """
    x, y = frame.xy(name.point)
    if not (frame.left <= x <= frame.left + frame.width and frame.top <= y <= frame.top + frame.height):
        return None
    style, size = SIZES[name.kind]
    face = Face(style, size * unit)
    above = Face("serif", size * unit * (1.35 if sheet.han_first else 0.95)) if name.han else None
    width = max(face.width(name.text), above.width(name.han) if above else 0)
    high = face.size * 1.02 + (above.size * 1.12 if above else 0)
    box = _spot(frame, (x, y), width, high, name.kind, unit, taken)
    if box is None:
        return None
    taken.add(box)
    _dot(pen, (x, y), name, sheet, unit)
    middle, base = (box[0] + box[2]) / 2, box[3] - face.size * 0.24
    _set(face, pen, middle, base, name.text, sheet, unit, name.kind)
    if above:
        _set(above, pen, middle, base - face.size * 0.98, name.han, sheet, unit, name.kind)
    return box


def _set(face, pen, middle, base, text, sheet, unit, kind) -> None:
    """Letters on a thin rim of the sea's colour, so that lines don't run through them."""
    left = middle - face.width(text) / 2
    rim = 2.2 * unit if kind != "today" else 0.7 * unit
    for step in range(8):
        angle = step * math.pi / 4
        face.draw(pen, left + rim * math.cos(angle), base + rim * math.sin(angle), text, sheet.sea)
    face.draw(pen, left, base, text, sheet.name)


def _spot(frame, point, width, high, kind, unit, taken: Taken):
    x, y = point
    for far in (14, 40, 78, 130, 200) if kind != "today" else (5, 9, 14):
        far *= unit
        spots = [
            (x + far, y - high / 2),
            (x - far - width, y - high / 2),
            (x - width / 2, y - far - high),
            (x - width / 2, y + far),
            (x + far * 0.7, y + far * 0.7),
            (x + far * 0.7, y - far * 0.7 - high),
            (x - far * 0.7 - width, y - far * 0.7 - high),
            (x - far * 0.7 - width, y + far * 0.7),
        ]
        if kind == "area":
            spots = spots[2:4] + spots[:2] + spots[4:]
        for left, top in spots:
            box = (left, top, left + width, top + high)
            inside = (
                box[0] > frame.left + 12 * unit
                and box[1] > frame.top + 12 * unit
                and box[2] < frame.left + frame.width - 12 * unit
                and box[3] < frame.top + frame.height - 12 * unit
            )
            if inside and taken.free(box):
                return box
    return None


def _dot(pen, point, name: Name, sheet, unit: float) -> None:
    if name.kind != "record":
        return
    x, y = point
    radius = 5 * unit
    box = (x - radius, y - radius, x + radius, y + radius)
    pen.ellipse(box, fill=sheet.accent, outline=sheet.coast, width=max(1, round(unit)))


def degree_scale(pen, frame, sheet, unit: float, band: float) -> None:
    """Turns of dark and light along the border, one a degree (or five), with figures at the graticule."""
    west, south, east, north = frame.box
    step = 1 if east - west <= 30 else 5
    left, top = frame.left, frame.top
    right, bottom = left + frame.width, top + frame.height
    for lon in range(math.floor(west), math.ceil(east) + 1):
        if (lon // step) % 2 == 0 and lon % step == 0:
            a, b = (min(max(frame.xy((end, south))[0], left), right) for end in (lon, lon + step))
            for edge in (top - band, bottom):
                pen.rectangle((a, edge, b, edge + band), fill=sheet.coast)
    for lat in range(math.floor(south), math.ceil(north) + 1):
        if (lat // step) % 2 == 0 and lat % step == 0:
            ends = (frame.xy((west, min(max(end, south), north)))[1] for end in (lat + step, lat))
            a, b = (min(max(end, top), bottom) for end in ends)
            for edge in (left - band, right):
                pen.rectangle((edge, a, edge + band, b), fill=sheet.coast)
    face = Face("serif", 19 * unit)
    shown = sheet.graticule * (2 if sheet.graticule == 1 and east - west > 12 else 1)
    for lon in steps(west, east, shown):
        x = frame.xy((lon, south))[0]
        if left + 40 * unit < x < right - 40 * unit:
            face.centred(pen, x, top + 26 * unit, f"{lon}°", sheet.coast)
    for lat in steps(south, north, shown):
        y = frame.xy((west, lat))[1]
        if top + 40 * unit < y < bottom - 40 * unit:
            face.draw(pen, left + 9 * unit, y - 6 * unit, f"{abs(lat)}°", sheet.coast)


def rose(image, centre, sheet, unit: float) -> None:
    """A compass rose of sixteen points where the rhumb lines meet."""
    pen = ImageDraw.Draw(image)
    x, y = centre
    for points, reach, colours in (
        (8, 66, (sheet.shade, sheet.paper)),
        (4, 104, (sheet.accent, sheet.paper)),
    ):
        shift = math.pi / 4 if points == 8 else 0
        for step in range(points):
            angle = step * 2 * math.pi / points + (shift if points == 8 else 0) - math.pi / 2
            tip = (x + reach * unit * math.cos(angle), y + reach * unit * math.sin(angle))
            for side, colour in ((-1, colours[0]), (1, colours[1])):
                turn = angle + side * math.pi / points
                waist = (x + 22 * unit * math.cos(turn), y + 22 * unit * math.sin(turn))
                pen.polygon([(x, y), tip, waist], fill=colour, outline=sheet.coast)
    for radius in (118, 126):
        box = (x - radius * unit, y - radius * unit, x + radius * unit, y + radius * unit)
        pen.ellipse(box, outline=sheet.coast, width=max(1, round(1.4 * unit)))
