"""An export in the background: its file waits for the person who asked for it, and goes after a week."""

import shutil
import time
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from django.utils.translation import override

from media import jobs
from media.models import Job

from ..models import Record
from .formats import FORMATS, write
from .package import Damaged

KIND = "export"
STAGE = noop("Đang xuất")
NO_ROOM = noop("Không ghi được tệp xuất (%(error)s). Hãy kiểm tra chỗ trống trên đĩa rồi thử lại.")
KEPT = 7 * 24 * 3600  # seconds


def exports_dir() -> Path:
    return Path(settings.VAR_DIR) / "exports"


def file_of(job: Job) -> Path:
    """Where an export's file is, or will be."""
    suffix = FORMATS[job.payload["format"]].suffix
    day = timezone.localdate(job.created_at).isoformat()
    return exports_dir() / str(job.pk) / f"cat-vang-{day}-{job.pk}{suffix}"


def start(found, name: str, lang: str, working: bool, user) -> Job:
    """Ask for an export of the records of a queryset. Out: its job."""
    keys = list(found.order_by("identifier").values_list("pk", flat=True))
    payload = {"format": name, "lang": lang, "working": working, "records": keys}
    return jobs.enqueue(KIND, f"user:{user.pk}", payload, user)


def run(job: Job, found, progress) -> dict:
    """Carry an export out. `found`: the records that the person may still see. Out: the job's result."""
    payload, path = job.payload, file_of(job)
    total = found.count()
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f"part-{path.name}")
    try:
        with override(payload["lang"]):
            count, left_out = write(
                payload["format"],
                waiting,
                found,
                payload["lang"],
                payload["working"],
                lambda done: progress(done, total, STAGE),
            )
        waiting.replace(path)
    except Damaged as error:
        raise jobs.Failed(error.msgid, **error.values) from error
    except OSError as error:
        raise jobs.Failed(NO_ROOM, error=error.strerror or str(error)) from error
    finally:
        waiting.unlink(missing_ok=True)
    return {"count": count, "left_out": left_out, "size": path.stat().st_size}


def wanted(job: Job, visible):
    """The records of an export among those that a person may see."""
    return visible.filter(pk__in=job.payload["records"]) if job.payload["records"] else Record.objects.none()


def purge_stale() -> None:
    """Remove files of more than a week."""
    if not exports_dir().is_dir():
        return
    for folder in exports_dir().iterdir():
        if time.time() - folder.stat().st_mtime > KEPT:
            shutil.rmtree(folder, ignore_errors=True)
