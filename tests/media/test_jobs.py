"""The queue: claiming, leases, retries, cancelling, and pollers that break."""

import logging
import os
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django.utils.translation import override

from media import jobs
from media.models import Job
from media.worker import LeaseKeeper, Worker


@pytest.fixture
def kind():
    """A kind of job for one test; `kind.does` is its handler's body."""

    class Kind:
        name = "test"

        def __init__(self):
            self.runs = []
            self.does = lambda job, progress: None

        def __call__(self, job, progress):
            self.runs.append(job.pk)
            return self.does(job, progress)

    found = Kind()
    jobs.handler(found.name, queue="heavy")(found)
    yield found
    del jobs._handlers[found.name]


@pytest.fixture
def pollers():
    """The list of the index queue's pollers, empty for this test."""
    kept = jobs._pollers["index"][:]
    jobs._pollers["index"].clear()
    yield jobs._pollers["index"]
    jobs._pollers["index"][:] = kept


def expire(job):
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
class TestQueue:
    def test_oldest_first_and_only_once(self, kind):
        first, second = jobs.enqueue("test", "a:1"), jobs.enqueue("test", "a:2")
        assert jobs.claim("heavy", "one") == first
        assert jobs.claim("heavy", "two") == second
        assert jobs.claim("heavy", "three") is None
        assert jobs.claim("index", "four") is None
        job = Job.objects.get(pk=first.pk)
        assert (job.state, job.attempts, job.lease_owner) == ("running", 1, "one")
        assert job.lease_until > timezone.now()

    def test_an_unknown_kind_is_not_queued(self):
        with pytest.raises(LookupError):
            jobs.enqueue("no-such-kind")
        with pytest.raises(ValueError):
            jobs.handler("x", queue="no-such-queue")

    def test_done_with_its_result(self, kind):
        kind.does = lambda job, progress: (progress(3, 10, "đang làm"), {"made": 1})[1]
        job = jobs.enqueue("test")
        Worker("heavy").run(once=True)
        job.refresh_from_db()
        assert (job.state, job.result, job.done, job.total, job.stage) == ("done", {"made": 1}, 10, 10, "đang làm")
        assert job.lease_until is None

    def test_a_failure_keeps_its_sentence(self, kind):
        def fail(job, progress):
            raise jobs.Failed("Hỏng ở dòng %(row)s.", row=1234)

        kind.does = fail
        job = jobs.enqueue("test")
        Worker("heavy").run(once=True)
        job.refresh_from_db()
        with override("vi"):
            assert (job.state, job.attempts, job.reason_text) == ("failed", 1, "Hỏng ở dòng 1.234.")
        with override("en"):
            assert job.reason_text.endswith("1,234.")

    def test_what_breaks_is_tried_three_times_with_pauses(self, kind, caplog):
        def broken(job, progress):
            raise RuntimeError("cái gì đó")

        kind.does = broken
        job = jobs.enqueue("test")
        for attempt in (1, 2, 3):
            Worker("heavy").run(once=True)
            job.refresh_from_db()
            assert job.attempts == attempt == len(kind.runs)
            if attempt < 3:
                assert job.state == "queued" and job.run_after > timezone.now()
                Job.objects.update(run_after=None)
        with override("vi"):
            assert job.state == "failed" and "cái gì đó" in job.reason_text and "3 lần" in job.reason_text
        assert [record for record in caplog.records if record.levelno == logging.ERROR]
        Worker("heavy").run(once=True)
        assert len(kind.runs) == 3

    def test_a_silent_worker_loses_its_job(self, kind):
        job = jobs.enqueue("test")
        for attempt in (1, 2, 3):
            assert jobs.claim("heavy", f"dead-{attempt}").attempts == attempt
            assert jobs.return_expired("heavy") == 0
            expire(job)
            assert jobs.return_expired("heavy") == 1
        job.refresh_from_db()
        with override("vi"):
            assert job.state == "failed" and "dừng đột ngột 3 lần" in job.reason_text

    def test_a_worker_that_comes_back_late_changes_nothing(self, kind):
        job = jobs.enqueue("test")
        late = jobs.claim("heavy", "late")
        expire(job)
        jobs.return_expired("heavy")
        current = jobs.claim("heavy", "current")
        with pytest.raises(jobs.Lost):
            jobs.Progress(late)(1, 2, "x")
        jobs.run(late)  # its handler ends well, but it isn't its job any more
        job.refresh_from_db()
        assert (job.state, job.lease_owner) == ("running", "current")
        jobs.run(current)
        job.refresh_from_db()
        assert job.state == "done"

    def test_progress_renews_the_lease(self, kind):
        jobs.enqueue("test")
        job = jobs.claim("heavy", "me")
        soon = timezone.now() + timedelta(seconds=1)
        Job.objects.update(lease_until=soon)
        jobs.Progress(job)(1, 4, "nửa")
        job.refresh_from_db()
        assert job.lease_until > soon
        assert (job.done, job.total, job.percent) == (1, 4, 25)

    def test_cancel(self, kind):
        queued, running = jobs.enqueue("test"), jobs.enqueue("test")
        jobs.cancel(queued)
        assert queued.state == "cancelled"

        def cancelled_meanwhile(job, progress):
            jobs.cancel(Job.objects.get(pk=job.pk))
            progress(1, 2, "x")
            raise AssertionError("went on")

        kind.does = cancelled_meanwhile
        Worker("heavy").run(once=True)
        running.refresh_from_db()
        assert running.state == "cancelled"
        assert kind.runs == [running.pk]

    def test_retry(self, kind, cataloguer):
        def fail(job, progress):
            raise jobs.Failed("x")

        kind.does = fail
        job = jobs.enqueue("test")
        Worker("heavy").run(once=True)
        kind.does = lambda job, progress: None
        jobs.retry(job, cataloguer)
        assert (job.state, job.attempts, job.reason, job.user) == ("queued", 0, "", cataloguer)
        Worker("heavy").run(once=True)
        job.refresh_from_db()
        assert job.state == "done"
        jobs.retry(job)
        assert job.state == "done", "what is done isn't done again"

    def test_a_stopped_worker_gives_the_job_back_uncounted(self, kind):
        worker = Worker("heavy")

        def stopped_meanwhile(job, progress):
            worker.stop()
            progress(1, 2, "x")

        kind.does = stopped_meanwhile
        job = jobs.enqueue("test")
        worker.run()
        job.refresh_from_db()
        assert (job.state, job.attempts, job.lease_owner) == ("queued", 0, "")

    def test_a_job_without_handler_fails_with_a_sentence(self, kind):
        job = jobs.enqueue("test")
        Job.objects.update(kind="of-another-version")
        Worker("heavy").run(once=True)
        job.refresh_from_db()
        with override("vi"):
            assert job.state == "failed" and "of-another-version" in job.reason_text

    def test_latest(self, kind):
        jobs.enqueue("test", "a:1")
        last = jobs.enqueue("test", "a:1")
        jobs.enqueue("test", "a:2")
        assert jobs.latest_for("a:1") == last
        assert jobs.latest_for("a:3") is None


