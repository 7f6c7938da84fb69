"""Store a record's mentions as one revision, unless somebody else changed them meanwhile."""

import hashlib
import json

from django.db import transaction

from archive.models import PlaceMention, Record
from archive.records import save_record

from .forms import FIELDS, REGION


class Conflict(Exception):
    """The mentions were changed since the page was opened; `record` is the working copy as it is now."""

    def __init__(self, record: Record):
        super().__init__(record.identifier)
        self.record = record


def said(mention: PlaceMention) -> list:
    """What a mention says, to be compared."""
    region = [round(getattr(mention, name), 4) for name in REGION]
    words = [getattr(mention, name) or "" for name in FIELDS if name not in REGION]
    return [mention.scan_id, mention.page, mention.place_id, *region, *words]


def digest(mentions) -> str:
    """Names a state of a record's mentions."""
    text = json.dumps([said(mention) for mention in mentions], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def store(pk: int, mentions: list[PlaceMention], user, seen: str) -> bool:
    """Write the mentions of a record; what else of it changed meanwhile stays.

    seen: digest of the mentions that the person was shown. Out: whether anything was written.
    Raises Conflict, records.UnderReview and ValidationError.
    """
    with transaction.atomic():
        record = Record.objects.select_for_update().get(pk=pk)
        stored = list(record.mentions.all())
        if digest(stored) != seen:
            raise Conflict(record)
        if digest(mentions) == seen:
            return False
        known = {mention.pk for mention in stored}
        for order, mention in enumerate(mentions):
            mention.sort_order = order
            if mention.pk not in known:  # somebody else's, or gone
                mention.pk = None
        record.mentions = mentions
        save_record(record, user)
    return True
