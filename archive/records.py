"""Writing records: the one way for importers, commands and the demonstration."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as noop
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, Revision

from . import two_languages
from .clearance import note_records
from .models import Record, Status
from .subjects import RecordSubject

# One sentence for what waits for review and for what is held: who may not see a hold doesn't read of one here.
AT_REVIEWERS = noop("Bản ghi “%(id)s” đang ở khâu duyệt nên chưa sửa được. Hãy hỏi người duyệt, rồi làm lại sau.")
CHILDREN = ("scans", "agents", "places", "mentions", "articles", "tags", "citations", "relations")


class UnderReview(ValueError):
    """Nobody saves a record while it is under review or held."""


def save_record(record: Record, user):
    """Write the row, its children, a revision and its author in one transaction.

    In: a Record (its child lists may hold unsaved rows) and the user who answers for it.
    Out: the Revision. Raises ValidationError for bad fields, UnderReview for a locked record.
    """
    with transaction.atomic():
        if record.pk:
            record.keep_status()
            if record.status in (Status.SUBMITTED, Status.HELD):
                raise UnderReview(RecordSubject(record).locked_sentence())
        record.full_clean()
        record.save()
        return record.save_revision(user=user, clean=False, log_action=True)


def create_records(records: list[Record], user) -> list[Revision]:
    """Write new records as save_record would, a whole batch in few statements and one transaction.

    In: records without a primary key, cleaned already (full_clean), with their children in memory; the user who
    answers for them. Out: their revisions, in order. Pictures are ordered by the caller. Raises IntegrityError for an
    identifier that is taken; then nothing is written.
    """
    with translation.override("vi"):  # a translated field's own column holds the Vietnamese
        for record in records:  # before the transaction: others wait while it lasts
            _hold_lists(record)
            record.live, record.has_unpublished_changes = False, True
            two_languages.note_record(record, None)
            record.derive()
        with transaction.atomic():
            Record.objects.bulk_create(records)
            for relation in CHILDREN:
                _create_children(records, relation)
            revisions = _create_revisions(records, user)
            note_records([record.pk for record in records], user)
    return revisions


def _hold_lists(record: Record) -> None:
    """Keep lists that nobody filled in memory too: once the record has its key, each would be asked of the database."""
    held = record.__dict__.setdefault("_cluster_related_objects", {})
    for relation in CHILDREN:
        if relation not in held:
            getattr(record, relation).set([])


def _create_children(records: list[Record], relation: str) -> None:
    children = []
    for record in records:
        for child in getattr(record, relation).all():
            child.record = record
            children.append(child)
    if children:
        type(children[0])._base_manager.bulk_create(children)


def _create_revisions(records: list[Record], user) -> list[Revision]:
    """Revisions and log entries of new rows, and the rows' pointers to them."""
    kind = ContentType.objects.get_for_model(Record, for_concrete_model=False)
    now = timezone.now()
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=kind,
            base_content_type=records[0].get_base_content_type(),
            object_id=str(record.pk),
            user=user,
            created_at=now,
            content=record.serializable_data() | {"has_unpublished_changes": False},  # as save_revision sees it
            object_str=str(record),
        )
        for record in records
    )
    for record, revision in zip(records, revisions, strict=True):
        record.latest_revision = revision
    QuerySet(Record).bulk_update(records, ["latest_revision"])  # that of modeltranslation looks for translated fields
    if registry.get_log_model_for_instance(records[0]) is ModelLogEntry:
        ModelLogEntry.objects.bulk_create(
            ModelLogEntry(
                content_type=kind,
                object_id=str(record.pk),
                label=str(record),
                action="wagtail.edit",
                timestamp=now,
                user=user,
                revision=revision,
                content_changed=True,
            )
            for record, revision in zip(records, revisions, strict=True)
        )
    return revisions


MEASURED_AT_ONCE = 100


def measure_old() -> int:
    """Measure records that were last saved before completeness was kept (0 percent, and yet no gap). Out: how many.

    The texts of such a record were never compared: what English it has counts as made from the Vietnamese beside it.
    """
    count = 0
    while records := list(
        Record.objects.filter(completeness=0, gaps="").prefetch_related(*CHILDREN)[:MEASURED_AT_ONCE]
    ):
        with transaction.atomic():
            for record in records:
                two_languages.note_record(record, None)
                record.derive()
            fields = ["translated_from", "folded", "scale_denominator", "completeness", "gaps"]
            Record.objects.bulk_update(records, fields)
        count += len(records)
    return count
