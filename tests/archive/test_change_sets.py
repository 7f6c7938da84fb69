"""An import as a whole: its rows, and taking it back."""

import io

import pytest
from django.core.management import CommandError, call_command

from archive import change_sets, clearance, merging, subjects
from archive.importing import uploads
from archive.importing.rows import RowReader
from archive.importing.run import Options, run
from archive.models import Agent, ChangeSet, ChangeSetRow, Record, RecordAgent, RecordRelation
from archive.records import save_record
from media import jobs
from media.models import Job, Scan
from tests import factories

pytestmark = pytest.mark.django_db
HEAD = "identifier,kind,title_vi,title_en,description_vi,declared_not_secret"


@pytest.fixture
def imported(tmp_path, cataloguer):
    """An import that made "moi-1" to "moi-4" and changed "cu"; one row was refused."""
    factories.make_record(cataloguer, identifier="cu", title_vi="Cũ", description_vi="", description_en="")
    path = tmp_path / "bang.csv"
    rows = [f"moi-{n},map,Mới {n},New {n},,có" for n in range(1, 5)] + ["cu,map,Đã đổi,Changed,,có", "hong,tranh,x,,,"]
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    report = run(path, cataloguer, Options(update=True))
    assert (report.created, report.updated, report.refused) == (4, 1, 1)
    return ChangeSet.objects.get(pk=report.change_set)


def fates(change_set) -> dict:
    return dict(change_set.rows.exclude(undone="").values_list("identifier", "undone"))


def test_each_row_has_its_fate(imported, cataloguer):
    assert change_sets.counts(imported) == {"created": 4, "updated": 1, "refused": 1}
    row = imported.rows.get(action="refused")
    assert row.number == 7 and row.problems[0]["value"] == "tranh" and "tranh" in row.problems[0]["message"]
    assert imported.title == "bang.csv" and imported.user == cataloguer and imported.finished_at


def test_undo_takes_back_what_nobody_touched(imported, administrator, cataloguer):
    counts = change_sets.undo(imported, cataloguer)
    assert counts == {"deleted": 4, "restored": 1}
    record = Record.objects.get()
    assert (record.identifier, record.title_vi) == ("cu", "Cũ")
    assert record.latest_revision.user == cataloguer and record.revisions.count() == 3
    imported.refresh_from_db()
    assert imported.undone_by == cataloguer and not change_sets.can_be_undone(imported)


def test_undo_spares_what_was_worked_on(imported, cataloguer, reviewer):
    edited = Record.objects.get(identifier="moi-1")
    edited.title_vi = "Sửa tay"
    save_record(edited, cataloguer)
    factories.clear(Record.objects.get(identifier="moi-2"), cataloguer, reviewer)
    clearance.submit(subjects.of(Record.objects.get(identifier="moi-3")), cataloguer)
    other = factories.make_record(cataloguer, identifier="khac")
    other.relations.add(RecordRelation(kind="cites", related=Record.objects.get(identifier="moi-4")))
    save_record(other, cataloguer)
    changed = Record.objects.get(identifier="cu")
    changed.title_en = "By hand"
    save_record(changed, cataloguer)
    outlook = {fate: len(rows) for fate, rows in change_sets.outlook(imported).items()}
    assert outlook == {"deleted": 1, "restored": 0, "spared": 4}
    assert change_sets.undo(imported, cataloguer) == {"spared": 5}  # the fourth is named by another record
    assert Record.objects.count() == 6 and Record.objects.get(identifier="cu").title_en == "By hand"


def test_an_undo_that_was_cut_off_goes_on(imported, cataloguer, monkeypatch):
    monkeypatch.setattr(change_sets, "AT_ONCE", dict.fromkeys(change_sets.AT_ONCE, 1))

    def stop(done, total, stage):
        if done == 2:
            raise jobs.Cancelled

    with pytest.raises(jobs.Cancelled):
        change_sets.undo(imported, cataloguer, stop)
    assert len(fates(imported)) == 2 and change_sets.can_be_undone(imported)
    assert change_sets.undo(imported, cataloguer) == {"deleted": 4, "restored": 1}


def test_what_was_decided_since_is_spared_also_where_it_was_only_changed(imported, cataloguer, reviewer):
    factories.clear(Record.objects.get(identifier="cu"), cataloguer, reviewer)
    assert change_sets.undo(imported, cataloguer) == {"deleted": 4, "spared": 1}
    assert Record.objects.get().title_vi == "Đã đổi"


