"""Loading the demonstration: through the same acts as people, once, and never over what people did."""

import json

import pytest
from django.core.management import CommandError, call_command

from archive import clearance, subjects
from archive.demo import fates, load
from archive.demo.drawings import chart, make
from archive.demo.sample import make_sample
from archive.models import ClearanceAuthor, Decision, Edition, Place, Record, Source, Tombstone
from archive.records import save_record
from media.models import Georeference, Scan

FEW = [
    "cb-1830-06-27",
    "fr-1939-3282",
    "cn-book-hai-ngoai-ky-su",
    "fr-giay-khai-sinh-1940",
    "cn-map-dai-thanh-1905",
]
STATES = dict(zip(FEW, ["cleared", "draft", "submitted", "refused", "withdrawn"], strict=True))


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Small pictures: how they are drawn is tested elsewhere."""
    from PIL import Image

    def draw(sheet, folder):
        path = folder / f"{sheet.identifier}.png"
        Image.new("RGB", (64, 48), (len(sheet.identifier), sheet.seed, 90)).save(path)
        points = ((0, 0, 100, 20), (100, 0, 110, 20), (0, 100, 100, 10)) if isinstance(sheet, chart.Chart) else ()
        return make.Drawn(sheet.identifier, path, 0.0, points=points)

    monkeypatch.setattr(make, "draw", draw)


@pytest.fixture
def loaded(cataloguer, reviewer):
    return load.load(cataloguer, reviewer, only=FEW, parallel=False)


def states() -> dict:
    return dict(Record.objects.values_list("identifier", "status"))


def test_each_record_reaches_its_state(loaded, cataloguer, reviewer):
    assert (loaded.records, loaded.added, loaded.editions) == (5, 5, 1)
    assert states() == STATES
    assert Edition.objects.get().identifier == "cb-1830-06-27"
    assert Tombstone.objects.get().identifier == "cn-map-dai-thanh-1905"
    assert Place.objects.count() == 72 and Source.objects.count() == 128
    assert not ClearanceAuthor.objects.filter(user=reviewer).exists()
    assert set(Decision.objects.filter(action="cleared").values_list("user", flat=True)) == {reviewer.pk}


def test_charts_are_placed_where_they_say(loaded):
    placed = Record.objects.filter(scans__scan__georeferences__isnull=False).values_list("identifier", flat=True)
    assert set(placed) == {name for name in FEW if "-map-" in name}
    assert Georeference.objects.first().footprint[0] == [100, 20]


def test_an_edition_holds_the_facts(loaded):
    document = Edition.objects.get().data
    assert document["title"]["en"].startswith("Vermilion record, 27th of the 6th month")
    assert document["date"] == {
        "edtf": "1830",
        "from": 1830,
        "to": 1830,
        "display": {
            "vi": "Ngày 27 tháng 6 năm Minh Mạng thứ 11 (1830)",
            "en": "27th of the 6th month, Minh Mạng 11 (1830)",
        },
        "as_written": "Minh Mạng 11",
    }
    assert {place["key"] for place in document["places"]} == {"quan-dao-hoang-sa", "da-nang", "lu-tong"}
    assert document["institution"]["key"] == "trung-tam-luu-tru-i"
    assert len(document["citations"]) == 3
    (scan,) = document["scans"]
    assert scan["illustration"] is True
    assert scan["note"] == {"vi": "Hình minh hoạ, không phải bản quét", "en": "Illustration, not a scan"}
    assert "computed with a Chinese-calendar library" in document["remarks"]["en"]
    assert "Được nêu tên" not in json.dumps(document, ensure_ascii=False)  # internal notes stay inside


def test_a_second_run_adds_nothing(loaded, cataloguer, reviewer):
    before = (states(), Decision.objects.count(), Scan.objects.count(), Edition.objects.get().digest)
    again = load.load(cataloguer, reviewer, only=FEW, parallel=False)
    assert again.added == 0
    assert (states(), Decision.objects.count(), Scan.objects.count(), Edition.objects.get().digest) == before


def test_what_people_edited_stays(loaded, cataloguer, reviewer):
    record = Record.objects.get(identifier="fr-1939-3282")
    record.title_vi = "Nhan đề do người biên tập sửa"
    save_record(record, cataloguer)
    Place.objects.filter(key="hue").update(name_en="Huế city")
    clearance.withdraw(subjects.of(Record.objects.get(identifier="cb-1830-06-27")), reviewer, "Thử rút")
    load.load(cataloguer, reviewer, only=FEW, parallel=False)
    assert Record.objects.get(identifier="fr-1939-3282").title_vi == "Nhan đề do người biên tập sửa"
    assert Place.objects.get(key="hue").name_en == "Huế city"
    assert states()["cb-1830-06-27"] == "withdrawn"
    assert not Edition.objects.exists()


def test_a_run_that_broke_off_is_finished(cataloguer, reviewer, monkeypatch):
    def broken(subject, *people):
        raise RuntimeError("power cut")

    monkeypatch.setitem(fates.STEPS, Decision.Action.CLEARED, broken)
    with pytest.raises(RuntimeError):
        load.load(cataloguer, reviewer, only=FEW, parallel=False)
    assert not Edition.objects.exists()
    monkeypatch.undo()
    load.load(cataloguer, reviewer, only=FEW, parallel=False)
    assert states() == STATES


def test_the_command_wants_people_who_exist(db):
    with pytest.raises(CommandError, match="khong-ai"):
        call_command("load_demo", cataloguer="khong-ai", reviewer="khong-ai")


def test_the_sample_is_read_by_the_importer(cataloguer, tmp_path):
    from archive.importing.run import Options, run

    sheet = make_sample.write(tmp_path)
    report = run(sheet, cataloguer, Options(scans=tmp_path / "scans", dry_run=True), lambda *a, **k: None)
    assert not report.error
    assert (report.created, report.refused) == (5, 2)


def test_progress_is_told(cataloguer, reviewer):
    told = []
    load.load(cataloguer, reviewer, lambda *step: told.append(step), only=FEW[:1], parallel=False)
    assert told == [(1, 1, FEW[0])]
