"""Imports that come through the admin: their files wait in VAR_DIR/imports until the job is done."""

import shutil
import time
import uuid
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_noop as noop

from media import jobs
from media.ingest import clean_name
from media.models import Job
from media.sentences import Sentence

from . import report_sheet
from .run import Options

KIND = "import"
SHEET_LIMIT = 50 * 1024 * 1024  # bytes
STALE_AFTER = 14 * 24 * 3600  # seconds that the files of a failed or cancelled import are kept
TOO_BIG = noop("Bảng tính lớn hơn %(limit)s byte. Hãy bỏ ảnh nhúng hoặc chia thành nhiều tệp.")
SAME_NAME = noop("Hai tệp quét cùng tên “%(name)s”. Hãy đổi tên một tệp.")
NO_SPACE = noop("Không lưu được tệp tải lên (%(error)s). Hãy báo người vận hành.")


class UploadRefused(Sentence, ValueError):
    """What was uploaded can't become an import."""


def imports_dir() -> Path:
    return Path(settings.VAR_DIR) / "imports"


def folder_of(job: Job) -> Path:
    """Where the files of an import wait. Raises LookupError for a payload that isn't ours."""
    token = job.payload.get("folder", "")
    if not token.isalnum():
        raise LookupError(f"job {job.pk} has no folder")
    return imports_dir() / token


def start(sheet, scans: list, mapping, options: Options, user) -> Job:
    """Keep the uploaded files and queue the import.

    In: uploaded files (name, size, chunks()), mapping None where there is none; options without paths.
    Raises UploadRefused; then nothing is kept.
    """
    if sheet.size > SHEET_LIMIT:
        raise UploadRefused(TOO_BIG, limit=SHEET_LIMIT)
    token = uuid.uuid4().hex
    folder = imports_dir() / token
    try:
        (folder / "scans").mkdir(parents=True)
        _write(sheet, folder / "sheet")
        if mapping:
            _write(mapping, folder / "mapping.toml")
        for scan in scans:
            _write(scan, folder / "scans" / clean_name(scan.name))
        payload = {
            "folder": token,
            "name": clean_name(sheet.name),
            "mapping": bool(mapping),
            "update": options.update,
            "skip": options.skip,
            "create_missing": options.create_missing,
            "convert_legacy": options.convert_legacy,
            "dry_run": options.dry_run,
        }
        return jobs.enqueue(KIND, f"import:{token}", payload, user)
    except FileExistsError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise UploadRefused(SAME_NAME, name=Path(error.filename).name) from error
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise UploadRefused(NO_SPACE, error=error.strerror or type(error).__name__) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _write(uploaded, target: Path) -> None:
    with open(target, "xb") as file:
        for chunk in uploaded.chunks():
            file.write(chunk)


def options_of(job: Job) -> Options:
    folder = folder_of(job)
    return Options(
        scans=folder / "scans",
        mapping=folder / "mapping.toml" if job.payload.get("mapping") else None,
        update=bool(job.payload.get("update")),
        skip=bool(job.payload.get("skip")),
        create_missing=bool(job.payload.get("create_missing")),
        convert_legacy=bool(job.payload.get("convert_legacy")),
        dry_run=bool(job.payload.get("dry_run")),
    )


def purge(job: Job) -> None:
    """Remove the files of an import that is done."""
    shutil.rmtree(folder_of(job), ignore_errors=True)


def purge_stale() -> None:
    """Remove the files of imports that nobody took up again, and sheets with reports that nobody fetched."""
    for path in report_sheet.folder().glob("*"):
        if time.time() - path.stat().st_mtime > STALE_AFTER:
            path.unlink(missing_ok=True)
    if not imports_dir().is_dir():
        return
    live = Job.objects.filter(kind=KIND, state__in=(Job.State.QUEUED, Job.State.RUNNING))
    kept = {payload.get("folder") for payload in live.values_list("payload", flat=True)}
    for folder in imports_dir().iterdir():
        if folder.name not in kept and time.time() - folder.stat().st_mtime > STALE_AFTER:
            shutil.rmtree(folder, ignore_errors=True)
