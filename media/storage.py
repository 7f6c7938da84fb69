"""Public files: the only code that makes and removes them.

A PublicImage row is what makes an image public; the link in PUBLIC_DIR follows it after commit. A file
operation that fails never undoes a clearance: it is logged, and mend() tries again until it succeeds.
"""

import logging
import os
import shutil
import uuid
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from media import pace
from media.models import PublicImage, Retraction
from media.paths import IMAGE_ID, private_path, public_path

__all__ = [
    "IMAGE_ID",
    "is_public",
    "mend",
    "private_path",
    "public_among",
    "public_path",
    "readable_path",
    "reconcile",
    "release",
    "retract",
]

log = logging.getLogger(__name__)

MEND_EVERY = 5  # seconds
IS_PUBLIC = f"SELECT 1 FROM {PublicImage._meta.db_table} WHERE image_id = %s"


def release(image_ids) -> None:
    """Make images public once the caller's transaction commits. Ids that already are stay so."""
    ids = sorted(set(image_ids))
    for image_id in ids:
        public_path(image_id)  # refuses what is no image id
    Retraction.objects.filter(image_id__in=ids).delete()
    PublicImage.objects.bulk_create([PublicImage(image_id=i) for i in ids], ignore_conflicts=True)
    transaction.on_commit(lambda: _after_release(ids))


def retract(image_ids) -> None:
    """End the publicity of images once the caller's transaction commits; their files go at that moment."""
    ids = sorted(set(image_ids))
    PublicImage.objects.filter(image_id__in=ids).delete()
    Retraction.objects.bulk_create([Retraction(image_id=i) for i in ids], ignore_conflicts=True)
    transaction.on_commit(lambda: _after_retract(ids))


def is_public(image_id: str) -> bool:
    """Asked for each tile: by one look into the index, in an eighth of the time that the query builder takes."""
    with connection.cursor() as cursor:
        cursor.execute(IS_PUBLIC, [image_id])
        return cursor.fetchone() is not None


def public_among(image_ids) -> set[str]:
    """Those that are public; one query, none for no ids."""
    return set(PublicImage.objects.filter(pk__in=set(image_ids)).values_list("pk", flat=True))


def readable_path(image_id: str) -> Path | None:
    """The derivative's file by whichever name it has, or None."""
    return next((path for path in (private_path(image_id), public_path(image_id)) if path.exists()), None)


# --- after commit: never raises ----------------------------------------------------------------------


def _after_release(ids) -> None:
    for image_id in ids:
        try:
            _link(image_id)
        except Exception:
            log.exception("image %s is public but its file couldn't be put into PUBLIC_DIR; will be retried", image_id)


def _after_retract(ids) -> None:
    for image_id in ids:
        try:
            _unlink(image_id)
        except Exception:
            log.exception("image %s was retracted but its public file couldn't be removed; will be retried", image_id)


def _link(image_id: str) -> None:
    source, target = private_path(image_id), public_path(image_id)
    if not _same(source, target):
        target.parent.mkdir(parents=True, exist_ok=True)
        waiting = target.with_name(f".{image_id}.{uuid.uuid4().hex}")
        try:
            try:
                os.link(source, waiting)
            except OSError:
                # Another device, or a file system without hard links.
                shutil.copyfile(source, waiting)
            os.replace(waiting, target)
        finally:
            # rename() between two names of one file leaves both.
            waiting.unlink(missing_ok=True)
    if not PublicImage.objects.filter(pk=image_id).update(linked=True):
        # Retracted meanwhile: that act's own removal may have come too early.
        target.unlink(missing_ok=True)


def _unlink(image_id: str) -> None:
    if not is_public(image_id):
        public_path(image_id).unlink(missing_ok=True)
    Retraction.objects.filter(pk=image_id).delete()


def _same(source: Path, target: Path) -> bool:
    """Whether the public file is whole: the same file, or a copy of the same length."""
    try:
        there = target.stat()
    except FileNotFoundError:
        return False
    here = source.stat()
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino) or here.st_size == there.st_size


# --- mending --------------------------------------------------------------------------------------------


@pace.every(MEND_EVERY)
def mend() -> bool:
    """Poller: links and removals that failed. True when it mended one."""
    return mend_now()


def mend_now() -> bool:
    missing = list(PublicImage.objects.filter(linked=False).values_list("pk", flat=True)[:200])
    stale = list(Retraction.objects.values_list("pk", flat=True)[:200])
    _after_release(missing)
    _after_retract(stale)
    still = PublicImage.objects.filter(pk__in=missing, linked=False).count()
    still += Retraction.objects.filter(pk__in=stale).count()
    return still < len(missing) + len(stale)


def reconcile(wanted: set[str], fix: bool = False) -> list[str]:
    """Compare rows and public files with the image ids that standing editions list.

    Out: a sentence for each difference found (before mending). With fix, mends each.
    """
    rows = set(PublicImage.objects.values_list("pk", flat=True))
    files = _public_files()
    found = [_("Ảnh %(id)s thuộc bản công bố nhưng chưa được mở.") % {"id": i} for i in sorted(wanted - rows)]
    found += [_("Ảnh %(id)s đang mở nhưng không bản công bố nào dùng.") % {"id": i} for i in sorted(rows - wanted)]
    found += [_("Thiếu tệp công khai của ảnh %(id)s.") % {"id": i} for i in sorted(wanted & rows) if not _is_whole(i)]
    found += [_("Tệp công khai thừa: %(id)s.") % {"id": name} for name in sorted(set(files) - wanted - rows)]
    found += [
        _("Ảnh %(id)s mất tệp dẫn xuất; hãy dựng lại.") % {"id": i} for i in sorted(wanted) if readable_path(i) is None
    ]
    if fix and found:
        with transaction.atomic():
            release(wanted)
            retract(rows - wanted)
        for name in set(files) - wanted:
            files[name].unlink(missing_ok=True)
    return found


def _is_whole(image_id: str) -> bool:
    try:
        return _same(private_path(image_id), public_path(image_id))
    except FileNotFoundError:
        return False


def _public_files() -> dict[str, Path]:
    """Every file below PUBLIC_DIR/images by its name without the extension."""
    root = Path(settings.PUBLIC_DIR) / "images"
    return {path.name.removesuffix(".tif"): path for path in root.glob("*/*") if path.is_file()}
