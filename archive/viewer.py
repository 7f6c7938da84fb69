"""What the viewer of sheets is told of a document. Pure."""

from .display import download_widths, public_width
from .vocabulary import both

BELOW = 640  # pixels wide: what is seen until the tiles are there; a larger one would delay them
PLAIN = 1600  # pixels wide: without JavaScript, where the tiles don't open, and on paper


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
        "below": images.thumbnail(scan["image"], min(BELOW, public_width(scan))),
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
