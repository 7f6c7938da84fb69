"""Many records in one sitting: each with its own ticks; what authorities touched; the review page's paper."""

import datetime

import pytest
from django.urls import reverse

from archive import clearance, sitting, subjects, touched
from archive.models import Decision, Edition, Notice, Place, Record, Status
from archive.records import save_record
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/admin/review/sitting/"


def subject_of(record):
    return subjects.of(Record.objects.get(pk=record.pk))


@pytest.fixture
def two(cataloguer):
    """Two submitted records."""
    records = [
        factories.make_record(cataloguer, identifier=f"vn-map-{n}", title_vi=f"Bản đồ {n}", kind=kind)
        for n, kind in ((1, "map"), (2, "book"))
    ]
    for record in records:
        clearance.submit(subject_of(record), cataloguer)
    return records


@pytest.fixture
def sitter(client, reviewer):
    client.force_login(reviewer)
    return client


def ticks(record, points=clearance.CHECKLIST, digest=None):
    key = f"record:{record.pk}"
    return {f"digest:{key}": digest or clearance.preview(subject_of(record))[1], f"tick:{key}": list(points)}


def test_the_page_lists_what_waits_with_five_boxes_each(two, sitter):
    page = sitter.get(URL).content.decode()
    for record in two:
        assert page.count(f'name="tick:record:{record.pk}"') == len(clearance.CHECKLIST)
        assert clearance.preview(subject_of(record))[1] in page


def test_each_is_cleared_with_its_own_ticks(two, sitter, reviewer):
    one, other = two
    paper = {"decision_number": "12/QĐ-UBND", "decision_date": "15/5/2017", "comment": "đạt"}
    answer = sitter.post(URL, {**ticks(one), **ticks(other, ["vi", "en"]), **paper})
    assert answer.status_code == 422
    assert list(Edition.objects.values_list("identifier", flat=True)) == ["vn-map-1"]
    decision = Decision.objects.get(action="cleared")
    assert (decision.decision_number, decision.decision_date, decision.reason) == (
        "12/QĐ-UBND",
        datetime.date(2017, 5, 15),
        "đạt",
    )
    assert decision.hash == clearance.decision_hash(decision)
    page = answer.content.decode()
    assert "Chưa đánh dấu đủ năm mục" in page and "12/QĐ-UBND" in page
    assert page.count(" checked") == 2  # the ticks that were set aren't lost


def test_all_ticked_all_cleared(two, sitter):
    assert sitter.post(URL, {**ticks(two[0]), **ticks(two[1])}).status_code == 302
    assert Edition.objects.count() == 2


def test_what_changed_meanwhile_is_shown_again_and_stops_no_other(two, sitter):
    answer = sitter.post(URL, {**ticks(two[0], digest="0" * 64), **ticks(two[1])})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nội dung đã thay đổi" in page and "checked" not in page
    assert list(Edition.objects.values_list("identifier", flat=True)) == ["vn-map-2"]


def test_an_author_finds_a_sentence_and_no_boxes(two, client, reviewer, cataloguer, django_user_model):
    both = django_user_model.objects.create_superuser("both", password="x" * 12)
    record = factories.make_record(both, identifier="vn-map-3")
    clearance.submit(subject_of(record), both)
    client.force_login(both)
    page = client.get(URL).content.decode()
    assert f'name="tick:record:{record.pk}"' not in page and "cần một người khác" in page
    answer = client.post(URL, {**ticks(record), **ticks(two[0])})
    assert "cần một người khác" in answer.content.decode()
    assert list(Edition.objects.values_list("identifier", flat=True)) == ["vn-map-1"]


