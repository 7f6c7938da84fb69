"""The template: its own examples go in, its lists are what the import knows, and it explains every column."""

import io

import pytest
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from archive.importing import guide, sheets, template, values
from archive.importing.columns import COLUMNS
from archive.importing.mapping import Mapping
from archive.importing.run import Options, run
from archive.importing.xlsx import SheetError

EXAMPLES, GUIDE, VALUES = sheets.OWN_SHEETS


@pytest.fixture(params=["vi", "en"])
def lang(request):
    return request.param


@pytest.fixture
def path(tmp_path, lang):
    template.write(tmp_path / "template.xlsx", lang)
    return tmp_path / "template.xlsx"


def test_filled_with_its_own_examples_it_goes_in_without_a_fault(path, cataloguer):
    book = load_workbook(path)
    for row in book[EXAMPLES].iter_rows(min_row=2, values_only=True):
        book["Cát Vàng"].append(row)
    book.save(path)
    report = run(path, cataloguer, Options(dry_run=True, create_missing=True))
    assert report.problems == [] and report.error == ""
    assert report.created == len(guide.EXAMPLES) == 3
    assert (report.unknown_columns, report.other_sheets, report.notes) == ([], [], [])
    assert run(path, cataloguer, Options(create_missing=True)).created == 3


def test_examples_are_not_read_by_themselves(path):
    table = sheets.read(path, Mapping())
    assert list(table.rows()) == [] and len(table.headings) == len(COLUMNS)


def test_each_heading_has_the_other_language_as_its_comment(path, lang):
    headings = load_workbook(path).worksheets[0][1]
    other = "en" if lang == "vi" else "vi"
    for cell, column in zip(headings, COLUMNS, strict=True):
        assert cell.value == getattr(column, lang)
        assert cell.comment.text.splitlines()[0] == getattr(column, other)


def test_drop_downs_offer_what_the_import_reads(path, lang):
    book = load_workbook(path)
    found = {}
    for choice in book.worksheets[0].data_validations.dataValidation:
        name, cells = choice.formula1.rsplit("!", 1)
        assert name == f"'{VALUES}'"
        offered = [cell[0].value for cell in book[VALUES][cells.replace("$", "")]]
        column = COLUMNS[next(iter(choice.sqref.ranges)).min_col - 1]
        found[column.kind] = offered
        for value in offered:
            values.READERS[column.kind](value)  # raises for what it doesn't know
    assert {"kind", "rights", "flag", "shown_as", "confidence", "meridian", "sides", "flags"} <= set(found)
    assert found["flag"] == (["có", "không"] if lang == "vi" else ["yes", "no"])
    assert len(found["rights"]) == len(template.RIGHTS) and len(found["kind"]) == len(template.KINDS)


def test_roles_and_relations_stand_among_the_values(path):
    texts = {cell.value for row in load_workbook(path)[VALUES].iter_rows() for cell in row}
    for words in (template.ROLES, template.RELATIONS):
        assert {names[side] for names in words.values() for side in ("vi", "en")} <= texts


def test_the_guide_tells_of_every_column_in_both_languages(path):
    rows = list(load_workbook(path)[GUIDE].iter_rows(min_row=2, values_only=True))
    assert [row[2] for row in rows] == [column.field for column in COLUMNS]
    for row in rows:
        assert all(row[place] for place in (0, 1, 4, 5, 6, 7)), row[2]
    assert {row[2] for row in rows if row[3]} == {"identifier", "kind", "title_vi"}


def test_examples_of_the_guide_are_read_by_their_columns():
    for column in COLUMNS:
        if column.kind in values.READERS:
            values.READERS[column.kind](guide.example(column))


def test_no_cell_below_the_headings_turns_into_a_date(path):
    sheet = load_workbook(path).worksheets[0]
    assert {sheet.column_dimensions[letter].number_format for letter in ("A", "K", "AA")} == {"@"}


def test_the_page_hands_it_out_in_the_readers_language(client, cataloguer):
    client.force_login(cataloguer)
    with override("vi"):
        response = client.get(reverse("archive_import:template"))
    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Cát Vàng", EXAMPLES, GUIDE, VALUES]


def test_a_sheet_of_ours_is_read_when_it_is_asked_for(path):
    assert len(list(sheets.read(path, Mapping(sheet=EXAMPLES)).rows())) == 3
    with pytest.raises(SheetError):
        sheets.read(path, Mapping(sheet="không có"))
