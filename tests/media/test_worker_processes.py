"""Real worker processes: killed, stopped, doubled, and four of them writing at once."""

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import pyvips

from media import jobs, paths, renditions
from media.models import Job

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def environment(process_env):
    return process_env | {"DJANGO_SETTINGS_MODULE": "tests.media.worker_settings"}


@pytest.fixture
def start(environment, tmp_path):
    """Start `manage.py worker`; whatever still runs is killed at the end."""
    started = []

    def start_worker(queue: str, *options):
        with open(tmp_path / f"worker-{len(started)}.log", "w+b") as log:
            command = [sys.executable, "manage.py", "worker", "--queue", queue, *options]
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        process.log = tmp_path / f"worker-{len(started)}.log"
        started.append(process)
        return process

    yield start_worker
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def wait_for(condition, what: str, seconds: float = 60):
    """Poll until it holds; the limit only bounds a failure."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    pytest.fail(f"waited {seconds} s for {what}")


def children_of(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def large_scan(take, tmp_path):
    path = tmp_path / "large.tif"
    noise = pyvips.Image.gaussnoise(2500, 2000, mean=128, sigma=60).cast("uchar")
    noise.bandjoin([noise, noise]).replicate(3, 3).tiffsave(str(path), compression="none")
    data = path.read_bytes()
    path.unlink()
    return take(data, "large.tif")


@pytest.mark.django_db(transaction=True)
def test_kill_9_in_mid_job(start, take, tmp_path, files, settings):
    scan = large_scan(take, tmp_path)
    first = start("heavy")

    def in_the_middle():
        assert first.poll() is None, first.log.read_text()
        job = Job.objects.get()
        half_made = [path for path in paths.making_dir().glob("*/pyramid.tif") if path.stat().st_size]
        return job.state == "running" and half_made and children_of(first.pid)

    (child,) = wait_for(in_the_middle, "a half-made pyramid")
    first.kill()
    first.wait()
    assert Job.objects.get().state == "running", "it was killed too late for this test to mean anything"
    assert renditions.find(scan) is None
    wait_for(lambda: not is_running(child), "the orphaned child's end", 5)

    second = start("heavy")
    job = wait_for(lambda: Job.objects.filter(state__in=["done", "failed"]).first(), "the job to be taken up again")
    assert (job.state, job.attempts) == ("done", 2), second.log.read_text()
    assert renditions.find(scan).width == 7500
    wait_for(lambda: not files(paths.making_dir()), "the purge of the half-made file", 30)
    assert len(files(settings.PRIVATE_DIR)) == 1
    second.send_signal(signal.SIGTERM)
    assert second.wait(20) == 0, second.log.read_text()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_it_cleanly_and_give_the_job_back(start, take, tmp_path, files, how):
    large_scan(take, tmp_path)
    worker = start("heavy")
    wait_for(lambda: files(paths.making_dir()), "a half-made pyramid")
    worker.send_signal(how)
    assert worker.wait(20) == 0, worker.log.read_text()
    job = Job.objects.get()
    assert (job.state, job.attempts) in [("queued", 0), ("done", 1)]
    assert files(paths.making_dir()) == []
    assert "Traceback" not in worker.log.read_text()


@pytest.mark.django_db(transaction=True)
def test_only_one_index_worker_writes(start):
    first = start("index")
    wait_for(lambda: jobs.alive("index"), "the first worker")
    second = start("index")
    wait_for(lambda: "waiting for its end" in second.log.read_text(), "the second to wait")
    assert first.poll() is None
    first.kill()
    first.wait()
    second.send_signal(signal.SIGTERM)
    assert second.wait(20) == 0, second.log.read_text()


WRITER = """
import django, sys
django.setup()
from media import jobs
jobs.handler("writers", queue="heavy")(lambda job, progress: progress(1, 2, "x") or {"by": sys.argv[1]})
ran = 0
for n in range(40):
    jobs.enqueue("writers", f"{sys.argv[1]}:{n}")
    job = jobs.claim("heavy", sys.argv[1])
    if job:
        ran += 1
        jobs.run(job)
print(ran)
"""


@pytest.mark.django_db(transaction=True)
def test_four_processes_write_and_none_meets_a_lock(environment):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, f"writer{n}"],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for n in range(4)
    ]  # fmt: skip
    said = [writer.communicate(timeout=200) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4, said
    assert "locked" not in str(said)
    ran = sum(int(out) for out, _err in said)
    # Each job was claimed once: none twice, and those that were run are done.
    assert Job.objects.count() == 160
    assert (
        Job.objects.filter(state="done", attempts=1).count() == ran == 160 - Job.objects.filter(state="queued").count()
    )
