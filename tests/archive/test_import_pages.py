"""The admin's import page: upload, the job, its report, and being cut off in the middle."""

import io
import os
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from PIL import Image

from archive.importing import uploads, writing
from archive.models import ChangeSet, Record
from media import jobs
from media.models import Job, Scan

HEAD = ["Số hiệu", "Loại hình", "Nhan đề (vi)", "Tệp quét"]


def sheet(*rows) -> SimpleUploadedFile:
    book, file = Workbook(), io.BytesIO()
    for row in (HEAD, *rows):
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("danh mục.xlsx", file.getvalue())


def picture(name: str, colour: int = 1) -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (50, 40), (colour, 9, 9)).save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


@pytest.fixture
def curator(client, cataloguer):
    client.force_login(cataloguer)
    return client


def work() -> Job:
    """One turn of the heavy worker, on the import."""
    job = Job.objects.get(kind="import")
    Job.objects.filter(kind="pyramid").update(state=Job.State.CANCELLED)
    claimed = jobs.claim("heavy", "test")
    assert claimed.pk == job.pk
    return jobs.run(claimed)


def folders(settings) -> list[Path]:
    root = Path(settings.VAR_DIR) / "imports"
    return list(root.iterdir()) if root.exists() else []


def upload(client, *rows, scans=(), **more):
    return client.post(reverse("archive_import:index"), {"sheet": sheet(*rows), "scans": list(scans), **more})


def test_upload_runs_as_a_job_and_its_files_go_when_it_is_done(curator, settings):
    rows = [["vn-1", "map", "Một", "a.png"], ["vn-2", "tranh", "<b>Hai</b>", ""]]
    response = upload(curator, *rows, scans=[picture("a.png"), picture("b.png", 2)])
    job = Job.objects.get(kind="import")
    assert response.status_code == 302 and response["Location"] == reverse("archive_import:job", args=[job.pk])
    assert len(folders(settings)) == 1 and not Record.objects.exists()
    page = curator.get(response["Location"]).content.decode()
    assert "data-live" in page and "danh mục.xlsx" in page
    done = work()
    assert done.state == Job.State.DONE and done.result["created"] == 1
    assert Record.objects.get().scans.get().scan.original_name == "a.png"
    assert folders(settings) == []
    page = curator.get(response["Location"]).content.decode()
    assert "data-live" not in page
    assert "Loại hình" in page and "vn-2" in page and "b.png" in page and "<b>Hai" not in page
    assert curator.get(reverse("archive_import:index")).status_code == 200


def test_several_uploads_and_the_list_stay_at_one_number_of_queries(curator, django_assert_max_num_queries):
    for n in range(3):
        upload(curator, [f"vn-{n}", "map", "A", ""])
    with django_assert_max_num_queries(25):
        assert curator.get(reverse("archive_import:index")).status_code == 200


def test_a_sheet_that_is_none_is_reported(curator):
    broken = SimpleUploadedFile("x.xlsx", b"\x00\x01\x02")
    curator.post(reverse("archive_import:index"), {"sheet": broken})
    job = work()
    assert job.state == Job.State.DONE and job.result["error"]
    assert job.result["error"] in curator.get(reverse("archive_import:job", args=[job.pk])).content.decode()


def test_form_says_what_is_missing(curator):
    response = curator.post(reverse("archive_import:index"), {})
    assert response.status_code == 400 and not Job.objects.exists()


def test_uploads_that_cannot_be_kept_leave_nothing(curator, settings, monkeypatch):
    response = upload(curator, ["vn-1", "map", "A", ""], scans=[picture("a.png"), picture("a.png", 3)])
    assert response.status_code == 400 and "a.png" in response.content.decode()
    monkeypatch.setattr(uploads, "SHEET_LIMIT", 10)
    assert upload(curator, ["vn-1", "map", "A", ""]).status_code == 400
    assert folders(settings) == [] and not Job.objects.exists()


def test_names_of_uploads_stay_in_their_folder(curator, settings):
    upload(curator, ["vn-1", "map", "A", ""], scans=[picture("../../../x.png")])
    (folder,) = folders(settings)
    assert [path.name for path in (folder / "scans").iterdir()] == ["x.png"]


def test_only_those_who_may_add_records(client, reviewer, curator, cataloguer):
    upload(curator, ["vn-1", "map", "A", ""])
    job = Job.objects.get()
    client.force_login(reviewer)
    for name, arguments in (("index", []), ("job", [job.pk]), ("progress", [job.pk]), ("template", [])):
        response = client.get(reverse(f"archive_import:{name}", args=arguments))
        assert response.status_code in (302, 403), name
    assert upload(client, ["vn-9", "map", "A", ""]).status_code in (302, 403)
    assert client.post(reverse("archive_import:cancel", args=[job.pk])).status_code in (302, 403)
    job.refresh_from_db()
    assert Job.objects.count() == 1 and job.state == Job.State.QUEUED
    client.logout()
    assert client.get(reverse("archive_import:index")).status_code == 302


def test_other_jobs_are_not_shown_here(curator, cataloguer):
    other = Job.objects.create(kind="pyramid", queue="heavy")
    assert curator.get(reverse("archive_import:job", args=[other.pk])).status_code == 404
    assert curator.post(reverse("archive_import:cancel", args=[other.pk])).status_code == 404


