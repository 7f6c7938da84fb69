"""Taking in a master file: streamed, measured, checked, then kept byte for byte under its SHA-256.

Nothing half-made stays: the file waits under MASTERS_DIR/incoming until row and job are certain.
"""

import contextlib
import hashlib
import logging
import os
import re
import shutil
import unicodedata
import uuid
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from media import preservation, renditions
from media.measuring import Measured, measure
from media.models import Scan
from media.refusals import EMPTY, NO_SPACE, OTHER_BYTES, TOO_BIG, Refused

log = logging.getLogger(__name__)

CHUNK = 1024 * 1024


def ingest(file, name: str, user) -> Scan:
    """Take in a master file and queue its pyramid.

    In: a binary file object, read to its end; the name it came under (a path is cut off); who uploads it.
    Out: the Scan; bytes that are here already give the existing one. Raises Refused.
    """
    name = clean_name(name)
    try:
        waiting = _incoming_path()
        with _removed_at_last(waiting):
            digest, size = _receive(file, waiting, name)
            measured = measure(waiting, name)
            return _keep(waiting, digest, size, measured, name, user)
    except OSError as error:
        log.exception("ingest of %r: storage failed", name)
        raise Refused(NO_SPACE, name, error=error.strerror or type(error).__name__) from error


def ingest_file(path: Path, name: str, user, sha256: str = "", step: Callable = lambda done, total: None) -> Scan:
    """Take in a file that lies on the masters' own disk: under a second name instead of a second copy.

    In: path, which no one writes to any more and which stays, for the caller to remove; sha256: what it has to be
    (hex), "" where nobody said; step(done, total) in bytes is told while it is read, and may raise to stop.
    Out: as of ingest(). Running it twice gives the same. Raises Refused.
    """
    name = clean_name(name)
    try:
        waiting = _incoming_path()
        with _removed_at_last(waiting):
            try:
                os.link(path, waiting)
            except FileNotFoundError:
                raise
            except OSError:
                shutil.copyfile(path, waiting)  # a file system without hard links
            waiting.touch()  # it may have waited long, and old files here are taken for abandoned ones
            digest, size = _read(waiting, name, step)
            if sha256 and digest != sha256.lower():
                raise Refused(OTHER_BYTES, name)
            measured = measure(waiting, name)
            return _keep(waiting, digest, size, measured, name, user)
    except OSError as error:
        log.exception("ingest of %r: storage failed", name)
        raise Refused(NO_SPACE, name, error=error.strerror or type(error).__name__) from error


def _read(path: Path, name: str, step: Callable) -> tuple[str, int]:
    """SHA-256 (hex) and size (bytes) of a file that is here already. Raises Refused for an empty or too large one."""
    size, digest, done = path.stat().st_size, hashlib.sha256(), 0
    if not size:
        raise Refused(EMPTY, name)
    if size > settings.SCAN_MAX_BYTES:
        raise Refused(TOO_BIG, name, limit=settings.SCAN_MAX_BYTES)
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            done += len(chunk)
            step(done, size)
    return digest.hexdigest(), size


def clean_name(name: str) -> str:
    """A file name fit for a list: no path, no control or format characters, NFC, at most 255 characters."""
    name = unicodedata.normalize("NFC", str(name)).replace("\\", "/").rpartition("/")[2]
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    name = re.sub(r"\s+", " ", name).strip(" .")
    if len(name) > 255:
        stem, dot, ending = name.rpartition(".")
        name = stem[: 254 - len(ending)] + dot + ending if dot and len(ending) < 20 else name[:255]
    return name or "scan"


def _incoming_path() -> Path:
    folder = Path(settings.MASTERS_DIR) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{uuid.uuid4().hex}.part"


@contextlib.contextmanager
def _removed_at_last(path: Path):
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _receive(file, target: Path, name: str) -> tuple[str, int]:
    """Stream to disk. Out: SHA-256 (hex) and size (bytes). Stops at the limit."""
    if hasattr(file, "seekable") and file.seekable():
        file.seek(0)
    digest, size, limit = hashlib.sha256(), 0, settings.SCAN_MAX_BYTES
    with open(target, "xb") as out:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise Refused(TOO_BIG, name, limit=limit)
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if not size:
        raise Refused(EMPTY, name)
    return digest.hexdigest(), size


def _keep(waiting: Path, digest: str, size: int, measured: Measured, name: str, user) -> Scan:
    """Move the file into place and write its row and job, or nothing of it."""
    scan = Scan(
        sha256=digest,
        original_name=name,
        format=measured.format,
        size=size,
        width=measured.width,
        height=measured.height,
        pages=measured.pages,
        page_sizes=measured.page_sizes,
        technical=measured.technical,
        uploaded_by=user,
    )
    master = Path(settings.MASTERS_DIR) / scan.master_name
    known = Scan.objects.filter(sha256=digest).first()
    if known and master.exists() and master.stat().st_size == size:
        renditions.ensure_all(known, user)
        return known
    _move(waiting, master)
    if known:
        log.warning("the master of scan %s was missing or cut; an upload of the same bytes mended it", known.pk)
        return known
    try:
        with transaction.atomic():
            scan.save()
            preservation.record(scan, preservation.Kind.INGESTION, "success", f"sha256:{digest} {size} B", user)
            renditions.ensure_all(scan, user)
    except IntegrityError:
        other = Scan.objects.filter(sha256=digest).first()
        if other is None:
            master.unlink(missing_ok=True)
            raise
        return other
    except BaseException:
        master.unlink(missing_ok=True)
        raise
    return scan


def _move(source: Path, target: Path) -> None:
    """Rename within one file system and make it last through a power cut. Masters are read-only."""
    target.parent.mkdir(parents=True, exist_ok=True)
    source.chmod(0o440)
    os.replace(source, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
