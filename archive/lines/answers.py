"""What the correction page asks line by line, answered as JSON. Each line is saved by itself, so that many persons can
work on one page and lose nothing."""

from django.http import JsonResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name

from archive import language_codes, scan_page
from archive.previews import keep_private
from archive.records import UnderReview
from media import text_lines
from media.models import TextLine

from . import guard, reading, whole
from .access import READ, WRITE, page_of

REGION = ("x", "y", "width", "height")


def line_json(line: TextLine) -> dict:
    """A line as the page shows it: regions in percent; `seen` names this state of it; `by` says who corrected it."""
    by = ""
    if line.corrected_by:
        when = date_format(localtime(line.corrected_at), "SHORT_DATETIME_FORMAT")
        by = _("%(who)s, %(when)s") % {"who": user_display_name(line.corrected_by), "when": when}
    return {
        "pk": line.pk,
        "number": line.number,
        "seen": text_lines.digest(line),
        "text": line.text,
        "language": line.language,
        "confidence": line.confidence,
        "region": text_lines.region_of(line),
        "words": [{"text": word["text"], "confidence": word["confidence"]} for word in line.words],
        "by": by,
    }


@require_GET
def job(request, scan, page):
    """{"state", "label", "percent", "stage", "reason"} of the last reading of a page; state "" where there was none."""
    page_of(request, scan, page, READ)
    last = reading.latest(scan, page)
    return _answer(job_json(last))


@require_GET
def record_job(request, pk):
    """As job(), of the last reading of all pages of a record."""
    scan_page.may_see(request, pk, READ)
    return _answer(job_json(whole.latest(pk)))


def job_json(last) -> dict:
    if last is None:
        return {"state": "", "label": "", "percent": 0, "stage": "", "reason": ""}
    return {
        "state": last.state,
        "label": last.get_state_display(),
        "percent": last.percent,
        "stage": last.stage_text,
        "reason": last.reason_text,
    }


@require_POST
def add(request, scan, page):
    """A new line: text, language, x, y, width, height (percent). Out: {"line"}."""
    found = page_of(request, scan, page, WRITE)

    def act():
        text, region, language = _said(request)
        return text_lines.add(found, page, text, region, language, request.user)

    return _done(request, scan, page, act, 201)


@require_POST
def change(request, scan, page, pk):
    """`do`: "correct" (as of add; the same words accept the line) or "remove"; `seen`: the state that was shown."""
    page_of(request, scan, page, WRITE)
    if not TextLine.objects.filter(pk=pk).exclude(scan=scan, page=page).exists():
        seen, removing = request.POST.get("seen", ""), request.POST.get("do") == "remove"

        def act():
            if removing:
                return text_lines.remove(pk, seen, request.user)
            text, region, language = _said(request)
            return text_lines.correct(pk, text, region, language, request.user, seen)

        return _done(request, scan, page, act)
    return _answer({"error": _("Dòng này không thuộc trang đang mở.")}, 404)


def _said(request) -> tuple[str, list[float], str]:
    """Raises text_lines.Wrong."""
    try:
        region = [float(request.POST.get(name, "")) for name in REGION]
    except ValueError:
        raise text_lines.Wrong(text_lines.OUTSIDE) from None
    code = request.POST.get("language", "").strip()
    try:
        code = language_codes.read(code[:60])[:20] if code else ""
    except ValueError:
        sentence = noop("“%(code)s” không phải mã hay tên ngôn ngữ; ví dụ: %(examples)s.")
        raise text_lines.Wrong(sentence, code=code[:40], examples=language_codes.EXAMPLES) from None
    return request.POST.get("text", ""), region, code


def _done(request, scan: int, page: int, act, status: int = 200):
    """Carry out an act on a page's lines; what stands in its way becomes a sentence."""
    try:
        with guard.changing(scan, page, request.user):
            line = act()
    except UnderReview as error:
        return _answer({"error": str(error), "locked": True}, 409)
    except text_lines.Wrong as error:
        return _answer({"error": str(error)}, 422)
    except text_lines.Conflict as conflict:
        return _answer(_conflict(conflict.line), 409)
    return _answer({"line": line_json(line) if line else None}, status)


def _conflict(line: TextLine | None) -> dict:
    if line is None:
        sentence = _("Chưa lưu: người khác hoặc lần đọc mới đã bỏ dòng này. Nhấn Enter để thêm lại chữ của bạn.")
        return {"error": sentence, "theirs": None}
    theirs = line_json(line)
    sentence = _("Chưa lưu: dòng này đã đổi thành “%(text)s” (%(by)s) sau khi bạn mở trang. Enter lần nữa ghi đè.")
    return {"error": sentence % {"text": line.text, "by": theirs["by"] or _("máy đọc lại")}, "theirs": theirs}


def _answer(data: dict, status: int = 200):
    return keep_private(JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False}))
