"""Background work of the archive. Imported by ArchiveConfig.ready."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_noop as noop
from django.utils.translation import override
from wagtail.users.models import UserProfile

from media import jobs

from . import merging
from .importing import uploads
from .importing.run import NOT_ALLOWED, run

FILES_GONE = noop("Tệp của lần nhập này không còn. Hãy tải bảng tính lên lại.")


@jobs.handler(uploads.KIND, queue="heavy")
def import_sheet(job, progress) -> dict:
    """Import an uploaded sheet; the result is the report. Cut off anywhere, it goes on where it stopped."""
    folder = uploads.folder_of(job)
    if not (folder / "sheet").is_file():
        raise jobs.Failed(FILES_GONE)
    with override(language_of(job.user)):
        try:
            report = run(folder / "sheet", job.user, uploads.options_of(job), progress, folder / "journal.jsonl")
        except PermissionDenied as error:
            raise jobs.Failed(NOT_ALLOWED) from error
    uploads.purge(job)
    uploads.purge_stale()
    return report.as_dict()


@jobs.handler(merging.KIND, queue="heavy")
def merge_authorities(job, progress) -> dict:
    """Merge two authorities that many records name. Cut off anywhere, it goes on where it stopped."""
    return merging.work(job, progress)


def language_of(user) -> str:
    """The language in which this person uses the admin: that of the report's sentences."""
    return UserProfile.get_for_user(user).get_preferred_language()