def test_nothing_ticked_is_said(two, sitter):
    answer = sitter.post(URL, {})
    assert answer.status_code == 422 and "Chưa đánh dấu bản nào" in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("hôm qua", "không đọc được"), ("31/2/2020", "không đọc được"), ("1/1/2999", "ở sau hôm nay")],
)
@pytest.mark.parametrize("where", ["sitting", "review"])
def test_a_bad_date_clears_nothing_and_loses_nothing(where, text, sentence, two, sitter):
    record = two[0]
    if where == "sitting":
        answer = sitter.post(URL, {**ticks(record), "decision_date": text, "comment": "giữ lại"})
    else:
        data = {"act": "clear", "checklist": clearance.CHECKLIST, "digest": clearance.preview(subject_of(record))[1]}
        url = reverse("archive_review:review", args=[f"record:{record.pk}"])
        answer = sitter.post(url, {**data, "decision_date": text, "comment": "giữ lại"})
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and "giữ lại" in page and text in page
    assert page.count(" checked") == 5 and not Edition.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["vn-map-1", "vn-map-2"]),
        ({"kind": "book"}, ["vn-map-2"]),
        ({"kind": "page"}, []),
        ({"words": True}, []),
        ({"query": "ban do 1"}, ["vn-map-1"]),
        ({"submitter": 0}, ["vn-map-1", "vn-map-2"]),
        ({"change_set": 999}, []),
    ],
)
def test_filters(wanted, found, two):
    rows = sitting.waiting(sitting.Wanted(**wanted))
    assert [row.identifier for row in rows] == found


def test_of_an_import(two, cataloguer):
    from archive.models import ChangeSet, ChangeSetRow

    made = ChangeSet.objects.create(kind="import", title="bang.xlsx", user=cataloguer)
    ChangeSetRow.objects.create(change_set=made, number=1, action="created", record=two[1])
    assert [row.identifier for row in sitting.waiting(sitting.Wanted(change_set=made.pk))] == ["vn-map-2"]


def test_only_the_last_submission_waits(two, reviewer, cataloguer):
    clearance.refuse(subject_of(two[0]), reviewer, "sửa lại")
    clearance.submit(subject_of(two[0]), cataloguer)
    assert [row.identifier for row in sitting.waiting()] == ["vn-map-2", "vn-map-1"]


def test_a_page_is_cleared_in_the_sitting_too(homes, cataloguer, sitter):
    from exhibits.subjects import PageSubject

    home = homes["vi"] if isinstance(homes, dict) else homes[0]
    page = home.specific
    page.title, page.intro = "Trang nhà mới", "<p>Lời mở đầu</p>"
    page.save_revision(user=cataloguer)
    clearance.submit(subjects.of(page), cataloguer)
    subject = subjects.get(f"page:{page.pk}")
    assert isinstance(subject, PageSubject)
    key, digest = subject.key, clearance.preview(subject)[1]
    answer = sitter.post(URL, {f"digest:{key}": digest, f"tick:{key}": clearance.CHECKLIST})
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.cleared_number == 1


def test_only_reviewers(client, cataloguer, administrator, hall_staff):
    for user in (cataloguer, administrator, hall_staff):
        client.force_login(user)
        assert client.get(URL).status_code in (302, 403)


@pytest.mark.parametrize("number", [2, 12])
def test_a_page_of_many_costs_a_bounded_number_of_queries(
    number, cataloguer, sitter, reviewer, django_assert_max_num_queries
):
    place = factories.make_place()
    for n in range(number):
        record = factories.make_record(cataloguer, identifier=f"vn-many-{n}", places=[place])
        clearance.submit(subject_of(record), cataloguer)
    sitter.get(URL)
    with django_assert_max_num_queries(50):
        sitter.get(URL)


# --- authorities --------------------------------------------------------------------------------------------


@pytest.fixture
def renamed(cataloguer, reviewer):
    """Three cleared records that name a place; the place was then renamed by a third person."""
    place = factories.make_place()
    records = []
    for n in range(3):
        record = factories.make_record(cataloguer, identifier=f"vn-named-{n}", places=[place] if n < 2 else [])
        factories.clear(record, cataloguer, reviewer)
        records.append(record)
    place.name_vi = "Hoàng Sa (tên sửa)"
    place.save()
    clearance.note_authority(place, cataloguer)
    return records


def test_a_renamed_place_touches_the_editions_that_name_it(renamed, cataloguer):
    assert [edition.identifier for edition in touched.touched()] == ["vn-named-0", "vn-named-1"]
    place = Place.objects.get()
    assert touched.count(place) == 2
    rows = touched.compared(touched.touched())
    assert [[row["steps"][:1] for row in each["changes"]] for each in rows] == [[("places",)], [("places",)]]


