"""Writing records: the one way for importers, commands and the demonstration."""

from django.db import transaction

from .models import Record, Status
from .subjects import RecordSubject


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
