"""What the georeferencing page asks while points are set, answered as JSON. Coordinates come as people write them;
errors, footprint and mesh are worked out here."""

import json

from django.http import JsonResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name

from archive import coordinates
from archive.admin.authority_forms import reader_language
from archive.lines import guard
from archive.placed_sheets import km
from archive.previews import keep_private
from archive.records import UnderReview
from media import control_points
from media import georeferencing as acts
from media.control_points import Trouble

from .access import READ, WRITE, page_of

AT_POINT = noop("Điểm %(number)s: %(why)s")
EXACT = noop("Với đúng %(least)s điểm thì phép biến đổi luôn khớp hẳn, nên sai số chưa nói lên điều gì; hãy thêm điểm.")
MIRRORED = noop("Tờ bản đồ đang bị lật như trong gương: có lẽ hai cặp điểm bị đổi chỗ cho nhau.")
LARGEST = 200_000  # bytes of a question


def told(worked, lang: str) -> dict:
    """What the page shows of points: numbers and words, or the sentence that says what is missing."""
    taking_part = sum(not one["off"] for one in worked.points)
    least = control_points.LEAST[worked.transformation]
    hints = []
    if worked.trouble is None and taking_part == least:
        hints.append(acts.Trouble(EXACT, least=least))
    if worked.mirrored:
        hints.append(acts.Trouble(MIRRORED))
    return {
        "points": [point_json(one, lang) for one in worked.points],
        "mask": worked.mask,
        "footprint": worked.footprint,
        "mesh": worked.mesh,
        "error": km(worked.error_km, lang) if worked.trouble is None else "",
        "trouble": str(worked.trouble or ""),
        "hints": [str(hint) for hint in hints],
    }


def point_json(one: dict, lang: str) -> dict:
    return one | {
        "lonText": coordinates.written(one["lon"], "lon"),
        "latText": coordinates.written(one["lat"], "lat"),
        "errorText": km(one.get("error_km"), lang),
    }


@require_POST
def work(request, scan, page):
    """{"transformation", "points", "mask"} → what follows from them; nothing is stored."""
    found = page_of(request, scan, page, READ)
    try:
        worked = _worked(request, found, page)
    except Trouble as trouble:
        return _answer({"error": str(trouble)}, 422)
    return _answer(told(worked, reader_language()))


@require_POST
def save(request, scan, page):
    """As `work`, with "seen" (the state that was shown); stores it. Out: the same, "seen" and "by" anew."""
    found = page_of(request, scan, page, WRITE)
    try:
        worked = _worked(request, found, page)
        with guard.changing(scan, page, request.user):
            stored = acts.store(found, page, worked, request.user, str(_said(request).get("seen", "")))
    except UnderReview as error:
        return _answer({"error": str(error), "locked": True}, 409)
    except Trouble as trouble:
        return _answer({"error": str(trouble)}, 422)
    except acts.Conflict as conflict:
        return _answer(_conflict(conflict.standing, reader_language()), 409)
    return _answer(told(worked, reader_language()) | {"seen": acts.digest(stored), "by": by(stored)})


def by(one) -> str:
    """Who placed the sheet last, and when."""
    if one is None or one.updated_by is None:
        return ""
    when = date_format(localtime(one.updated_at), "SHORT_DATETIME_FORMAT")
    return _("%(who)s, %(when)s") % {"who": user_display_name(one.updated_by), "when": when}


def _said(request) -> dict:
    """Raises Trouble."""
    try:
        said = json.loads(request.body[:LARGEST])
    except ValueError:
        raise Trouble(acts.UNREADABLE) from None
    if not isinstance(said, dict):
        raise Trouble(acts.UNREADABLE)
    return said


def _worked(request, scan, page: int):
    said = _said(request)
    points = said.get("points")
    if not isinstance(points, list) or not all(isinstance(one, dict) for one in points):
        raise Trouble(acts.UNREADABLE)
    points = [_read(one, index) for index, one in enumerate(points, start=1)]
    return acts.work_out(scan, page, str(said.get("transformation", "")), points, said.get("mask", []))


def _read(one: dict, index: int) -> dict:
    """A point with coordinates typed as text ("108°12′30″Đ") as numbers. Raises Trouble naming the point."""
    typed = {axis: one[axis] for axis in ("lon", "lat") if isinstance(one.get(axis), str)}
    lang = coordinates.language_of(typed.values()) or reader_language()
    found = {}
    for axis, text in typed.items():
        try:
            found[axis] = coordinates.parse(text, axis, lang)
        except coordinates.CoordinateError as error:
            raise Trouble(AT_POINT, number=index, why={"msgid": error.msgid, "values": error.values}) from None
    return one | found


def _conflict(standing, lang: str) -> dict:
    if standing is None:
        sentence = _(
            "Chưa lưu: người khác đã bỏ vị trí của tờ này sau khi bạn mở trang. Lưu lần nữa để ghi bản của bạn."
        )
        return {"error": sentence, "seen": ""}
    count = len(standing.points)
    sentence = _(
        "Chưa lưu: %(who)s đã lưu bản khác (số điểm: %(count)d) sau khi bạn mở trang."
        " Lưu lần nữa để ghi đè, hoặc tải lại trang."
    )
    return {"error": sentence % {"who": by(standing), "count": count}, "seen": acts.digest(standing)}


def _answer(data: dict, status: int = 200):
    return keep_private(JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False}))
