"""A half upload: its row and its part on the masters' disk. The row tells which bytes are certain.

Bytes count once they are flushed to disk and the row says so, in that order; what a killed server left behind them is
cut off before the next byte is written. One request writes at a time: the part is locked (flock), which a dead process
gives up by itself.
"""

import contextlib
import errno
import fcntl
import logging
import os
import re
import secrets
import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as noop

from media import ingest, jobs, sniff
from media.models import Upload

from .protocol import MISMATCH, Checksum, Wrong

log = logging.getLogger(__name__)

KIND = "intake"
KEPT = timedelta(hours=24)
CHUNK = 1024 * 1024
TOKEN = re.compile("[0-9a-f]{32}")
# So much of one long request may be lost with the server.
CHECKPOINT = 64 * 1024 * 1024
# Room that stays free for pyramids and the database.
RESERVE = 256 * 1024 * 1024

WRONG_KIND = noop("không nhận được loại tệp “.%(extension)s”.")
NO_ROOM = noop(
    "Kho lưu trữ chỉ còn trống %(free)s MB, không đủ chỗ cho tệp “%(name)s” (%(size)s MB). "
    "Tệp chưa được tải lên; hãy báo người vận hành dọn ổ đĩa."
)
FULL = noop("Ổ đĩa của kho lưu trữ đã đầy. Phần đã tải lên được giữ lại; hãy báo người vận hành, rồi bấm “Tiếp tục”.")
BROKEN = noop("Không ghi được vào kho lưu trữ (%(error)s). Phần đã tải lên được giữ lại; hãy báo người vận hành.")
BUSY = noop("Tệp này đang được một yêu cầu khác ghi; hãy thử lại sau vài giây.")
CONFLICT = noop("Phần gửi lên bắt đầu ở byte %(given)s, còn hệ thống đang chờ từ byte %(wanted)s.")
TOO_LONG = noop("Phần gửi lên dài hơn độ dài đã báo của tệp.")
GONE = noop("Không có tệp tải dở nào ở địa chỉ này; có thể nó đã quá 24 giờ. Hãy chọn lại tệp để tải từ đầu.")
CORRUPT = noop("Phần gửi lên không khớp mã kiểm tra, vậy đã hỏng trên đường truyền; hãy gửi lại phần ấy.")


class Unwelcome(ingest.Refused):
    """A file that is refused before a byte of it is sent."""

    def __init__(self, status: int, msgid: str, name: str, **values):
        super().__init__(msgid, name, **values)
        self.status = status


def folder() -> Path:
    """Beside the masters, so that a whole upload becomes one without being copied."""
    return Path(settings.MASTERS_DIR) / "uploads"


def part_of(upload: Upload) -> Path:
    return folder() / f"{upload.token}.part"


