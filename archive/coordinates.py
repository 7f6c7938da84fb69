"""Coordinates as people write them: decimal degrees, or degrees, minutes and seconds. Pure."""

import re

from django.utils.translation import gettext as _

NUMBER = r"\d+(?:[.,]\d+)?"
WRITTEN = re.compile(
    rf"(?P<sign>-)?\s*(?P<degrees>{NUMBER})\s*(?:°|º|độ|d)?\s*"
    rf"(?:(?P<minutes>{NUMBER})\s*(?:'|phút|m)\s*(?:(?P<seconds>{NUMBER})\s*(?:\"|''|giây|s)\s*)?)?"
    r"(?P<side>[A-ZĐ]|[a-zđ]+)?",
    re.I,
)
SIDES = {
    "lat": {"b": 1, "bắc": 1, "n": 1, "nam": -1, "s": -1},
    "lon": {"đ": 1, "đông": 1, "e": 1, "t": -1, "tây": -1, "w": -1},
}
LIMITS = {"lat": 90, "lon": 180}
SIGNS = str.maketrans({"−": "-", "′": "'", "’": "'", "″": '"', "”": '"', "\u00a0": " "})


class CoordinateError(ValueError):
    """What can't be read as a coordinate; the sentence says how one is written."""


def parse(text: str, axis: str) -> float:
    """Degrees of a written coordinate: ("16°30′B", "lat") → 16.5, ("111,6", "lon") → 111.6, ("5°T", "lon") → -5.

    axis: "lat" or "lon". Sides in Vietnamese (B, N for nam only by its word, Đ, T) and English. Raises CoordinateError.
    """
    found = WRITTEN.fullmatch(text.translate(SIGNS).strip())
    side = (found["side"] or "").lower() if found else ""
    if not found or (side and side not in SIDES[axis]) or (side and found["sign"]):
        raise CoordinateError(_message(text, axis))
    degrees, minutes, seconds = (
        float((found[part] or "0").replace(",", ".")) for part in ("degrees", "minutes", "seconds")
    )
    value = (degrees + minutes / 60 + seconds / 3600) * (SIDES[axis].get(side, 1)) * (-1 if found["sign"] else 1)
    if minutes >= 60 or seconds >= 60 or abs(value) > LIMITS[axis]:
        raise CoordinateError(_message(text, axis))
    return value


def _message(text: str, axis: str) -> str:
    if axis == "lat":
        return _("Không đọc được vĩ độ “%(text)s”. Ví dụ: 16,5; 16°30′B; 16°30′00″N; -8,25.") % {"text": text}
    return _("Không đọc được kinh độ “%(text)s”. Ví dụ: 112; 111°36′30″Đ; 5°20′T; -5,3.") % {"text": text}