def test_undone_from_the_last_to_the_first_all_is_taken_back(imported, tmp_path, cataloguer):
    path = tmp_path / "lai.csv"
    path.write_text("identifier,title_vi\nmoi-1,Lần hai\ncu,Lần hai\n", encoding="utf-8")
    second = ChangeSet.objects.get(pk=run(path, cataloguer, Options(update=True)).change_set)
    assert change_sets.undo(second, cataloguer) == {"restored": 2}
    assert change_sets.undo(imported, cataloguer) == {"deleted": 4, "restored": 1}
    assert Record.objects.get().title_vi == "Cũ"


def test_undo_of_a_record_whose_agent_was_merged_meanwhile(tmp_path, cataloguer, administrator):
    twin, heir = Agent.objects.create(key="doi", name_vi="Đôi"), Agent.objects.create(key="mot", name_vi="Một")
    record = factories.make_record(cataloguer, identifier="cu", agents=[RecordAgent(agent=twin)])
    path = tmp_path / "a.csv"
    path.write_text("identifier,title_vi\ncu,Khác\n", encoding="utf-8")
    change_set = ChangeSet.objects.get(pk=run(path, cataloguer, Options(update=True)).change_set)
    merging.merge(twin, heir, administrator)
    assert change_sets.undo(change_set, cataloguer) == {"restored": 1}
    record = Record.objects.get()
    assert record.title_vi == factories.HOANG_SA["title_vi"] and record.agents.get().agent == heir


def test_an_outlook_costs_the_same_queries_for_any_number_of_rows(
    imported, tmp_path, cataloguer, django_assert_num_queries
):
    path = tmp_path / "nhieu.csv"
    path.write_text("\n".join([HEAD, *[f"nhieu-{n},map,N,N,,có" for n in range(40)]]), encoding="utf-8")
    many = ChangeSet.objects.get(pk=run(path, cataloguer, Options()).change_set)
    for change_set in (imported, many):
        with django_assert_num_queries(3):
            change_sets.outlook(change_set)


def test_while_it_still_writes_nothing_is_undone(imported, cataloguer):
    imported.job = Job.objects.create(kind="import", queue="heavy", user=cataloguer, state=Job.State.RUNNING)
    assert not change_sets.can_be_undone(imported)
    imported.job.state = Job.State.CANCELLED
    assert change_sets.can_be_undone(imported)


def test_scans_that_an_update_brought_go_with_it(tmp_path, cataloguer):
    old = factories.make_scan(cataloguer, "cu.png", colour=(1, 2, 3))
    factories.make_record(cataloguer, identifier="cu", scans=[old])
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "moi.png").write_bytes(factories.png(colour=(9, 9, 9)).getvalue())
    path = tmp_path / "a.csv"
    path.write_text("identifier,scans\ncu,moi.png\n", encoding="utf-8")
    report = run(path, cataloguer, Options(scans=folder, update=True))
    assert Record.objects.get().scans.get().scan.original_name == "moi.png"
    change_sets.undo(ChangeSet.objects.get(pk=report.change_set), cataloguer)
    assert Record.objects.get().scans.get().scan == old and list(Scan.objects.all()) == [old]


def test_scans_that_only_the_import_brought_go_with_it(tmp_path, cataloguer):
    kept = factories.make_scan(cataloguer, "kho.png", colour=(1, 2, 3))
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "moi.png").write_bytes(factories.png(colour=(9, 9, 9)).getvalue())
    path = tmp_path / "a.csv"
    path.write_text("identifier,kind,title_vi,scans\nmoi,map,Mới,moi.png; kho.png\n", encoding="utf-8")
    report = run(path, cataloguer, Options(scans=folder))
    assert report.problems == [] and Scan.objects.count() == 2
    change_sets.undo(ChangeSet.objects.get(pk=report.change_set), cataloguer)
    assert list(Scan.objects.all()) == [kept]


def test_files_named_after_a_record_come_in_order_with_their_sides(tmp_path, cataloguer):
    folder = tmp_path / "scans"
    folder.mkdir()
    names = ["do-1_10.png", "do-1_2v.png", "do-1_2r.png", "do-1.png", "do-12_1.png", "do-1_verso.png"]
    names += ["do-1_3.png", "do-1_p03.png"]
    for n, name in enumerate(names):
        (folder / name).write_bytes(factories.png(colour=(n, n, n)).getvalue())
    path = tmp_path / "a.csv"
    path.write_text("identifier,kind,title_vi\ndo-1,map,Đồ\n", encoding="utf-8")
    report = run(path, cataloguer, Options(scans=folder))
    uses = Record.objects.get().scans.all()
    assert [(use.scan.original_name, use.side) for use in uses] == [
        ("do-1.png", ""),
        ("do-1_verso.png", "verso"),
        ("do-1_2r.png", "recto"),
        ("do-1_2v.png", "verso"),
        ("do-1_10.png", ""),
    ]
    assert report.unused_scans == ["do-12_1.png", "do-1_3.png", "do-1_p03.png"]
    assert "do-1_3.png; do-1_p03.png" in report.warnings[0]["message"] and report.warnings[0]["row"] == 2


