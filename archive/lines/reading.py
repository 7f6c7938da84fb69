"""The job that reads a page's printed text: asked for by a person, done by the heavy worker."""

from django.db.models import F
from django.utils.translation import gettext_noop as noop

from archive.records import UnderReview
from media import jobs, pyramid, text_lines
from media.models import Scan
from media.ocr import languages, page, tesseract

from . import guard

KIND = "ocr"
MOST_LANGUAGES = 4  # each makes it slower, and surer to take one for another

LOCKED = noop("Bản ghi dùng trang này đang ở khâu duyệt nên chưa ghi chữ mới được. Hãy thử lại sau khi duyệt xong.")
NO_RIGHT = noop("Tài khoản này không còn quyền sửa bản ghi.")
NO_LANGUAGE = noop("Hãy chọn ít nhất một ngôn ngữ, nhiều nhất %(most)s.")
GONE = noop("Bản quét không còn trong kho.")
RIGHT = "archive.change_record"


def subject_of(scan_pk: int, number: int) -> str:
    return f"text:{scan_pk}:{number}"


def wanted(codes: list[str], layout: str, again: bool) -> dict:
    """How to read, as a job's payload says it. Raises text_lines.Wrong."""
    if trouble := tesseract.trouble():
        raise text_lines.Wrong(trouble[0], **trouble[1])
    there = tesseract.installed()
    codes = [code for code in dict.fromkeys(codes) if code in there]
    if not 1 <= len(codes) <= MOST_LANGUAGES:
        raise text_lines.Wrong(NO_LANGUAGE, most=MOST_LANGUAGES)
    return {"languages": codes, "layout": layout if layout in tesseract.LAYOUTS else "page", "again": again}


def start(scan: Scan, number: int, codes: list[str], layout: str, user, again: bool = False) -> jobs.Job:
    """Queue the reading of a page, or give the job that is at it. `again`: lines that a person deleted come back.

    Raises records.UnderReview and text_lines.Wrong.
    """
    how = wanted(codes, layout, again)
    if sentence := guard.locked_sentence(scan.pk, number, user):
        raise UnderReview(sentence)
    before = latest(scan.pk, number)
    if before and before.is_live:
        return before
    return jobs.enqueue(KIND, subject_of(scan.pk, number), {"scan": scan.pk, "page": number, **how}, user)


def latest(scan_pk: int, number: int) -> jobs.Job | None:
    return jobs.latest_for(subject_of(scan_pk, number), KIND)


def work(job, progress) -> dict:
    """The handler of KIND: read the page, then write its lines in one short transaction. Idempotent."""
    may_read(job.user)
    scan = Scan.objects.filter(pk=job.payload["scan"]).first()
    if scan is None:
        raise jobs.Failed(GONE)
    return read_one(job, scan, int(job.payload["page"]), progress)


def may_read(user) -> None:
    """Raises jobs.Failed when this person may no longer write what is read."""
    if not (user and user.is_active and user.has_perm(RIGHT)):
        raise jobs.Failed(NO_RIGHT)


def read_one(job, scan: Scan, number: int, progress) -> dict:
    """Read a page as the job's payload says and write its lines. Raises jobs.Failed."""
    if guard.locked_sentence(scan.pk, number):
        raise jobs.Failed(LOCKED)
    codes, layout = job.payload["languages"], job.payload["layout"]
    token = pyramid.token(job.pk, job.lease_owner)
    found = page.read(scan, number, codes, layout, progress, token, job.attempts)
    try:
        with guard.changing(scan.pk, number, job.user):
            return text_lines.put_read(scan, number, found, codes, job.payload.get("again", False))
    except UnderReview as error:
        raise jobs.Failed(LOCKED) from error


def default_choice(scan_pk: int, number: int) -> tuple[list[str], str]:
    """What the form proposes: tesseract's codes after the records' languages, and how the letters lie."""
    rows = list(guard.records_of(scan_pk, number).values("languages", "kind", own=F("scans__transcription_language")))
    records = [code for row in rows for code in (row["own"] or "", *row["languages"].split()) if code]
    maps = any(row["kind"] in ("map", "atlas_sheet") for row in rows)
    return languages.default(records, tesseract.installed()), "sparse" if maps else "page"
