"""Updating records from a sheet: what others save meanwhile stays, and a row that changes nothing costs little."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.importing import writing
from archive.importing.rows import RowReader
from archive.importing.run import Options, run
from archive.models import Agent, ChangeSetRow, Record
from archive.records import save_record
from tests import factories

pytestmark = pytest.mark.django_db
UPDATE = Options(update=True)


@pytest.fixture
def sheet(tmp_path):
    def make(*rows):
        path = tmp_path / "a.csv"
        path.write_text("\n".join(["identifier,title_en", *[",".join(row) for row in rows]]), encoding="utf-8")
        return path

    return make


def test_who_saves_a_record_meanwhile_loses_nothing(sheet, cataloguer, monkeypatch):
    whole, record = RowReader.look_up, factories.make_record(cataloguer, identifier="cu")

    def look_up(self, rows):
        whole(self, rows)
        other = Record.objects.get(pk=record.pk)
        other.title_en = "By hand"
        save_record(other, cataloguer)

    monkeypatch.setattr(RowReader, "look_up", look_up)
    report = run(sheet(["cu", "Of the sheet"]), cataloguer, UPDATE)
    assert (report.updated, report.refused) == (0, 1) and "vừa có người sửa" in report.problems[0]["message"]
    assert Record.objects.get().title_en == "By hand" and Record.objects.get().revisions.count() == 2
    assert ChangeSetRow.objects.get().action == "refused"
    monkeypatch.setattr(RowReader, "look_up", whole)
    assert run(sheet(["cu", "Of the sheet"]), cataloguer, UPDATE).updated == 1
    row = ChangeSetRow.objects.get(action="updated")
    assert row.before.content["title_en"] == "By hand" and row.after.content["title_en"] == "Of the sheet"


def test_a_row_that_changes_nothing_costs_few_queries(sheet, cataloguer):
    scan = factories.make_scan(cataloguer, "trang.png")
    for n in range(25):
        factories.make_record(cataloguer, identifier=f"cu-{n}", scans=[scan])
    counts = []
    for many in (5, 25):
        path = sheet(*[[f"cu-{n}", factories.HOANG_SA["title_en"]] for n in range(many)])
        with CaptureQueriesContext(connection) as queries:
            assert run(path, cataloguer, UPDATE).unchanged == many
        counts.append(len(queries))
    assert (counts[1] - counts[0]) / 20 <= 6  # savepoint, lock, fate; all that is read comes for many rows at once


def test_a_new_row_costs_no_query_of_its_own(tmp_path, cataloguer):
    counts = []
    for prefix, many in (("a", 5), ("b", 25)):
        path = tmp_path / f"{prefix}.csv"
        rows = [f"{prefix}-{n},map,Đồ {n},Minh Mạng {n % 20 + 1}" for n in range(many)]
        path.write_text("\n".join(["identifier,kind,title_vi,date_text", *rows]), encoding="utf-8")
        with CaptureQueriesContext(connection) as queries:
            assert run(path, cataloguer, Options()).created == many
        counts.append(len(queries))
    assert counts[1] - counts[0] <= 8  # SQLite parts a statement of too many values


def test_two_imports_that_make_the_same_agent(tmp_path, cataloguer, monkeypatch):
    """The other's agent is there when the row is written: the row says what happened, not that its number is taken."""

    def save(draft):
        Agent.objects.get_or_create(key="taberd", name_vi="Taberd")
        whole(draft)

    whole = writing.save_authorities
    monkeypatch.setattr(writing, "save_authorities", save)
    monkeypatch.setattr(Agent, "full_clean", lambda self, **options: None)  # the other commits after this look
    path = tmp_path / "a.csv"
    path.write_text("identifier,kind,title_vi,agents\na-1,map,A,Taberd\n", encoding="utf-8")
    report = run(path, cataloguer, Options(create_missing=True))
    assert report.refused == 1 and "Vừa có người ghi" in report.problems[0]["message"]
    assert not Record.objects.exists() and ChangeSetRow.objects.get().action == "refused"
