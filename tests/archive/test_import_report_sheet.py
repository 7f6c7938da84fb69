"""The sheet with its faults as comments: downloaded, mended and uploaded again."""

import io
import tracemalloc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from archive.importing import report_sheet, sheets
from archive.importing.mapping import Mapping
from archive.importing.run import Options, run
from archive.importing.sheets import RESULT
from archive.models import Record
from media import jobs
from media.models import Job

HEAD = ["Số hiệu", "Loại hình", "Nhan đề (vi)", "Niên đại", "Ghi chú của ông Tư"]
ROWS = [
    ["vn-1", "map", "Một", 1838, "để nguyên"],
    ["vn-2", "tranh", "Hai", "hôm qua hôm kia", "=1+1"],
    ["", "map", "Ba", "", ""],
    ["vn-4", "map", "Bốn", "", "", "ngoài cột"],
]


@pytest.fixture
def sheet(tmp_path):
    book = Workbook()
    book.active.title = "Danh mục 1"
    for row in (["DANH MỤC"], [], HEAD, *ROWS[:2], [], *ROWS[2:]):
        book.active.append(row)
    book.active["E5"].data_type = "s"  # a text that looks like a formula
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def checked(source, user, **options):
    return run(source, user, Options(dry_run=True, **options))


def written(source, user, target, **options):
    """The dry run's report as a sheet, opened."""
    report = checked(source, user, **options)
    report_sheet.write_for(source, Options(**options), report_sheet.by_row(report.problems), target)
    return load_workbook(target)


def test_each_refused_cell_says_why_and_the_rest_is_as_it_was(sheet, cataloguer, tmp_path):
    book = written(sheet, cataloguer, tmp_path / "b.xlsx")
    page = book["Danh mục 1"]
    was = load_workbook(sheet).active
    for row in was.iter_rows():
        for cell in row:
            assert (page[cell.coordinate].value or None) == (cell.value or None), cell.coordinate
    commented = {cell.coordinate: cell.comment.text for row in page.iter_rows() for cell in row if cell.comment}
    assert set(commented) == {"B5", "D5", "A7"}
    assert "tranh" in commented["B5"] and "Bản đồ" in commented["B5"]
    assert all(page[place].fill.fgColor.rgb == "FFF6CFCB" for place in commented)
    assert page["E5"].data_type == "s" and page["E5"].value == "=1+1"
    assert [page.cell(row, 7).value for row in (3, 4, 6, 8)] == [RESULT, "Nhận được", None, "Nhận được"]
    assert "Loại hình: “tranh”" in page.cell(5, 7).value and "Niên đại: " in page.cell(5, 7).value


def test_the_mended_sheet_goes_in_as_it_is(sheet, cataloguer, tmp_path):
    book = written(sheet, cataloguer, tmp_path / "b.xlsx")
    page = book.active
    page["B5"], page["D5"], page["A7"] = "Bản đồ", "1838", "vn-3"
    book.save(tmp_path / "c.xlsx")
    report = checked(tmp_path / "c.xlsx", cataloguer)
    assert (report.refused, report.created, report.unknown_columns) == (0, 4, ["Ghi chú của ông Tư"])
    assert run(tmp_path / "c.xlsx", cataloguer, Options()).created == 4
    # Mended in part, it comes back with one column of results, not two.
    page["B5"] = "tranh"
    book.save(tmp_path / "d.xlsx")
    again = written(tmp_path / "d.xlsx", cataloguer, tmp_path / "e.xlsx").active
    assert [cell.value for cell in again[3]].count(RESULT) == 1 and again.max_column == 7


def test_a_csv_becomes_a_workbook_and_legacy_cells_say_what_they_read(cataloguer, tmp_path):
    (tmp_path / "a.csv").write_text("Số hiệu;Loại hình;Nhan đề\nvn-1;map;B¶n ®å\n007;map;@SUM(A1)\n", encoding="utf-8")
    book = written(tmp_path / "a.csv", cataloguer, tmp_path / "b.xlsx")
    assert "TCVN3" in book.active["C2"].comment.text and "“Bản đồ”" in book.active["C2"].comment.text
    assert (book.active["A3"].value, book.active["C3"].value, book.active["C3"].data_type) == ("007", "@SUM(A1)", "s")
    assert checked(tmp_path / "b.xlsx", cataloguer, convert_legacy=True).refused == 0


def test_a_cell_that_no_workbook_holds_is_refused_when_it_comes_back(cataloguer, tmp_path):
    long = "dài " * 10_000
    (tmp_path / "a.csv").write_text(f"Số hiệu;Loại hình;Nhan đề;Mô tả\nvn-1;tranh;Một;{long}\n", encoding="utf-8")
    book = written(tmp_path / "a.csv", cataloguer, tmp_path / "b.xlsx")
    assert "32.767" in book.active.cell(2, 5).value
    book.active["B2"] = "map"
    book.save(tmp_path / "c.xlsx")
    assert checked(tmp_path / "c.xlsx", cataloguer).refused == 1


def test_memory_stays_flat(tmp_path, db):
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.append(HEAD)
    for n in range(6000):
        page.append([f"vn-{n}", "map", "x" * 400, "", ""])
    book.save(tmp_path / "a.xlsx")
    table = sheets.read(tmp_path / "a.xlsx", Mapping())
    table.count()
    refused = ((n, [{"column": "Loại hình", "value": "", "message": "Sai."}]) for n in range(2, 6002, 10))
    tracemalloc.start()
    report_sheet.write(table, refused, tmp_path / "b.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000


# --- on the page ---------------------------------------------------------------------------------------------


def work() -> Job:
    claimed = jobs.claim("heavy", "test")
    return jobs.run(claimed)


def upload(client, data: bytes, **more):
    client.post(reverse("archive_import:index"), {"sheet": SimpleUploadedFile("danh mục.xlsx", data), **more})
    return work()


def test_the_page_offers_the_sheet_and_takes_it_back(client, cataloguer, sheet):
    client.force_login(cataloguer)
    job = upload(client, sheet.read_bytes(), dry_run="on")
    page = client.get(reverse("archive_import:job", args=[job.pk])).content.decode()
    address = reverse("archive_import:report_file", args=[job.pk])
    assert address in page
    response = client.get(address)
    assert "no-store" in response["Cache-Control"] and ".xlsx" in response["Content-Disposition"]
    book = load_workbook(io.BytesIO(response.getvalue()))
    assert book.active["B5"].comment
    book.active["B5"], book.active["D5"], book.active["A7"] = "map", "", "vn-3"
    file = io.BytesIO()
    book.save(file)
    job = upload(client, file.getvalue())
    assert (job.result["created"], job.result["refused"]) == (4, 0) and Record.objects.count() == 4
    # Nothing to mend, nothing to download.
    assert client.get(reverse("archive_import:report_file", args=[job.pk])).status_code == 404


def test_only_those_who_may_import_get_it(client, cataloguer, reviewer, sheet):
    client.force_login(cataloguer)
    job = upload(client, sheet.read_bytes())
    client.force_login(reviewer)
    assert client.get(reverse("archive_import:report_file", args=[job.pk])).status_code in (302, 403)
    client.logout()
    assert client.get(reverse("archive_import:report_file", args=[job.pk])).status_code == 302