def test_two_scans_of_one_name_are_told_apart(tmp_path, cataloguer):
    from archive.importing import export

    for n in (1, 2):
        scan = factories.make_scan(cataloguer, "trang.png", colour=(n, n, n))
        factories.make_record(cataloguer, identifier=f"do-{n}", scans=[scan])
    path = tmp_path / "a.csv"
    export.write_csv(path, export.records())
    report = run(path, cataloguer, Options(update=True))
    assert report.problems == [] and report.unchanged == 2


def test_skip_keeps_what_is_there(tmp_path, cataloguer):
    factories.make_record(cataloguer, identifier="cu", title_vi="Cũ")
    path = tmp_path / "a.csv"
    path.write_text("identifier,kind,title_vi\ncu,map,Khác\nmoi,map,Mới\n", encoding="utf-8")
    report = run(path, cataloguer, Options(skip=True))
    assert (report.created, report.unchanged, report.problems) == (1, 1, [])
    assert Record.objects.get(identifier="cu").title_vi == "Cũ"
    assert set(ChangeSetRow.objects.values_list("action", flat=True)) == {"created", "skipped"}


# --- command and pages -----------------------------------------------------------------------------


def test_the_command_says_what_it_will_do_and_does_it(imported, cataloguer, reviewer):
    def say(*arguments, **options):
        out = io.StringIO()
        call_command("undo_import", *arguments, stdout=out, **options)
        return out.getvalue()

    assert f"{imported.pk}  " in say()
    assert "Xoá 4, trả về bản trước 1" in say(str(imported.pk), dry_run=True) and Record.objects.count() == 5
    with pytest.raises(CommandError, match="quyền"):
        say(str(imported.pk), user="reviewer")
    assert "Xoá 4" in say(str(imported.pk), user="cataloguer") and Record.objects.count() == 1
    with pytest.raises(CommandError, match="không còn gì"):
        say(str(imported.pk), user="cataloguer")


def test_pages_show_rows_and_undo_in_the_background(client, imported, cataloguer, reviewer):
    client.force_login(cataloguer)
    assert "bang.csv" in client.get("/admin/changes/").content.decode()
    page = client.get(f"/admin/changes/{imported.pk}/").content.decode()
    assert "tranh" in page and "Hoàn tác" in page
    assert "hong" in client.get(f"/admin/changes/{imported.pk}/", {"column": "kind"}).content.decode()
    assert "hong" not in client.get(f"/admin/changes/{imported.pk}/", {"column": "title_vi"}).content.decode()
    page = client.get(f"/admin/changes/{imported.pk}/undo/").content.decode()
    assert "moi-1" in page and "Xoá bản ghi đã tạo" in page
    client.post(f"/admin/changes/{imported.pk}/undo/")
    call_command("worker", queue="heavy", once=True)
    assert Record.objects.count() == 1
    assert "đã hoàn tác" in client.get(f"/admin/changes/{imported.pk}/").content.decode()
    assert client.get(f"/admin/changes/{imported.pk}/undo/").status_code == 404


def test_a_reviewer_reads_but_does_not_undo(client, imported, reviewer, hall_staff):
    client.force_login(reviewer)
    assert client.get(f"/admin/changes/{imported.pk}/").status_code == 200
    assert client.post(f"/admin/changes/{imported.pk}/undo/").status_code in (302, 403)
    client.force_login(hall_staff)
    assert client.get(f"/admin/changes/{imported.pk}/").status_code in (302, 403)
    assert Record.objects.count() == 5


def test_rows_of_held_records_are_hidden_from_cataloguers(client, imported, cataloguer, reviewer):
    clearance.hold(subjects.of(Record.objects.get(identifier="moi-2")), reviewer, "kiểm tra")
    client.force_login(cataloguer)
    page = client.get(f"/admin/changes/{imported.pk}/", {"action": "created"}).content.decode()
    assert "moi-1" in page and "moi-2" not in page


def test_held_records_are_not_named_before_an_undo_either(client, imported, cataloguer, reviewer):
    clearance.hold(subjects.of(Record.objects.get(identifier="moi-2")), reviewer, "kiểm tra")
    client.force_login(cataloguer)
    page = client.get(f"/admin/changes/{imported.pk}/undo/").content.decode()
    assert "moi-1" in page and "moi-2" not in page and "Giữ nguyên: 1" in " ".join(page.split())


