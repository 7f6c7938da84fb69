"""Making a pyramid: starts the child process, follows it, and puts its file into place."""

import logging
import os
import re
import shutil
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_noop as noop

from media import child_process, jobs, pace, paths, vips
from media.models import Scan

log = logging.getLogger(__name__)

TILE = 512  # pixels
QUALITY = 85
MEMORY = 1024**3  # bytes
SECONDS = 45 * 60  # at most
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
        order = _order(scan, master, folder / "pyramid.tif", max_width, page)
        done = _run(order, folder, progress)
        made = Made(done["sha256"][:32], done["width"], done["height"], done["size"])
        _put(folder / "pyramid.tif", paths.private_path(made.image_id))
        return made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _order(scan: Scan, master: Path, target: Path, max_width: int, page: int) -> dict:
    return {
        "act": "pyramid",
        "source": os.path.abspath(master),
        "format": scan.format,
        "page": page,
        "size": scan.size_of(page),
        "fail_on": vips.FAIL_ON[scan.format],
        "target": os.path.abspath(target),
        "max_width": max_width,
        "tile": TILE,
        "quality": QUALITY,
        "memory": MEMORY,
    }


def seconds_for(size: tuple[int, int]) -> float:
    """How long the pyramid of so many pixels may take: many times what it takes on a slow machine."""
    return min(SECONDS, 180 + 3e-6 * size[0] * size[1])


def _run(order: dict, folder: Path, progress) -> dict:
    """Out: what the child says at its end."""
    seconds = seconds_for(order["size"])
    try:
        return child_process.run(order, folder, seconds, lambda percent: progress(percent, 100, STAGE))
    except child_process.TooSlow as error:
        raise jobs.Failed(TOO_SLOW, minutes=max(1, int(seconds // 60))) from error
    except child_process.Wrong as error:
        if error.code == "memory":
            raise jobs.Failed(MEMORY_SENTENCE) from error
        if error.code in ("storage", "killed"):
            # Killed (by the kernel for memory, or by a fault in a decoder): worth another attempt, three in all.
            raise StorageError(error.detail) from error
        raise jobs.Failed(DAMAGED) from error


def _put(made: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(made, target)
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
