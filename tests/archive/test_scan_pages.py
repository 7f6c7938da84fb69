"""Files of several pages in a record: chosen once, shown page by page, from the editor to the manifest."""

import io
import json

import pytest
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from archive import scan_pages
from archive.importing.export import row_of
from archive.importing.run import Options, run
from archive.models import Edition, Place, PlaceMention, Record
from archive.records import save_record
from media import ingest
from media.worker import Worker
from tests import factories

from .test_record_admin import FORM, url

pytestmark = pytest.mark.django_db
COLOURS = [(200, 30, 30), (30, 200, 30), (30, 30, 200)]


@pytest.fixture
def book(cataloguer):
    """A TIFF of three pages."""
    first, *rest = [Image.new("RGB", (300 + 20 * n, 200), colour) for n, colour in enumerate(COLOURS)]
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=rest)
    return ingest.ingest(out, "sách.tif", cataloguer)


def lines(record) -> list[tuple]:
    return [(use.scan.original_name, use.page, use.sort_order) for use in record.scans.all()]


def row(number: int, scan, **values) -> dict:
    fields = {"id": "", "scan": scan.pk, "side": "", "max_width": 0, "ORDER": number + 1, "DELETE": ""} | values
    return {f"scans-{number}-{name}": value for name, value in fields.items()}


def test_choosing_a_file_chooses_its_pages(client, cataloguer, book):
    client.force_login(cataloguer)
    single = factories.make_scan(cataloguer)
    form = FORM | {"scans-TOTAL_FORMS": "2"} | row(0, book, is_illustration="on", label_vi="Bìa") | row(1, single)
    assert client.post(url("add"), form).status_code == 302
    record = Record.objects.get()
    assert lines(record) == [("sách.tif", 1, 0), ("sách.tif", 2, 1), ("sách.tif", 3, 2), (single.original_name, 1, 3)]
    assert [use.label_vi for use in record.scans.all()] == ["Bìa", None, None, None]
    assert [use.is_illustration for use in record.scans.all()] == [True, True, True, False]
    html = client.get(url("edit", record.pk)).content.decode()
    assert "Trang 2 / 3 của tệp" in html and html.count('class="record-page"') == 3

    # Saved again without a page it stays so; choosing the file again brings back what is missing.
    uses = list(record.scans.all())
    kept = [row(n, use.scan, id=use.pk) for n, use in enumerate(uses)]
    kept[1]["scans-1-DELETE"] = "on"
    form = (
        FORM | {"scans-TOTAL_FORMS": "4", "scans-INITIAL_FORMS": "4"} | {k: v for one in kept for k, v in one.items()}
    )
    assert client.post(url("edit", record.pk), form).status_code == 302
    record = Record.objects.get()
    assert [page for _name, page, _order in lines(record)] == [1, 3, 1]


def test_too_many_pages_are_told_at_their_line(client, cataloguer, book, monkeypatch):
    client.force_login(cataloguer)
    monkeypatch.setattr(scan_pages, "MOST", 2)
    response = client.post(url("add"), FORM | {"scans-TOTAL_FORMS": "1"} | row(0, book))
    assert response.status_code == 200
    assert "Tệp có 3 trang; một bản ghi mang tối đa 2 trang" in response.content.decode()
    assert not Record.objects.exists()


@pytest.fixture
def record(cataloguer, book):
    """A record with the book's pages, whose pictures are made."""
    record = factories.make_record(cataloguer)
    use = record.scans.model(scan=book)
    record.scans.set([use])
    scan_pages.spread(record, [use])
    save_record(record, cataloguer)
    Worker("heavy").run(once=True)
    return Record.objects.get(pk=record.pk)


def test_every_page_is_shown(client, record, reviewer, cataloguer):
    place = Place.objects.create(key="hoang-sa", name_vi="Quần đảo Hoàng Sa", name_en="Paracel Islands")
    client.force_login(cataloguer)
    page = client.get(reverse("archive_mentions:editor", args=[record.pk]))
    sheets = page.context["scans"]
    assert [sheet["key"] for sheet in sheets] == [str(sheets[0]["key"]), *(f"{sheets[0]['key']}.{n}" for n in (2, 3))]
    assert len({sheet["service"] for sheet in sheets}) == 3
    region = {"x": 10, "y": 10, "width": 10, "height": 10}
    scan = record.scans.first().scan
    record.mentions.set(
        [PlaceMention(scan=scan, page=2, place=place, name_as_written="黃沙", language="lzh", **region)]
    )
    save_record(record, cataloguer)
    factories.clear(record, cataloguer, reviewer)
    document = json.loads(Edition.objects.get().document)
    assert [one["width"] for one in document["scans"]] == [300, 320, 340]
    assert len({one["image"] for one in document["scans"]}) == 3
    assert [len(one["mentions"]) for one in document["scans"]] == [0, 1, 0]
    manifest = client.get(f"/iiif/presentation/{record.identifier}/manifest.json").json()
    assert [canvas["width"] for canvas in manifest["items"]] == [300, 320, 340]
    item = client.get(f"/vi/items/{record.identifier}/").content.decode()
    assert all(one["image"] in item for one in document["scans"])


def test_pages_in_sheets(record, book, cataloguer, tmp_path):
    """An exported row names each page and comes back as it was; a name alone stands for all of them."""
    with override("vi"):
        cells = row_of(record, frozenset())
    assert "sách.tif#page=1; sách.tif#page=2; sách.tif#page=3" in cells
    path = tmp_path / "rows.csv"
    for cell, pages in (
        ("sách.tif#page=3", [3]),
        ("sách.tif", [1, 2, 3]),
        ("sách.tif#page=2; sách.tif#page=1", [2, 1]),
    ):
        path.write_text(f"Số hiệu,Tệp quét\n{record.identifier},{cell}\n", encoding="utf-8")
        report = run(path, cataloguer, Options(update=True))
        assert (report.updated, report.problems) == (1, [])
        assert [use.page for use in Record.objects.get().scans.all()] == pages
    path.write_text(f"Số hiệu,Tệp quét\n{record.identifier},sách.tif#page=4\n", encoding="utf-8")
    report = run(path, cataloguer, Options(update=True))
    assert (report.refused, [one["column"] for one in report.problems]) == (1, ["Tệp quét"])
    with override("vi"):
        assert "chỉ có 3 trang" in report.problems[0]["message"]
