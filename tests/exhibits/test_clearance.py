"""Pages are cleared by two persons; what is public is what was cleared."""

import pytest

from archive import clearance
from archive.edition import canonical
from archive.models import ClearanceAuthor, Decision, Outbox, Status
from exhibits.models import ClearedPage, PageRecord
from exhibits.page_document import page_document, record_keys
from exhibits.subjects import PageSubject

from .conftest import body, clear, fresh, paragraph

pytestmark = pytest.mark.django_db


def status(client, page):
    return client.get(page.url_path).status_code


def test_a_cleared_page_is_served_with_its_cleared_text(client, article, cataloguer, reviewer):
    assert status(client, article) == 404
    decision = clear(article, cataloguer, reviewer)
    page = fresh(article)
    assert status(client, article) == 200
    assert (page.clearance_status, page.cleared_number, page.cleared_digest) == (Status.CLEARED, 1, decision.digest)
    assert canonical(page_document(page, 1)) == (page.cleared_document, page.cleared_digest)
    assert page.live_revision_id == page.cleared_revision_id


def test_the_author_can_not_clear(client, article, cataloguer, superuser):
    article.save_revision(user=superuser)
    clearance.submit(PageSubject(fresh(article)), cataloguer)
    subject = PageSubject(fresh(article))
    with pytest.raises(clearance.NotAllowed):
        clearance.clear(subject, clearance.preview(subject)[1], superuser, clearance.CHECKLIST)
    assert status(client, article) == 404


def test_each_revision_notes_its_author(article, reviewer, cataloguer):
    article.save_revision(user=reviewer)
    authors = set(ClearanceAuthor.objects.filter(subject=f"page:{article.pk}").values_list("user_id", flat=True))
    assert authors == {cataloguer.pk, reviewer.pk}


def test_a_revision_without_a_person_is_refused(article):
    with pytest.raises(Exception, match="author"):
        article.save_revision()


def test_an_edit_shows_nowhere_until_it_is_cleared_too(client, article, cataloguer, reviewer):
    clear(article, cataloguer, reviewer)
    page = fresh(article)
    page.title, page.body = "Tên mới", body(paragraph("Lời mới."))
    page.save_revision(user=cataloguer)
    assert fresh(article).clearance_status == Status.DRAFT
    assert "Lời mới" not in client.get(article.url_path).content.decode()
    clear(article, cataloguer, reviewer)
    assert "Lời mới" in client.get(article.url_path).content.decode()
    assert fresh(article).cleared_number == 2


def test_nobody_saves_while_it_is_under_review(article, cataloguer, superuser):
    clearance.submit(PageSubject(fresh(article)), cataloguer)
    with pytest.raises(Exception, match="đang chờ duyệt"):
        fresh(article).save_revision(user=superuser)


def test_a_stale_digest_is_refused(article, cataloguer, reviewer):
    clearance.submit(PageSubject(fresh(article)), cataloguer)
    with pytest.raises(clearance.Stale):
        clearance.clear(PageSubject(fresh(article)), "0" * 64, reviewer, clearance.CHECKLIST)


def test_gaps_are_named_before_submission(article, cataloguer):
    page = fresh(article)
    page.title = ""
    page.save_revision(user=cataloguer, clean=False)
    with pytest.raises(clearance.NotReady) as refused:
        clearance.submit(PageSubject(fresh(article)), cataloguer)
    assert refused.value.problems


def test_withdrawal_takes_the_page_down_at_once(client, public_section, edition, reviewer):
    Outbox.objects.all().delete()
    clearance.withdraw(PageSubject(public_section), reviewer, "nhầm")
    page = fresh(public_section)
    assert status(client, page) == 404
    assert (page.live, page.cleared_number, page.cleared_digest) == (False, 0, "")
    assert not PageRecord.objects.filter(page_id=page.pk).exists()
    assert [row.identifier for row in Outbox.objects.all()] == ["vn-map-1838"]


def test_a_hold_takes_it_down_and_locks_it(client, article, cataloguer, reviewer):
    clear(article, cataloguer, reviewer)
    clearance.hold(PageSubject(fresh(article)), reviewer, "xem lại")
    assert status(client, article) == 404
    with pytest.raises(Exception, match="tạm giữ"):
        fresh(article).save_revision(user=cataloguer)


def test_a_withdrawn_exhibition_takes_its_sections_along(client, public_section, edition, reviewer):
    assert status(client, public_section) == 200
    Outbox.objects.all().delete()
    clearance.withdraw(PageSubject(public_section.exhibition), reviewer, "nhầm")
    assert status(client, public_section) == 404
    assert not ClearedPage.objects.public().filter(pk=public_section.pk).exists()
    assert [row.identifier for row in Outbox.objects.all()] == ["vn-map-1838"]


def test_clearing_tells_the_projections_of_the_records_named(section, cataloguer, reviewer, edition):
    Outbox.objects.all().delete()
    clear(section, cataloguer, reviewer)
    assert [row.identifier for row in Outbox.objects.all()] == ["vn-map-1838"]
    assert list(PageRecord.objects.values_list("identifier", flat=True)) == ["vn-map-1838"]


def test_the_document_has_no_volatile_fields(section, cataloguer):
    before = page_document(fresh(section), 1)
    section.save_revision(user=cataloguer)
    section.locked = True
    section.save()
    after = page_document(fresh(section).get_latest_revision_as_object(), 1)
    assert before == after
    assert before["identifier"] == "/vi/trien-lam/ghi-chep/"
    assert "id" not in str(before["content"]["body"])
    assert record_keys(section) == ["vn-map-1838"]


def test_the_review_page_shows_clears_and_names_problems(client, article, cataloguer, reviewer):
    clearance.submit(PageSubject(fresh(article)), cataloguer)
    client.force_login(reviewer)
    address = f"/admin/review/page:{article.pk}/"
    response = client.get(address)
    assert response.status_code == 200 and "Giới thiệu (vi)" in response.content.decode()
    assert "Lời." in client.get(f"{address}preview/vi/").content.decode()
    missing = client.get(f"{address}preview/en/")
    assert missing.status_code == 200 and "no-store" in missing["Cache-Control"]
    digest = clearance.preview(PageSubject(fresh(article)))[1]
    client.post(address, {"act": "clear", "digest": digest, "checklist": clearance.CHECKLIST})
    client.logout()
    assert status(client, article) == 200
    assert Decision.objects.filter(subject=f"page:{article.pk}", action="cleared", user=reviewer).exists()
