"""Making a pyramid: starts the child process, follows it, and puts its file into place."""

import json
import logging
import os
import re
import selectors
import shutil
import subprocess
import sys
import time
import uuid
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_noop as noop

from media import jobs, pace, paths, vips
from media.models import Scan

log = logging.getLogger(__name__)

CHILD = Path(__file__).with_name("pyramid_child.py")
TILE = 512  # pixels
QUALITY = 85
MEMORY = 1024**3  # bytes
SECONDS = 45 * 60
PURGE_EVERY = 10  # seconds
ABANDONED_AFTER = 6 * 3600  # seconds

STAGE = noop("đang dựng ảnh nhiều lớp")
MASTER_MISSING = noop("Không tìm thấy tệp gốc trong kho. Hãy tải lại đúng tệp này lên.")
DAMAGED = noop("Ảnh hỏng hoặc bị cắt cụt, không đọc được hết. Hãy quét hoặc chép lại rồi tải lên.")
MEMORY_SENTENCE = noop(
    "Ảnh cần nhiều bộ nhớ hơn mức cho phép. Hãy lưu lại dưới dạng TIFF chia ô (tiled) hoặc không nén rồi tải lên."
)
TOO_SLOW = noop("Xử lý quá %(minutes)s phút mà chưa xong nên đã dừng. Hãy giảm kích thước ảnh hoặc thử lại.")


class StorageError(OSError):
    """The derivative couldn't be written: worth another attempt."""


@dataclass(frozen=True)
class Made:
    """A finished derivative. image_id: first 32 hex digits of its SHA-256; width, height in pixels; size in bytes."""

    image_id: str
    width: int
    height: int
    size: int


def token(job_pk: int, owner: str) -> str:
    """The name of the folder in which one run of a job works; purge() reads it back."""
    return f"{job_pk}.{re.sub(r'[^A-Za-z0-9_-]', '-', owner)}"


def make(scan: Scan, max_width: int, progress, name: str = "", page: int = 1) -> Made:
    """Make the derivative of a page of a scan, at most `max_width` pixels wide (0 = full), in PRIVATE_DIR.

    progress(done, total, stage) is called about twice a second and may raise to stop it. The run works
    in a folder of its own, removed at the end however it ends. Raises jobs.Failed for what can't succeed,
    OSError where another attempt may.
    """
    master = Path(settings.MASTERS_DIR) / scan.master_name
    if not master.exists():
        raise jobs.Failed(MASTER_MISSING)
    folder = paths.making_dir() / (name or f"now.{uuid.uuid4().hex}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        target = folder / "pyramid.tif"
        done = _run_child(_order(master, scan.format, target, max_width, page), folder, progress)
        made = Made(done["sha256"][:32], done["width"], done["height"], done["size"])
        _put(target, paths.private_path(made.image_id))
        return made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _order(master: Path, kind: str, target: Path, max_width: int, page: int) -> dict:
    return {
        "source": str(master),
        "format": kind,
        "page": page,
        "fail_on": vips.FAIL_ON[kind],
        "target": str(target),
        "max_width": max_width,
        "tile": TILE,
        "quality": QUALITY,
        "parent": os.getpid(),
        "memory": MEMORY,
    }


def _put(made: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(made, target)
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _environment(folder: Path) -> dict:
    """Little more than nothing: no secret reaches the child, and libvips' own temporary files go into its folder."""
    names = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return kept | {"TMPDIR": str(folder), "VIPS_CONCURRENCY": str(min(4, os.cpu_count() or 1))}


def _run_child(order: dict, folder: Path, progress) -> dict:
    """Out: what the child says at its end."""
    command = [sys.executable, "-P", str(CHILD), json.dumps(order)]
    with open(folder / "stderr", "w+b") as errors:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=_environment(folder))
        try:
            message = _follow(child, progress)
        finally:
            child.kill()
            child.wait()
            child.stdout.close()
        errors.seek(0)
        said = errors.read()[-2000:].decode(errors="replace")
    return _understand(message, child.returncode, said)


def _follow(child, progress) -> dict:
    """Read the child's lines until it ends. Out: its last message ({} when it ended without one)."""
    message, percent, began = {}, 0, time.monotonic()
    progress(0, 100, STAGE)
    os.set_blocking(child.stdout.fileno(), False)
    waiting, buffer = selectors.DefaultSelector(), b""
    waiting.register(child.stdout, selectors.EVENT_READ)
    with waiting:
        while True:
            if waiting.select(timeout=0.5):
                chunk = child.stdout.read()
                if chunk == b"":
                    child.wait()
                    return message
                *lines, buffer = (buffer + (chunk or b"")).split(b"\n")
                for line in deque(lines, maxlen=8):
                    message = json.loads(line)
                    percent = message.get("percent", percent)
            progress(percent, 100, STAGE)
            if time.monotonic() - began > SECONDS:
                raise jobs.Failed(TOO_SLOW, minutes=SECONDS // 60)


def _understand(message: dict, code: int, said: str) -> dict:
    if "done" in message:
        return message["done"]
    detail = f"{message.get('detail', '')} {said}".strip()
    log.error("pyramid child ended with %s: %s", code, detail)
    match message.get("error"):
        case "damaged":
            raise jobs.Failed(DAMAGED)
        case "memory":
            raise jobs.Failed(MEMORY_SENTENCE)
        case "storage":
            raise StorageError(detail)
    # Killed (by the kernel for memory, or by a fault in a decoder): worth another attempt, three in all.
    raise StorageError(f"the image process ended with code {code}: {detail}")


# --- what was cut off ---------------------------------------------------------------------------------


@pace.every(PURGE_EVERY)
def purge() -> bool:
    """Poller: remove what runs and uploads that were killed left half-made. True when it removed something."""
    return bool(purge_now())


def purge_now() -> list[str]:
    """Out: the names of what was removed."""
    removed = []
    for folder in _children(paths.making_dir()):
        pk, _dot, owner = folder.name.partition(".")
        held = jobs.is_held(int(pk), owner) if pk.isdigit() else _age(folder) < ABANDONED_AFTER
        if not held:
            shutil.rmtree(folder, ignore_errors=True)
            removed.append(folder.name)
    for file in _children(Path(settings.MASTERS_DIR) / "incoming"):
        if _age(file) > ABANDONED_AFTER:
            file.unlink(missing_ok=True)
            removed.append(file.name)
    for name in removed:
        log.warning("removed the half-made %s", name)
    return removed


def _children(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _age(path: Path) -> float:
    """Seconds since it was last written."""
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0
