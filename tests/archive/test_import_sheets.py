"""Reading spreadsheets: encodings, delimiters, hidden sheets, merged cells, formulas, hostile files."""

import codecs
import datetime
import re
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook

from archive.importing import encodings, sheets
from archive.importing.mapping import Mapping
from archive.importing.xlsx import SheetError, is_fault

HEAD = ["Số hiệu", "Loại hình", "Nhan đề (vi)", "Niên đại"]


def read(path, mapping=Mapping()):  # noqa: B008  (frozen)
    return sheets.read(path, mapping)


def rows(path):
    return list(read(path).rows())


def workbook(path, *lines, sheet="Danh mục"):
    book = Workbook()
    book.active.title = sheet
    for line in lines:
        book.active.append(line)
    book.save(path)
    return book


# --- CSV -------------------------------------------------------------------------------------------

CSV = "Số hiệu;Loại hình;Nhan đề (vi)\nvn-1;map;Hoàng Sa đồ\nvn-2;map;Đường trong\n"


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        codecs.BOM_UTF8 + CSV.encode(),
        CSV.encode("utf-16"),
        codecs.BOM_UTF16_BE + CSV.encode("utf-16-be"),
        CSV.encode("utf-16-le"),
        CSV.encode("utf-16-be"),
        CSV.replace(";", ",").encode(),
        CSV.replace(";", "\t").encode(),
        CSV.replace("\n", "\r\n").encode(),
        CSV.replace("\n", "\r").encode(),
    ],
    ids="utf8 bom utf16 utf16be-bom utf16le utf16be comma tab crlf cr".split(),
)
def test_encodings_and_delimiters(tmp_path, data):
    (tmp_path / "a.csv").write_bytes(data)
    assert [row["title_vi"] for _number, row in rows(tmp_path / "a.csv")] == ["Hoàng Sa đồ", "Đường trong"]


def test_old_vietnamese_windows(tmp_path):
    # In windows-1258 tones are marks of their own.
    text = "Số hiệu;Nhan đề\nvn-1;Hoàng Sa".replace("ố", "ô\u0301").replace("ệ", "ê\u0323").replace("ề", "ê\u0300")
    (tmp_path / "a.csv").write_bytes(text.replace("à", "a\u0300").encode("cp1258"))
    assert encodings.detect(tmp_path / "a.csv").codec == "cp1258"
    assert rows(tmp_path / "a.csv") == [(2, {"identifier": "vn-1", "title_vi": "Hoàng Sa"})]


def test_cells_with_line_breaks_count_as_the_spreadsheet_counts(tmp_path):
    text = 'Số hiệu,Mô tả\nvn-1,"hai\ndòng"\n\nvn-2,một\n'
    (tmp_path / "a.csv").write_text(text)
    assert [(number, row["identifier"]) for number, row in rows(tmp_path / "a.csv")] == [(2, "vn-1"), (4, "vn-2")]


def test_damaged_csv_names_its_row(tmp_path):
    (tmp_path / "a.csv").write_text('Số hiệu,Mô tả\nvn-1,ok\nvn-2,"never closed\n')
    with pytest.raises(SheetError) as caught:
        rows(tmp_path / "a.csv")
    assert "3" in str(caught.value)


# --- workbooks ----------------------------------------------------------------------------------------


def test_values_of_cells(tmp_path):
    workbook(tmp_path / "a.xlsx", HEAD, ["vn-1", "map", "Đồ", 1838.0], ["vn-2", "map", "Đồ", datetime.date(1939, 2, 3)])
    assert [row["date_text"] for _number, row in rows(tmp_path / "a.xlsx")] == ["1838", "1939-02-03"]


def test_headings_may_stand_below_a_banner_and_empty_rows_are_skipped(tmp_path):
    workbook(
        tmp_path / "a.xlsx",
        ["DANH MỤC TƯ LIỆU"],
        [],
        HEAD,
        [],
        ["vn-1", "map", "Đồ", "1838"],
        [None, " ", None, None],
        [],
    )
    assert [number for number, _row in rows(tmp_path / "a.xlsx")] == [5]


def test_hidden_sheets_are_not_read(tmp_path):
    book = Workbook()
    book.active.title = "Ẩn"
    book.active.append(HEAD)
    book.active.append(["vn-hidden", "map", "x", ""])
    book.active.sheet_state = "hidden"
    notes = book.create_sheet("Ghi chú")
    notes.append(["không phải danh mục"])
    shown = book.create_sheet("Danh mục")
    shown.append(HEAD)
    shown.append(["vn-shown", "map", "x", ""])
    book.save(tmp_path / "a.xlsx")
    table = read(tmp_path / "a.xlsx")
    assert [row["identifier"] for _number, row in table.rows()] == ["vn-shown"]
    assert table.other_sheets == ["Ghi chú"]
    with pytest.raises(SheetError):
        read(tmp_path / "a.xlsx", Mapping(sheet="Ẩn"))


