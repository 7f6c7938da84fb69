"""manage.py check_audit finds what was altered behind the back of clearance: each fault is planted first."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from archive import audit, clearance, subjects, triggers
from archive.models import Decision, Edition, Notice, Record
from media.models import PublicImage
from tests import factories

pytestmark = pytest.mark.django_db


def subject_of(record):
    return subjects.of(Record.objects.get(pk=record.pk))


def faults(expect=()):
    return list(audit.run(audit.Counted(), expect))


@pytest.fixture
def archive(cataloguer, reviewer):
    """Records in every state: cleared twice, withdrawn, held, refused, and one with a picture."""
    scan = factories.make_scan(cataloguer)
    made = {}
    for name in ("twice", "withdrawn", "held", "refused", "picture"):
        record = factories.make_record(cataloguer, identifier=f"vn-{name}", scans=[scan] if name == "picture" else [])
        made[name] = record
        if name == "refused":
            clearance.submit(subject_of(record), cataloguer)
            clearance.refuse(subject_of(record), reviewer, "chưa đạt")
        else:
            factories.clear(record, cataloguer, reviewer)
    record = Record.objects.get(pk=made["twice"].pk)
    record.title_vi = "Nhan đề hai"
    from archive.records import save_record

    save_record(record, cataloguer)
    factories.clear(record, cataloguer, reviewer)
    clearance.withdraw(subject_of(made["withdrawn"]), reviewer, "lý do")
    clearance.hold(subject_of(made["held"]), reviewer, "lý do")
    return made


@pytest.fixture
def tamper():
    """Run SQL as somebody who owns the database and has lifted the triggers (and, on SQLite, the foreign keys)."""

    def run(sql, *params):
        triggers.drop(connection)
        Notice.objects.all().delete()  # they refer to decisions
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
        triggers.create(connection)

    return run


def test_what_clearance_did_has_no_fault(archive):
    counted = audit.Counted()
    assert list(audit.run(counted)) == []
    assert (counted.decisions, counted.editions, counted.former, counted.images) == (14, 2, 3, 1)
    assert counted.last_hash == Decision.objects.last().hash


CLEARED = "SELECT MIN(id) FROM archive_decision WHERE action = 'cleared'"
ONE = "(SELECT MIN(id) FROM archive_edition)"
FORMER = "(SELECT MIN(id) FROM archive_editionhistory)"
AUTHOR = """INSERT INTO archive_clearanceauthor (subject, number, user_id)
    SELECT subject, number, user_id FROM archive_decision WHERE action = 'cleared' ORDER BY id LIMIT 1"""


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        (f"UPDATE archive_decision SET reason = 'khác' WHERE id = ({CLEARED})", "đã bị sửa: mã băm"),
        ("DELETE FROM archive_decision WHERE action = 'refused'", "Chuỗi đứt trước"),
        ("UPDATE archive_decision SET id = 100000 WHERE action = 'refused'", "Chuỗi đứt trước"),
        (AUTHOR, "do chính một người soạn"),
        (f"UPDATE archive_edition SET document = '{{}}' WHERE id = {ONE}", "văn bản không khớp mã băm"),
        (f"UPDATE archive_edition SET digest = 'x' WHERE id = {ONE}", "không phải văn bản đã được duyệt"),
        (f"UPDATE archive_edition SET title_vi = 'khác' WHERE id = {ONE}", "khác văn bản (title)"),
        (f"UPDATE archive_edition SET number = 9 WHERE id = {ONE}", "không có quyết định duyệt"),
        ("DELETE FROM archive_editionimage", "khác văn bản (images)"),
        (f"UPDATE archive_editionhistory SET document = '{{}}' WHERE id = {FORMER}", "Bản cũ vn-"),
        ("DELETE FROM archive_editionhistory", "không còn văn bản"),
        ("DELETE FROM archive_clearanceauthor", "không ghi ai đã soạn"),
        ("UPDATE archive_record SET status = 'cleared' WHERE identifier = 'vn-refused'", "ghi là đã duyệt nhưng"),
        ("UPDATE archive_record SET status = 'held' WHERE identifier = 'vn-twice'", "vẫn có bản công bố"),
        ("UPDATE archive_record SET status = 'held' WHERE identifier = 'vn-picture'", "thuộc một bản ghi đang tạm giữ"),
    ],
)
def test_each_planted_fault_is_named(sql, sentence, archive, tamper):
    tamper(sql)
    found = faults()
    assert any(sentence in one for one in found), found
    assert all(one.endswith(".") for one in found)


def test_a_decision_by_nobody_is_named(archive, tamper, reviewer):
    """The database keeps the person's row; so the person is looked for under another key."""
    decision = Decision.objects.filter(action="cleared").first()
    with connection.constraint_checks_disabled() if connection.vendor == "sqlite" else _deferred():
        tamper("UPDATE archive_decision SET user_id = 99999 WHERE id = %s", decision.pk)
        assert any("không có người ký" in one for one in faults())
        tamper("UPDATE archive_decision SET user_id = %s WHERE id = %s", decision.user_id, decision.pk)
    assert faults() == []


