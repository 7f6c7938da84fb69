"""Imports and batch edits as a whole: what became of each row, and taking it all back."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Count, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_noop as noop

from media import jobs

from .importing.scans import discard
from .models import ChangeSet, ChangeSetRow, Decision, Record, Status
from .records import UnderReview, save_record

UNDO_JOB = "undo"
STAGE = noop("Đang hoàn tác")
RIGHTS = ["archive.change_record", "archive.delete_record"]
DELETED, RESTORED, SPARED = "deleted", "restored", "spared"
WRITTEN = (ChangeSetRow.Action.CREATED, ChangeSetRow.Action.UPDATED)


def open_for(job, kind: str, title: str, options: dict, user) -> ChangeSet:
    """The change set of a job: the one it began before it was cut off, or a new one. job None: always a new one."""
    values = {"kind": kind, "title": title[:300], "options": options, "user": user}
    if job is None:
        return ChangeSet.objects.create(**values)
    return ChangeSet.objects.get_or_create(job=job, defaults=values)[0]


def done_rows(change_set: ChangeSet) -> dict[int, str]:
    """{row number: identifier} of the rows whose fate is written."""
    return dict(change_set.rows.values_list("number", "identifier"))


def counts(change_set: ChangeSet) -> dict[str, int]:
    """{action: rows}."""
    found = change_set.rows.order_by().values("action").annotate(rows=Count("pk"))
    return {row["action"]: row["rows"] for row in found}


def finish(change_set: ChangeSet, report: dict) -> None:
    ChangeSet.objects.filter(pk=change_set.pk).update(finished_at=timezone.now(), report=report)


def can_be_undone(change_set: ChangeSet) -> bool:
    return change_set.undone_at is None and change_set.rows.filter(action__in=WRITTEN, undone="").exists()


def outlook(change_set: ChangeSet) -> dict[str, list[ChangeSetRow]]:
    """What an undo would do now: rows by "deleted", "restored", "spared". Writes nothing."""
    found: dict[str, list] = {DELETED: [], RESTORED: [], SPARED: []}
    for row in _rows(change_set):
        found[_fate(row)].append(row)
    return found


def _rows(change_set: ChangeSet):
    """Written rows, the last first: a record may be related to one of an earlier row."""
    rows = change_set.rows.filter(action__in=WRITTEN, undone="").select_related("record").order_by("-number")
    return rows.iterator(chunk_size=200)


def _fate(row: ChangeSetRow) -> str:
    """A record that anybody worked on since, or that went to the reviewers, is spared."""
    record = row.record
    if record is None or row.after_id is None or record.latest_revision_id != row.after_id:
        return SPARED
    if record.status in (Status.SUBMITTED, Status.HELD):
        return SPARED
    if row.action == ChangeSetRow.Action.UPDATED:
        return RESTORED if row.before_id else SPARED
    return SPARED if Decision.objects.filter(subject=f"record:{record.pk}").exists() else DELETED


def start_undo(change_set: ChangeSet, user):
    """Ask for an undo in the background. Out: its job; the one that runs already where there is one."""
    subject = f"change_set:{change_set.pk}"
    return jobs.live(UNDO_JOB, subject, {}) or jobs.enqueue(UNDO_JOB, subject, {}, user)


def undo(change_set: ChangeSet, user, progress: Callable = lambda *args: None) -> dict[str, int]:
    """Take back what the change set wrote, row by row, each in a transaction of its own.

    Created records are deleted, with scans that only they brought; changed ones get the revision before, as a new
    revision by this user; records that were edited, submitted or cleared since are spared. Out: {fate: rows}, with
    those of an undo that was cut off. progress(done, total, stage) may raise to stop.
    """
    total = change_set.rows.filter(action__in=WRITTEN, undone="").count()
    for done, row in enumerate(list(_rows(change_set))):
        progress(done, total, STAGE)
        with transaction.atomic():
            fate = _take_back(row, change_set, user)
            ChangeSetRow.objects.filter(pk=row.pk).update(undone=fate)
    ChangeSet.objects.filter(pk=change_set.pk).update(undone_at=timezone.now(), undone_by=user)
    found = change_set.rows.exclude(undone="").order_by().values("undone").annotate(rows=Count("pk"))
    return {row["undone"]: row["rows"] for row in found}


def _take_back(row: ChangeSetRow, change_set: ChangeSet, user) -> str:
    record = Record.objects.select_for_update().filter(pk=row.record_id).first() if row.record_id else None
    row.record = record
    fate = _fate(row)
    try:
        with transaction.atomic():
            if fate == DELETED:
                _delete(record, change_set)
            elif fate == RESTORED:
                save_record(row.before.as_object(), user)
    except (ProtectedError, UnderReview):
        return SPARED
    return fate


def _delete(record: Record, change_set: ChangeSet) -> None:
    scans = [use.scan for use in record.scans.select_related("scan")]
    record.delete()
    discard([s for s in scans if s.uploaded_by_id == change_set.user_id and s.created_at >= change_set.started_at])
