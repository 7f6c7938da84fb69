"""The worker's loop: pollers, then one job, then a short sleep; it outlives every error but its own end."""

import contextlib
import fcntl
import logging
import os
import signal
import socket
import threading
import time
import uuid

from django.db import close_old_connections, connection

from media import jobs
from media.models import Job

log = logging.getLogger(__name__)

TURN_SECONDS = {"index": 0.2, "heavy": 0.5}
# One writer of the embedded index at a time, in this data folder.
SOLE = {"index"}
LONGEST_PAUSE = 60  # seconds


class Pause:
    """A pause that grows with each failure in a row."""

    def __init__(self):
        self.failures, self.until = 0, 0.0

    def failed(self) -> float:
        self.failures += 1
        seconds = min(LONGEST_PAUSE, 2.0 ** (self.failures - 1))
        self.until = time.monotonic() + seconds
        return seconds

    def worked(self) -> None:
        self.failures, self.until = 0, 0.0

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.until


class Worker:
    """Works off one queue until stop() or, with once, until nothing is left to do."""

    def __init__(self, queue: str):
        self.queue = queue
        self.owner = f"{_safe(socket.gethostname())}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self.stopped = threading.Event()
        self._pauses = {}
        self._beat_at = 0.0

    def stop(self, *_signal) -> None:
        self.stopped.set()

    def run(self, once: bool = False) -> None:
        log.info("worker %s: queue %s", self.owner, self.queue)
        with self._sole():
            while not self.stopped.is_set():
                worked = self.turn()
                if once and not worked:
                    break
                self.stopped.wait(0.01 if worked else TURN_SECONDS[self.queue])
        log.info("worker %s: ended", self.owner)

    def turn(self) -> bool:
        """One turn. Out: whether there was anything to do. Never raises."""
        self.beat()
        if not connection.in_atomic_block:
            close_old_connections()
        worked = False
        for poll in jobs.pollers(self.queue):
            if self.stopped.is_set():
                return False
            worked = bool(self._guarded(poll, f"{poll.__module__}.{poll.__qualname__}")) or worked
        return bool(self._guarded(self._work, f"queue {self.queue}")) or worked

    def _guarded(self, function, name: str):
        pause = self._pauses.setdefault(name, Pause())
        if not pause.over:
            return False
        try:
            result = function()
        except Exception:
            seconds = pause.failed()
            log.exception("worker: %s failed (%s in a row); next try in %.0f s", name, pause.failures, seconds)
            self._drop_connection()
            return False
        pause.worked()
        return result

    def _drop_connection(self) -> None:
        """A broken connection is opened anew, but never one that a caller's transaction needs (tests)."""
        with contextlib.suppress(Exception):
            if not connection.in_atomic_block:
                connection.close()

    def _work(self) -> bool:
        expired = jobs.return_expired(self.queue)
        job = jobs.claim(self.queue, self.owner)
        if job is None:
            return bool(expired)
        with LeaseKeeper(job, self.queue):
            jobs.run(job, self.stopped.is_set)
        return True

    def beat(self) -> None:
        now = time.monotonic()
        if now - self._beat_at >= jobs.HEARTBEAT_SECONDS:
            self._beat_at = now
            try:
                jobs.beat(self.queue)
            except OSError:
                log.exception("worker: can't write its heartbeat")

    @contextlib.contextmanager
    def _sole(self):
        if self.queue not in SOLE:
            yield
            return
        path = jobs.heartbeat_path(self.queue).with_suffix(".lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "w") as lock:
            told = False
            while not self.stopped.is_set():
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                if not told:
                    log.warning("worker: another %s worker is running; waiting for its end", self.queue)
                    told = True
                self.stopped.wait(0.5)
            yield


class LeaseKeeper(threading.Thread):
    """Renews a running job's lease and the heartbeat, for handlers that don't call progress() often enough."""

    def __init__(self, job: Job, queue: str):
        super().__init__(daemon=True, name=f"lease-{job.pk}")
        # An object of its own: the handler changes the other one.
        self.job = Job(pk=job.pk, lease_owner=job.lease_owner)
        self.queue = queue
        self._over = threading.Event()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self._over.set()
        self.join()

    def run(self):
        seconds = min(5.0, jobs.lease_seconds() / 4)
        try:
            while not self._over.wait(seconds):
                self._renew()
        finally:
            connection.close()

    def _renew(self) -> None:
        try:
            jobs.beat(self.queue)
            jobs.renew(self.job)
        except (jobs.Lost, jobs.Cancelled):
            pass  # the handler learns it from progress()
        except Exception:
            log.exception("job %s: its lease couldn't be renewed", self.job.pk)
            with contextlib.suppress(Exception):
                connection.close()


def _safe(text: str) -> str:
    """Fit for a folder's name, at most 24 characters."""
    return "".join(c if c.isalnum() and c.isascii() else "-" for c in text)[:24]


def end_on_signals(worker: Worker) -> None:
    """SIGTERM and SIGINT end the worker after this turn; a running job goes back to the queue."""
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
