"""From a cell to a value: tables of what curators write."""

import datetime

import pytest

from archive.importing import values
from archive.importing.cells import harmless, text_of
from archive.importing.columns import COLUMNS, field_of
from archive.importing.mapping import build, load
from archive.importing.values import Bad
from archive.importing.xlsx import SheetError


@pytest.mark.parametrize(
    "given, expected",
    [
        (None, ""),
        (1838.0, "1838"),
        (1838, "1838"),
        (111.75, "111.75"),
        (float("nan"), ""),
        (True, "true"),
        (datetime.datetime(1939, 2, 3), "1939-02-03"),
        (datetime.datetime(1939, 2, 3, 4, 5), "1939-02-03 04:05:00"),
        (datetime.date(1939, 2, 3), "1939-02-03"),
        ("  Hoa\u0300ng Sa\u00a0", "Hoàng Sa"),
        ("a\x00b\x0bc\ufeff", "abc"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("'=1+1", "=1+1"),
        ("'quoted'", "'quoted'"),
        ("=1+1", "=1+1"),
    ],
)
def test_text_of_a_cell(given, expected):
    assert text_of(given) == expected


@pytest.mark.parametrize(
    "text", ["=cmd|'/c calc'!A1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "-12.5", "111,7", "plain", ""]
)
def test_what_is_exported_is_harmless_and_comes_back(text):
    exported = harmless(text)
    number = exported.lstrip("+-").replace(",", ".").replace(".", "", 1).isdigit()
    assert number or exported[:1] not in tuple("=+-@\t\r")
    assert text_of(exported) == text.strip("\t") or text == "\t=1"


@pytest.mark.parametrize(
    "heading, field",
    [
        ("Số hiệu", "identifier"),
        ("SỐ HIỆU *", "identifier"),
        ("so_hieu", "identifier"),
        ("identifier", "identifier"),
        ("Nhan đề (vi)", "title_vi"),
        ("nhan đề", "title_vi"),
        ("Title (EN)", "title_en"),
        ("title_vi", "title_vi"),
        ("Niên đại", "date_text"),
        ("Date", "date_text"),
        ("Mô tả tiếng Anh", "description_en"),
        ("Cơ quan lưu giữ", "institution"),
        ("Tệp quét", "scans"),
        ("scans", "scans"),
        ("Nơi xuất bản", "place_of_publication_vi"),
        ("Ghi chú của ông Tư", None),
        ("", None),
        ("***", None),
    ],
)
def test_headings(heading, field):
    assert field_of(heading) == field


def test_each_column_is_found_by_both_its_headings():
    for column in COLUMNS:
        assert field_of(column.vi) == field_of(column.en) == field_of(column.field) == column.field


@pytest.mark.parametrize(
    "reader, given, expected",
    [
        (values.kind, "Bản đồ", "map"),
        (values.kind, "MAP", "map"),
        (values.kind, "atlas sheet", "atlas_sheet"),
        (values.kind, "van ban phap ly", "legal_text"),
        (values.flag, "Có", True),
        (values.flag, "x", True),
        (values.flag, "không", False),
        (values.flag, "", False),
        (values.flags, "có; không", [True, False]),
        (values.widths, "2000; 0;1600.0", [2000, 0, 1600]),
        (values.lon, "111,75", 111.75),
        (values.lat, "-12.5°", -12.5),
        (values.lat, "16°30′B", 16.5),
        (values.count, "1.420", 1420),
        (values.count, "12.0", 12),
        (values.count, "", None),
        (values.sides, "mặt trước; verso", ["recto", "verso"]),
        (values.meridian, "Paris", "paris"),
        (values.lon, "", None),
        (values.date, "1838.0", "1838"),
        (values.date, " 1776-1784 ", "1776-1784"),
        (values.date, "", ""),
        (values.codes, "lzh; vi-Hani,fr", "lzh vi-Hani fr"),
        (values.lines, "a; b ;; c", "a\nb\nc"),
        (values.lines, "a; b\nc", "a; b\nc"),
        (values.slots, "a;;c", ["a", "", "c"]),
        (values.slots, "a;b\n", ["a;b"]),
        (values.line, "hai\n dòng", "hai dòng"),
        (values.text, "hai\n\ndòng\n", "hai\n\ndòng"),
        (values.rights, "InC", "http://rightsstatements.org/vocab/InC/1.0/"),
        (values.rights, "https://rightsstatements.org/vocab/InC/1.0", "http://rightsstatements.org/vocab/InC/1.0/"),
        (values.rights, "Thuộc về công chúng", "https://creativecommons.org/publicdomain/mark/1.0/"),
        (values.rights, "", ""),
        (values.role, "người vẽ bản đồ", "cartographer"),
        (values.shown_as, "Bản gốc", "original"),
        (values.confidence, "high", "high"),
    ],
)
def test_values(reader, given, expected):
    assert reader(given) == expected


@pytest.mark.parametrize(
    "reader, given",
    [
        (values.kind, "tranh"),
        (values.flag, "có lẽ"),
        (values.lon, "111N"),
        (values.lon, "1e3"),
        (values.count, "-3"),
        (values.count, "1,5"),
        (values.day, "1956"),
        (values.day, "31/2/1956"),
        (values.lon, "một trăm"),
        (values.widths, "-5"),
        (values.widths, "999999"),
        (values.date, "hôm qua hôm kia"),
        (values.rights, "của tôi"),
    ],
)
def test_bad_values_get_a_sentence(reader, given):
    with pytest.raises(Bad) as caught:
        reader(given)
    assert len(str(caught.value)) > 20 and str(caught.value).rstrip().endswith((".", "…"))


def test_mapping_renames_columns_and_values():
    mapping = build(
        {
            "columns": {"Tên bản đồ": "title_vi"},
            "values": {"kind": {"Carte": "map"}},
            "defaults": {"kind": "book", "declared_not_secret": True},
        }
    )
    assert field_of("TÊN BẢN ĐỒ", mapping.columns) == "title_vi"
    assert mapping.apply({"kind": "carte"}) == {"kind": "map", "declared_not_secret": "true"}
    assert mapping.apply({"kind": ""})["kind"] == "book"


@pytest.mark.parametrize(
    "content",
    [
        "[columns]\n'A' = 'nothing'",
        "[defaults]\nnothing = 1",
        "[tables]\na=1",
        "columns = 3",
        "not toml at all",
        "[columns",
    ],
)
def test_bad_mapping_gets_a_sentence(tmp_path, content):
    (tmp_path / "m.toml").write_text(content)
    with pytest.raises(SheetError) as caught:
        load(tmp_path / "m.toml")
    assert "ánh xạ" in str(caught.value)
