"""Reading masters and their second copies whole, and making one from the other. Knows files, writes no row."""

import errno
import hashlib
import os
import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_noop as noop

from media.models import PreservationEvent, Scan
from media.sentences import Sentence

Outcome = PreservationEvent.Outcome
CHUNK = 4 * 1024 * 1024
NO_FOLDER = noop("Không thấy thư mục %(path)s; ổ đĩa chưa được gắn? Chưa kiểm tra gì.")


class Unmounted(Sentence):
    """A root of files isn't there: nothing can be said of the files in it, and none may be made there."""


class Interrupted(Exception):
    """Reading was given up because something else is waiting."""


@dataclass(frozen=True)
class Look:
    """What reading a file showed. outcome: of PreservationEvent; detail: digest found, size, error."""

    outcome: str
    detail: str = ""

    @property
    def is_whole(self) -> bool:
        return self.outcome == Outcome.SUCCESS


def masters() -> Path:
    """Where masters lie. Raises Unmounted."""
    return _root(settings.MASTERS_DIR)


def copies() -> Path | None:
    """Where second copies lie; None where none are kept. Raises Unmounted."""
    return _root(settings.MASTERS_COPY_DIR) if settings.MASTERS_COPY_DIR else None


def _root(path) -> Path:
    if not Path(path).is_dir():
        raise Unmounted(NO_FOLDER, path=str(path))
    return Path(path)


def look(path: Path, scan: Scan, stop: Callable[[], bool] = lambda: False) -> Look:
    """Read a file in full and compare it with what was taken in. Raises Interrupted when stop() says so."""
    digest, size = hashlib.sha256(), 0
    try:
        with open(path, "rb") as file:
            # What comes from the page cache says nothing of the disk.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if stop():
                    raise Interrupted
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    except FileNotFoundError:
        return Look(Outcome.MISSING)
    except OSError as error:
        # A disk that can't read a block has lost it; a permission says nothing of the bytes.
        outcome = Outcome.DAMAGED if error.errno == errno.EIO else Outcome.FAILED
        return Look(outcome, error.strerror or type(error).__name__)
    if digest.hexdigest() == scan.sha256:
        return Look(Outcome.SUCCESS, f"sha256:{scan.sha256}")
    return Look(Outcome.DAMAGED, f"sha256:{digest.hexdigest()} {size} B / {scan.size} B")


def make(source: Path, target: Path, root: Path, scan: Scan) -> Look:
    """Copy source to target below root: what was written is read again before it takes the target's name.

    Out: how it went; unless it is whole, target stays as it was.
    """
    waiting = root / "incoming" / f"{uuid.uuid4().hex}.part"
    try:
        waiting.parent.mkdir(exist_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, waiting)
        with open(waiting, "rb") as file:
            os.fsync(file.fileno())
        found = look(waiting, scan)
        if found.is_whole:
            waiting.chmod(0o440)
            os.replace(waiting, target)
            _flush(target.parent)
        return found
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        return Look(Outcome.MISSING if missing else Outcome.FAILED, error.strerror or type(error).__name__)
    finally:
        waiting.unlink(missing_ok=True)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
