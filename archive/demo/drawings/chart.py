"""A chart for a map's record: coast from Natural Earth, names of the record where the gazetteer places them.

No border is drawn. Without the land's file the sheet shows its graticule and its names.
"""

import math
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from archive.demo.drawings import labels, paper, shore
from archive.demo.drawings.letters import Face, fitting
from archive.demo.drawings.palette import INK_SOFT, Sheet
from media.basemap import land
from media.basemap.projection import Frame, fitted

WIDTH = 2400  # units of a sheet; a unit is a pixel of the usual size
MARGIN, FOOT = 90, 350
LOWEST, HIGHEST = 0.62, 1.18  # height : width of the map itself


@dataclass
class Chart:
    """What a chart shows. box: [west, south, east, north]; names: see archive.demo.drawings.labels.Name;
    marks: [lon, lat] of islands; others: names without a place; legend: what small names are."""

    identifier: str
    title: dict
    title_original: str
    date: dict
    box: tuple
    names: list = field(default_factory=list)
    marks: list = field(default_factory=list)
    others: list = field(default_factory=list)
    legend: str = ""
    seed: int = 1


def draw(chart: Chart, sheet: Sheet, width: int = WIDTH, height: int = 0, placed: list | None = None) -> Image.Image:
    """Draw a chart `width` pixels wide, and `height` high if that is given.

    placed: gets (name, (left, top, right, bottom) in pixels) of each name that was set.
    """
    unit = width / WIDTH
    frame = _frame(chart, unit, width, height)
    full = height or round(frame.top + frame.height + FOOT * unit)
    image = paper.grained(_map(frame, sheet, unit, (width, full)), chart.seed)
    set_names = _lettering(image, frame, chart, sheet, unit)
    if placed is not None:
        placed += set_names
    _border(image, frame, sheet, unit)
    _foot(image, frame, chart, sheet, unit)
    return image


def controls(chart: Chart, size: tuple[int, int], fixed: bool = False) -> tuple[list, list]:
    """Where the drawing itself says that it lies: whole degrees [(x, y, lon, lat), …], and the corners of its map
    [(x, y), …], in pixels of a drawing of `size`; fixed: its height was given."""
    frame = _frame(chart, size[0] / WIDTH, size[0], size[1] if fixed else 0)
    west, south, east, north = frame.box
    points = []
    for lat in _whole(south, north):
        points += [(*frame.xy((lon, lat)), lon, lat) for lon in _whole(west, east)]
    right, bottom = frame.left + frame.width, frame.top + frame.height
    return points, [(frame.left, frame.top), (right, frame.top), (right, bottom), (frame.left, bottom)]