def create(user, name: str, length: int, sha256: str = "") -> Upload:
    """Announce a file of `length` bytes. Raises Unwelcome or Wrong where it can't be taken in."""
    name = ingest.clean_name(name)
    ending = sniff.extension(name)
    if not length:
        raise Unwelcome(400, ingest.EMPTY, name)
    if length > settings.SCAN_MAX_BYTES:
        raise Unwelcome(413, ingest.TOO_BIG, name, limit=settings.SCAN_MAX_BYTES)
    if ending and ending not in sniff.EXTENSIONS:
        raise Unwelcome(415, WRONG_KIND, name, extension=ending)
    with _storage_errors():
        folder().mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder()).free - RESERVE
        if free < length:
            raise Wrong(507, NO_ROOM, name=name, free=max(free, 0) // 2**20, size=-(-length // 2**20))
        upload = Upload(
            token=secrets.token_hex(16), user=user, name=name, length=length, sha256=sha256, expires_at=_later()
        )
        os.close(os.open(part_of(upload), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        upload.save()
    except BaseException:
        part_of(upload).unlink(missing_ok=True)
        raise
    return upload


def find(user, token: str) -> Upload | None:
    """A person's own upload."""
    return mine(user, [token]).first()


def mine(user, tokens):
    """A person's own uploads among these: a queryset. What is no token is passed over."""
    return Upload.objects.filter(user=user, token__in=[token for token in tokens if TOKEN.fullmatch(token)])


def is_over(upload: Upload) -> bool:
    """Whether a half upload has waited too long; it is about to be removed."""
    return upload.state == Upload.State.RECEIVING and upload.expires_at < timezone.now()


def offset_of(upload: Upload) -> int:
    """How many bytes are certain."""
    if upload.state != Upload.State.RECEIVING:
        return upload.length
    try:
        return min(upload.offset, part_of(upload).stat().st_size)
    except FileNotFoundError:
        return 0


def append(upload: Upload, offset: int, body, size: int, checksum: Checksum | None = None) -> int:
    """Write `size` bytes of a request's body at `offset`, as they come. Out: how many of the file are certain now.

    A body that breaks off leaves what came of it, unless it has a checksum, which it then fails. Raises Wrong.
    """
    if upload.state != Upload.State.RECEIVING:
        _expect(upload.length, offset, upload.length, size)
        return upload.length
    with _storage_errors(), held(upload) as part:
        certain = min(upload.offset, os.fstat(part.fileno()).st_size)
        if upload.state != Upload.State.RECEIVING:
            certain = upload.length
        _expect(certain, offset, upload.length, size)
        if not size:
            return certain
        if certain < upload.offset:
            _advance(upload, certain)  # else a later crash would make what comes now look certain
        part.truncate(certain)
        part.seek(certain)
        try:
            done = _receive(upload, part, body, size, checksum)
            os.fsync(part.fileno())
        except BaseException:
            with contextlib.suppress(OSError):
                part.truncate(upload.offset)
            raise
        _advance(upload, certain + done)
    return upload.offset


def _expect(certain: int, offset: int, length: int, size: int) -> None:
    if offset != certain:
        raise Wrong(409, CONFLICT, given=offset, wanted=certain)
    if size > length - certain:
        raise Wrong(413, TOO_LONG)


def _receive(upload: Upload, part, body, size: int, checksum: Checksum | None) -> int:
    """Out: bytes written; without a checksum perhaps fewer than announced. Raises Wrong where the checksum differs."""
    start, done = part.tell(), 0
    digest = checksum.new() if checksum else None
    while done < size and (chunk := _read(body, min(CHUNK, size - done))):
        _write(part, chunk)
        done += len(chunk)
        if digest:
            digest.update(chunk)
        elif start + done - upload.offset >= CHECKPOINT:
            os.fsync(part.fileno())
            _advance(upload, start + done)
    if digest and (done < size or digest.digest() != checksum.digest):
        raise Wrong(MISMATCH, CORRUPT)
    return done


def _read(body, size: int) -> bytes:
    """Bytes of a request; none once its sender is gone."""
    try:
        return body.read(size)
    except OSError as error:
        log.info("upload: the sender is gone (%s)", error)
        return b""


def _write(part, chunk: bytes) -> None:
    """All of it: the part has no buffer, which after an error would be written where it doesn't belong."""
    left = memoryview(chunk)
    while left:
        left = left[part.write(left) :]


def _advance(upload: Upload, offset: int) -> None:
    """Say in the row what is certain; with the last byte the file goes on to intake, in the same transaction."""
    upload.offset, upload.expires_at = offset, _later()
    with transaction.atomic():
        if offset == upload.length:
            upload.state = Upload.State.RECEIVED
            jobs.enqueue(KIND, subject_of(upload), {"upload": upload.pk}, upload.user)
        upload.save(update_fields=["offset", "expires_at", "state"])


def subject_of(upload: Upload) -> str:
    return f"upload:{upload.pk}"


@contextlib.contextmanager
def held(upload: Upload, wait: bool = False):
    """The part, opened and locked, and the row as it is under the lock. Raises Wrong when it is busy or gone."""
    folder().mkdir(parents=True, exist_ok=True)
    handle = os.open(part_of(upload), os.O_RDWR | os.O_CREAT, 0o600)
    with open(handle, "r+b", buffering=0) as part:
        try:
            fcntl.flock(part, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise Wrong(423, BUSY) from error
        try:
            upload.refresh_from_db()
        except Upload.DoesNotExist as error:
            part_of(upload).unlink(missing_ok=True)
            raise Wrong(404, GONE) from error
        yield part


def settle(upload: Upload, state: str, scan=None, reason: str = "", params: dict | None = None) -> None:
    """Say how an upload ended, and remove its part."""
    upload.state, upload.scan, upload.expires_at = state, scan, _later()
    upload.reason, upload.reason_params = reason, params or {}
    upload.save(update_fields=["state", "scan", "expires_at", "reason", "reason_params"])
    part_of(upload).unlink(missing_ok=True)


def reopen(upload: Upload, offset: int) -> None:
    """Bytes that were certain are gone from the disk: have them sent again."""
    log.error("upload %s: %s of %s bytes are left; waiting for the rest anew", upload.pk, offset, upload.length)
    upload.state, upload.offset, upload.expires_at = Upload.State.RECEIVING, offset, _later()
    upload.save(update_fields=["state", "offset", "expires_at"])


def remove(upload: Upload) -> None:
    """End an upload and free its room. What has become a scan stays one. Raises Wrong when it is being written."""
    with held(upload):
        upload.delete()
        part_of(upload).unlink(missing_ok=True)


def _later():
    return timezone.now() + KEPT


@contextlib.contextmanager
def _storage_errors():
    try:
        yield
    except OSError as error:
        log.exception("upload: storage failed")
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Wrong(507, FULL) from error
        raise Wrong(500, BROKEN, error=error.strerror or type(error).__name__) from error
