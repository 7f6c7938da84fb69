"""Cut-outs: the part of a sheet around a place's written name, and the sizes at which it is asked for. Pure.

Lengths are pixels of the published scan, whose size already keeps to what its rights allow.
"""

from dataclasses import dataclass

ASPECT = 3 / 2  # width : height of every cut-out whose sheet is large enough
ROOM = 2.6  # a cut-out is at least so many times as wide and high as the name in it
CLOSE = 1.5  # the same where the cut-out is so small that the name alone can be read in it
LEAST = 420  # pixels wide, so that a small name keeps its surroundings and isn't blown up
SMALL = 240  # pixels wide: the small one beside the viewer, twice its size on the page
WIDTHS = (360, 540, 720, 1080, 1440)  # of srcset: what is asked for again and again is cut once


@dataclass(frozen=True)
class Cut:
    """A part of a sheet, and the name's region within it (`mark`: x, y, width, height from its upper left corner)."""

    x: int
    y: int
    width: int
    height: int
    mark: tuple[int, int, int, int]

    @property
    def iiif(self) -> str:
        """As a region of the IIIF Image API."""
        return f"{self.x},{self.y},{self.width},{self.height}"

    @property
    def widths(self) -> list[int]:
        """The widths offered, none larger than the cut-out's own pixels; never empty."""
        return [width for width in WIDTHS if width < self.width] + ([self.width] if self.width <= WIDTHS[-1] else [])


def cut_around(region, width: int, height: int, room: float = ROOM, least: int = LEAST) -> Cut:
    """The surroundings of `region` (x, y, width, height) on a sheet of width × height, moved inside its edges.

    room: how many times as wide and high as the region it is at least; least: its width in pixels at least.
    """
    x, y, wide, high = region
    cut_width = max(wide * room, high * room * ASPECT, least)
    cut_width = min(round(cut_width), width)
    cut_height = min(max(round(cut_width / ASPECT), high), height)
    if cut_width / cut_height > ASPECT:  # the sheet is too low: as wide as its height allows, and as the name needs
        cut_width = max(round(cut_height * ASPECT), wide)
    left = _inside(x + wide / 2 - cut_width / 2, width - cut_width)
    top = _inside(y + high / 2 - cut_height / 2, height - cut_height)
    return Cut(left, top, cut_width, cut_height, (x - left, y - top, wide, high))


def small_cut(region, width: int, height: int) -> tuple[Cut, int, int]:
    """A region close by, for a list, and the width and height in pixels to ask for; never more than there are."""
    cut = cut_around(region, width, height, room=CLOSE, least=1)
    asked = min(SMALL, cut.width)
    return cut, asked, max(1, round(asked * cut.height / cut.width))


def _inside(start: float, most: int) -> int:
    return max(0, min(round(start), most))


def address_of(page: int, region) -> str:
    """What follows an item's address to open its sheet at a region: page counted from 1, region in pixels."""
    return f"#page={page}&xywh={','.join(map(str, region))}"


def opening(document: dict, keys) -> str:
    """Where a document first writes a place of these keys, as a view in an address ("page=2&xywh=…"); else ""."""
    for page, scan in enumerate(document["scans"], start=1):
        for mention in scan["mentions"]:
            if mention["place"] in keys:
                return f"page={page}&xywh={','.join(map(str, mention['region']))}"
    return ""


def cut_out(document: dict, scan_index: int, number: int) -> dict:
    """What a page shows of one mention.

    In: an edition document; which of its scans, which of the scan's mentions (from 0). Out: the mention's own words
    and region; of the item its identifier, kind, title, date, institution; the place's name in it; of the scan its
    image and whether it is an illustration; `cut` (Cut) and `target` (address_of).
    """
    scan = document["scans"][scan_index]
    mention = scan["mentions"][number]
    return {
        **{name: document[name] for name in ("identifier", "kind", "title", "date", "institution")},
        **mention,
        "place_name": next((place["name"] for place in document["places"] if place["key"] == mention["place"]), None),
        "image": scan["image"],
        "illustration": scan["illustration"],
        "cut": cut_around(mention["region"], scan["width"], scan["height"]),
        "target": address_of(scan_index + 1, mention["region"]),
    }