def _deferred():
    import contextlib

    return contextlib.nullcontext()  # PostgreSQL's foreign keys are deferred to the end of the transaction


def test_a_public_image_that_no_edition_lists_is_named(archive):
    PublicImage.objects.create(image_id="a" * 20)
    assert faults() == ["Ảnh công khai aaaaaaaaaaaaaaaaaaaa không thuộc bản công bố nào."]


def test_an_edition_that_outlives_its_withdrawal_is_named(archive, tamper):
    """Its decision is written by somebody who can count hashes."""
    last = Decision.objects.last()
    edition = Edition.objects.get(identifier="vn-twice")
    forged = Decision(
        subject=edition.subject,
        identifier=edition.identifier,
        number=edition.number,
        action="withdrawn",
        user=edition.reviewer,
        at=last.at,
        previous_hash=last.hash,
    )
    forged.hash = clearance.decision_hash(forged)
    forged.save()
    assert any("vẫn công bố sau khi đã rút" in one for one in faults())


def test_a_chain_that_was_rewritten_whole_is_found_by_an_anchor(archive, tamper):
    anchor = Decision.objects.last().hash
    assert faults([anchor]) == []
    previous = ""
    for decision in Decision.objects.order_by("pk"):  # hash by hash, as a forger would
        decision.previous_hash = previous
        if decision.action == "refused":
            decision.reason = "lý do giả"
        previous = clearance.decision_hash(decision)
        tamper(
            "UPDATE archive_decision SET reason = %s, previous_hash = %s, hash = %s WHERE id = %s",
            decision.reason,
            decision.previous_hash,
            previous,
            decision.pk,
        )
    assert faults() == []
    assert len(faults([anchor])) == 1 and anchor in faults([anchor])[0]


def test_a_page_whose_text_differs_is_named(homes, cataloguer, reviewer, tamper):
    home = (homes["vi"] if isinstance(homes, dict) else homes[0]).specific
    home.intro = "<p>Lời mở đầu</p>"
    home.save_revision(user=cataloguer)
    factories.clear(home, cataloguer, reviewer)
    counted = audit.Counted()
    assert list(audit.run(counted)) == [] and counted.others == 1
    tamper("UPDATE wagtailcore_page SET title = 'khác' WHERE id = %s", home.pk)
    assert any("hiện chữ khác với bản đã duyệt" in one for one in faults())


def test_the_command_says_how_many_and_exits_1(archive):
    out, err = io.StringIO(), io.StringIO()
    call_command("check_audit", stdout=out, stderr=err)
    assert "14 quyết định" in out.getvalue() and "0 lỗi" in out.getvalue() and err.getvalue() == ""
    assert Decision.objects.last().hash in out.getvalue()
    with pytest.raises(SystemExit) as ended:
        call_command("check_audit", "--expect", "f" * 64, stdout=out, stderr=err)
    assert ended.value.code == 1 and "f" * 64 in err.getvalue()


def test_the_audit_costs_the_same_number_of_queries_for_more_rows(cataloguer, reviewer, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    def make(n):
        factories.clear(factories.make_record(cataloguer, identifier=f"vn-q-{n}"), cataloguer, reviewer)

    make(0)
    with CaptureQueriesContext(connection) as few:
        faults()
    for n in range(1, 4):
        make(n)
    with django_assert_num_queries(len(few)):
        faults()