def test_template_is_a_sheet_that_the_import_reads(curator):
    response = curator.get(reverse("archive_import:template"))
    row = next(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert row[0] in ("Số hiệu", "Identifier") and len(row) > 30


# --- cut off ---------------------------------------------------------------------------------------------


def test_cut_off_in_a_batch_or_between_two_it_goes_on(curator, settings, monkeypatch):
    """The process dies inside the second batch, then after the third: nothing comes twice, nothing is lost."""
    monkeypatch.setattr(writing, "AT_ONCE", 2)
    rows = [[f"vn-{n}", "map", f"Đồ {n}", "a.png" if n == 1 else ""] for n in range(1, 8)]
    upload(curator, *rows, ["vn-8", "tranh", "x", ""], scans=[picture("a.png")])
    whole = writing.create_records

    class Killed(BaseException):
        pass

    def dies(records, user):
        written = whole(records, user)
        if records[0].identifier == doomed:
            raise Killed  # the batch is rolled back with it
        return written

    monkeypatch.setattr(writing, "create_records", dies)
    doomed = "vn-3"
    with pytest.raises(Killed):
        cut_off()
    assert sorted(Record.objects.values_list("identifier", flat=True)) == ["vn-1", "vn-2"]
    doomed = "vn-7"
    with pytest.raises(Killed):
        cut_off()
    assert Record.objects.count() == 6
    monkeypatch.setattr(writing, "create_records", whole)

    Job.objects.filter(kind="import").update(state=Job.State.QUEUED, lease_owner="", lease_until=None, attempts=0)
    job = work()
    assert job.state == Job.State.DONE
    assert (job.result["created"], job.result["refused"], job.result["rows"]) == (7, 1, 8)
    assert job.result["unused_scans"] == []
    assert [problem["row"] for problem in job.result["problems"]] == [9]
    assert Record.objects.count() == 7 and Scan.objects.count() == 1
    assert all(record.revisions.count() == 1 for record in Record.objects.all())
    assert ChangeSet.objects.get().rows.count() == 8
    assert folders(settings) == []


def cut_off() -> None:
    """Run the import's handler as a worker does, and let what kills it through."""
    job = Job.objects.get(kind="import")
    jobs.handler_of("import").run(job, lambda done, total=0, stage="": None)


def test_cancelled_import_keeps_what_it_did_and_can_go_on(curator, settings, monkeypatch):
    monkeypatch.setattr(writing, "AT_ONCE", 1)
    upload(curator, *[[f"vn-{n}", "map", "A", ""] for n in range(4)])
    job = Job.objects.get()

    def stop(done, total=0, stage=""):
        if done == 2:
            raise jobs.Cancelled

    with pytest.raises(jobs.Cancelled):
        jobs.handler_of("import").run(job, stop)
    assert Record.objects.count() == 2 and len(folders(settings)) == 1
    Job.objects.update(state=Job.State.CANCELLED)
    assert "Thử lại" in curator.get(reverse("archive_import:job", args=[job.pk])).content.decode()
    curator.post(reverse("archive_import:retry", args=[job.pk]))
    assert work().result["created"] == 4 and Record.objects.count() == 4


def test_progress_is_real(curator):
    upload(curator, *[[f"vn-{n}", "map", "A", ""] for n in range(4)])
    seen = []
    jobs.handler_of("import").run(Job.objects.get(), lambda done, total=0, stage="": seen.append((done, total)))
    assert seen[-1] == (3, 4) and [done for done, _total in seen] == sorted(done for done, _total in seen)


def test_files_that_are_gone_fail_with_a_sentence(curator, settings):
    upload(curator, ["vn-1", "map", "A", ""])
    uploads.purge(Job.objects.get())
    job = work()
    assert job.state == Job.State.FAILED
    assert "không còn" in curator.get(reverse("archive_import:job", args=[job.pk])).content.decode()


def test_forgotten_files_are_purged_but_not_those_of_a_waiting_job(curator, settings):
    upload(curator, ["vn-1", "map", "A", ""])
    forgotten = Path(settings.VAR_DIR) / "imports" / "forgotten"
    forgotten.mkdir()
    old = time.time() - uploads.STALE_AFTER - 60
    for folder in folders(settings):
        os.utime(folder, (old, old))
    uploads.purge_stale()
    assert [folder.name for folder in folders(settings)] == [Job.objects.get().payload["folder"]]


def test_the_list_says_which_file_failed_whole_and_offers_no_undo(curator):
    curator.post(reverse("archive_import:index"), {"sheet": SimpleUploadedFile("x.xlsx", b"\x00\x01\x02")})
    work()
    page = curator.get(reverse("archive_import:index")).content.decode()
    assert "không nhập được tệp" in page and "xong" not in page.split("<tbody>")[1].split("</tbody>")[0]
    change_set = ChangeSet.objects.get()
    for page in (reverse("archive_import:job", args=[change_set.job.pk]), reverse("archive_changes:index")):
        assert "oàn tác…" not in (text := curator.get(page).content.decode()) and "hoàn tác cả lần nhập" not in text


def test_an_import_that_wrote_nothing_offers_no_undo(curator):
    upload(curator, ["vn-1", "tranh", "Một", ""])
    job = work()
    assert "hoàn tác cả lần nhập" not in curator.get(reverse("archive_import:job", args=[job.pk])).content.decode()
