"""Exports: each form read by another program, only what may be told, masters whole."""

import io
import json
import tarfile
from pathlib import Path

import bagit
import pymarc
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from lxml import etree

from archive import clearance, subjects
from archive.exporting import formats, run
from archive.exporting.package import Damaged
from archive.marcxml import collection, fixed, marcxml
from archive.models import Agent, Record, RecordAgent, RecordTag, Tag
from archive.records import save_record
from media import jobs, preservation
from tests import factories

from .samples import bare, document

pytestmark = pytest.mark.django_db
BASE = "https://example.org"


@pytest.fixture
def collection_of_three(cataloguer, reviewer):
    """A public map with its scan, a draft, and a public record that was edited since."""
    scan = factories.make_scan(cataloguer, "bản đồ 1838.png")
    tag = Tag.objects.create(key="ban-do", name_vi="Bản đồ xưa", name_en="Old maps")
    agent = Agent.objects.create(key="taberd", name_vi="Taberd", name_en="Taberd", kind="person", dates="1794–1840")
    record = Record(
        **factories.HOANG_SA
        | {"identifier": "cong-bo", "scale_text": "1:300.000", "west": 102, "south": 8, "east": 116, "north": 24}
    )
    from archive.models import RecordScan

    record.scans.add(RecordScan(scan=scan))
    record.tags.add(RecordTag(tag=tag))
    record.agents.add(RecordAgent(agent=agent, role="cartographer"))
    save_record(record, cataloguer)
    factories.clear(record, cataloguer, reviewer)
    factories.make_record(cataloguer, identifier="nhap", title_vi="Nháp kín", title_en="Hidden draft")
    edited = factories.make_edition(cataloguer, reviewer, identifier="sua-sau").record
    edited.title_en = "Edited later"
    save_record(edited, cataloguer)
    return record


def export(name, path, **options):
    return formats.write(name, path, Record.objects.all(), **options)


# --- MARC ----------------------------------------------------------------------------------------


def read_marc(path) -> list[pymarc.Record]:
    return pymarc.parse_xml_to_array(str(path), strict=True)


def test_a_library_program_reads_our_marc(tmp_path, collection_of_three):
    count, left_out = export("marcxml", tmp_path / "a.xml")
    assert (count, left_out) == (2, ["nhap"])
    first = read_marc(tmp_path / "a.xml")[0]
    assert first["001"].data == "cong-bo" and len(str(first.leader)) == 24 and str(first.leader)[6] == "e"
    assert first["245"]["a"] == "An Nam đại quốc họa đồ" and first["100"]["4"] == "ctg"
    assert first["034"]["b"] == "300000" and first["034"]["d"] == "E1020000" and first["034"]["g"] == "N0080000"
    assert first["255"]["a"] == "Tỷ lệ 1:300.000" and first["653"]["a"] == "Bản đồ xưa"
    assert {"An Nam", "安南大國畫圖"} & {field["a"] for field in first.get_fields("246")}
    assert len(first["008"].data) == 40 and first["008"].data[7:11] == "1838"


@pytest.mark.parametrize("told", [document(), bare()], ids=["full", "bare"])
def test_marc_of_any_document_is_well_formed(tmp_path, told):
    path = tmp_path / "one.xml"
    path.write_bytes(etree.tostring(collection([marcxml(told, BASE)]), encoding="UTF-8", xml_declaration=True))
    (record,) = read_marc(path)
    tags = [field.tag for field in record.get_fields()]
    assert tags == sorted(tags)
    for field in record.get_fields():
        assert field.is_control_field() or all(one.value.strip() for one in field.subfields)
        assert field.is_control_field() or all(mark in " 0123456789" for mark in field.indicators)


DATES = [
    (None, "nuuuuuuuu"),
    ({"from": 1838, "to": 1838}, "s1838    "),
    ({"from": 1680, "to": 1705}, "q16801705"),
    ({"from": 90, "to": 90}, "s0090    "),
]


