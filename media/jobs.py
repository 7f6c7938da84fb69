"""Background work: the only code that writes Job, and the registries of handlers and pollers.

A worker claims a job for a lease and renews it while it works. A worker that dies stops renewing, so
the job returns to the queue; after MAX_ATTEMPTS it fails with its reason. Handlers are therefore
idempotent: they may run again after being cut off anywhere.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_noop as noop

from media.models import Job
from media.sentences import Sentence

log = logging.getLogger(__name__)

QUEUES = ("index", "heavy")
MAX_ATTEMPTS = 3
HEARTBEAT_SECONDS = 2
ALIVE_SECONDS = 30
PROGRESS_SECONDS = 0.5

WORKER_DIED = noop(
    "Tiến trình xử lý bị dừng đột ngột %(attempts)s lần liên tiếp (mất điện, hết bộ nhớ hoặc bị tắt). "
    "Hãy bấm “Thử lại”; nếu vẫn hỏng, báo người vận hành."
)
BROKE = noop("Lỗi ngoài dự kiến sau %(attempts)s lần thử: %(error)s. Nhật ký máy chủ ghi đầy đủ lỗi này.")
NO_HANDLER = noop("Phiên bản đang chạy không biết làm việc “%(kind)s”.")


class Failed(Sentence):
    """Raised by a handler: trying again is of no use. Its sentence becomes the job's reason."""


class Cancelled(Exception):
    """Raised by progress(): somebody asked to stop."""


class Lost(Exception):
    """Raised by progress(): the lease ran out and another worker may have the job."""


class Interrupted(Exception):
    """Raised by progress(): the worker is being stopped. The job goes back, uncounted."""


# --- registries -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Handler:
    kind: str
    queue: str
    run: Callable


_handlers: dict[str, Handler] = {}
_pollers: dict[str, list[Callable[[], bool]]] = {queue: [] for queue in QUEUES}


def handler(kind: str, queue: str = "heavy"):
    """Register f(job, progress) -> dict | None, run by that queue's worker.

    progress(done, total, stage="") stores how far it is (any unit), and raises Cancelled, Lost or
    Interrupted, which the handler lets through after tidying up. The returned dict becomes Job.result.
    """
    _check_queue(queue)

    def register(function):
        _handlers[kind] = Handler(kind, queue, function)
        return function

    return register


def poller(queue: str = "index"):
    """Register f() -> bool, called at each turn of that queue's worker; True when it did something."""
    _check_queue(queue)

    def register(function):
        if function not in _pollers[queue]:
            _pollers[queue].append(function)
        return function

    return register


def pollers(queue: str) -> list[Callable[[], bool]]:
    return list(_pollers[queue])


def handler_of(kind: str) -> Handler | None:
    return _handlers.get(kind)


def _check_queue(queue: str) -> None:
    if queue not in QUEUES:
        raise ValueError(f"no queue {queue!r}; there are {', '.join(QUEUES)}")


# --- what people and code ask for -------------------------------------------------------------------


def enqueue(kind: str, subject: str = "", payload: dict | None = None, user=None) -> Job:
    """Put a job into the queue of its handler (LookupError when no handler has that kind).

    Inside a transaction it is seen by workers once that commits.
    """
    found = _handlers.get(kind)
    if found is None:
        raise LookupError(f"no handler for jobs of kind {kind!r}")
    return Job.objects.create(kind=kind, queue=found.queue, subject=subject, payload=payload or {}, user=user)


def retry(job: Job, user=None) -> Job:
    """Put a failed or cancelled job back, with fresh attempts. One that is live or done stays as it is."""
    Job.objects.filter(pk=job.pk, state__in=(Job.State.FAILED, Job.State.CANCELLED)).update(
        state=Job.State.QUEUED,
        stage="",
        done=0,
        total=0,
        attempts=0,
        run_after=None,
        lease_until=None,
        lease_owner="",
        cancel_requested=False,
        reason="",
        reason_params={},
        user=user or job.user,
        updated_at=timezone.now(),
    )
    job.refresh_from_db()
    return job


def cancel(job: Job) -> Job:
    """A queued job is cancelled at once; a running one is asked to stop and does so within seconds."""
    now = timezone.now()
    Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(state=Job.State.CANCELLED, updated_at=now)
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_requested=True, updated_at=now)
    job.refresh_from_db()
    return job


def latest_for(subject: str, kind: str = "") -> Job | None:
    """The newest job about a subject such as "scan:12"."""
    jobs = Job.objects.filter(subject=subject)
    return (jobs.filter(kind=kind) if kind else jobs).order_by("-pk").first()


def live(kind: str, subject: str, payload: dict) -> Job | None:
    """The queued or running job with exactly this payload, if there is one."""
    found = Job.objects.filter(kind=kind, subject=subject, state__in=(Job.State.QUEUED, Job.State.RUNNING))
    return next((job for job in found.order_by("pk") if job.payload == payload), None)


# --- leases -------------------------------------------------------------------------------------------


def lease_seconds() -> float:
    return float(getattr(settings, "JOB_LEASE_SECONDS", 20))


def _lease_end():
    return timezone.now() + timedelta(seconds=lease_seconds())


def _due(queue: str):
    now = timezone.now()
    waiting = Job.objects.filter(queue=queue, state=Job.State.QUEUED)
    return waiting.filter(Q(run_after=None) | Q(run_after__lte=now)).order_by("pk")


