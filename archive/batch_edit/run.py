"""Carry out a change on a selection: look first, then write, each record in a transaction of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from media import jobs
from media.sentences import Sentence

from .. import change_sets
from ..models import ChangeSet, ChangeSetRow, Record, Status
from ..records import AT_REVIEWERS, UnderReview, save_record
from . import fields
from .change import Change, Impossible

KIND = "batch_edit"
STAGE = noop("Đang sửa từng bản ghi")
RIGHT = "archive.change_record"
BATCH = 200


@dataclass
class Preview:
    """What a change would do. rows: the first that change, {record, before, after}; refused: {record, why}."""

    changed: int = 0
    unchanged: int = 0
    rows: list[dict] = field(default_factory=list)
    refused: list[dict] = field(default_factory=list)


def preview(found, change: Change, most: int = 50) -> Preview:
    """Apply a change to the records of a queryset in memory. Raises Impossible."""
    change.check()
    result = Preview()
    for record in _read(found, change):
        why, before, after = _try(record, change)
        if why:
            result.refused.append({"record": record, "why": why})
        elif before == after:
            result.unchanged += 1
        else:
            result.changed += 1
            if len(result.rows) < most:
                result.rows.append({"record": record, "before": before, "after": after})
    return result


def _read(found, change: Change):
    related = [f"{change.field}__{fields.LISTS[change.field].field}"] if change.field in fields.LISTS else []
    query = found.select_related("institution").prefetch_related(*related).order_by("identifier")
    return query.iterator(chunk_size=BATCH)


def _try(record: Record, change: Change) -> tuple[str, str, str]:
    """(why it can't be written, before, after)."""
    if record.status in (Status.SUBMITTED, Status.HELD):
        return str(Sentence(AT_REVIEWERS, id=record.identifier)), "", ""
    before, after = change.apply(record)
    if before == after:
        return "", before, after
    try:
        record.full_clean(exclude=["institution"], validate_unique=False)
    except ValidationError as error:
        return " ".join(error.messages), before, after
    return "", before, after


def start(found, change: Change, user) -> ChangeSet:
    """Ask for a change in the background. Out: its change set. Raises Impossible."""
    change.check()
    keys = list(found.order_by("identifier").values_list("pk", flat=True))
    options = {"change": change.as_dict(), "records": keys}
    job = jobs.enqueue(KIND, f"user:{user.pk}", {}, user)
    return change_sets.open_for(job, ChangeSet.Kind.BATCH, title(change), options, user)


def title(change: Change) -> str:
    """ "Từ khoá: thêm vào “chau-ban”", for lists of change sets."""
    told = {
        fields.CLEAR: "",
        fields.REPLACE: f" “{change.find}” → “{change.value}”",
    }.get(change.act, f" “{change.value}”")
    return f"{fields.label(change.field)}: {gettext(str(fields.ACTS[change.act]))}{told}"[:300]


def run(change_set: ChangeSet, user, progress: Callable = lambda *args: None) -> dict[str, int]:
    """Write a change set's change, going on where it was cut off. Out: {action: records}."""
    change = Change(**change_set.options["change"])
    keys, done = change_set.options["records"], change_sets.done_rows(change_set)
    for number, pk in enumerate(keys, start=1):
        progress(number - 1, len(keys), STAGE)
        if number not in done:
            _write(change_set, number, pk, change, user)
    counts = change_sets.counts(change_set)
    change_sets.finish(change_set, counts)
    return counts


def _write(change_set: ChangeSet, number: int, pk: int, change: Change, user) -> None:
    row = ChangeSetRow(change_set=change_set, number=number, action=ChangeSetRow.Action.SKIPPED)
    try:
        with transaction.atomic():
            record = Record.objects.select_for_update().filter(pk=pk).first()
            if record is None:
                return
            row.record, row.identifier, row.before = record, record.identifier, record.latest_revision
            before, after = change.apply(record)
            if before != after:
                row.after = save_record(record, user)
                row.action = ChangeSetRow.Action.UPDATED
            row.save()
    except (ValidationError, UnderReview, Impossible) as error:
        told = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        if isinstance(error, UnderReview):  # says nothing of a hold
            told = str(Sentence(AT_REVIEWERS, id=row.identifier))
        row.pk, row.action, row.after = None, ChangeSetRow.Action.REFUSED, None
        row.problems = [{"column": str(fields.label(change.field)), "value": change.value[:300], "message": told}]
        row.save(force_insert=True)