@pytest.mark.parametrize(("date", "coded"), DATES)
def test_dates_of_008(date, coded):
    assert fixed(document(date=date and date | {"display": {}, "edtf": "", "as_written": ""}))[6:15] == coded


# --- Dublin Core and JSON-LD ----------------------------------------------------------------------


def test_dublin_core_has_both_languages_and_nothing_of_a_draft(tmp_path, collection_of_three):
    export("dc", tmp_path / "a.xml")
    text = (tmp_path / "a.xml").read_text()
    root = etree.fromstring(text.encode())
    titles = root.findall(".//{http://purl.org/dc/elements/1.1/}title")
    languages = {title.get("{http://www.w3.org/XML/1998/namespace}lang") for title in titles}
    assert len(root) == 2 and {"vi", "en"} <= languages
    assert "Nháp kín" not in text and "Edited later" not in text


def test_working_copies_go_out_only_when_asked_for(tmp_path, collection_of_three):
    assert export("jsonld", tmp_path / "a.jsonld", lang="en") == (2, ["nhap"])
    graph = json.loads((tmp_path / "a.jsonld").read_text())["@graph"]
    assert {thing["name"] for thing in graph} == {"Map of the Great Land of Annam"}
    assert export("jsonld", tmp_path / "b.jsonld", lang="en", working=True) == (3, [])
    names = {thing["name"] for thing in json.loads((tmp_path / "b.jsonld").read_text())["@graph"]}
    assert "Hidden draft" in names
    assert "Edited later" not in names  # what stands is told even then


def test_an_export_of_nothing_is_whole(tmp_path):
    assert export("jsonld", tmp_path / "a.jsonld") == (0, [])
    assert json.loads((tmp_path / "a.jsonld").read_text())["@graph"] == []
    export("marcxml", tmp_path / "a.xml")
    assert read_marc(tmp_path / "a.xml") == []


# --- BagIt ---------------------------------------------------------------------------------------


def test_a_bag_holds_masters_byte_for_byte_and_their_log(tmp_path, collection_of_three):
    preservation.record(collection_of_three.scans.get().scan, "repair", "success", "sha256:…")
    export("bagit", tmp_path / "goi.tar")
    with tarfile.open(tmp_path / "goi.tar") as tar:
        tar.extractall(tmp_path / "out", filter="data")
    (root,) = (tmp_path / "out").iterdir()
    bag = bagit.Bag(str(root))
    assert bag.validate()
    scan = collection_of_three.scans.get().scan
    (master,) = (root / "data/cong-bo/scans").iterdir()
    assert master.read_bytes() == (Path(settings.MASTERS_DIR) / scan.master_name).read_bytes()
    assert (root / "data/cong-bo/edition.json").read_text() == collection_of_three.edition.document
    assert not (root / "data/nhap/edition.json").exists()
    events = [json.loads(line) for line in (root / "data/preservation-log.jsonl").read_text().splitlines()]
    kinds = {event["eventType"] for event in events if event["object"].startswith("cong-bo")}
    assert {"ingestion", "fixity check", "submitted", "cleared"} <= kinds
    (taken_in,) = [event for event in events if event["eventType"] == "ingestion"]
    assert taken_in["originalName"] == scan.original_name and taken_in["sha256"] == scan.sha256
    (repair,) = [event for event in events if event["eventType"] == "repair"]
    assert (repair["outcome"], repair["note"], repair["object"]) == ("success", "sha256:…", taken_in["object"])


def test_a_bag_can_be_found_damaged(tmp_path, collection_of_three):
    export("bagit", tmp_path / "goi.tar")
    with tarfile.open(tmp_path / "goi.tar") as tar:
        tar.extractall(tmp_path / "out", filter="data")
    (root,) = (tmp_path / "out").iterdir()
    (root / "data/cong-bo/record.json").write_text("{}")
    assert not bagit.Bag(str(root)).is_valid()


