"""The place of a scan's page on the earth: the only code that writes Georeference and its history.

Whoever calls these acts answers for the records that use the scan (archive.georeferencing): whether they may change
now, and whose hand it was. Errors, footprint and mesh are worked out here from the points; nobody is believed.
"""

import hashlib
import json
import math
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_noop as noop

from media import control_points
from media.control_points import Pair, Trouble
from media.models import Georeference, GeoreferenceChange, Scan, Transformation

DIGITS = 6  # of percent and of a degree
LABEL = 120  # characters
CORNERS = 200  # of a mask

UNREADABLE = noop("Chưa đọc được các điểm khống chế; hãy tải lại trang.")
NO_NUMBER = noop("Điểm %(number)s thiếu một toạ độ. Hãy ghi đủ, hoặc xoá điểm.")
LONG_LABEL = noop("Ghi chú của điểm %(number)s dài quá %(most)s ký tự.")
NO_KIND = noop("Hãy chọn một phép biến đổi trong danh sách.")


class Conflict(Exception):
    """The page's points aren't what was shown: `standing` is what there is now, None where they were taken away."""

    def __init__(self, standing: Georeference | None):
        super().__init__("changed meanwhile")
        self.standing = standing


@dataclass(frozen=True)
class Worked:
    """What follows from points. points: as given, each with its "error_km"; trouble: why there is no footprint yet."""

    transformation: str
    points: list
    mask: list
    footprint: list
    error_km: float | None
    mesh: dict | None
    mirrored: bool
    trouble: Trouble | None


def of_page(scan: Scan, page: int) -> Georeference | None:
    return Georeference.objects.filter(scan=scan, page=page).first()


def history(scan: Scan, page: int):
    return GeoreferenceChange.objects.filter(scan=scan, page=page).select_related("user")


def digest(one: Georeference | None) -> str:
    """Names a state of a page's points; "" where there is none."""
    if one is None:
        return ""
    said = [one.transformation, one.points, one.mask]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:24]


def work_out(scan: Scan, page: int, transformation: str, points: list, mask: list) -> Worked:
    """In: points [{"x", "y" (percent of the page), "lon", "lat", "label", "off"}], mask [[x, y], …] in percent.

    Points that can't be placed yet (too few, on a line, …) are no error: `trouble` says what is to be done.
    Raises Trouble for what can't be stored at all. Loads GDAL: call it outside transactions.
    """
    if transformation not in Transformation.values:
        raise Trouble(NO_KIND)
    points, mask = _checked(points), _checked_mask(mask)
    size = scan.size_of(page)
    pairs = [Pair(size[0] * one["x"] / 100, size[1] * one["y"] / 100, one["lon"], one["lat"]) for one in points]
    taking_part = [pair for pair, one in zip(pairs, points, strict=True) if not one["off"]]
    outline = [(size[0] * x / 100, size[1] * y / 100) for x, y in mask]
    try:
        placed = control_points.place(taking_part, transformation, size, outline)
        mesh = control_points.mesh(tuple(taking_part), transformation, size)
    except Trouble as trouble:
        return Worked(transformation, points, mask, [], None, None, False, _renumbered(trouble, points))
    errors = iter(placed.errors)
    fit = control_points.Fit(taking_part, transformation)
    for one, pair in zip(points, pairs, strict=True):
        error = fit.errors([pair])[0] if one["off"] else next(errors)
        one["error_km"] = None if error is None else round(error, 4)
    footprint = [[round(lon, DIGITS), round(lat, DIGITS)] for lon, lat in placed.footprint]
    error = None if placed.error is None else round(placed.error, 4)
    return Worked(transformation, points, mask, footprint, error, mesh, placed.mirrored, None)


@transaction.atomic
def store(scan: Scan, page: int, worked: Worked, user, seen: str) -> Georeference | None:
    """Keep what was worked out; no points take the page's place away. seen: digest of what was shown.

    Out: what stands now. Raises Conflict.
    """
    Scan.objects.select_for_update().get(pk=scan.pk)  # two first savings at once
    standing = Georeference.objects.select_for_update().filter(scan=scan, page=page).first()
    if digest(standing) != seen:
        raise Conflict(standing)
    if standing is None and not worked.points:
        return None
    said = {"transformation": worked.transformation, "points": worked.points, "mask": worked.mask}
    fresh = Georeference(scan=scan, page=page, **said, footprint=worked.footprint, error_km=worked.error_km)
    fresh.updated_by = user
    if standing and digest(fresh) == seen:
        return standing
    GeoreferenceChange.objects.create(scan=scan, page=page, user=user, error_km=worked.error_km, **said)
    if not worked.points:
        standing.delete()
        return None
    if standing:
        fresh.pk = standing.pk
    fresh.save()
    return fresh


def _checked(points) -> list[dict]:
    if not isinstance(points, list) or not all(isinstance(one, dict) for one in points):
        raise Trouble(UNREADABLE)
    if len(points) > control_points.MOST:
        raise Trouble(control_points.TOO_MANY, most=control_points.MOST)
    found = []
    for number, one in enumerate(points, start=1):
        values = [one.get(name) for name in ("x", "y", "lon", "lat")]
        if not all(_is_number(value) for value in values):
            raise Trouble(NO_NUMBER, number=number)
        x, y, lon, lat = (round(float(value), DIGITS) for value in values)
        if not (0 <= x <= 100 and 0 <= y <= 100):
            raise Trouble(control_points.OFF_SHEET, number=number)
        if not (abs(lon) <= 180 and abs(lat) <= control_points.HIGHEST):
            raise Trouble(control_points.OFF_EARTH, number=number)
        label = " ".join(str(one.get("label") or "").split())
        if len(label) > LABEL:
            raise Trouble(LONG_LABEL, number=number, most=LABEL)
        off = bool(one.get("off"))
        found.append({"x": x, "y": y, "lon": lon, "lat": lat, "label": label, "off": off, "error_km": None})
    return found


def _checked_mask(mask) -> list:
    if not isinstance(mask, list) or len(mask) > CORNERS:
        raise Trouble(UNREADABLE)
    for corner in mask:
        if not (isinstance(corner, list) and len(corner) == 2 and all(map(_is_number, corner))):
            raise Trouble(UNREADABLE)
        if not all(0 <= side <= 100 for side in corner):
            raise Trouble(control_points.BAD_MASK)
    return [[round(float(x), DIGITS), round(float(y), DIGITS)] for x, y in mask]


def _is_number(value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _renumbered(trouble: Trouble, points: list) -> Trouble:
    """Numbers among the points that take part become those of the list that the person sees."""
    numbers = [number for number, one in enumerate(points, start=1) if not one["off"]]
    named = {name: numbers[value - 1] for name, value in trouble.values.items() if name in ("number", "one", "other")}
    return Trouble(trouble.msgid, **trouble.values | named)
