"""By the ORM, by SQL and by commands."""

import json
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Revision

from archive.edition import canonical
from archive.models import ClearanceAuthor, Decision, Edition, EditionImage, EditionMention, EditionPlace, Record
from archive.records import save_record
from tests.leaks.stage import Stage, quiet

from . import registry

WAYS, way = registry()


# --- the ORM's usual calls -------------------------------------------------------------------------------


@way
def a_saved_status(stage: Stage):
    record = stage.record("draft")
    record.status, record.live = "cleared", True
    record.save()
    save_record(record, stage.person("author"))


@way
def an_updated_status(stage: Stage):
    Record.objects.filter(pk=stage.record("draft").pk).update(status="cleared", live=True)
    Record.objects.bulk_update([stage.record("draft")], ["status", "live"])


@way
def a_published_record(stage: Stage):
    record = stage.record("draft")
    record.publish(record.latest_revision)


@way
def a_published_revision_of_a_record(stage: Stage):
    stage.record("draft").latest_revision.publish()


@way
def a_saved_revision_published(stage: Stage):
    stage.record("draft").save_revision(user=stage.person("author")).publish()


def edition_of(stage: Stage, state: str, reviewer: str) -> Edition:
    """The row that a clearance would have made."""
    record, subject = stage.record(state), stage.subject(state)
    text, digest = canonical(subject.document())
    return Edition(
        subject=subject.key, identifier=record.identifier, number=1, document=text, digest=digest, record=record,
        cleared_at=timezone.now(), reviewer=stage.person(reviewer), kind="map", title_vi="A", title_en="B",
    )  # fmt: skip


@way
def a_created_edition(stage: Stage):
    edition_of(stage, "draft", "reviewer").save()


@way
def a_bulk_created_edition(stage: Stage):
    Edition.objects.bulk_create([edition_of(stage, "submitted", "reviewer")])


@way
def a_bulk_created_edition_in_place_of_another(stage: Stage):
    Edition.objects.bulk_create(
        [edition_of(stage, "submitted", "reviewer")],
        update_conflicts=True,
        unique_fields=["subject"],
        update_fields=["document"],
    )


def decision_of(stage: Stage, state: str, user: str) -> Decision:
    edition = edition_of(stage, state, user)
    return Decision(
        subject=edition.subject, identifier=edition.identifier, number=1, action="cleared", digest=edition.digest,
        user=stage.person(user), at=timezone.now(), hash="f" * 64,
    )  # fmt: skip


@way
def a_decision_and_an_edition_by_an_author(stage: Stage):
    Decision.objects.bulk_create([decision_of(stage, "submitted", "author")])
    Edition.objects.bulk_create([edition_of(stage, "submitted", "author")])


@way
def a_decision_for_one_who_has_another_hand_in_it(stage: Stage):
    ClearanceAuthor.objects.filter(subject=stage.subject("submitted").key).delete()
    decision_of(stage, "submitted", "author").save()
    edition_of(stage, "submitted", "author").save()


@way
def an_edition_whose_text_is_changed(stage: Stage):
    text = canonical(stage.subject("draft").document())[0]
    Edition.objects.filter(record=stage.record("base")).update(document=text)


@way
def an_edition_changed_and_saved(stage: Stage):
    edition = Edition.objects.get(record=stage.record("base"))
    edition.document = canonical(stage.subject("draft").document())[0]
    edition.save()


@way
def a_picture_added_to_an_edition(stage: Stage):
    edition = Edition.objects.get(record=stage.record("base"))
    EditionImage.objects.create(edition=edition, image_id=stage.world.image("draft"))
    call_command("reconcile", fix=True, **quiet())


@way
def a_place_added_to_an_edition(stage: Stage):
    edition = Edition.objects.get(record=stage.record("base"))
    word = stage.world.words.plant("draft", "Place.name_vi")
    EditionPlace.objects.create(edition=edition, key="len", kind="x", name_vi=word, name_en=word)


@way
def a_place_of_an_edition_renamed(stage: Stage):
    word = stage.world.words.plant("draft", "Place.name_vi")
    EditionPlace.objects.filter(edition__record=stage.record("base")).update(name_vi=word, name_en=word)


@way
def a_mention_added_to_an_edition(stage: Stage):
    edition = Edition.objects.get(record=stage.record("base"))
    row = edition.mentions.values(
        "key", "scan", "number", "identifier", "reading", "lang", "sort_from", "sort_to"
    ).first()
    word = stage.world.words.plant("draft", "PlaceMention.name_as_written")
    EditionMention.objects.create(edition=edition, **row, name=word)


@way
def a_mention_of_an_edition_renamed(stage: Stage):
    word = stage.world.words.plant("draft", "PlaceMention.name_as_written")
    EditionMention.objects.filter(edition__record=stage.record("base")).update(name=word)


@way
def raw_SQL(stage: Stage):
    edition = edition_of(stage, "submitted", "reviewer")
    keys = [edition.reviewer_id, edition.record_id]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO archive_edition (subject, identifier, number, document, digest, cleared_at, reviewer_id,"
            " record_id, kind, title_vi, title_en)"
            " VALUES (%s, %s, 1, %s, %s, CURRENT_TIMESTAMP, %s, %s, 'map', 'x', 'x')",
            [edition.subject, edition.identifier, edition.document, edition.digest, *keys],
        )


# --- commands --------------------------------------------------------------------------------------------


@way
def scheduled_publication(stage: Stage):
    past = timezone.now() - timedelta(hours=1)
    Revision.objects.all().update(approved_go_live_at=past)
    call_command("publish_scheduled", **quiet())


@way
def an_edition_from_a_fixture(stage: Stage):
    edition = edition_of(stage, "submitted", "reviewer")
    row = {
        "subject": edition.subject, "identifier": edition.identifier, "number": 1, "document": edition.document,
        "digest": edition.digest, "cleared_at": "2026-01-01T00:00:00Z", "reviewer": edition.reviewer_id,
        "record": edition.record_id, "kind": "map", "title_vi": "A", "title_en": "B",
    }  # fmt: skip
    load(stage, [{"model": "archive.edition", "pk": 9_999, "fields": row}])


@way
def a_live_page_from_a_fixture(stage: Stage):
    page = stage.page("draft")
    changed = {"live": True, "live_revision": page.latest_revision_id, "title": page.title, "draft_title": page.title}
    kept = {name: getattr(page, name) for name in ("path", "depth", "numchild", "slug", "url_path")}
    kept |= {
        "content_type": page.content_type_id,
        "locale": page.locale_id,
        "translation_key": str(page.translation_key),
    }
    load(stage, [{"model": "wagtailcore.page", "pk": page.pk, "fields": changed | kept}])


def load(stage: Stage, rows) -> None:
    path = stage.folder / "fixture.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    call_command("loaddata", path, **quiet())


@way
def rebuilding_and_reconciling(stage: Stage):
    Record.objects.filter(pk=stage.record("draft").pk).update(status="cleared")
    call_command("reconcile", fix=True, **quiet())
    call_command("rebuild_index", **quiet())