def test_an_edited_record_is_no_longer_touched_but_a_draft(renamed, cataloguer):
    save_record(Record.objects.get(pk=renamed[0].pk), cataloguer)
    assert [edition.identifier for edition in touched.touched()] == ["vn-named-1"]


def test_a_cataloguer_submits_all_and_the_reviewer_sees_only_the_words(renamed, client, cataloguer, reviewer):
    client.force_login(cataloguer)
    page = client.get("/admin/review/touched/").content.decode()
    assert "(tên sửa)" in page.replace("<ins>", "").replace("</ins>", "")
    Notice.objects.all().delete()
    client.post("/admin/review/touched/", {"which": "all"})
    assert Record.objects.filter(status=Status.SUBMITTED).count() == 2
    assert [notice.recipient for notice in Notice.objects.all()] == [reviewer]  # one for all of them
    client.force_login(reviewer)
    page = client.get(URL + "?only=words").content.decode()
    assert page.count("data-sitting-entry") == 2 and "<ins>" in page
    data = {**ticks(renamed[0]), **ticks(renamed[1])}
    assert client.post(URL + "?only=words", data).status_code == 302
    assert Edition.objects.filter(number=2).count() == 2 and not touched.touched().exists()


def test_only_the_chosen_are_submitted(renamed, client, cataloguer):
    client.force_login(cataloguer)
    client.post("/admin/review/touched/", {"which": "chosen", "key": f"record:{renamed[1].pk}"})
    assert list(Record.objects.filter(status=Status.SUBMITTED)) == [renamed[1]]


def test_a_reviewer_looks_but_submits_nothing(renamed, client, reviewer):
    client.force_login(reviewer)
    assert client.get("/admin/review/touched/").status_code == 200
    assert client.post("/admin/review/touched/", {"which": "all"}).status_code in (302, 403)
    assert not Record.objects.filter(status=Status.SUBMITTED).exists()


def test_very_many_are_submitted_by_the_worker(renamed, client, cataloguer, reviewer, monkeypatch):
    from media import jobs

    monkeypatch.setattr(touched, "AT_ONCE", 1)
    client.force_login(cataloguer)
    client.post("/admin/review/touched/", {"which": "all"})
    assert not Record.objects.filter(status=Status.SUBMITTED).exists()
    job = jobs.run(jobs.claim("heavy", "test"))
    assert job.result == {"submitted": 2, "refused": []}
    assert Record.objects.filter(status=Status.SUBMITTED).count() == 2


def test_authors_of_very_many_records_are_noted_by_the_worker(cataloguer, reviewer, monkeypatch):
    from media import jobs

    place = factories.make_place()
    records = [factories.make_record(cataloguer, identifier=f"vn-n-{n}", places=[place]) for n in range(3)]
    monkeypatch.setattr(clearance, "NOTED_AT_ONCE", 2)
    clearance.note_authority(place, reviewer)
    assert not clearance.is_author(subject_of(records[0]), reviewer)
    clearance.submit(subject_of(records[0]), cataloguer)
    with pytest.raises(clearance.NotReady, match="sau ít phút"):  # until it is written, this person clears nothing
        subject = subject_of(records[0])
        clearance.clear(subject, clearance.preview(subject)[1], reviewer, clearance.CHECKLIST)
    jobs.run(jobs.claim("heavy", "test"))
    assert all(clearance.is_author(subject_of(record), reviewer) for record in records)
    with pytest.raises(clearance.NotAllowed):
        subject = subject_of(records[0])
        clearance.clear(subject, clearance.preview(subject)[1], reviewer, clearance.CHECKLIST)


def test_the_editor_of_an_authority_is_led_to_what_it_touched(renamed, client, cataloguer):
    place = Place.objects.get()
    client.force_login(cataloguer)
    edit = reverse(type(place).snippet_viewset.get_url_name("edit"), args=[place.pk])
    page = client.get(edit)
    assert page.status_code == 200
    from django.contrib.messages.storage.fallback import FallbackStorage
    from django.test import RequestFactory

    from archive.clearance_hooks import offer_touched

    request = RequestFactory().get(edit)
    request.user, request.session = cataloguer, {}
    request._messages = FallbackStorage(request)
    offer_touched(request, place)
    assert "/admin/review/touched/" in str(next(iter(request._messages)))
