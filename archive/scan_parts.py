"""What an edition document says of a scan beside its picture: lines of text and its place on the earth."""

from .described import region

DIGITS = 6  # of a degree: a tenth of a metre
KM_DIGITS = 3


def text_lines(use) -> list:
    """The text lines of a record's scan, in reading order."""
    lines = (one for one in use.scan.text_lines.all() if one.page == use.page and one.text)
    return sorted(lines, key=lambda one: one.number)


def georeference_of(use):
    """The Georeference of a record's scan, or None."""
    return next((one for one in use.scan.georeferences.all() if one.page == use.page), None)


def line(one, width: int, height: int) -> dict:
    """A text line on an image of `width` × `height` pixels."""
    return {
        "text": one.text,
        "lang": one.language or "und",
        "confidence": one.confidence,
        "corrected": one.corrected_at is not None,
        "region": region((one.x, one.y, one.width, one.height), width, height),
        "words": [
            {
                "text": word["text"],
                "region": region(word["region"], width, height),
                "confidence": word["confidence"],
            }
            for word in one.words
        ],
    }


def georeference(one, width: int, height: int) -> dict | None:
    """Control points and footprint of an image of `width` × `height` pixels; None where they aren't enough yet."""
    if one is None or not one.footprint:
        return None
    return {
        "transformation": one.transformation,
        "points": [
            {
                "pixel": _pixel((point["x"], point["y"]), width, height),
                "lonlat": [round(point["lon"], DIGITS), round(point["lat"], DIGITS)],
                "label": point.get("label", ""),
                "error_km": _km(point.get("error_km")),
            }
            for point in one.points
            if not point.get("off")
        ],
        "mask": [_pixel(corner, width, height) for corner in one.mask or [(0, 0), (100, 0), (100, 100), (0, 100)]],
        "footprint": [[round(lon, DIGITS), round(lat, DIGITS)] for lon, lat in one.footprint],
        "error_km": _km(one.error_km),
    }


def _pixel(corner, width: int, height: int) -> list[int]:
    x, y = corner
    return [round(x * width / 100), round(y * height / 100)]


def _km(error):
    return None if error is None else round(error, KM_DIGITS)
