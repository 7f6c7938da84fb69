"""Whose words the lines of a page are: the records that use it, whether they may change, whose hand it was."""

from contextlib import contextmanager

from django.db import transaction

from archive import clearance
from archive.models import Record, Status
from archive.records import UnderReview
from archive.subjects import RecordSubject

LOCKED = (Status.SUBMITTED, Status.HELD)


def records_of(scan_pk: int, page: int):
    """QuerySet of the records whose edition tells what stands on this page."""
    used = Record._base_manager.filter(scans__scan=scan_pk, scans__page=page)
    return Record._base_manager.filter(pk__in=used.order_by().values("pk")).order_by("identifier")


def locked_sentence(scan_pk: int, page: int, user=None) -> str:
    """Why nobody may change the lines of this page now; "" where they may be changed."""
    record = records_of(scan_pk, page).filter(status__in=LOCKED).first()
    return RecordSubject(record).locked_sentence(user) if record else ""


def refuse_locked(record_pk: int, user) -> None:
    """Raises records.UnderReview where the record's lines may not be changed now."""
    record = Record._base_manager.filter(pk=record_pk, status__in=LOCKED).first()
    if record:
        raise UnderReview(RecordSubject(record).locked_sentence(user))


@contextmanager
def changing(scan_pk: int, page: int, user):
    """A transaction in which lines of a page are written: its records are locked against submission, and this person
    has a hand in their next editions. Raises records.UnderReview."""
    with transaction.atomic():
        pks = list(records_of(scan_pk, page).select_for_update().order_by("pk").values_list("pk", flat=True))
        if sentence := locked_sentence(scan_pk, page, user):
            raise UnderReview(sentence)
        yield
        clearance.note_records(pks, user)
