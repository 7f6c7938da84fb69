"""The page on which the lines of a scan's page are read, corrected and drawn."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from archive import language_codes, scan_page
from archive.admin.authority_forms import reader_language
from archive.admin.record_access import visible_records
from archive.item_page import PRIVATE_IMAGES
from archive.models import RecordScan
from archive.previews import keep_private
from archive.records import UnderReview
from archive.subjects import RecordSubject
from media import jobs, renditions, text_lines
from media.ocr import languages, tesseract
from media.sentences import say

from . import answers, guard, reading, transcribing, whole
from .access import READ, WRITE, page_of

DOUBTFUL = 75  # of 100: words below it are marked
PLAIN = 1200  # pixels
ROUTE = "archive_lines:editor"


@require_GET
def of_record(request, pk):
    """The lines of a record's first page."""
    return scan_page.to_first_of(request, pk, ROUTE)


@require_GET
def editor(request, scan, page):
    """The sheet, its lines in boxes and as fields, and the form that has them read. ?record=: the pages of a record."""
    found = page_of(request, scan, page, READ)
    rendition = renditions.find(found, page=page)
    locked = guard.locked_sentence(scan, page, request.user)
    may_save = request.user.has_perm(WRITE) and not locked
    lines = text_lines.of_page(found, page).select_related("corrected_by__wagtail_userprofile")
    codes, layout = reading.default_choice(scan, page)
    trouble = tesseract.trouble()
    records = _records(request, scan, page)
    current = next((row for row in records if str(row["pk"]) == request.GET.get("record")), None)
    context = {
        "scan": found,
        "page": page,
        "service": PRIVATE_IMAGES.service(rendition.image_id) if rendition else "",
        "plain": PRIVATE_IMAGES.thumbnail(rendition.image_id, min(PLAIN, rendition.width)) if rendition else "",
        "size": (rendition.width, rendition.height) if rendition else None,
        "lines": [answers.line_json(line) for line in lines],
        "doubtful": DOUBTFUL,
        "locked": locked,
        "may_save": may_save,
        "trouble": say(*trouble) if trouble else "",
        "offered": [
            {"code": one.code, "name": _(one.name), "chosen": one.code in codes}
            for one in languages.offered(tesseract.installed())
        ],
        "layouts": [(code, _layout(code), code == layout) for code in tesseract.LAYOUTS],
        "removed": text_lines.removed_from(found, page).count(),
        "jobs": _jobs(found, page, current),
        "unread": len(whole.without_lines(current["pk"])) if current else 0,
        "records": records,
        "current": current,
        "strip": scan_page.strip(ROUTE, current["pk"] if current else None, found, page),
        "languages": language_codes.offered(reader_language()),
    }
    return keep_private(render(request, "archive/admin/lines.html", context))


def _jobs(scan, page: int, record: dict | None) -> list[dict]:
    """The last readings of this page and of the record's pages: what they say, and where they are asked and steered."""
    found = [(reading.latest(scan.pk, page), "job", "steer", [scan.pk, page], "")]
    if record:
        words = _("Mọi trang chưa có chữ:")
        found.append((whole.latest(record["pk"]), "record_job", "steer_record", [record["pk"]], words))
    return [
        {
            "says": answers.job_json(job),
            "words": words,
            "url": reverse(f"archive_lines:{asked}", args=what),
            "cancel": reverse(f"archive_lines:{steered}", args=[*what, "cancel"]),
            "retry": reverse(f"archive_lines:{steered}", args=[*what, "retry"]),
        }
        for job, asked, steered, what, words in found
        if job
    ]


def _layout(code: str) -> str:
    return {
        "page": _("Trang chữ: đoạn và cột"),
        "sparse": _("Bản đồ: tên rải rác"),
        "block": _("Một khối chữ liền"),
    }[code]


def _records(request, scan: int, page: int) -> list[dict]:
    """The records that use this page and that this person may see."""
    seen = visible_records(request.user).filter(pk__in=guard.records_of(scan, page).order_by().values("pk"))
    uses = RecordScan.objects.filter(record__in=seen, scan=scan, page=page).select_related("record")
    rows = {}
    for use in uses.order_by("record__identifier"):
        row = rows.setdefault(
            use.record_id,
            {
                "pk": use.record_id,
                "identifier": use.record.identifier,
                "title": str(use.record),
                "url": RecordSubject(use.record).edit_url,
                "transcribed": False,
            },
        )
        row["transcribed"] = row["transcribed"] or bool(use.transcription)
    return list(rows.values())


@require_POST
def read(request, scan, page):
    """Have the page read: `language` (several), `layout`, `again` (lines that were deleted come back)."""
    found = page_of(request, scan, page, WRITE)
    again = bool(request.POST.get("again"))
    try:
        reading.start(found, page, *_how(request), request.user, again)
    except (UnderReview, text_lines.Wrong) as error:
        messages.error(request, str(error))
    return redirect(_back(request, scan, page))


def _how(request) -> tuple[list[str], str]:
    return request.POST.getlist("language"), request.POST.get("layout", "")


@require_POST
def read_record(request, pk):
    """Have all pages of a record read that have no lines: as read(); `scan` and `page` say where to go back to."""
    scan_page.may_see(request, pk, WRITE)
    try:
        whole.start(pk, *_how(request), request.user)
    except (UnderReview, text_lines.Wrong) as error:
        messages.error(request, str(error))
    return redirect(_back_to_record(request, pk))


@require_POST
def steer_record(request, pk, verb):
    """`cancel` or `retry` the last reading of a record's pages."""
    scan_page.may_see(request, pk, WRITE)
    _steer(request, whole.latest(pk), verb)
    return redirect(_back_to_record(request, pk))


@require_POST
def steer(request, scan, page, verb):
    """`cancel` or `retry` the last reading."""
    page_of(request, scan, page, WRITE)
    _steer(request, reading.latest(scan, page), verb)
    return redirect(_back(request, scan, page))


def _steer(request, last, verb: str) -> None:
    if last is None or verb not in ("cancel", "retry"):
        raise Http404(verb)
    if verb == "cancel":
        jobs.cancel(last)
    else:
        jobs.retry(last, request.user)


@require_POST
def transcribe(request, scan, page, record):
    """The page's lines become its transcription in a record."""
    found = page_of(request, scan, page, WRITE)
    if not visible_records(request.user).filter(pk=record).exists():
        raise Http404(record)
    try:
        changed = transcribing.use_lines(record, found, page, request.user)
    except (UnderReview, text_lines.Wrong) as error:
        messages.error(request, str(error))
    except ValidationError as error:
        sentence = _("Bản ghi còn lỗi ở phần khác nên chưa lưu được; hãy mở trang sửa bản ghi.")
        messages.error(request, " ".join([sentence, *error.messages]))
    else:
        if changed:
            messages.success(request, _("Đã dùng các dòng này làm nguyên văn của trang."))
        else:
            messages.info(request, _("Nguyên văn của trang đã đúng như các dòng này."))
    return redirect(_back(request, scan, page))


def _back(request, scan: int, page: int) -> str:
    record = request.POST.get("record", "")
    return scan_page.address(ROUTE, scan, page, int(record) if record.isascii() and record.isdigit() else None)


def _back_to_record(request, record: int) -> str:
    """The page from which it was asked, else the record's first."""
    here = [request.POST.get(name, "") for name in ("scan", "page")]
    if all(part.isascii() and part.isdigit() for part in here):
        return scan_page.address(ROUTE, int(here[0]), int(here[1]), record)
    return reverse("archive_lines:record", args=[record])
