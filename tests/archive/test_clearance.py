"""Clearance: two people, digests, history, tombstones, holds."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from archive import clearance, edition, subjects
from archive.models import (
    ClearanceAuthor,
    Decision,
    Edition,
    EditionHistory,
    Outbox,
    Place,
    Record,
    Status,
    Tombstone,
)
from archive.records import UnderReview, save_record
from media.models import PublicImage
from tests import factories

pytestmark = pytest.mark.django_db


def subject_of(record):
    return subjects.of(Record.objects.get(pk=record.pk))


def submitted(author, **fields):
    record = factories.make_record(author, **fields)
    clearance.submit(subject_of(record), author)
    return record


def clear_shown(record, reviewer, digest=None, checklist=clearance.CHECKLIST):
    subject = subject_of(record)
    return clearance.clear(subject, digest or clearance.preview(subject)[1], reviewer, checklist)


def test_clearing_makes_the_first_edition(cataloguer, reviewer):
    record = submitted(cataloguer)
    decision = clear_shown(record, reviewer)
    standing = Edition.objects.get(identifier="vn-map-1838")
    assert (standing.number, standing.reviewer, standing.digest) == (1, reviewer, decision.digest)
    assert edition.canonical(standing.data) == (standing.document, standing.digest)
    assert list(edition.validator().iter_errors(standing.data)) == []
    assert standing.data["title"] == {"vi": "An Nam đại quốc họa đồ", "en": "Map of the Great Land of Annam"}
    assert subject_of(record).status == Status.CLEARED
    assert Outbox.objects.get().identifier == "vn-map-1838"


def test_the_document_names_no_host_and_no_internal_note(cataloguer, reviewer):
    record = submitted(cataloguer, internal_notes="chỉ nội bộ")
    clear_shown(record, reviewer)
    text = Edition.objects.get().document
    assert "chỉ nội bộ" not in text and "http" not in text


@pytest.mark.parametrize("hand", ["saved", "submitted"])
def test_whoever_had_a_hand_in_it_cannot_clear(hand, cataloguer, reviewer, django_user_model):
    both = django_user_model.objects.create_superuser("both", password="x" * 12)
    if hand == "saved":
        record = factories.make_record(both)
        save_record(record, cataloguer)
        clearance.submit(subject_of(record), cataloguer)
    else:
        record = factories.make_record(cataloguer)
        clearance.submit(subject_of(record), both)
    with pytest.raises(clearance.NotAllowed):
        clear_shown(record, both)
    assert not Edition.objects.exists()
    clear_shown(record, reviewer)


def test_an_author_of_the_last_edition_may_clear_the_next(cataloguer, reviewer, django_user_model):
    both = django_user_model.objects.create_superuser("both", password="x" * 12)
    record = factories.make_record(both)
    factories.clear(record, both, reviewer)
    record = Record.objects.get(pk=record.pk)
    record.title_vi = "Nhan đề sửa"
    save_record(record, cataloguer)
    factories.clear(record, cataloguer, both)
    assert Edition.objects.get().number == 2


def test_a_person_without_the_right_cannot_clear(cataloguer, django_user_model):
    record = submitted(cataloguer)
    stranger = django_user_model.objects.create_user("stranger", password="x" * 12)
    with pytest.raises(clearance.NotAllowed):
        clear_shown(record, stranger)


def test_a_deactivated_reviewer_cannot_clear(cataloguer, reviewer):
    record = submitted(cataloguer)
    reviewer.is_active = False
    reviewer.save()
    with pytest.raises(clearance.NotAllowed):
        clear_shown(record, reviewer)


def test_a_digest_that_is_no_longer_the_latest_is_refused(cataloguer, reviewer):
    place = factories.make_place()
    record = submitted(cataloguer, places=[place])
    digest = clearance.preview(subject_of(record))[1]
    Place.objects.filter(pk=place.pk).update(name_vi="Tên khác")
    with pytest.raises(clearance.Stale):
        clear_shown(record, reviewer, digest)
    assert not Edition.objects.exists()


@pytest.mark.parametrize("left_out", clearance.CHECKLIST)
def test_every_point_must_be_ticked(left_out, cataloguer, reviewer):
    record = submitted(cataloguer)
    with pytest.raises(clearance.NotReady):
        clear_shown(record, reviewer, checklist=[name for name in clearance.CHECKLIST if name != left_out])


@pytest.mark.parametrize(
    "gap", [{"declared_not_secret": False}, {"title_vi": ""}, {"title_en": ""}, {"description_en": ""}]
)
def test_a_gap_stops_the_submission_with_a_sentence(gap, cataloguer):
    fields = {"title_vi": "x", **gap}
    record = factories.make_record(cataloguer, **{k: v for k, v in fields.items() if v != ""})
    Record.objects.filter(pk=record.pk).update(**{k: v for k, v in gap.items() if v == ""})
    with pytest.raises(clearance.NotReady) as refused:
        clearance.submit(subject_of(record), cataloguer)
    assert len(refused.value.problems) == 1 and refused.value.problems[0].endswith(".")
    assert subject_of(record).status == Status.DRAFT


def test_an_edit_shows_nowhere_until_cleared(cataloguer, reviewer):
    record = factories.make_record(cataloguer)
    factories.clear(record, cataloguer, reviewer)
    record = Record.objects.get(pk=record.pk)
    record.title_vi = "Chưa duyệt"
    save_record(record, cataloguer)
    assert subject_of(record).status == Status.DRAFT
    assert Edition.objects.get().title_vi == "An Nam đại quốc họa đồ"
    factories.clear(record, cataloguer, reviewer)
    assert Edition.objects.get().title_vi == "Chưa duyệt"
    former = EditionHistory.objects.get()
    assert (former.number, json.loads(former.document)["title"]["vi"]) == (1, "An Nam đại quốc họa đồ")


@pytest.mark.parametrize("state", ["submitted", "held"])
def test_nobody_saves_a_record_under_review_or_held(state, cataloguer, reviewer):
    record = submitted(cataloguer)
    if state == "held":
        clearance.hold(subject_of(record), reviewer, "cần hỏi cơ quan khác")
    record = Record.objects.get(pk=record.pk)
    for user in (cataloguer, reviewer):
        with pytest.raises(UnderReview):
            save_record(record, user)


def test_refusal_needs_a_reason_and_leaves_what_stands(cataloguer, reviewer):
    record = factories.make_record(cataloguer)
    factories.clear(record, cataloguer, reviewer)
    record = Record.objects.get(pk=record.pk)
    save_record(record, cataloguer)
    clearance.submit(subject_of(record), cataloguer)
    with pytest.raises(clearance.NotReady):
        clearance.refuse(subject_of(record), reviewer, "  ")
    clearance.refuse(subject_of(record), reviewer, "Tên gọi chưa đúng")
    assert subject_of(record).status == Status.REFUSED
    assert Edition.objects.get().number == 1
    assert not subject_of(record).instance.workflow_in_progress
    clearance.submit(subject_of(record), cataloguer)


def test_withdrawal_leaves_a_tombstone_and_a_later_edition_counts_on(cataloguer, reviewer):
    scan = factories.make_scan(cataloguer)
    record = factories.make_record(cataloguer, scans=[scan])
    factories.clear(record, cataloguer, reviewer)
    assert PublicImage.objects.count() == 1
    clearance.withdraw(subject_of(record), reviewer, "sai tên gọi")
    assert not Edition.objects.exists() and not PublicImage.objects.exists()
    assert Tombstone.objects.get().identifier == "vn-map-1838"
    assert EditionHistory.objects.get().reason == "sai tên gọi"
    factories.clear(Record.objects.get(pk=record.pk), cataloguer, reviewer)
    assert Edition.objects.get().number == 2
    assert not Tombstone.objects.exists() and PublicImage.objects.count() == 1


def test_withdrawing_nothing_is_refused(cataloguer, reviewer):
    record = submitted(cataloguer)
    with pytest.raises(clearance.NotReady):
        clearance.withdraw(subject_of(record), reviewer, "lý do")
    assert not Decision.objects.filter(action="withdrawn").exists()


def test_a_shared_scan_stays_public_while_one_edition_lists_it(cataloguer, reviewer):
    scan = factories.make_scan(cataloguer)
    one = factories.make_record(cataloguer, scans=[scan])
    two = factories.make_record(cataloguer, scans=[scan], identifier="vn-map-2")
    factories.clear(one, cataloguer, reviewer)
    factories.clear(two, cataloguer, reviewer)
    assert any("vn-map-2" in note for note in subject_of(one).notes())
    clearance.withdraw(subject_of(one), reviewer, "lý do")
    assert PublicImage.objects.count() == 1
    clearance.withdraw(subject_of(two), reviewer, "lý do")
    assert not PublicImage.objects.exists()


def test_a_hold_blocks_a_shared_scan_everywhere(cataloguer, reviewer):
    scan = factories.make_scan(cataloguer)
    one = factories.make_record(cataloguer, scans=[scan])
    two = factories.make_record(cataloguer, scans=[scan], identifier="vn-map-2")
    factories.clear(one, cataloguer, reviewer)
    clearance.hold(subject_of(two), reviewer, "cần xác minh")
    assert not PublicImage.objects.exists()
    assert subject_of(one).problems()
    clearance.release_hold(subject_of(two), reviewer)
    assert PublicImage.objects.count() == 1
    assert subject_of(two).status == Status.DRAFT


def test_a_hold_withdraws_the_edition(cataloguer, reviewer):
    record = factories.make_record(cataloguer)
    factories.clear(record, cataloguer, reviewer)
    clearance.hold(subject_of(record), reviewer, "cần xác minh")
    assert not Edition.objects.exists() and Tombstone.objects.exists()
    with pytest.raises(clearance.NotReady):
        clearance.submit(subject_of(record), cataloguer)


def test_a_rights_limit_publishes_a_smaller_picture(cataloguer, reviewer):
    from archive.models import RecordScan
    from media import renditions

    scan = factories.make_scan(cataloguer, width=1200, height=900)
    record = factories.make_record(cataloguer)
    record.scans.add(RecordScan(scan=scan, max_width=400))
    save_record(record, cataloguer)
    assert "chưa xử lý xong" in " ".join(subject_of(record).problems())
    renditions.make_now(scan, 400)
    factories.clear(record, cataloguer, reviewer)
    shown = Edition.objects.get().data["scans"][0]
    assert (shown["width"], shown["height"], shown["max_width"]) == (400, 300, 400)
    assert list(PublicImage.objects.values_list("image_id", flat=True)) == [shown["image"]]


def test_a_cleared_identifier_is_fixed(cataloguer, reviewer):
    from django.core.exceptions import ValidationError

    record = factories.make_record(cataloguer)
    factories.clear(record, cataloguer, reviewer)
    record = Record.objects.get(pk=record.pk)
    record.identifier = "khac"
    with pytest.raises(ValidationError) as refused:
        save_record(record, cataloguer)
    assert "identifier" in refused.value.message_dict


def test_decisions_are_chained_by_hash(cataloguer, reviewer):
    record = factories.make_record(cataloguer)
    factories.clear(record, cataloguer, reviewer)
    clearance.withdraw(subject_of(record), reviewer, "lý do")
    previous = ""
    for decision in Decision.objects.order_by("pk"):
        assert decision.previous_hash == previous
        assert decision.hash == clearance.decision_hash(decision)
        previous = decision.hash
    assert Decision.objects.count() == 3


def test_each_save_and_its_author_are_one_transaction(cataloguer, monkeypatch):
    record = factories.make_record(cataloguer)
    before = record.revisions.count()

    def broken(**kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr(ClearanceAuthor.objects, "get_or_create", broken)
    record.title_vi = "Khác"
    with pytest.raises(RuntimeError):
        save_record(record, cataloguer)
    assert record.revisions.count() == before
    assert Record.objects.get().title_vi == "An Nam đại quốc họa đồ"


def test_a_stale_copy_does_not_write_an_old_status_over_the_new(cataloguer, reviewer):
    record = factories.make_record(cataloguer)
    stale = Record.objects.get(pk=record.pk)
    clearance.submit(subject_of(record), cataloguer)
    stale.save()
    assert subject_of(record).status == Status.SUBMITTED
    with pytest.raises(PermissionDenied):
        stale.save_revision(user=cataloguer)
    clearance.hold(subject_of(record), reviewer, "cần xác minh")
    stale.save()
    assert subject_of(record).status == Status.HELD


def test_who_changes_an_authority_has_a_hand_in_what_names_it(cataloguer, reviewer, django_user_model):
    place = factories.make_place()
    record = factories.make_record(cataloguer, places=[place])
    factories.clear(record, cataloguer, reviewer)
    with pytest.raises(clearance.NotReady):
        clearance.submit(subject_of(record), cataloguer)  # nothing is new
    Place.objects.filter(pk=place.pk).update(name_vi="Tên khác")
    clearance.note_authority(place, reviewer)
    assert clearance.is_author(subject_of(record), reviewer)
    clearance.submit(subject_of(record), cataloguer)
    with pytest.raises(clearance.NotAllowed):
        clear_shown(record, reviewer)


def test_a_clearance_costs_a_bounded_number_of_queries(cataloguer, reviewer, django_assert_max_num_queries):
    """Whatever stands in the archive; the document is built once."""
    scan = factories.make_scan(cataloguer)
    places = [factories.make_place(f"place-{n}") for n in range(20)]
    record = submitted(cataloguer, scans=[scan], places=places)
    subject = subject_of(record)
    digest = clearance.preview(subject)[1]
    with django_assert_max_num_queries(75):
        clearance.clear(subject, digest, reviewer, clearance.CHECKLIST)
