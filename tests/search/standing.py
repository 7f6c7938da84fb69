"""Standing editions in the database, as clearance and withdrawal leave them, with their news in the outbox.

Tests of clearance itself use the real acts; here many documents are wanted quickly.
"""

import time

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from archive import outbox
from archive.clearance import decision_hash
from archive.edition import canonical
from archive.models import ClearanceAuthor, Decision, Edition, EditionImage, EditionPlace, Record
from search import news, tasks
from search.documents import version
from search.engines.registry import configured
from search.models import Cursor


def publish(document: dict, reviewer) -> Edition:
    """Clear an edition of a document in place of the former one; it gets the next number."""
    titles = {f"title_{lang}": document["title"][lang] or document["title"]["vi"] or "?" for lang in ("vi", "en")}
    with transaction.atomic():
        record, _new = Record.objects.get_or_create(
            identifier=document["identifier"], defaults={"kind": document["kind"], "status": "cleared", **titles}
        )
        number = 1 + Decision.objects.filter(subject=f"record:{record.pk}", action="cleared").count()
        document = document | {"number": number}
        decision = _decide(record, document, reviewer)
        Edition.objects.filter(identifier=document["identifier"]).delete()
        edition = _edition(record, document, decision)
        outbox.touch([document["identifier"]])
    return edition


def _decide(record: Record, document: dict, reviewer) -> Decision:
    subject, number = f"record:{record.pk}", document["number"]
    author, _new = get_user_model().objects.get_or_create(username="soan-gia")
    ClearanceAuthor.objects.create(subject=subject, number=number, user=author)
    decision = Decision(subject=subject, identifier=record.identifier, number=number, action="cleared", user=reviewer)
    decision.digest, decision.at = canonical(document)[1], timezone.now()
    decision.hash = decision_hash(decision)
    decision.save()
    return decision


def _edition(record: Record, document: dict, decision: Decision) -> Edition:
    date = document["date"] or {"from": None, "to": None}
    edition = Edition.objects.create(
        subject=decision.subject,
        record=record,
        identifier=document["identifier"],
        number=document["number"],
        document=canonical(document)[0],
        digest=decision.digest,
        cleared_at=decision.at,
        reviewer=decision.user,
        kind=document["kind"],
        date_from=date["from"],
        date_to=date["to"],
        **{f"title_{lang}": document["title"][lang] for lang in ("vi", "en")},
    )
    for place in document["places"]:
        names = {f"name_{lang}": place["name"][lang] for lang in ("vi", "en")}
        EditionPlace.objects.create(edition=edition, key=place["key"], kind=place["kind"], **names)
    for image in {scan["image"] for scan in document["scans"]}:
        EditionImage.objects.create(edition=edition, image_id=image)
    return edition


def withdraw(identifier: str) -> None:
    """End an edition, with its news."""
    with transaction.atomic():
        Edition.objects.filter(identifier=identifier).delete()
        outbox.touch([identifier])


# --- what the indices hold -------------------------------------------------------------------------------


def held(name: str) -> dict[str, str]:
    """What the live index of an engine holds."""
    return configured()[name].versions(Cursor.objects.get(engine=name).index)


def wanted() -> dict[str, str]:
    return {key: version(key, number) for key, number in Edition.objects.values_list("identifier", "number")}


def fed() -> bool:
    """Whether both engines have read the whole outbox."""
    both = Cursor.objects.filter(engine__in=("embedded", "elasticsearch"), error="").exclude(index="")
    return both.filter(position=news.head()).count() == 2


def work_off(seconds: float = 30) -> None:
    """Turns of the index worker until every engine has read the whole outbox."""
    end = time.monotonic() + seconds
    while not all(Cursor.objects.filter(engine=name, position=news.head()).exists() for name in configured()):
        assert time.monotonic() < end, list(Cursor.objects.values())
        tasks.feed()
        time.sleep(0.02)