def _whole(low: float, high: float) -> list[int]:
    """Three whole degrees: near both ends and halfway."""
    first, last = math.ceil(low + 0.2), math.floor(high - 0.2)
    return [first, (first + last) // 2, last]


def _frame(chart: Chart, unit: float, width: int, height: int) -> Frame:
    inside = width - 2 * MARGIN * unit
    if height:
        ratio = (height - (MARGIN + FOOT) * unit) / inside
        box = fitted(chart.box, ratio, ratio)
    else:
        box = fitted(chart.box, LOWEST, HIGHEST)
    return Frame(box, inside, MARGIN * unit, MARGIN * unit)


def _map(frame: Frame, sheet: Sheet, unit: float, size: tuple[int, int]) -> Image.Image:
    """Sea, lines, coast; everything outside the frame is paper."""
    image = Image.new("RGB", size, sheet.sea)
    sharp = 2 if size[0] <= 3000 else 1
    rings = [[frame.xy(point) for point in ring] for ring in land.within(frame.box, 1)]
    rings = [ring for ring in (land.simplified(ring, 0.3) for ring in rings) if len(ring) > 2]
    shape = shore.mask(size, rings, sharp)
    if sheet.rhumbs:
        _rhumbs(image, frame, sheet, unit)
    image.paste(sheet.shade, (0, 0), shore.WATERS[sheet.water](shape, unit))
    image.paste(sheet.land, (0, 0), shape)
    image.paste(sheet.coast, (0, 0), shore.coastline(size, rings, 2.1 * unit, sharp))
    _graticule(ImageDraw.Draw(image), frame, sheet, unit)
    outside = Image.new("L", size, 255)
    box = (frame.left, frame.top, frame.left + frame.width, frame.top + frame.height)
    ImageDraw.Draw(outside).rectangle(box, fill=0)
    image.paste(sheet.paper, (0, 0), outside)
    return image


def _rhumbs(image: Image.Image, frame: Frame, sheet: Sheet, unit: float) -> None:
    veil = Image.new("L", (image.width // 2, image.height // 2))
    pen = ImageDraw.Draw(veil)
    x, y = (part / 2 for part in _rose(frame))
    reach = veil.width + veil.height
    for step in range(32):
        angle = math.pi * step / 16
        end = (x + reach * math.cos(angle), y + reach * math.sin(angle))
        pen.line((x, y, *end), fill=105 if step % 4 == 0 else 55, width=max(1, round(0.9 * unit)))
    image.paste(sheet.rhumb, (0, 0), veil.resize(image.size, Image.Resampling.BILINEAR))


def _rose(frame: Frame) -> tuple[float, float]:
    """Where the rhumb lines meet: in the East Sea, or on a sheet of half the world east of the islands."""
    west, south, east, north = frame.box
    if east - west < 40 and west < 112.3 < east and south < 12.6 < north:
        return frame.xy((112.3, 12.6))
    return frame.left + frame.width * 0.845, frame.top + frame.height * 0.62


def _graticule(pen, frame: Frame, sheet: Sheet, unit: float) -> None:
    if not sheet.graticule:
        return
    west, south, east, north = frame.box
    colour, line = labels.mixed(sheet.coast, sheet.sea, 0.22), max(1, round(0.9 * unit))
    for lon in labels.steps(west, east, sheet.graticule):
        pen.line((*frame.xy((lon, south)), *frame.xy((lon, north))), fill=colour, width=line)
    for lat in labels.steps(south, north, sheet.graticule):
        pen.line((*frame.xy((west, lat)), *frame.xy((east, lat))), fill=colour, width=line)


def _lettering(image, frame: Frame, chart: Chart, sheet: Sheet, unit: float) -> list[tuple]:
    pen = ImageDraw.Draw(image)
    taken = labels.Taken()
    if sheet.rose:
        labels.rose(image, _rose(frame), sheet, unit)
    radius = min(max(4.2, frame.scale / unit / 26), 9) * unit
    if chart.legend:  # a large sheet, to be seen closely
        radius = 2.6 * unit
    for point in chart.marks:
        x, y = frame.xy(point)
        if frame.left < x < frame.left + frame.width and frame.top < y < frame.top + frame.height:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), sheet.mark, sheet.coast, max(1, round(unit)))
            taken.add((x - radius, y - radius, x + radius, y + radius))
    _cartouche(image, frame, chart, sheet, unit, taken)
    boxes = [(name, labels.place(pen, frame, name, sheet, unit, taken)) for name in chart.names]
    return [(name, box) for name, box in boxes if box]


def _cartouche(image, frame: Frame, chart: Chart, sheet: Sheet, unit: float, taken) -> None:
    """The original title in Hán on a slip, set from top to bottom, in the first corner where no island lies."""
    text = "".join(letter for letter in chart.title_original if ord(letter) >= 0x2E80)
    if not text:
        return
    pen, size = ImageDraw.Draw(image), 74 * unit
    face = Face("serif", size)
    wide, high = 128 * unit, (len(text) * 1.12 * size) + 70 * unit
    gap = 54 * unit
    far, low = frame.left + frame.width - gap - wide, frame.top + frame.height - gap - high
    corners = [(far, frame.top + gap), (far, low), (frame.left + gap, frame.top + gap)]
    left, top = next((c for c in corners if taken.free((*c, c[0] + wide, c[1] + high))), corners[-1])
    right = left + wide
    box = (left, top, right, top + high)
    pen.rectangle(box, fill=sheet.paper, outline=sheet.coast, width=max(1, round(2 * unit)))
    inner = 9 * unit
    edges = (box[0] + inner, box[1] + inner, box[2] - inner, box[3] - inner)
    pen.rectangle(edges, outline=sheet.coast, width=max(1, round(unit)))
    face.vertical(pen, right - wide / 2, top + 34 * unit, text, sheet.name)
    taken.add(box)


def _border(image, frame: Frame, sheet: Sheet, unit: float) -> None:
    """A neat line and, outside it, a scale of degrees in turns of dark and light."""
    pen = ImageDraw.Draw(image)
    left, top = frame.left, frame.top
    right, bottom = left + frame.width, top + frame.height
    band, line = 15 * unit, max(1, round(2 * unit))
    if sheet.graticule:
        labels.degree_scale(pen, frame, sheet, unit, band)
    for out in (0, band):
        pen.rectangle((left - out, top - out, right + out, bottom + out), outline=sheet.coast, width=line)
    out = band + 9 * unit
    edge = max(1, round(4 * unit))
    pen.rectangle((left - out, top - out, right + out, bottom + out), outline=sheet.coast, width=edge)


def _foot(image, frame: Frame, chart: Chart, sheet: Sheet, unit: float) -> None:
    """Title and date below the map, what the picture is, and where the coast is from."""
    pen = ImageDraw.Draw(image)
    left, right = frame.left - 24 * unit, frame.left + frame.width + 24 * unit
    y = frame.top + frame.height + 124 * unit
    date_face = Face("serif", 44 * unit)
    room = (right - left) * 0.66
    face, lines = fitting("serif-medium", chart.title["vi"], room, 68 * unit, 36 * unit, 1)
    face.draw(pen, left, y, lines[0], sheet.name)
    date_face, dates = fitting("serif", chart.date["vi"], (right - left) * 0.3, 44 * unit, 24 * unit, 1)
    date_face.right(pen, right, y, dates[0], sheet.accent)
    y += 62 * unit
    face, lines = fitting("italic", chart.title["en"], room, 40 * unit, 26 * unit, 1)
    face.draw(pen, left, y, lines[0], INK_SOFT)
    date_face, dates = fitting("italic", chart.date["en"], (right - left) * 0.3, 32 * unit, 20 * unit, 1)
    date_face.right(pen, right, y, dates[0], INK_SOFT)
    small = Face("sans", 22 * unit)
    bottom = image.height - 62 * unit
    end = paper.stamp_note(image, left, bottom, unit)
    words = "Đường bờ / coast: Natural Earth 1:10m"
    if chart.others:
        words = f"Bản ghi còn nêu / also named: {', '.join(chart.others)} · {words}"
    if chart.legend:
        words = f"{chart.legend} · {words}"
    line = small.lines(words, right - end - 40 * unit)
    for order, part in enumerate(line[-2:]):
        small.right(pen, right, bottom - (8 + 30 * (len(line[-2:]) - 1 - order)) * unit, part, INK_SOFT)
