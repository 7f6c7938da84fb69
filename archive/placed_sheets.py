"""Sheets that have a place on the earth, as editions say it: their IIIF Georeference annotations, what a page needs to
lay them on the basemap, and their outline on a drawn chart. Pure.

Source: https://iiif.io/api/extension/georef/ (1.0): FeatureCollection of control points with resourceCoords, section 3;
transformation, 3.4; SvgSelector of the mask, 3.3.
"""

from media import control_points
from media.basemap.build import WORLD
from media.basemap.projection import Frame
from media.basemap.svg import EAST_SEA
from media.control_points import Pair

from .addresses import Addresses
from .display import number
from .vocabulary import both

CONTEXT = ["http://iiif.io/api/extension/georef/1/context.json", "http://iiif.io/api/presentation/3/context.json"]
TRANSFORMATIONS = {
    "affine": {"type": "polynomial", "options": {"order": 1}},
    "polynomial2": {"type": "polynomial", "options": {"order": 2}},
    "thinPlateSpline": {"type": "thinPlateSpline"},
}
CHART = 1560  # units wide, as media.basemap draws its charts
SHAPE = 16 / 10


def km(error: float | None, lang: str) -> str:
    """0.35 → "0,35 km"; from 10 on in tenths. "–" where it can't be told."""
    return "–" if error is None else f"{number(error, lang, 2 if error < 10 else 1)} km"


def placed(document: dict) -> list[tuple[int, dict]]:
    """(number counted from 1, scan) of the scans that have a place."""
    return [(number, scan) for number, scan in enumerate(document["scans"], start=1) if scan["georeference"]]


def annotation_page(document: dict, index: int, base: str) -> dict:
    """AnnotationPage with the georeference of one scan. Raises IndexError where it has none."""
    scan = dict(placed(document))[index] if index in dict(placed(document)) else None
    if scan is None:
        raise IndexError(index)
    addresses = Addresses(base)
    address = addresses.georeference(document["identifier"], index)
    item = _annotation(scan, f"{address}#1", document["identifier"], index, addresses)
    return {"@context": CONTEXT, "id": address, "type": "AnnotationPage", "items": [item]}


def _annotation(scan: dict, address: str, identifier: str, index: int, addresses: Addresses) -> dict:
    said = scan["georeference"]
    canvas = {"id": addresses.canvas(identifier, index), "type": "Canvas"}
    manifest = {"id": addresses.manifest(identifier), "type": "Manifest"}
    corners = " ".join(f"{x},{y}" for x, y in said["mask"])
    return {
        "id": address,
        "type": "Annotation",
        "motivation": "georeferencing",
        "target": {
            "type": "SpecificResource",
            "source": {
                "id": addresses.image(scan["image"]),
                "type": "ImageService3",
                "width": scan["width"],
                "height": scan["height"],
                "partOf": [canvas | {"partOf": [manifest]}],
            },
            "selector": {
                "type": "SvgSelector",
                "value": f'<svg width="{scan["width"]}" height="{scan["height"]}"><polygon points="{corners}" /></svg>',
            },
        },
        "body": {
            "type": "FeatureCollection",
            "transformation": TRANSFORMATIONS[said["transformation"]],
            "features": [
                {
                    "type": "Feature",
                    "properties": {"resourceCoords": point["pixel"]}
                    | ({"label": point["label"]} if point["label"] else {}),
                    "geometry": {"type": "Point", "coordinates": point["lonlat"]},
                }
                for point in said["points"]
            ],
        },
    }


def mesh(document: dict, index: int) -> dict:
    """How a page bends the sheet, see media.control_points.mesh. Raises IndexError where the scan has no place."""
    scan = dict(placed(document)).get(index)
    if scan is None:
        raise IndexError(index)
    said = scan["georeference"]
    pairs = tuple(Pair(*point["pixel"], *point["lonlat"]) for point in said["points"])
    return control_points.mesh(pairs, said["transformation"], (scan["width"], scan["height"]))


def for_map(document: dict, number: int, scan: dict, images, lang: str) -> dict:
    """What on-earth.js needs of a sheet. "mask": shares of its width and height; "footprint": [lon, lat], …; "page":
    the scan's number, counted from 1."""
    said = scan["georeference"]
    return {
        "service": images.service(scan["image"]),
        "mesh": f"/iiif/presentation/{document['identifier']}/georeference/{number}/mesh.json",
        "mask": [[round(x / scan["width"], 6), round(y / scan["height"], 6)] for x, y in said["mask"]],
        "footprint": said["footprint"],
        "page": number,
        "label": both(scan["label"], lang) or str(number),
        "title": both(document["title"], lang),
    }


def figure(footprint: list, lang: str) -> dict:
    """The outline on a drawn chart, for a page without scripts: {"chart", "width", "height", "view", "points"}.

    The East Sea's chart where the outline lies on it, else the world's; `view` is the part to show, as a viewBox.
    """
    lons, lats = [point[0] for point in footprint], [point[1] for point in footprint]
    west, south, east, north = EAST_SEA
    near = west <= min(lons) and max(lons) <= east and south <= min(lats) and max(lats) <= north
    frame = Frame(EAST_SEA if near else WORLD, CHART)
    points = [frame.xy((lon, max(-84, min(84, lat)))) for lon, lat in footprint]
    return {
        "chart": f"vendor/basemap/chart-{lang}.svg" if near else "vendor/basemap/world.svg",
        "width": CHART,
        "height": round(frame.height),
        "view": " ".join(f"{side:.0f}" for side in _view(points, frame)),
        "points": " ".join(f"{x:.1f},{y:.1f}" for x, y in points),
    }


def _view(points, frame: Frame) -> tuple[float, float, float, float]:
    """A box of SHAPE around the points with room on each side, kept on the chart."""
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    wide = 1.35 * max(max(xs) - min(xs), (max(ys) - min(ys)) * SHAPE, 120)
    wide = min(wide, frame.width, frame.height * SHAPE)
    high = wide / SHAPE
    left = min(max(0, (min(xs) + max(xs) - wide) / 2), frame.width - wide)
    top = min(max(0, (min(ys) + max(ys) - high) / 2), frame.height - high)
    return left, top, wide, high
