"""Reading spreadsheets: encodings, delimiters, hidden sheets, merged cells, formulas, hostile files."""

import codecs
import datetime
import io
import re
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook

from archive.importing import encodings, sheets
from archive.importing.cells import Faulty
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


def test_thousands_of_rows_are_streamed(tmp_path):
    """Memory stays far below what the cells would take."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEAD)
    for n in range(3000):
        sheet.append([f"vn-{n}", "map", f"Nhan đề {n} " + "x" * 1700, 1838])
    book.save(tmp_path / "a.xlsx")
    tracemalloc.start()
    count = sum(1 for _row in read(tmp_path / "a.xlsx").rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3000
    assert peak < 5_000_000


# --- files that are taken for spreadsheets ----------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return file.getvalue()


@pytest.mark.parametrize(
    "data, words",
    [
        (OLE + b"\x00" * 600 + "Workbook".encode("utf-16-le"), [".xls", ".xlsx"]),
        (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), ["mật khẩu"]),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), [".ods", "LibreOffice"]),
        (zipped(**{"[Content_Types].xml": "<x/>", "xl__workbook.bin": "x"}), [".xlsb"]),
        (zipped(**{"[Content_Types].xml": "<x/>", "word__document.xml": "<x/>"}), ["không phải bảng tính"]),
        (zipped(**{"anh.jpg": b"x"}), ["không phải bảng tính"]),
        (b"<html><table><tr><td>So hieu</td></tr></table></html>", ["trang web"]),
        ("\ufeff\r\n<!DOCTYPE html>".encode("utf-16"), ["trang web"]),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', ["trang web"]),
        (b"%PDF-1.7", ["PDF", ".xlsx"]),
        (b"\x89PNG\r\n\x1a\n", ["PNG"]),
        (b"{\\rtf1", ["RTF"]),
    ],
)
def test_what_looks_like_a_spreadsheet_is_told_what_to_do(tmp_path, data, words):
    (tmp_path / "a.xls").write_bytes(data)
    with pytest.raises(SheetError) as caught:
        read(tmp_path / "a.xls")
    for word in words:
        assert word in str(caught.value)


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
def test_no_part_expands_entities(tmp_path, part):
    workbook(tmp_path / "a.xlsx", HEAD, ["vn-1", "map", "x", ""])
    shared(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    with zipfile.ZipFile(tmp_path / "b.xlsx") as archive:
        text = archive.read(part).decode()
    start = text.index("<", text.index("?>") if text.startswith("<?xml") else 0)
    body = (
        text[start:].replace(">", ">&c;", 1) if part != "xl/sharedStrings.xml" else text[start:].replace(">x<", ">&c;<")
    )
    replaced(tmp_path / "b.xlsx", tmp_path / "c.xlsx", part, LAUGHS + body)
    try:
        found = rows(tmp_path / "c.xlsx")
    except SheetError:
        return
    # lxml, where it is installed, passes entities over in the parts that hold no cells.
    assert part in ("xl/workbook.xml", "xl/styles.xml") and "haha" not in str(found)


def sheet_xml(body: str, after: str = "", dimension: str = "A1") -> str:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{text}</t></is></c>' for letter, text in zip("ABCD", HEAD, strict=True)
    )
    data = f'<sheetData><row r="1">{head}</row>{body}</sheetData>'
    return f'<worksheet xmlns="{main}"><dimension ref="{dimension}"/>{data}{after}</worksheet>'


def crafted(tmp_path, xml: str):
    workbook(tmp_path / "a.xlsx", HEAD)
    replaced(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", xml)
    return tmp_path / "b.xlsx"


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_sheet_that_claims_to_be_huge_is_read_by_what_it_has(tmp_path):
    far = cell("A1048576", "vn-far") + cell("XFD1048576", "x")
    body = f'<row r="2">{cell("A2", "vn-1")}{cell("XFD2", "x")}</row><row r="1048576">{far}</row>'
    path = crafted(tmp_path, sheet_xml(body, dimension="A1:XFD1048576"))
    found = rows(path)
    assert [(number, row["identifier"]) for number, row in found] == [(2, "vn-1"), (1048576, "vn-far")]


def test_merged_cells_without_end_are_refused(tmp_path):
    merges = '<mergeCells count="2"><mergeCell ref="A2:A900000"/><mergeCell ref="B2:B900000"/></mergeCells>'
    path = crafted(tmp_path, sheet_xml(f'<row r="2">{cell("A2", "vn-1")}</row>', merges))
    with pytest.raises(SheetError) as caught:
        rows(path)
    assert "ô gộp" in str(caught.value)


def test_a_row_without_end_is_refused(tmp_path):
    path = crafted(tmp_path, sheet_xml(f'<row r="2">{"<c/>" * 20_000}</row>'))
    with pytest.raises(SheetError):
        rows(path)


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_giant_cell_is_a_fault_of_its_row_alone(tmp_path, name):
    giant = "ạ" * 10_000_000
    if name == "a.csv":
        (tmp_path / name).write_text(f"Số hiệu;Nhan đề\nvn-1;{giant}\nvn-2;Hai\n", encoding="utf-8")
        path = tmp_path / name
    else:
        body = f'<row r="2">{cell("A2", "vn-1")}{cell("C2", giant)}</row>'
        body += f'<row r="3">{cell("A3", "vn-2")}{cell("C3", "Hai")}</row>'
        path = crafted(tmp_path, sheet_xml(body))
    (_n, first), (_m, second) = rows(path)
    assert isinstance(first["title_vi"], Faulty) and first["title_vi"].values["length"] == 10_000_000
    assert second["title_vi"] == "Hai"


def test_a_part_that_is_read_whole_has_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr("archive.importing.xlsx.PART_LIMIT", 100_000)
    workbook(tmp_path / "a.xlsx", HEAD)
    replaced(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "xl/theme/theme1.xml", " " * 200_000)
    with pytest.raises(SheetError) as caught:
        read(tmp_path / "b.xlsx")
    assert "lớn" in str(caught.value)


def test_hidden_rows_and_columns_are_read_and_said(tmp_path):
    book = workbook(tmp_path / "a.xlsx", HEAD, ["vn-1", "map", "Một", ""], ["vn-2", "map", "Hai", ""])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.save(tmp_path / "a.xlsx")
    table = read(tmp_path / "a.xlsx")
    assert [row["title_vi"] for _number, row in table.rows()] == ["Một", "Hai"]
    assert table.notes() == ["1 dòng ẩn cũng được đọc."]


def test_dates_of_the_spreadsheet_program(tmp_path):
    """Serials count from 1900 with a leap day that never was, or from 1904; before 1900 there is only text."""
    book = workbook(tmp_path / "a.xlsx", HEAD, *[[f"vn-{n}", "map", "x", n] for n in (1, 59, 61, 14277)])
    book.active.append(["vn-x", "map", "x", "3/2/1838"])
    book.active.append(["vn-y", "map", "x", -5])
    for line in book.active.iter_rows(min_row=2, min_col=4, max_col=4):
        line[0].number_format = "dd/mm/yyyy"
    book.save(tmp_path / "a.xlsx")
    dates = [row["date_text"] for _number, row in rows(tmp_path / "a.xlsx")]
    assert dates[:5] == ["1900-01-01", "1900-02-28", "1900-03-01", "1939-02-01", "3/2/1838"]
    book.epoch = datetime.datetime(1904, 1, 1)
    book.save(tmp_path / "b.xlsx")
    assert [row["date_text"] for _number, row in rows(tmp_path / "b.xlsx")][3] == "1943-02-02"


def test_numbers_kept_as_text_and_thousands_of_empty_rows(tmp_path):
    book = workbook(tmp_path / "a.xlsx", HEAD)
    book.active["A9000"], book.active["C9000"], book.active["D9000"] = "007", "1e3", "1838"
    book.save(tmp_path / "a.xlsx")
    assert rows(tmp_path / "a.xlsx") == [
        (9000, {"identifier": "007", "kind": "", "title_vi": "1e3", "date_text": "1838"})
    ]


def test_an_encrypted_part_gets_a_sentence(tmp_path):
    workbook(tmp_path / "a.xlsx", HEAD, ["vn-1", "map", "x", ""])
    data = bytearray((tmp_path / "a.xlsx").read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(mark, start + 4)
    (tmp_path / "b.xlsx").write_bytes(data)
    with pytest.raises(SheetError):
        rows(tmp_path / "b.xlsx")
