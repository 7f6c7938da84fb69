"""How far each scan is: what lists and their polling show."""

from dataclasses import dataclass

from media.models import Job, Rendition, Scan
from media.renditions import KIND, subject_of


@dataclass(frozen=True)
class State:
    """A scan, its full pyramid (None until made) and the job that a curator should know of (None: nothing to say)."""

    scan: Scan
    rendition: Rendition | None
    job: Job | None

    @property
    def code(self) -> str:
        """ "ready" | "queued" | "running" | "failed" | "cancelled" | "missing"."""
        if self.job and self.job.state != Job.State.DONE:
            return self.job.state
        return "ready" if self.rendition else "missing"

    @property
    def is_live(self) -> bool:
        return self.code in ("queued", "running")

    @property
    def may_retry(self) -> bool:
        return self.code in ("failed", "cancelled", "missing")


def of(scans) -> dict[int, State]:
    """The state of each scan by its pk, in two queries."""
    scans = list(scans)
    full = {r.scan_id: r for r in Rendition.objects.filter(scan__in=scans, page=1, max_width=0)}
    jobs: dict[str, Job] = {}
    for job in Job.objects.filter(subject__in=[subject_of(scan) for scan in scans], kind=KIND).order_by("pk"):
        before = jobs.get(job.subject)
        # The newest, but a failure isn't hidden by the success of another width.
        if before is None or before.state == Job.State.DONE or before.payload == job.payload:
            jobs[job.subject] = job
    return {scan.pk: State(scan, full.get(scan.pk), jobs.get(subject_of(scan))) for scan in scans}
