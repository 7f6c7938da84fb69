"""Every column there and back: what an export writes, an import reads as no change."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importing import export, lists
from archive.importing.columns import COLUMNS
from archive.importing.run import Options, run
from archive.models import (
    Agent,
    Citation,
    PlaceMention,
    Record,
    RecordAgent,
    RecordArticle,
    RecordPlace,
    RecordRelation,
    RecordScan,
    RecordTag,
    Source,
    Tag,
)
from archive.records import save_record
from tests import factories

AWKWARD = "Một; hai | ba \\ bốn\nnăm  sáu \\n; =1+1"


def full(user) -> Record:
    """A record with something awkward in every column."""
    scans = [factories.make_scan(user, f"to-{side}.png", colour=(n, n, n)) for n, side in enumerate(("truoc", "sau"))]
    place = factories.make_place()
    other = factories.make_record(user, identifier="ban-goc")
    agent = Agent.objects.create(key="taberd", name_vi="Taberd; Jean", name_en="Taberd")
    source = Source.objects.create(key="sach", name_vi="Sách | trắng", name_en="White")
    tag = Tag.objects.create(key="chau-ban", name_vi="Châu bản", name_en="Records")
    record = Record(**_fields(["description", "significance", "remarks", "provenance", "rights_note"]))
    record.scans = [
        RecordScan(
            scan=scan,
            sort_order=n,
            side=("recto", "verso")[n],
            label_vi=f"Tờ {n}",
            transcription=AWKWARD if n else "",
            transcription_language="lzh" if n else "",
            translation_vi=AWKWARD,
            translation_en="" if n else AWKWARD,
            max_width=500 * n,
        )
        for n, scan in enumerate(scans)
    ]
    record.agents = [RecordAgent(agent=agent, role="engraver")]
    record.places = [RecordPlace(place=place)]
    record.citations = [Citation(source=source, pages="tr. 5; 6")]
    record.tags = [RecordTag(tag=tag)]
    record.relations = [RecordRelation(kind="copy_of", related=other)]
    record.articles = [
        RecordArticle(number="Điều 1", heading_vi="A | B", heading_en="", text_vi=AWKWARD, text_en="x", sort_order=0),
        RecordArticle(number="Điều 2", sort_order=1),
    ]
    record.mentions = [
        PlaceMention(
            scan=scans[1],
            place=place,
            x=12.345678,
            y=0,
            width=50,
            height=1 / 3,
            name_as_written="黃沙 | 渚",
            language="lzh",
            reading="Hoàng Sa chử",
            meaning_vi="bãi; cát",
        )
    ]
    save_record(record, user)
    return record


def _fields(texts) -> dict:
    pairs = {f"{name}_{lang}": f"{AWKWARD} {lang}" for name in texts for lang in ("vi", "en")}
    pairs |= {f"{name}_{lang}": f"{name} | {lang};" for name in ("technique", "projection") for lang in ("vi", "en")}
    return (
        factories.HOANG_SA
        | pairs
        | {
            "identifier": "day-du",
            "sheets": 1,
            "pages": 12,
            "height_mm": 1420,
            "width_mm": 610,
            "scale_text": "1:300.000",
            "prime_meridian": "paris",
            "legal_number": "143/NV",
            "issued_on": datetime.date(1956, 10, 22),
            "in_force_from": datetime.date(1956, 11, 1),
            "west": -179.5,
            "south": -8.125,
            "east": -170.0001,
            "north": 24,
            "extent_approximate": False,
            "shelfmarks": "A.1\nB;2",
            "internal_notes": AWKWARD,
            "languages": "lzh vi-Hani",
            "confidence": "low",
            "shown_as": "facsimile",
        }
    )


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_an_export_imported_again_changes_nothing(tmp_path, cataloguer, suffix):
    full(cataloguer)
    path = tmp_path / f"a.{suffix}"
    written = {"csv": export.write_csv, "xlsx": export.write_xlsx}[suffix](path, export.records())
    before = [export.row_of(record, frozenset()) for record in export.records()]
    report = run(path, cataloguer, Options(update=True))
    assert report.problems == [] and report.error == ""
    assert (written, report.unchanged, report.updated) == (2, 2, 0)
    assert [export.row_of(record, frozenset()) for record in export.records()] == before


@pytest.mark.django_db
def test_an_export_makes_the_same_record_elsewhere(tmp_path, cataloguer):
    record = full(cataloguer)
    path = tmp_path / "a.xlsx"
    export.write_xlsx(path, export.records())
    (before,) = (export.row_of(one, frozenset()) for one in export.records() if one.pk == record.pk)
    record.delete()
    report = run(path, cataloguer, Options(update=True))
    assert report.problems == [] and (report.created, report.unchanged) == (1, 1)
    (after,) = (export.row_of(one, frozenset()) for one in export.records() if one.identifier == "day-du")
    assert after == before


@pytest.mark.django_db
def test_no_column_of_the_full_record_is_empty_but_these(cataloguer):
    record = full(cataloguer)
    row = export.row_of(Record.objects.get(pk=record.pk), frozenset())
    empty = {column.field for column, cell in zip(COLUMNS, row, strict=True) if not cell}
    assert empty <= {"alternative_titles", "date_display_vi", "date_display_en", "date_as_written", "institution"} | {
        "place_of_publication_vi",
        "place_of_publication_en",
        "in_force_to",
        "rights_statement",
        "credit_line_vi",
        "credit_line_en",
        "scan_labels_en",
        "scan_notes_vi",
        "scan_notes_en",
        "scan_illustration",
        "declassification",
    }


pieces = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=20).map(str.strip)


@given(st.lists(st.lists(pieces, min_size=1, max_size=4).filter(lambda row: bool(row[0])), max_size=4))
def test_rows_come_back(rows):
    padded = [row + [""] * (4 - len(row)) for row in rows]
    assert lists.read_rows(lists.write_rows(padded), 4) == padded


@given(st.lists(pieces, max_size=4))
def test_texts_come_back(texts):
    while texts and not texts[-1]:
        texts.pop()
    assert lists.read_texts(lists.write_texts(texts)) == texts


BAD = [
    ("mentions", "1 | quan-dao-hoang-sa | 1, 2, 3 | 黃沙", "khung"),
    ("mentions", "0 | quan-dao-hoang-sa | 1, 2, 3, 4 | 黃沙", "thứ tự"),
    ("mentions", "2 | quan-dao-hoang-sa | 1, 2, 3, 4 | 黃沙", "thứ 2"),
    ("mentions", "1 | quan-dao-hoang-sa | 90, 2, 30, 4 | 黃沙", "nằm trong ảnh"),
    ("mentions", "1 | noi-khac | 1, 2, 3, 4 | 黃沙", "noi-khac"),
    ("relations", "copy_of | khong-co", "khong-co"),
    ("relations", "anh-em | ban-goc", "anh-em"),
    ("articles", "Điều 1 | a | b | c | d | e", "quá nhiều phần"),
    ("issued_on", "1956", "22/10/1956"),
    ("sheets", "nhiều", "số nguyên"),
    ("west", "100 B", "kinh độ"),
    ("prime_meridian", "Hà Tiên", "Hà Tiên"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "cell", "word"), BAD)
def test_what_cannot_be_read_is_named(tmp_path, cataloguer, field, cell, word):
    factories.make_place()
    factories.make_record(cataloguer, identifier="ban-goc")
    factories.make_scan(cataloguer, "to.png")
    path = tmp_path / "a.csv"
    path.write_text(f'identifier,kind,title_vi,scans,{field}\nmoi,map,Bản đồ,to.png,"{cell}"\n', encoding="utf-8")
    report = run(path, cataloguer, Options())
    (problem,) = report.problems
    assert word in problem["message"] and problem["row"] == 2
    assert not Record.objects.filter(identifier="moi").exists()
