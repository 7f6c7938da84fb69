"""What the database refuses, whoever asks: raw SQL on SQLite and PostgreSQL."""

import pytest
from django.db import Error, connection, transaction

from archive import clearance, subjects, triggers
from archive.models import ClearanceAuthor, Decision, Edition, Record
from tests import factories

pytestmark = pytest.mark.django_db

DECISION = """INSERT INTO archive_decision
    (subject, identifier, number, action, digest, user_id, reason, decision_number, checklist, at, previous_hash, hash)
    VALUES (%s, 'x', %s, 'cleared', 'd', %s, '', '', '[]', CURRENT_TIMESTAMP, '', %s)"""
EDITION = """INSERT INTO archive_edition
    (subject, identifier, number, document, digest, cleared_at, reviewer_id, record_id, kind, title_vi, title_en)
    VALUES (%s, 'x', %s, '{}', %s, CURRENT_TIMESTAMP, %s, %s, 'map', 'x', 'x')"""

# Each database's way round row-by-row deletion: PostgreSQL empties a table, SQLite replaces a row unasked.
EMPTY = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"


def refused(sql, params=()):
    """Run raw SQL. Out: whether the database refused it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, params)
    except Error:
        return True
    return False


@pytest.fixture
def record(cataloguer):
    record = factories.make_record(cataloguer)
    clearance.submit(subjects.of(record), cataloguer)
    return record


def test_the_triggers_stand():
    assert triggers.present(connection)


def test_no_rule_is_laid_on_a_table_that_is_not_there():
    """After a migration backwards."""
    rules = triggers.standing_on([triggers.DECISIONS, triggers.EDITIONS])
    assert {rule[1] for rule in rules.values()} == {triggers.DECISIONS, triggers.EDITIONS}


def test_a_second_person_is_let_through(record, reviewer):
    key = f"record:{record.pk}"
    assert not refused(DECISION, [key, 1, reviewer.pk, "h1"])
    assert not refused(EDITION, [key, 1, "d", reviewer.pk, record.pk])


@pytest.mark.parametrize("number", [1, 2])
def test_an_author_cannot_decide(record, cataloguer, number):
    assert refused(DECISION, [f"record:{record.pk}", number, cataloguer.pk, "h1"])


def test_nobody_cannot_decide(record):
    assert refused(DECISION, [f"record:{record.pk}", 1, None, "h1"])


def test_an_edition_that_no_one_worked_on_is_refused(record, reviewer):
    assert refused(DECISION, [f"record:{record.pk}", 2, reviewer.pk, "h1"])
    assert refused(DECISION, ["record:999", 1, reviewer.pk, "h1"])


def test_an_edition_needs_its_decision(record, cataloguer, reviewer):
    key = f"record:{record.pk}"
    assert refused(EDITION, [key, 1, "d", cataloguer.pk, record.pk])
    assert refused(EDITION, [key, 1, "d", reviewer.pk, record.pk])
    assert not refused(DECISION, [key, 1, reviewer.pk, "h1"])
    assert refused(EDITION, [key, 1, "other digest", reviewer.pk, record.pk])
    assert refused(EDITION, [key, 1, "d", cataloguer.pk, record.pk])
    assert refused(EDITION, [key, 1, "d", None, record.pk])


def test_a_withdrawn_edition_does_not_come_back(record, reviewer):
    key = f"record:{record.pk}"
    subject = subjects.of(Record.objects.get(pk=record.pk))
    decision = clearance.clear(subject, clearance.preview(subject)[1], reviewer, clearance.CHECKLIST)
    clearance.withdraw(subjects.of(Record.objects.get(pk=record.pk)), reviewer, "lý do")
    assert refused(EDITION, [key, 1, decision.digest, reviewer.pk, record.pk])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE archive_edition SET document = '{}'",
        "UPDATE archive_decision SET reason = 'khác'",
        "DELETE FROM archive_decision",
        "UPDATE archive_clearanceauthor SET user_id = user_id + 1",
        "DELETE FROM archive_clearanceauthor",
        "UPDATE archive_editionhistory SET document = '{}'",
        "DELETE FROM archive_editionhistory",
        *(f"{EMPTY} {table}" for table in ("archive_decision", "archive_clearanceauthor", "archive_editionhistory")),
    ],
)
def test_what_was_written_stays(sql, cataloguer, reviewer):
    record = factories.make_record(cataloguer)
    factories.clear(record, cataloguer, reviewer)
    clearance.withdraw(subjects.of(Record.objects.get(pk=record.pk)), reviewer, "lý do")
    factories.clear(Record.objects.get(pk=record.pk), cataloguer, reviewer)
    assert Edition.objects.exists() and Decision.objects.exists() and ClearanceAuthor.objects.exists()
    assert refused(sql)


def test_a_row_is_not_replaced(cataloguer, reviewer):
    if connection.vendor != "sqlite":
        return  # REPLACE is SQLite's
    record = factories.make_record(cataloguer)
    factories.clear(record, cataloguer, reviewer)
    clearance.withdraw(subjects.of(Record.objects.get(pk=record.pk)), reviewer, "lý do")
    factories.clear(Record.objects.get(pk=record.pk), cataloguer, reviewer)
    for table in ("archive_edition", "archive_decision", "archive_clearanceauthor", "archive_editionhistory"):
        assert refused(f"REPLACE INTO {table} SELECT * FROM {table}"), table


def test_a_page_does_not_stand_without_its_decision(cataloguer, reviewer):
    from exhibits.models import ArticlePage, ClearedPage
    from exhibits.site_setup import ensure_site
    from tests.exhibits.conftest import add, body, paragraph

    homes = ensure_site()
    page = add(ArticlePage, homes["vi"], cataloguer, title="Lời", slug="loi", body=body(paragraph("Lời.")))
    raw = "UPDATE exhibits_clearedpage SET cleared_number = 1, cleared_digest = %s WHERE page_ptr_id = %s"
    assert refused(raw, ["x" * 64, page.pk])
    factories.clear(ArticlePage.objects.get(pk=page.pk), cataloguer, reviewer)
    assert ClearedPage.objects.get(pk=page.pk).cleared_number == 1
    assert refused("UPDATE exhibits_clearedpage SET cleared_document = '{}' WHERE page_ptr_id = %s", [page.pk])
