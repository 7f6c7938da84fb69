"""What the viewer of sheets is told of a document, and the cut-outs shown beside it. Pure."""

from .display import download_widths, public_width
from .vocabulary import both

PLAIN = 1600  # pixels wide: the picture below the tiles, and the whole of it without JavaScript
CUTOUT = (240, 160)  # pixels: twice its size on the page


def stage_data(document: dict, images, lang: str, private: bool = False) -> dict:
    """{"scans": [...]} for viewer.js: addresses, size in pixels and words of each scan, in order.

    A scan that is placed on the earth has its pairs of points, [x, y, longitude, latitude]; a public one the widths
    in pixels that are offered for download.
    """
    return {"scans": [_scan(scan, images, lang, private) for scan in document["scans"]]}


def _scan(scan: dict, images, lang: str, private: bool) -> dict:
    found = {
        "service": images.service(scan["image"]),
        "width": scan["width"],
        "height": scan["height"],
        "plain": images.thumbnail(scan["image"], min(PLAIN, public_width(scan))),
        "label": both(scan["label"], lang),
        "note": both(scan["note"], lang),
    }
    if not private:
        found["downloads"] = sizes(scan)
    if scan["georeference"]:
        found["affine"] = scan["georeference"]["transformation"] == "affine"
        found["points"] = [[*point["pixel"], *point["lonlat"]] for point in scan["georeference"]["points"]]
    return found


def sizes(scan: dict) -> list[int]:
    """Widths in pixels offered for download: the usual ones and, where rights set a limit, the largest allowed."""
    widths, limit = download_widths(scan), public_width(scan)
    return widths if limit in widths or not scan["max_width"] else [*widths, limit]


def cutout(scan: dict, region: list[int], size: tuple[int, int] = CUTOUT) -> dict:
    """The part of a scan around a region, in the shape of `size`: {"region": "x,y,w,h", "width", "height"}.

    In: region [x, y, w, h] in pixels of the scan. Out: a IIIF region with a margin of a quarter on each side, moved
    into the sheet where it would reach beyond; width and height in pixels to ask for, never more than there are.
    """
    x, y, width, height = region
    shape = size[0] / size[1]
    wide = max(width * 1.5, height * 1.5 * shape, 1)
    wide = int(min(wide, scan["width"], scan["height"] * shape)) or 1
    high = max(1, min(round(wide / shape), scan["height"]))
    left = min(max(0, x + (width - wide) // 2), scan["width"] - wide)
    top = min(max(0, y + (height - high) // 2), scan["height"] - high)
    asked = min(size[0], wide)
    return {
        "region": f"{left},{top},{wide},{high}",
        "width": asked,
        "height": max(1, round(asked * high / wide)),
    }