def test_a_cell_merged_downwards_counts_for_each_row(tmp_path):
    book = Workbook()
    sheet = book.active
    for line in (HEAD, ["vn-1", "map", "A", "1838"], ["vn-2", None, "B", None], ["vn-3", "book", "C", "1900"]):
        sheet.append(line)
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("C4:D4")
    book.save(tmp_path / "a.xlsx")
    assert [row["kind"] for _number, row in rows(tmp_path / "a.xlsx")] == ["map", "map", "book"]
    assert rows(tmp_path / "a.xlsx")[2][1]["date_text"] == ""


def test_formulas_without_a_result_and_with_an_error_are_faults(tmp_path):
    workbook(tmp_path / "a.xlsx", HEAD, ["vn-1", "map", "=A1&B1", "#REF!"], ["vn-2", "map", "#hashtag", "1838"])
    (_n, first), (_m, second) = rows(tmp_path / "a.xlsx")
    assert is_fault(first["title_vi"]) and is_fault(first["date_text"])
    assert second["title_vi"] == "#hashtag" and not is_fault(second["title_vi"])


def test_table_can_be_read_again(tmp_path):
    workbook(tmp_path / "a.xlsx", HEAD, *[[f"vn-{n}", "map", "x", ""] for n in range(5)])
    table = read(tmp_path / "a.xlsx")
    assert table.count() == 5 == len(list(table.rows()))


@pytest.mark.parametrize(
    "heads, words",
    [
        (["Tên gì đó", "Khác"], "Số hiệu"),
        (["Số hiệu"], "Số hiệu"),
        (["Số hiệu", "Mã số", "Nhan đề"], "Mã số"),
    ],
)
def test_sheets_without_usable_headings(tmp_path, heads, words):
    workbook(tmp_path / "a.xlsx", heads, ["x"] * len(heads))
    with pytest.raises(SheetError) as caught:
        read(tmp_path / "a.xlsx")
    assert words in str(caught.value)


def test_unknown_headings_are_named(tmp_path):
    workbook(tmp_path / "a.xlsx", [*HEAD, "Ghi chú của ông Tư"], ["vn-1", "map", "x", "", "y"])
    assert read(tmp_path / "a.xlsx").unknown == ["Ghi chú của ông Tư"]


def shared(source, target):
    """The workbook as Excel writes it: texts in a table of their own."""
    texts = []

    def number(match):
        texts.append(match[2])
        return f'<c r="{match[1]}" t="s"><v>{len(texts) - 1}</v></c>'

    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        parts = {part: old.read(part).decode() for part in old.namelist()}
        sheet = "xl/worksheets/sheet1.xml"
        parts[sheet] = re.sub(r'<c r="(\w+)" t="inlineStr"><is><t>(.*?)</t></is></c>', number, parts[sheet])
        strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
        main, types = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "[Content_Types].xml"
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{strings}</sst>'
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
        parts[types] = parts[types].replace("</Types>", override)
        for name, text in parts.items():
            new.writestr(name, text)


def test_texts_shared_as_excel_does(tmp_path):
    workbook(tmp_path / "a.xlsx", HEAD, ["vn-1", "map", "Đồ", "1838"])
    shared(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert rows(tmp_path / "b.xlsx") == rows(tmp_path / "a.xlsx") != []


# --- hostile and broken files -------------------------------------------------------------------------------


def replaced(source, target, name, text):
    """A copy of a workbook with one part replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, text if part.filename == name else old.read(part.filename))


def test_entities_are_not_expanded(tmp_path):
    workbook(tmp_path / "a.xlsx", HEAD, ["vn-1", "map", "x", ""])
    (tmp_path / "secret").write_text("KÍN")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    doctype = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    body = sheet[sheet.index("<worksheet") :].replace("<t>x</t>", "<t>&x;</t>", 1)
    assert "&x;" in body
    replaced(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", doctype + body)
    with pytest.raises(SheetError):
        rows(tmp_path / "b.xlsx")


def test_a_zip_bomb_is_refused_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("archive.importing.xlsx.UNPACKED_LIMIT", 100_000)
    workbook(tmp_path / "a.xlsx", HEAD)
    replaced(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "xl/styles.xml", " " * 200_000)
    with pytest.raises(SheetError) as caught:
        read(tmp_path / "b.xlsx")
    assert "lớn" in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xd8\xff\xe0 jpeg", b"\x00" * 100, b"{}"],
)
def test_what_is_no_spreadsheet_gets_a_sentence(tmp_path, data):
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(SheetError) as caught:
        read(tmp_path / "a.xlsx")
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("text", ["", "<a>", "<worksheet/>", "\x00"])
def test_broken_parts_get_a_sentence(tmp_path, part, text):
    workbook(tmp_path / "a.xlsx", HEAD, ["vn-1", "map", "x", ""])
    shared(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    replaced(tmp_path / "b.xlsx", tmp_path / "c.xlsx", part, text)
    with pytest.raises(SheetError):
        rows(tmp_path / "c.xlsx")


def test_ten_thousand_rows_are_streamed(tmp_path):
    """Memory stays far below what the cells would take."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEAD)
    for n in range(10_000):
        sheet.append([f"vn-{n}", "map", f"Nhan đề {n} " + "x" * 500, 1838])
    book.save(tmp_path / "a.xlsx")
    tracemalloc.start()
    count = sum(1 for _row in read(tmp_path / "a.xlsx").rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 10_000
    assert peak < 5_000_000
