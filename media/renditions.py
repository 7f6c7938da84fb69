"""Renditions: the pyramid of each page of a scan, at full size or limited by rights."""

from collections.abc import Iterable

from django.utils.translation import gettext_noop as noop

from media import jobs, pyramid
from media.models import Rendition, Scan
from media.paths import private_path

KIND = "pyramid"
SCAN_GONE = noop("Bản quét không còn trong kho.")
PAGE_FAILED = noop("Trang %(page)s: %(reason)s")
PAGES_FAILED = noop("%(n)s trang chưa dựng được. Trang %(page)s: %(reason)s")


def subject_of(scan: Scan) -> str:
    """The subject that the jobs of a scan carry."""
    return f"scan:{scan.pk}"


def find(scan: Scan, max_width: int = 0, page: int = 1) -> Rendition | None:
    """The finished rendition of a page within a width (pixels; 0 = no limit), if its file is there."""
    limit = effective_limit(scan, max_width, page)
    rendition = scan.renditions.filter(page=page, max_width=limit).first() if scan.pk else None
    return rendition if rendition and private_path(rendition.image_id).exists() else None


def effective_limit(scan: Scan, max_width: int, page: int = 1) -> int:
    """A limit that doesn't limit is none: then the full rendition serves."""
    return max_width if 0 < max_width < scan.size_of(page)[0] else 0


def ensure(scan: Scan, max_width: int = 0, user=None, page: int = 1) -> Rendition | None:
    """The finished rendition, or None while a job to make it is queued, running or failed.

    A failed job isn't queued anew: a person looks at its reason and retries it.
    """
    return ensure_pages(scan, [page], max_width, user).get(page)


def ensure_all(scan: Scan, user=None) -> dict[int, Rendition]:
    """ensure() for every page at full size."""
    return ensure_pages(scan, range(1, scan.pages + 1), user=user)


def ensure_pages(scan: Scan, pages: Iterable[int], max_width: int = 0, user=None) -> dict[int, Rendition]:
    """ensure() for many pages: two queries and at most two jobs, however many there are. Out: the finished by page."""
    made = {(one.page, one.max_width): one for one in scan.renditions.all()} if scan.pk else {}
    found, missing = {}, {}
    for page in dict.fromkeys(pages):
        limit = effective_limit(scan, max_width, page)
        rendition = made.get((page, limit))
        if rendition and private_path(rendition.image_id).exists():
            found[page] = rendition
        else:
            missing.setdefault(limit, []).append(page)
    if missing:
        known = list(jobs.Job.objects.filter(kind=KIND, subject=subject_of(scan)).order_by("pk"))
        last = {(page, job.payload.get("max_width") or 0): job for job in known for page in pages_of(job)}
        for limit, wanted in missing.items():
            wanted = [page for page in wanted if not _waits(last.get((page, limit)))]
            if wanted:
                jobs.enqueue(KIND, subject_of(scan), _payload(scan, wanted, limit), user)
    return found


def _waits(job: jobs.Job | None) -> bool:
    """Whether the newest job for a page is still to be done, or failed and waits for a person."""
    return job is not None and (job.is_live or job.state == jobs.Job.State.FAILED)


def _payload(scan: Scan, pages: list[int], max_width: int) -> dict:
    which = {"page": pages[0]} if len(pages) == 1 else {"pages": pages}
    return {"scan": scan.pk, "max_width": max_width} | which


def pages_of(job: jobs.Job) -> list[int]:
    """The pages that a job makes."""
    return job.payload.get("pages") or [int(job.payload.get("page") or 1)]


def make_now(scan: Scan, max_width: int = 0, page: int = 1) -> Rendition:
    """Make the rendition in a child of this process and wait for it. Raises jobs.Failed with its reason."""
    rendition = find(scan, max_width, page)
    limit = effective_limit(scan, max_width, page)
    return rendition or store(scan, limit, lambda done, total, stage="": None, page=page)


def store(scan: Scan, max_width: int, progress, token: str = "", page: int = 1) -> Rendition:
    """Make the derivative and its row. Running it twice gives the same."""
    made = pyramid.make(scan, max_width, progress, token, page)
    rendition, _created = Rendition.objects.update_or_create(
        scan=scan,
        page=page,
        max_width=max_width,
        defaults={"image_id": made.image_id, "width": made.width, "height": made.height, "size": made.size},
    )
    return rendition


def work(job: jobs.Job, progress) -> dict:
    """The handler of "pyramid" jobs: payload {"scan": pk, "page" or "pages": from 1, "max_width": pixels}.

    A page that can't be made doesn't keep the others from it; the job then fails with the reason of the first.
    """
    scan = Scan.objects.filter(pk=job.payload.get("scan")).first()
    if scan is None:
        raise jobs.Failed(SCAN_GONE)
    max_width, pages = int(job.payload.get("max_width") or 0), pages_of(job)
    token = pyramid.token(job.pk, job.lease_owner)
    made, failed = None, []
    for number, page in enumerate(pages):
        step = Step(progress, number, len(pages))
        try:
            made = find(scan, max_width, page) or store(scan, max_width, step, token, page)
        except jobs.Failed as error:
            failed.append((page, error))
    if failed and scan.pages == 1:
        raise failed[0][1]
    if failed:
        page, error = failed[0]
        reason = {"msgid": error.msgid, "values": error.values}
        raise jobs.Failed(PAGE_FAILED if len(failed) == 1 else PAGES_FAILED, page=page, n=len(failed), reason=reason)
    return {"image": made.image_id} if len(pages) == 1 else {"pages": len(pages)}


class Step:
    """The progress of one page among several."""

    def __init__(self, progress, number: int, pages: int):
        self.progress, self.number, self.pages = progress, number, pages

    def __call__(self, done: int, total: int, stage: str = "") -> None:
        self.progress(self.number * total + done, self.pages * total, stage)
