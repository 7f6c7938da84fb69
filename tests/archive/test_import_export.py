"""Records go out and come back the same."""

import csv

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from archive.importing.export import headings, records, row_of, write_csv, write_xlsx
from archive.importing.run import Options, run
from archive.models import (
    Agent,
    Citation,
    Institution,
    Place,
    Record,
    RecordAgent,
    RecordPlace,
    RecordScan,
    Source,
)
from archive.records import save_record
from media.models import Scan


@pytest.fixture
def catalogue(cataloguer):
    """A full record, one with awkward texts, and a bare one."""
    institution = Institution.objects.create(key="ttlt1", name_vi="Trung tâm; Lưu trữ")
    agent = Agent.objects.create(key="phan-huy-chu", name_vi="Phan Huy Chú")
    place = Place.objects.create(key="hoang-sa", name_vi="Hoàng Sa")
    source = Source.objects.create(key="sach", name_vi="Sách")
    scans = [
        Scan.objects.create(sha256=f"{n}" * 64, original_name=f"{n}.png", format="png", size=1, width=9, height=9)
        for n in (1, 2)
    ]
    full = Record(
        identifier="vn-full",
        kind="map",
        title_vi="Đồ",
        title_en="Chart",
        alternative_titles="Một\nHai",
        date_text="1838",
        description_vi="Dòng một\n\nDòng hai; ba",
        languages="lzh vi-Hani",
        institution=institution,
        shelfmarks="A;1",
        west=-5.5,
        south=8,
        east=115.25,
        north=24,
        extent_approximate=False,
        rights_statement="http://rightsstatements.org/vocab/InC/1.0/",
        declared_not_secret=True,
        internal_notes="riêng",
    )
    full.agents = [RecordAgent(agent=agent, role="cartographer")]
    full.places = [RecordPlace(place=place)]
    full.citations = [Citation(source=source, pages="12-13"), Citation(source=source)]
    full.scans = [
        RecordScan(scan=scans[0], sort_order=0),
        RecordScan(scan=scans[1], label_vi="Sau", is_illustration=True, max_width=2000, sort_order=1),
    ]
    awkward = Record(
        identifier="vn-awkward", kind="book", title_vi="=SUM(A1)", title_en="@cmd", description_en='"a", b;\tc\n-d'
    )
    for record in (full, awkward, Record(identifier="vn-bare", kind="object", title_vi="Bia")):
        save_record(record, cataloguer)


def told():
    return [row_of(record, frozenset()) for record in records()]


@pytest.mark.parametrize("write, name", [(write_csv, "out.csv"), (write_xlsx, "out.xlsx")])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_round_trip(catalogue, cataloguer, tmp_path, write, name, lang):
    before = told()
    assert write(tmp_path / name, records(), lang) == 3
    for dry_run in (True, False):
        report = run(tmp_path / name, cataloguer, Options(update=True, dry_run=dry_run))
        assert (report.problems, report.unchanged, report.updated) == ([], 3, 0)
    Record.objects.all().delete()
    report = run(tmp_path / name, cataloguer, Options())
    assert (report.problems, report.created) == ([], 3)
    assert told() == before


def test_no_cell_is_a_formula(catalogue, tmp_path):
    write_csv(tmp_path / "out.csv", records())
    with open(tmp_path / "out.csv", encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=SUM(A1)" in cells and "'@cmd" in cells and "-5.5" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    write_xlsx(tmp_path / "out.xlsx", records())
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert not [cell for row in sheet for cell in row if cell.data_type == "f"]
    assert "=SUM(A1)" in [cell.value for row in sheet for cell in row]


def test_number_of_queries_does_not_grow(catalogue, django_assert_num_queries):
    with CaptureQueriesContext(connection) as captured:
        told()
    Record.objects.filter(identifier="vn-bare").delete()
    with django_assert_num_queries(len(captured)):
        told()
    assert len(captured) <= 13


def test_command(catalogue, tmp_path, capsys):
    path = tmp_path / "out.xlsx"
    call_command("export_records", path)
    assert "3" in capsys.readouterr().out
    assert [cell.value for cell in next(load_workbook(path).active.iter_rows())] == headings()
    for target, options in ((path, {}), (tmp_path / "out.ods", {}), (tmp_path / "none" / "out.csv", {})):
        with pytest.raises(CommandError):
            call_command("export_records", target, **options)
    call_command("export_records", path, force=True)
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["out.xlsx"]
