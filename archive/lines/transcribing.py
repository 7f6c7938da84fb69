"""A page's lines become its transcription in a record, as one revision."""

from collections import Counter

from django.db import transaction
from django.utils.translation import gettext_noop as noop

from archive.models import Record
from archive.records import save_record
from media import text_lines
from media.models import Scan

NO_LINES = noop("Trang này chưa có dòng chữ nào để dùng làm nguyên văn.")
NOT_USED = noop("Bản ghi này không còn dùng trang ấy.")


def text_of(scan: Scan, page: int) -> tuple[str, str]:
    """(text, language): the lines one under the other, and the language of most letters ("" where none is said)."""
    lines = list(text_lines.of_page(scan, page))
    letters: Counter = Counter()
    for line in lines:
        letters[line.language] += len(line.text)
    language = letters.most_common(1)[0][0] if letters else ""
    return "\n".join(line.text for line in lines), language


def use_lines(record_pk: int, scan: Scan, page: int, user) -> bool:
    """Write the lines as the transcription of the record's page; what else of the record changed stays.

    Out: whether anything changed. Raises text_lines.Wrong, records.UnderReview and ValidationError.
    """
    text, language = text_of(scan, page)
    if not text:
        raise text_lines.Wrong(NO_LINES)
    with transaction.atomic():
        record = Record.objects.select_for_update().get(pk=record_pk)
        uses = list(record.scans.all())
        ours = [use for use in uses if (use.scan_id, use.page) == (scan.pk, page)]
        if not ours:
            raise text_lines.Wrong(NOT_USED)
        if all(use.transcription == text for use in ours):
            return False
        for use in ours:
            use.transcription = text
            use.transcription_language = language or use.transcription_language
        record.scans = uses
        save_record(record, user)
    return True
