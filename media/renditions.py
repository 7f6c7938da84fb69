"""Renditions: the pyramid of each page of a scan, at full size or limited by rights."""

from django.utils.translation import gettext_noop as noop

from media import jobs, pyramid
from media.models import Rendition, Scan
from media.paths import private_path

KIND = "pyramid"
SCAN_GONE = noop("Bản quét không còn trong kho.")


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
    rendition = find(scan, max_width, page)
    if rendition:
        return rendition
    payload = {"scan": scan.pk, "page": page, "max_width": effective_limit(scan, max_width, page)}
    if jobs.live(KIND, subject_of(scan), payload) is None and not _failed(scan, payload):
        jobs.enqueue(KIND, subject_of(scan), payload, user)
    return None


def _failed(scan: Scan, payload: dict) -> bool:
    """Whether the last attempt at exactly this failed."""
    before = jobs.Job.objects.filter(kind=KIND, subject=subject_of(scan)).order_by("-pk")
    last = next((job for job in before if job.payload == payload), None)
    return last is not None and last.state == jobs.Job.State.FAILED


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
    """The handler of "pyramid" jobs: payload {"scan": pk, "page": from 1, "max_width": pixels}."""
    scan = Scan.objects.filter(pk=job.payload.get("scan")).first()
    if scan is None:
        raise jobs.Failed(SCAN_GONE)
    max_width, page = int(job.payload.get("max_width") or 0), int(job.payload.get("page") or 1)
    token = pyramid.token(job.pk, job.lease_owner)
    rendition = find(scan, max_width, page) or store(scan, max_width, progress, token, page)
    return {"image": rendition.image_id}
