"""Who is told what, in the admin and by mail; a mail server that fails holds up nothing."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from wagtail.users.models import UserProfile

from archive import clearance, notices, subjects
from archive.models import Edition, Notice, Record
from tests import factories

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=2)


class Broken(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("no mail server")


def subject_of(record):
    return subjects.of(Record.objects.get(pk=record.pk))


def told(**fields):
    rows = Notice.objects.filter(**fields).order_by("pk")
    return [(notice.recipient.username, notice.kind) for notice in rows]


def mail_all(later=SOON):
    while notices.mail_next(timezone.now() + later):
        pass


@pytest.fixture
def second_reviewer(django_user_model, reviewer):
    user = django_user_model.objects.create_user("second", "second@example.org", "x" * 12)
    user.groups.set(reviewer.groups.all())
    return user


@pytest.fixture
def submitted(cataloguer, reviewer):
    record = factories.make_record(cataloguer)
    clearance.submit(subject_of(record), cataloguer)
    return record


def act_clear(record, reviewer):
    subject = subject_of(record)
    clearance.clear(subject, clearance.preview(subject)[1], reviewer, clearance.CHECKLIST)


ACTS = {
    "cleared": act_clear,
    "refused": lambda record, reviewer: clearance.refuse(subject_of(record), reviewer, "lý do riêng"),
    "held": lambda record, reviewer: clearance.hold(subject_of(record), reviewer, "lý do riêng"),
}


def test_a_submission_is_told_to_each_active_reviewer_who_is_no_author(
    cataloguer, reviewer, second_reviewer, administrator, hall_staff, django_user_model
):
    django_user_model.objects.create_superuser("technician", password="x" * 12)
    gone = django_user_model.objects.create_user("gone", "g@example.org", "x" * 12, is_active=False)
    gone.groups.set(reviewer.groups.all())
    record = factories.make_record(cataloguer)
    clearance.note_author(subject_of(record), second_reviewer)
    clearance.submit(subject_of(record), cataloguer)
    assert told() == [("reviewer", "submitted")]


@pytest.mark.parametrize("kind", list(ACTS))
def test_what_is_decided_is_told_to_the_authors(kind, submitted, reviewer):
    ACTS[kind](submitted, reviewer)
    assert told(kind=kind) == [("cataloguer", kind)]


def test_withdrawal_and_release_are_told_to_the_authors(submitted, reviewer):
    act_clear(submitted, reviewer)
    clearance.withdraw(subject_of(submitted), reviewer, "lý do")
    clearance.hold(subject_of(submitted), reviewer, "lý do")
    clearance.release_hold(subject_of(submitted), reviewer)
    assert [kind for _who, kind in told(recipient__username="cataloguer")] == [
        "cleared",
        "withdrawn",
        "held",
        "released",
    ]


def test_once_it_is_decided_nobody_is_told_that_it_waits(submitted, reviewer, second_reviewer):
    clearance.refuse(subject_of(submitted), second_reviewer, "lý do")
    assert notices.unseen(reviewer) == 0
    mail_all()
    assert [letter.to for letter in mail.outbox] == [["cataloguer@example.org"]]


def test_a_notice_goes_back_with_its_decision(submitted, reviewer, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr(subjects.RecordSubject, "put", broken)
    with pytest.raises(RuntimeError):
        act_clear(submitted, reviewer)
    assert told(kind="cleared") == []


def test_of_a_held_record_only_its_identifier_is_told(submitted, client, cataloguer, reviewer):
    ACTS["held"](submitted, reviewer)
    mail_all()
    letter = next(one for one in mail.outbox if one.to == ["cataloguer@example.org"])
    text = letter.subject + letter.body
    assert "vn-map-1838" in text and "An Nam" not in text and "lý do riêng" not in text
    assert "ngừng dùng" in text  # what to do
    client.force_login(cataloguer)
    page = client.get("/admin/notices/").content.decode()
    assert "vn-map-1838" in page and "An Nam" not in page and "lý do riêng" not in page


def test_older_notices_hide_the_title_too_while_the_record_is_held(submitted, client, cataloguer, reviewer):
    clearance.refuse(subject_of(submitted), reviewer, "lý do riêng")
    client.force_login(cataloguer)
    assert "An Nam" in client.get("/admin/notices/").content.decode()
    clearance.hold(subject_of(submitted), reviewer, "x")
    page = client.get("/admin/notices/").content.decode()
    assert "An Nam" not in page and "lý do riêng" not in page


def test_the_mail_leads_to_the_review_page_and_holds_no_text_of_the_record(submitted, reviewer, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://hoangsa.example.vn"
    mail_all()
    letter = mail.outbox[0]
    assert letter.to == [reviewer.email] and len(mail.outbox) == 1
    assert f"https://hoangsa.example.vn/admin/review/record:{submitted.pk}/" in letter.body
    assert "vn-map-1838" in letter.subject and "ngoài khơi miền Trung" not in letter.body
    assert Notice.objects.get().mailed_at and letter.message().get_content_type() == "text/plain"
    mail_all()
    assert len(mail.outbox) == 1


def test_each_reads_in_the_language_of_the_admin(submitted, reviewer):
    UserProfile.objects.update_or_create(user=reviewer, defaults={"preferred_language": "en"})
    mail_all()
    assert "review it in both languages" in mail.outbox[0].body.lower()
    assert "trình" not in mail.outbox[0].body


def test_several_go_in_one_mail(cataloguer, reviewer):
    for n in range(25):
        record = factories.make_record(cataloguer, identifier=f"vn-{n:02}")
        clearance.submit(subject_of(record), cataloguer)
    mail_all()
    assert len(mail.outbox) == 1
    assert mail.outbox[0].body.count("/admin/review/record:") == notices.LISTED and "5 thông báo" in mail.outbox[0].body


@pytest.mark.parametrize("reason", ["preference", "no address", "inactive"])
def test_who_wants_no_mail_gets_none_and_is_asked_once(reason, submitted, reviewer):
    if reason == "preference":
        UserProfile.objects.update_or_create(user=reviewer, defaults={"submitted_notifications": False})
    elif reason == "no address":
        reviewer.email = ""
    else:
        reviewer.is_active = False
    reviewer.save()
    mail_all()
    assert not mail.outbox and told() == [("reviewer", "submitted")]
    assert not notices.mail_next(timezone.now() + timedelta(days=9))


def test_a_fresh_notice_waits_for_others(submitted):
    assert not notices.mail_next() and not mail.outbox


def test_a_broken_mail_server_holds_up_no_clearance_and_is_tried_again(submitted, reviewer, settings):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    act_clear(submitted, reviewer)
    assert Edition.objects.exists()
    now = timezone.now()
    tries = 0
    for minute in range(2, 24 * 60):
        try:
            notices.mail_next(now + timedelta(minutes=minute))
        except ConnectionRefusedError:
            tries += 1
    assert tries == notices.MAX_ATTEMPTS
    settings.EMAIL_BACKEND = working
    assert not notices.mail_next(now + timedelta(days=30))
    assert Notice.objects.filter(mailed_at=None).count() == 2  # still in the admin


def test_it_is_mailed_once_the_server_is_back(submitted, settings):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    with pytest.raises(ConnectionRefusedError):
        notices.mail_next(timezone.now() + SOON)
    settings.EMAIL_BACKEND = working
    assert not notices.mail_next(timezone.now() + timedelta(seconds=90))  # the pause grows
    mail_all()
    assert len(mail.outbox) == 1


def test_the_worker_mails(submitted):
    from media.worker import Worker

    Notice.objects.update(created_at=timezone.now() - SOON)
    Worker("heavy").turn()
    assert len(mail.outbox) == 1


def test_wagtail_mails_nothing_of_its_own(submitted, reviewer, django_user_model):
    django_user_model.objects.create_superuser("boss", "boss@example.org", "x" * 12)
    act_clear(submitted, reviewer)
    assert not mail.outbox


# --- in the admin ------------------------------------------------------------------------------------------


def test_opening_the_page_marks_what_it_shows(submitted, client, reviewer):
    client.force_login(reviewer)
    menu = json.dumps("Thông báo (")[1:-1]
    assert f"{menu}1)" in client.get("/admin/").content.decode()
    client.head("/admin/notices/")
    assert notices.unseen(reviewer) == 1
    page = client.get("/admin/notices/").content.decode()
    assert f"/admin/review/record:{submitted.pk}/" in page
    assert notices.unseen(reviewer) == 0
    assert menu not in client.get("/admin/").content.decode()


def test_each_sees_only_their_own(submitted, client, cataloguer):
    client.force_login(cataloguer)
    assert "vn-map-1838" not in client.get("/admin/notices/").content.decode()


def test_the_page_costs_a_bounded_number_of_queries(cataloguer, reviewer, client, django_assert_max_num_queries):
    for n in range(15):
        record = factories.make_record(cataloguer, identifier=f"vn-{n:02}")
        clearance.submit(subject_of(record), cataloguer)
    client.force_login(reviewer)
    client.get("/admin/notices/")
    with django_assert_max_num_queries(35):
        assert client.get("/admin/notices/").content.decode().count("review/record:") == 15


def test_a_page_is_told_like_a_record(homes, cataloguer, reviewer, client):
    home = (homes["vi"] if isinstance(homes, dict) else homes[0]).specific
    home.intro = "<p>Lời mở đầu</p>"
    home.save_revision(user=cataloguer)
    factories.clear(home, cataloguer, reviewer)
    assert told() == [("reviewer", "submitted"), ("cataloguer", "cleared")]
    client.force_login(cataloguer)
    assert f"/admin/pages/{home.pk}/edit/" in client.get("/admin/notices/").content.decode()
    mail_all()
    assert [letter.to for letter in mail.outbox] == [[cataloguer.email]]
