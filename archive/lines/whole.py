"""The job that reads all pages of a record which have no lines yet, one after the other."""

from django.utils.translation import gettext_noop as noop

from archive.models import RecordScan
from media import jobs, text_lines
from media.models import Scan, TextLine
from media.renditions import Step

from . import guard, reading

KIND = "ocr-record"

NOTHING = noop("Trang nào của bản ghi này cũng đã có chữ. Trang muốn đọc lại thì mở và đọc riêng.")
FAILED = noop("Đã đọc xong %(read)s trang; %(n)s trang không đọc được, đầu tiên là trang %(page)s: %(reason)s")


def subject_of(record_pk: int) -> str:
    return f"text-record:{record_pk}"


def latest(record_pk: int) -> jobs.Job | None:
    return jobs.latest_for(subject_of(record_pk), KIND)


def pages_of(record_pk: int) -> list[tuple[int, int]]:
    """(scan, page) of each page of a record, in its order."""
    uses = RecordScan.objects.filter(record=record_pk).order_by("sort_order", "pk")
    return list(dict.fromkeys(uses.values_list("scan_id", "page")))


def without_lines(record_pk: int) -> list[tuple[int, int]]:
    """Those on which nobody and nothing has read anything."""
    pages = pages_of(record_pk)
    read = set(TextLine.objects.filter(scan__in={scan for scan, _page in pages}).values_list("scan_id", "page"))
    return [page for page in pages if page not in read]


def start(record_pk: int, codes: list[str], layout: str, user) -> jobs.Job:
    """Queue the reading, or give the job that is at it. Raises text_lines.Wrong and records.UnderReview."""
    how = reading.wanted(codes, layout, again=False)
    pages = without_lines(record_pk)
    if not pages:
        raise text_lines.Wrong(NOTHING)
    guard.refuse_locked(record_pk, user)
    before = latest(record_pk)
    if before and before.is_live:
        return before
    return jobs.enqueue(KIND, subject_of(record_pk), {"record": record_pk, **how}, user)


def work(job, progress) -> dict:
    """The handler of KIND. Cut off anywhere, it goes on with the pages that have no lines.

    A page that can't be read keeps no other from it; the job then fails and names the first.
    """
    reading.may_read(job.user)
    record = int(job.payload["record"])
    numbers = {page: number for number, page in enumerate(pages_of(record), start=1)}
    waiting = without_lines(record)
    scans = Scan.objects.in_bulk({scan for scan, _page in waiting})
    failed, lines = [], 0
    for at, (scan, page) in enumerate(waiting):
        try:
            lines += reading.read_one(job, scans[scan], page, Step(progress, at, len(waiting)))["lines"]
        except jobs.Failed as error:
            failed.append((numbers[scan, page], error))
    if failed:
        number, error = failed[0]
        reason = {"msgid": error.msgid, "values": error.values}
        raise jobs.Failed(FAILED, page=number, n=len(failed), read=len(waiting) - len(failed), reason=reason)
    return {"pages": len(waiting), "lines": lines}