@pytest.mark.django_db
class TestLoop:
    def test_a_broken_poller_is_loud_and_stops_nobody(self, pollers, caplog):
        calls = []

        def broken():
            calls.append("broken")
            raise RuntimeError("index is full")

        def healthy():
            calls.append("healthy")
            return False

        pollers[:] = [broken, healthy]
        worker = Worker("index")
        for _ in range(3):
            worker.turn()
        # The broken one is in its pause; the healthy one has had every turn.
        assert calls == ["broken", "healthy", "healthy", "healthy"]
        assert "index is full" in caplog.text

    def test_pauses_grow_and_end(self, pollers):
        worker, broken = Worker("index"), [True]

        def sometimes():
            if broken[0]:
                raise RuntimeError
            return False

        pollers[:] = [sometimes]
        waits = []
        for _ in range(8):
            worker.turn()
            (pause,) = [p for name, p in worker._pauses.items() if "sometimes" in name]
            waits.append(round(pause.until - time.monotonic()))
            pause.until = 0
        assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
        broken[0] = False
        worker.turn()
        assert pause.failures == 0

    def test_a_database_that_goes_away_is_survived(self, kind, monkeypatch, caplog):
        job = jobs.enqueue("test")
        worker = Worker("heavy")
        with monkeypatch.context() as patch:

            def gone(*args):
                raise OperationalError("server closed the connection unexpectedly")

            patch.setattr(jobs, "claim", gone)
            assert worker.turn() is False
        assert "server closed" in caplog.text
        worker._pauses.clear()
        assert worker.turn() is True
        job.refresh_from_db()
        assert job.state == "done"

    def test_heartbeat(self, pollers):
        assert not jobs.alive("index")
        Worker("index").run(once=True)
        assert jobs.alive("index")
        assert not jobs.alive("heavy")
        old = time.time() - 3600
        os.utime(jobs.heartbeat_path("index"), (old, old))
        assert not jobs.alive("index")

    def test_once_ends_when_nothing_is_left(self, pollers, kind):
        left = [1, 2, 3]
        pollers[:] = [lambda: bool(left and left.pop())]
        Worker("index").run(once=True)
        assert left == []


@pytest.mark.django_db(transaction=True)
def test_a_handler_that_says_nothing_keeps_its_lease(kind, settings):
    settings.JOB_LEASE_SECONDS = 0.8
    ends = []

    def silent(job, progress):
        deadline = time.monotonic() + 10
        while len(set(ends)) < 3 and time.monotonic() < deadline:
            ends.append(Job.objects.get(pk=job.pk).lease_until)
            time.sleep(0.05)

    kind.does = silent
    jobs.enqueue("test")
    job = jobs.claim("heavy", "me")
    with LeaseKeeper(job, "heavy"):
        jobs.run(job)
    assert len(set(ends)) >= 3
    assert job.state == "done"


@pytest.mark.django_db(transaction=True)
def test_a_row_lock_is_passed_over(kind):
    """On PostgreSQL a claim skips a row that another one is claiming."""
    if not connection.features.has_select_for_update_skip_locked:
        assert connection.vendor == "sqlite"
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    import threading

    from django.db import transaction

    first, second = jobs.enqueue("test", "a:1"), jobs.enqueue("test", "a:2")
    found = []

    def other():
        found.append(jobs.claim("heavy", "other"))
        connection.close()

    with transaction.atomic():
        assert Job.objects.select_for_update().get(pk=first.pk) == first
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(20)
    assert found == [second]