def test_a_damaged_master_stops_the_package(tmp_path, collection_of_three):
    scan = collection_of_three.scans.get().scan
    master = Path(settings.MASTERS_DIR) / scan.master_name
    master.chmod(0o600)
    data = bytearray(master.read_bytes())
    data[-1] ^= 1
    master.write_bytes(data)
    with pytest.raises(Damaged, match="bản đồ 1838.png"):
        export("bagit", tmp_path / "goi.tar")


# --- command and admin -----------------------------------------------------------------------------


def test_the_command_writes_whole_files_and_names_what_is_unknown(tmp_path, collection_of_three):
    out = io.StringIO()
    call_command("export_records", str(tmp_path / "a.xml"), "--format", "marcxml", "--only", "cong-bo", stdout=out)
    assert "1 bản ghi" in out.getvalue() and len(read_marc(tmp_path / "a.xml")) == 1
    with pytest.raises(CommandError, match="khong-co"):
        call_command("export_records", str(tmp_path / "b.tar"), "--only", "khong-co")
    with pytest.raises(CommandError, match="đuôi|kết thúc"):
        call_command("export_records", str(tmp_path / "b.doc"))
    assert list(tmp_path.glob(".*.part")) == [] and not (tmp_path / "b.tar").exists()


def test_a_selection_is_exported_in_the_background(client, cataloguer, collection_of_three):
    client.force_login(cataloguer)
    keys = Record.objects.filter(identifier__in=["cong-bo", "nhap"]).values_list("pk", flat=True)
    bulk = "/admin/bulk/archive/record/export/?" + "&".join(f"id={key}" for key in keys)
    page = client.get(bulk, follow=True)
    assert "Đã chọn 2 bản ghi" in page.content.decode()
    token = page.context["token"]
    response = client.post("/admin/export/", {"selection": token, "format": "csv", "lang": "vi"})
    job = run.Job.objects.get(kind=run.KIND)
    assert response["Location"] == f"/admin/export/{job.pk}/"
    work()
    response = client.get(f"/admin/export/{job.pk}/file/")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "cong-bo" in text and "nhap" in text and "sua-sau" not in text
    assert "no-store" in response["Cache-Control"] and "attachment" in response["Content-Disposition"]


def work():
    call_command("worker", queue="heavy", once=True)


def test_all_in_the_list_means_what_its_filters_leave(client, cataloguer, collection_of_three):
    client.force_login(cataloguer)
    listing = "/admin/snippets/archive/record/?status=draft"
    page = client.get("/admin/bulk/archive/record/export/", {"id": "all", "next": listing}, follow=True)
    assert page.context["count"] == Record.objects.filter(status="draft").count() == 2


def test_a_file_is_its_owners_alone_and_closes_with_a_hold(
    client, cataloguer, reviewer, administrator, collection_of_three
):
    job = run.start(Record.objects.all(), "csv", "vi", False, cataloguer)
    work()
    address = f"/admin/export/{job.pk}/file/"
    client.force_login(administrator)
    assert client.get(address).status_code == 404
    client.force_login(cataloguer)
    assert client.get(address).status_code == 200
    clearance.hold(subjects.of(Record.objects.get(identifier="nhap")), reviewer, "cần kiểm tra")
    assert client.get(address).status_code in (302, 403)
    job = run.start(Record.objects.all(), "csv", "vi", False, cataloguer)
    work()
    response = client.get(f"/admin/export/{job.pk}/file/")
    assert response.status_code == 200 and "nhap" not in b"".join(response.streaming_content).decode("utf-8-sig")


def test_hall_staff_export_nothing(client, hall_staff, collection_of_three):
    client.force_login(hall_staff)
    assert client.get("/admin/export/").status_code in (302, 403)
    assert client.get("/admin/bulk/archive/record/export/?id=1").status_code in (302, 403, 404)


def test_old_files_go(cataloguer, collection_of_three):
    import os

    job = run.start(Record.objects.all(), "csv", "vi", False, cataloguer)
    work()
    folder = run.file_of(job).parent
    os.utime(folder, (0, 0))
    run.purge_stale()
    assert not folder.exists()
    assert jobs.latest_for(f"user:{cataloguer.pk}").state == "done"