def test_refused_rows_are_counted_and_filtered_by_the_column_that_is_wrong(client, tmp_path, cataloguer):
    path = tmp_path / "a.csv"
    rows = [f"sai-{n},tranh,Tên,,,có" for n in range(3)] + ["sai-3,map,,,,có", "sai-4,tranh,,,,có"]
    path.write_text("\n".join([HEAD.replace("kind", "Loại hình"), *rows]), encoding="utf-8")
    report = run(path, cataloguer, Options())
    client.force_login(cataloguer)
    address = f"/admin/changes/{report.change_set}/"
    page = client.get(address).content.decode()
    assert "Loại hình: 4" in page and "title_vi: 2" in page
    page = client.get(address, {"action": "refused", "column": "title_vi"}).content.decode()
    assert "sai-3" in page and "sai-4" in page and "sai-0" not in page


def test_spared_rows_are_listed_after_an_undo(client, imported, cataloguer):
    edited = Record.objects.get(identifier="moi-1")
    edited.title_vi = "Sửa tay"
    save_record(edited, cataloguer)
    change_sets.undo(imported, cataloguer)
    client.force_login(cataloguer)
    page = client.get(f"/admin/changes/{imported.pk}/", {"undone": "spared"}).content.decode()
    assert "moi-1" in page and "moi-2" not in page and "Giữ nguyên: 1" in page


def test_a_date_that_may_be_meant_otherwise_is_told_but_accepted(tmp_path, cataloguer):
    path = tmp_path / "a.csv"
    path.write_text("identifier,kind,title_vi,date_text\na-1,map,A,1905-06\na-2,map,B,1905\n", encoding="utf-8")
    for dry_run in (True, False):
        report = run(path, cataloguer, Options(dry_run=dry_run))
        assert (report.created, report.problems) == (2, [])
        (warning,) = report.warnings
        assert (warning["row"], warning["column"], warning["value"]) == (2, "date_text", "1905-06")
        assert "tháng 6 năm 1905" in warning["message"]
    row = ChangeSetRow.objects.get(identifier="a-1")
    assert row.action == "created" and row.problems[0]["message"] == warning["message"]


def test_a_dry_run_knows_the_rows_above(tmp_path, cataloguer):
    path = tmp_path / "a.csv"
    rows = "a-1,map,A,\na-2,map,B,cites | a-1\na-3,map,C,cites | a-9\n"
    path.write_text("identifier,kind,title_vi,relations\n" + rows, encoding="utf-8")
    told = [run(path, cataloguer, Options(dry_run=dry_run)) for dry_run in (True, False)]
    assert [(report.created, report.refused) for report in told] == [(2, 1), (2, 1)]
    assert told[0].problems == told[1].problems and "a-9" in told[0].problems[0]["message"]
    assert RecordRelation.objects.get().related.identifier == "a-1"


def test_one_fault_at_writing_is_its_rows_own(tmp_path, cataloguer, monkeypatch):
    """Somebody takes an identifier between the look and the writing; what its row named first is made by the next."""
    whole, path = RowReader.look_up, tmp_path / "a.csv"

    def look_up(self, rows):
        whole(self, rows)
        if not Record.objects.exists():
            factories.make_record(cataloguer, identifier="a-1")

    monkeypatch.setattr(RowReader, "look_up", look_up)
    rows = [f"a-{n},map,A,Người vẽ chung" for n in range(1, 5)]
    path.write_text("\n".join(["identifier,kind,title_vi,agents", *rows]), encoding="utf-8")
    report = run(path, cataloguer, Options(create_missing=True))
    assert (report.created, report.refused) == (3, 1) and report.problems[0]["identifier"] == "a-1"
    assert Agent.objects.get().uses.count() == 3


def test_an_import_that_was_undone_does_not_go_on(client, imported, cataloguer):
    folder = uploads.imports_dir() / "abc"
    folder.mkdir(parents=True)
    (folder / "sheet").write_text("identifier,kind,title_vi\na-1,map,A\n")
    job = Job.objects.create(
        kind="import", queue="heavy", user=cataloguer, payload={"folder": "abc", "name": "bang.csv"}
    )
    ChangeSet.objects.update(job=job)
    client.force_login(cataloguer)
    address = f"/admin/import/{job.pk}/"
    Job.objects.update(state=Job.State.CANCELLED, done=6, total=9)
    page = " ".join(client.get(address).content.decode().split())
    assert "Mới xong 6 trên 9 dòng" in page and "Thử lại" in page
    change_sets.undo(ChangeSet.objects.get(), cataloguer)
    assert "Thử lại" not in client.get(address).content.decode()
    with pytest.raises(jobs.Failed, match="hoàn tác"):
        jobs.handler_of("import").run(job, lambda *args: None)
    assert not Record.objects.filter(identifier="a-1").exists()