def _locked(jobs):
    """Rows locked until the transaction ends; SQLite's IMMEDIATE transaction has locked all of them already."""
    return jobs.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else jobs


def claim(queue: str, owner: str) -> Job | None:
    """Take the oldest job that is due, for one lease. No two workers get the same one."""
    # The look before the transaction spares an idle SQLite site a write lock at each turn.
    if not _due(queue).exists():
        return None
    with transaction.atomic():
        job = _locked(_due(queue)).first()
        if job is None:
            return None
        job.state = Job.State.RUNNING
        job.attempts += 1
        job.lease_owner, job.lease_until, job.run_after = owner, _lease_end(), None
        job.done, job.total, job.stage = 0, 0, ""
        job.save()
        return job


def return_expired(queue: str) -> int:
    """Put jobs whose worker fell silent back into the queue, or fail them. Out: how many there were."""
    expired = Job.objects.filter(queue=queue, state=Job.State.RUNNING, lease_until__lt=timezone.now())
    if not expired.exists():
        return 0
    with transaction.atomic():
        jobs = list(_locked(expired.order_by("pk")))
        for job in jobs:
            log.error("job %s (%s %s): its worker %s fell silent", job.pk, job.kind, job.subject, job.lease_owner)
            if job.cancel_requested:
                job.state = Job.State.CANCELLED
            elif job.attempts >= MAX_ATTEMPTS:
                job.state = Job.State.FAILED
                job.reason, job.reason_params = WORKER_DIED, {"attempts": job.attempts}
            else:
                job.state = Job.State.QUEUED
            job.lease_owner, job.lease_until = "", None
            job.save()
    return len(jobs)


def renew(job: Job, **progress) -> None:
    """Extend the lease, storing progress. Raises Lost or Cancelled."""
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, lease_owner=job.lease_owner)
    if not mine.update(lease_until=_lease_end(), updated_at=timezone.now(), **progress):
        raise Lost(f"job {job.pk} is no longer ours")
    if mine.filter(cancel_requested=True).exists():
        raise Cancelled(f"job {job.pk}")


def is_held(pk: int, owner: str) -> bool:
    """Whether this owner's lease on a job is still good."""
    held = Job.objects.filter(pk=pk, state=Job.State.RUNNING, lease_owner=owner)
    return held.filter(lease_until__gte=timezone.now()).exists()


# --- running one job ------------------------------------------------------------------------------------


class Progress:
    """The `progress` of a handler. Writes at most every PROGRESS_SECONDS, but each new stage at once."""

    def __init__(self, job: Job, stopping: Callable[[], bool] = lambda: False):
        self.job, self.stopping = job, stopping
        self._written = 0.0

    def __call__(self, done: int, total: int = 0, stage: str = "") -> None:
        if self.stopping():
            raise Interrupted
        now = time.monotonic()
        same_stage = stage == self.job.stage
        self.job.done, self.job.total, self.job.stage = done, total, stage
        if same_stage and now - self._written < PROGRESS_SECONDS:
            return
        self._written = now
        renew(self.job, done=done, total=total, stage=stage)


def run(job: Job, stopping: Callable[[], bool] = lambda: False) -> Job:
    """Run a claimed job to its end and store how it ended. Never raises for what the handler did."""
    found = _handlers.get(job.kind)
    try:
        if found is None:
            raise Failed(NO_HANDLER, kind=job.kind)
        result = found.run(job, Progress(job, stopping)) or {}
    except Cancelled:
        _finish(job, state=Job.State.CANCELLED)
    except Lost:
        log.error("job %s (%s %s): lease lost; another worker has it", job.pk, job.kind, job.subject)
    except Interrupted:
        _finish(job, state=Job.State.QUEUED, attempts=F("attempts") - 1)
    except Failed as error:
        log.warning("job %s (%s %s) failed: %s", job.pk, job.kind, job.subject, error)
        _finish(job, state=Job.State.FAILED, reason=error.msgid, reason_params=error.values)
    except Exception as error:
        log.exception("job %s (%s %s) broke in attempt %s", job.pk, job.kind, job.subject, job.attempts)
        _finish(job, **_after_break(job, error))
    else:
        _finish(job, state=Job.State.DONE, result=result, done=F("total"))
    job.refresh_from_db()
    return job


def _after_break(job: Job, error: Exception) -> dict:
    if job.attempts >= MAX_ATTEMPTS:
        said = f"{type(error).__name__}: {error}"[:500]
        values = {"attempts": job.attempts, "error": said}
        return {"state": Job.State.FAILED, "reason": BROKE, "reason_params": values}
    return {"state": Job.State.QUEUED, "run_after": timezone.now() + timedelta(seconds=2**job.attempts)}


def _finish(job: Job, **values) -> None:
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, lease_owner=job.lease_owner)
    mine.update(lease_owner="", lease_until=None, updated_at=timezone.now(), **values)


# --- the worker's pulse -------------------------------------------------------------------------------------


def heartbeat_path(queue: str) -> Path:
    return Path(settings.VAR_DIR) / "heartbeat" / queue


def beat(queue: str) -> None:
    """Say that the worker of a queue lives."""
    path = heartbeat_path(queue)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def alive(queue: str) -> bool:
    """Whether the worker of a queue gave a sign of life within ALIVE_SECONDS."""
    try:
        return time.time() - heartbeat_path(queue).stat().st_mtime < ALIVE_SECONDS
    except OSError:
        return False
