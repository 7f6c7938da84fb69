"""What becomes of uploads: whole ones become scans, in the heavy worker; those left lying are removed."""

import logging
import os
import time

from django.utils import timezone
from django.utils.translation import gettext_noop as noop

from media import ingest, jobs, pace
from media.models import Upload

from . import store
from .protocol import Wrong

log = logging.getLogger(__name__)

CHECKING = noop("đang kiểm tra tệp")
PURGE_EVERY = 300  # seconds


def work(job: jobs.Job, progress) -> dict:
    """The handler of "intake" jobs: payload {"upload": pk}. A refused file is a result, not a failure."""
    upload = Upload.objects.filter(pk=job.payload.get("upload"), state=Upload.State.RECEIVED).first()
    if upload is None:
        return {}
    with store.held(upload, wait=True) as part:
        size = os.fstat(part.fileno()).st_size
        if size < upload.length:
            store.reopen(upload, size)
            return {"bytes": size}
        return take(upload, lambda done, total: progress(done, total, CHECKING))


def take(upload: Upload, step) -> dict:
    """Make a scan of a whole upload, or say why not."""
    try:
        scan = ingest.ingest_file(store.part_of(upload), upload.name, upload.user, upload.sha256, step)
    except ingest.Refused as error:
        if error.msgid == ingest.NO_SPACE:
            raise  # the file isn't to blame: it is kept and tried again
        store.settle(upload, Upload.State.REFUSED, reason=error.msgid, params=_plain(error.values))
        return {"refused": error.msgid}
    store.settle(upload, Upload.State.TAKEN, scan)
    return {"scan": scan.pk}


def _plain(values: dict) -> dict:
    return {name: value if isinstance(value, int) else str(value) for name, value in values.items()}


@pace.every(PURGE_EVERY)
def purge() -> bool:
    """Poller: remove half uploads 24 hours after their last byte. True when it removed something."""
    return bool(purge_now())


def purge_now() -> list[str]:
    """Out: the tokens of what was removed: expired rows with their parts, and parts that have no row."""
    removed = []
    for upload in Upload.objects.filter(expires_at__lt=timezone.now()).order_by("pk")[:500]:
        live = jobs.live(store.KIND, store.subject_of(upload), {"upload": upload.pk})
        if live is None and _remove(upload):
            removed.append(upload.token)
    oldest = time.time() - store.KEPT.total_seconds()
    parts = list(store.folder().glob("*.part")) if store.folder().is_dir() else []
    known = set(Upload.objects.filter(token__in=[part.stem for part in parts]).values_list("token", flat=True))
    for part in parts:
        if part.stem not in known and part.stat().st_mtime < oldest:
            part.unlink(missing_ok=True)
            removed.append(part.stem)
    if removed:
        log.info("removed %s uploads that were left lying", len(removed))
    return removed


def _remove(upload: Upload) -> bool:
    try:
        with store.held(upload):
            if upload.expires_at > timezone.now():
                return False  # somebody went on with it meanwhile
            upload.delete()
            store.part_of(upload).unlink(missing_ok=True)
    except Wrong:
        return False
    return True
