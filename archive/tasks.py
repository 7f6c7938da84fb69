"""Background work of the archive. Imported by ArchiveConfig.ready."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_noop as noop
from django.utils.translation import override
from wagtail.users.models import UserProfile

from media import jobs

from . import change_sets, merging
from .admin.record_access import visible_records
from .batch_edit import run as batch_edit
from .exporting import run as exporting
from .importing import report_sheet, uploads
from .importing.run import NOT_ALLOWED, run
from .lines import reading, whole
from .models import ChangeSet

UNDO_NOT_ALLOWED = noop("Tài khoản này không có quyền sửa và xoá bản ghi, nên không hoàn tác được.")
UNDONE = noop("Lần nhập này đã được hoàn tác nên không làm tiếp được. Hãy tải bảng tính lên lại.")
FILES_GONE = noop("Tệp của lần nhập này không còn. Hãy tải bảng tính lên lại.")


@jobs.handler(uploads.KIND, queue="heavy")
def import_sheet(job, progress) -> dict:
    """Import an uploaded sheet; the result is the report. Cut off anywhere, it goes on where it stopped."""
    folder = uploads.folder_of(job)
    if not (folder / "sheet").is_file():
        raise jobs.Failed(FILES_GONE)
    options = uploads.options_of(job)
    change_set = change_sets.open_for(job, ChangeSet.Kind.IMPORT, job.payload["name"], options.told(), job.user)
    if change_set.undone_at:
        raise jobs.Failed(UNDONE)
    with override(language_of(job.user)):
        try:
            report = run(folder / "sheet", job.user, options, progress, change_set)
        except PermissionDenied as error:
            raise jobs.Failed(NOT_ALLOWED) from error
        if report.refused:
            report_sheet.keep(folder / "sheet", options, change_set, folder.name, progress)
    uploads.purge(job)
    uploads.purge_stale()
    return report.as_dict()


@jobs.handler(merging.KIND, queue="heavy")
def merge_authorities(job, progress) -> dict:
    """Merge two authorities that many records name. Cut off anywhere, it goes on where it stopped."""
    return merging.work(job, progress)


@jobs.handler(exporting.KIND, queue="heavy")
def export_records(job, progress) -> dict:
    """Write an export's file, of what its person may see now."""
    exporting.purge_stale()
    return exporting.run(job, exporting.wanted(job, visible_records(job.user)), progress)


@jobs.handler(reading.KIND, queue="heavy")
def read_page(job, progress) -> dict:
    """Read the printed text of a scan's page; lines that persons corrected stay."""
    return reading.work(job, progress)


@jobs.handler(whole.KIND, queue="heavy")
def read_record(job, progress) -> dict:
    """Read the pages of a record that have no lines. Cut off anywhere, it goes on where it stopped."""
    return whole.work(job, progress)


@jobs.handler(batch_edit.KIND, queue="heavy")
def edit_batch(job, progress) -> dict:
    """Carry out a batch edit. Cut off anywhere, it goes on where it stopped."""
    if not job.user.has_perm(batch_edit.RIGHT):
        raise jobs.Failed(NOT_ALLOWED)
    with override(language_of(job.user)):
        return batch_edit.run(job.change_set, job.user, progress)


@jobs.handler(change_sets.UNDO_JOB, queue="heavy")
def undo_change_set(job, progress) -> dict:
    """Undo an import or a batch edit. Cut off anywhere, it goes on where it stopped."""
    change_set = ChangeSet.objects.filter(pk=job.subject.removeprefix("change_set:")).first()
    if change_set is None or not job.user.has_perms(change_sets.RIGHTS):
        raise jobs.Failed(UNDO_NOT_ALLOWED)
    return change_sets.undo(change_set, job.user, progress)


def language_of(user) -> str:
    """The language in which this person uses the admin: that of the report's sentences."""
    return UserProfile.get_for_user(user).get_preferred_language()
