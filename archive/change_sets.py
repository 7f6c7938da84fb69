"""Imports and batch edits as a whole: what became of each row, and taking it all back."""

from collections.abc import Callable, Iterator
from itertools import groupby, islice

from django.db import transaction
from django.db.models import Count, Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from wagtail.models import Revision

from media import jobs
from media.models import Job, Scan

from .importing.scans import discard
from .models import ChangeSet, ChangeSetRow, Decision, Record, Status
from .records import UnderReview, save_record

UNDO_JOB = "undo"
STAGE = noop("Đang hoàn tác")
RIGHTS = ["archive.change_record", "archive.delete_record"]
DELETED, RESTORED, SPARED = "deleted", "restored", "spared"
WRITTEN = (ChangeSetRow.Action.CREATED, ChangeSetRow.Action.UPDATED)
LOCKED = (Status.SUBMITTED, Status.HELD)
READ_AT_ONCE = 500
# Records taken back in one transaction: others write meanwhile. A restored one writes a revision.
AT_ONCE = {ChangeSetRow.Action.CREATED: 10, ChangeSetRow.Action.UPDATED: 1}
FACTS = ("pk", "number", "identifier", "action", "record_id", "before_id", "after_id", "after__created_at")
FACTS += ("record__latest_revision_id", "record__status")


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


def is_running(change_set: ChangeSet) -> bool:
    """Whether its job still writes, or waits to."""
    return bool(change_set.job) and change_set.job.state in (Job.State.QUEUED, Job.State.RUNNING)


def can_be_undone(change_set: ChangeSet) -> bool:
    """Whether it wrote anything that no undo has looked at yet, and has come to a stop."""
    if change_set.undone_at is not None or is_running(change_set):
        return False
    return change_set.rows.filter(action__in=WRITTEN, undone="").exists()


def outlook(change_set: ChangeSet) -> dict[str, list[dict]]:
    """What an undo would do now: FACTS of rows by "deleted", "restored", "spared". Writes nothing."""
    found: dict[str, list] = {DELETED: [], RESTORED: [], SPARED: []}
    for keys in _parts(_waiting(change_set), READ_AT_ONCE):
        for row in _facts(keys):
            found[row["fate"]].append(row)
    return found


def _waiting(change_set: ChangeSet) -> list[int]:
    """Keys of written rows, the last first: a record may be related to one of an earlier row."""
    rows = change_set.rows.filter(action__in=WRITTEN, undone="").order_by("-number")
    return list(rows.values_list("pk", flat=True))


def _parts(keys: list[int], size: int) -> Iterator[list[int]]:
    rest = iter(keys)
    while part := list(islice(rest, size)):
        yield part


def _facts(keys: list[int]) -> list[dict]:
    """FACTS of these rows, the last first, each with its "fate"; two queries."""
    rows = list(ChangeSetRow.objects.filter(pk__in=keys).order_by("-number").values(*FACTS))
    subjects = [f"record:{row['record_id']}" for row in rows]
    decided = Decision.objects.filter(subject__in=subjects).order_by().values_list("subject").annotate(Max("at"))
    decided = dict(decided)
    for row in rows:
        row["fate"] = _fate(row, decided.get(f"record:{row['record_id']}"))
    return rows


def _fate(row: dict, decided) -> str:
    """A record that anybody worked on since, or that went to the reviewers since, is spared.

    decided: when the reviewers last had anything to say of it, or None.
    """
    if row["after_id"] is None or row["record__latest_revision_id"] != row["after_id"]:
        return SPARED
    if row["record__status"] in LOCKED:
        return SPARED
    if row["action"] == ChangeSetRow.Action.CREATED:
        return SPARED if decided else DELETED
    if row["before_id"] is None or decided and decided > row["after__created_at"]:
        return SPARED
    return RESTORED


def start_undo(change_set: ChangeSet, user):
    """Ask for an undo in the background. Out: its job; the one that runs already where there is one."""
    subject = f"change_set:{change_set.pk}"
    return jobs.live(UNDO_JOB, subject, {}) or jobs.enqueue(UNDO_JOB, subject, {}, user)


def undo(change_set: ChangeSet, user, progress: Callable = lambda *args: None) -> dict[str, int]:
    """Take back what the change set wrote, the last rows first, a few in a transaction.

    Created records are deleted, changed ones get the revision before, as a new revision by this user; scans that only
    the change set brought go too. Records that were edited, submitted or decided on since are spared. Out: {fate:
    rows}, with those of an undo that was cut off. progress(done, total, stage) may raise to stop.
    """
    keys = _waiting(change_set)
    done = 0
    for part in _parts(keys, READ_AT_ONCE):
        for action, rows in groupby(_facts(part), key=lambda row: row["action"]):
            for few in _parts([row["pk"] for row in rows], AT_ONCE[action]):
                progress(done, len(keys), STAGE)
                _take_back(few, change_set, user)
                done += len(few)
    ChangeSet.objects.filter(pk=change_set.pk).update(undone_at=timezone.now(), undone_by=user)
    return undone_counts(change_set)


def undone_counts(change_set: ChangeSet) -> dict[str, int]:
    """{fate: rows} of an undo, also of one that isn't at its end."""
    found = change_set.rows.exclude(undone="").order_by().values("undone").annotate(rows=Count("pk"))
    return {row["undone"]: row["rows"] for row in found}


def _take_back(keys: list[int], change_set: ChangeSet, user) -> None:
    """Decide the fates of a few rows anew, with their records locked, and carry them out."""
    with transaction.atomic():
        records = ChangeSetRow.objects.filter(pk__in=keys).values("record_id")
        locked = Record.objects.select_for_update().filter(pk__in=records).order_by("pk")
        found = {record.pk: record for record in locked}
        rows = _facts(keys)
        brought = _brought(found, change_set)
        doomed = [row for row in rows if row["fate"] == DELETED]
        if not _tried(lambda: Record.objects.filter(pk__in=[row["record_id"] for row in doomed]).delete()):
            for row in doomed:  # one of them is named by a record that stays
                if not _tried(found[row["record_id"]].delete):
                    row["fate"] = SPARED
        for row in rows:
            if row["fate"] == RESTORED and not _tried(lambda row=row: _restore(row, user)):
                row["fate"] = SPARED
            ChangeSetRow.objects.filter(pk=row["pk"]).update(undone=row["fate"])
    discard(brought)


def _tried(act: Callable) -> bool:
    """Do it whole or not at all. Out: whether it could be done."""
    try:
        with transaction.atomic():
            act()
    except (ProtectedError, UnderReview):
        return False
    return True


def _restore(row: dict, user) -> None:
    """Write the revision before as a new one; to an undo of an earlier change set, it is what that one wrote."""
    before = Revision.objects.get(pk=row["before_id"])
    restored = save_record(before.as_object(), user)
    ChangeSetRow.objects.filter(record_id=row["record_id"], after_id=before.pk).update(after=restored)


def _brought(records, change_set: ChangeSet) -> list[Scan]:
    """Scans of these records that came with the change set; whoever else uses one keeps it (see discard)."""
    found = Scan.objects.filter(uses__record__in=records, uploaded_by=change_set.user_id)
    return list(found.filter(created_at__gte=change_set.started_at).distinct())
