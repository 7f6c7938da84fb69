"""Whether every master still is what was taken in: read again in full, told as events, mended from a second copy."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from media import preservation, renditions
from media import preservation_files as files
from media.models import Job, Scan
from media.preservation import Kind, Outcome

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    """What a check of one master found. outcome: of PreservationEvent; repaired: from the second copy;
    copy: "" | "made" | "remade" | "failed", what was done to the second copy."""

    scan: Scan
    outcome: str
    detail: str = ""
    repaired: bool = False
    copy: str = ""

    @property
    def is_fault(self) -> bool:
        """Something is left that a person has to see to."""
        return self.outcome != Outcome.SUCCESS and not self.repaired

    @property
    def path(self) -> str:
        return self.scan.master_name


def check(repair: bool = True, user=None) -> Iterator[Finding]:
    """Check every master, one finding each. Raises preservation_files.Unmounted."""
    files.masters(), files.copies()
    for scan in Scan.objects.order_by("pk").iterator(chunk_size=200):
        yield check_one(scan, repair, user)


def check_one(scan: Scan, repair: bool = True, user=None, stop: Callable[[], bool] = lambda: False) -> Finding:
    """Read one master, and its second copy where one is kept; each makes good what the other lost.

    Every look and every repair is an event. Raises preservation_files.Unmounted, or Interrupted when stop() says so.
    """
    root, copies = files.masters(), files.copies()
    master = root / scan.master_name
    found = files.look(master, scan, stop)
    preservation.record(scan, Kind.FIXITY, found.outcome, found.detail, user)
    if not repair or not copies or found.outcome == Outcome.FAILED:
        return Finding(scan, found.outcome, found.detail)
    copy = copies / scan.master_name
    if found.is_whole:
        return Finding(scan, found.outcome, found.detail, copy=_keep_copy(scan, copy, stop))
    made = files.make(copy, master, root, scan)
    detail = found.detail if made.is_whole else f"#2 {made.detail}".strip()
    preservation.record(scan, Kind.REPAIR, Outcome.SUCCESS if made.is_whole else Outcome.FAILED, detail, user)
    return Finding(scan, found.outcome, found.detail, repaired=made.is_whole, copy="" if made.is_whole else "failed")


def _keep_copy(scan: Scan, copy, stop=lambda: False) -> str:
    """Look at the second copy of a whole master, and make it where it is missing or damaged."""
    there = files.look(copy, scan, stop)
    if there.is_whole:
        return ""
    made = files.make(files.masters() / scan.master_name, copy, files.copies(), scan)
    detail = f"#2 {there.detail}".strip() if there.outcome != Outcome.MISSING else made.detail
    preservation.record(scan, Kind.REPLICATION, Outcome.SUCCESS if made.is_whole else Outcome.FAILED, detail)
    if not made.is_whole:
        return "failed"
    return "made" if there.outcome == Outcome.MISSING else "remade"


# --- the schedule, in the heavy worker ---------------------------------------------------------------------

# A check takes at most a tenth of the time, and never while somebody's work waits.
SHARE = 10
IDLE = 60  # seconds until the next look when nothing was due
_next_at = 0.0


def turn() -> bool:
    """Poller: put a new master into the second copy, or read again one that is due. True when it did."""
    global _next_at
    started = time.monotonic()
    if started < _next_at or _is_wanted():
        return False
    _next_at = started + IDLE
    scan, act = _next()
    if scan is None:
        return False
    try:
        act(scan)
    except files.Interrupted:
        _next_at = 0.0
        return False
    _next_at = started + max(1.0, SHARE * (time.monotonic() - started))
    return True


def _is_wanted() -> bool:
    return Job.objects.filter(queue="heavy", state=Job.State.QUEUED).exists()


def _next() -> tuple[Scan | None, Callable]:
    if settings.MASTERS_COPY_DIR and (scan := preservation.uncopied().first()):
        return scan, _copy_new
    days = settings.FIXITY_EVERY_DAYS
    if not days:
        return None, _check_due
    now = timezone.now()
    # One that has waited twice as long as it should doesn't give way any more.
    late = preservation.unchecked(now - timedelta(days=2 * days)).first()
    return late or preservation.unchecked(now - timedelta(days=days)).first(), _check_late if late else _check_due


def _copy_new(scan: Scan) -> None:
    if _keep_copy(scan, files.copies() / scan.master_name) == "":
        # It lay there already.
        preservation.record(scan, Kind.REPLICATION, Outcome.SUCCESS, f"sha256:{scan.sha256}")


def _check_due(scan: Scan) -> None:
    _tell(check_one(scan, stop=_impatient()))


def _check_late(scan: Scan) -> None:
    _tell(check_one(scan))


def _impatient() -> Callable[[], bool]:
    """Whether work waits, asked at most once a second."""
    asked = time.monotonic()

    def stop() -> bool:
        nonlocal asked
        if time.monotonic() - asked < 1:
            return False
        asked = time.monotonic()
        return _is_wanted()

    return stop


def _tell(finding: Finding) -> None:
    if finding.outcome != Outcome.SUCCESS:
        how = "mended from the second copy" if finding.repaired else "NOT mended"
        log.error("master %s (%s): %s, %s", finding.path, renditions.subject_of(finding.scan), finding.outcome, how)
