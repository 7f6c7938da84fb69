"""Mapping files: the example of docs/import.md as it stands there, each section, and what is said of mistakes."""

import re
from pathlib import Path

import pytest

from archive.importing import sheets
from archive.importing.mapping import build, load
from archive.importing.run import Options, run
from archive.importing.xlsx import SheetError
from archive.models import Record

PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.S)[1]


@pytest.fixture
def example(tmp_path):
    (tmp_path / "theirs.csv").write_text(block("csv"), encoding="utf-8")
    (tmp_path / "map.toml").write_text(block("toml"), encoding="utf-8")
    return tmp_path / "theirs.csv", tmp_path / "map.toml"


def test_the_documented_example_goes_in_untouched(example, cataloguer):
    source, mapping = example
    report = run(source, cataloguer, Options(mapping=mapping, create_missing=True))
    assert (report.error, report.problems, report.created) == ("", [], 2)  # row 7 is left out by the mapping
    first, second = Record.objects.order_by("identifier")
    assert (first.identifier, first.title_vi) == ("pbd-1", "An Nam đại quốc họa đồ, bản in 1838")
    assert [use.agent.name_vi for use in first.agents.all()] == ["Taberd", "Dubois"]
    assert (first.kind, first.height_mm, first.width_mm, first.shown_as) == ("map", 800, 440, "facsimile")
    assert (second.title_vi, second.width_mm) == ("Partie de la Cochinchine", 535)
    assert first.institution == second.institution and first.institution.name_vi == "Phòng Bản đồ"


def test_every_setting_is_documented():
    from archive.importing import mapping

    for name in (*mapping.SETTINGS, *mapping.SECTIONS):
        assert f"`{name}`" in PAGE or f"`[{name}" in PAGE, name


def apply(content: dict, cells: dict) -> dict:
    return build(content).apply(cells)


def test_joins_leave_no_separator_for_an_empty_part():
    content = {"join": {"title_vi": {"columns": ["A", "B"], "separator": " – ", "prefix": "(", "suffix": ")"}}}
    assert apply(content, {"=a": "x", "=b": "y"})["title_vi"] == "(x – y)"
    assert apply(content, {"=a": "x", "=b": ""})["title_vi"] == "(x)"
    assert apply(content, {"=a": "", "=b": ""})["title_vi"] == ""


def test_cuts_fill_what_is_missing():
    content = {"split": {"Khổ": {"at": "x", "into": ["height_mm", "width_mm"]}}}
    assert apply(content, {"=kho": "80 x 44"}) == {"height_mm": "80", "width_mm": "44"}
    assert apply(content, {"=kho": "80"}) == {"height_mm": "80", "width_mm": ""}
    assert apply(content, {"=kho": "1x2x3"})["width_mm"] == "2x3"


def test_lists_are_parted_and_exchanged_part_by_part():
    content = {"split": {"tags": "/"}, "values": {"tags": {"Carte": "bản đồ"}}}
    assert apply(content, {"tags": "carte / in; màu"})["tags"] == "bản đồ\nin; màu"
    assert apply(content, {"tags": "carte / sách"})["tags"] == "bản đồ; sách"


def test_constants_win_and_defaults_fill():
    content = {"constants": {"kind": "map"}, "defaults": {"title_en": "None"}}
    assert apply(content, {"kind": "book", "title_en": ""}) == {"kind": "map", "title_en": "None"}


def test_a_known_heading_can_be_passed_over(tmp_path):
    (tmp_path / "a.csv").write_text("Số hiệu;Tên;Ghi chú nội bộ\na;b;c\n", encoding="utf-8")
    table = sheets.read(tmp_path / "a.csv", build({"columns": {"Ghi chú nội bộ": ""}}))
    assert list(table.rows()) == [(2, {"identifier": "a", "title_vi": "b"})]
    assert table.unknown == []


def test_a_row_of_headings_can_be_given(tmp_path):
    (tmp_path / "a.csv").write_text("Số hiệu;Tên\nSố hiệu;Tiêu đề\na;b\n", encoding="utf-8")
    assert sheets.read(tmp_path / "a.csv", build({"header_row": 2})).header_row == 2
    with pytest.raises(SheetError) as caught:
        sheets.read(tmp_path / "a.csv", build({"header_row": 3}))
    assert "Dòng 3" in str(caught.value)


def test_a_faulty_source_names_its_own_column(tmp_path, cataloguer):
    (tmp_path / "a.csv").write_text("Số hiệu;Tên một;Tên hai;Loại\nvn-a;B¶n ®å;x;map\n", encoding="utf-8")
    (tmp_path / "m.toml").write_text('[join.title_vi]\ncolumns = ["Tên một", "Tên hai"]', encoding="utf-8")
    report = run(tmp_path / "a.csv", cataloguer, Options(mapping=tmp_path / "m.toml", dry_run=True))
    assert [(p["row"], p["column"]) for p in report.problems] == [(2, "Tên một")]
    assert "“Bản đồ”" in report.problems[0]["message"]


@pytest.mark.parametrize(
    "text, words",
    [
        ('[columns]\n"A" = "nothing"', ["dòng 2", "nothing", "title_vi"]),
        ('[columns]\n"A" = 3', ["dòng 2", "A"]),
        ('[columns]\n"A" = title_vi', ["dòng 2", "TOML"]),
        ('[columns]\n"A" = "title_vi', ["TOML"]),
        ('sheet = "x"\n[tables]\na = 1', ["dòng 2", "tables", "constants"]),
        ('[defaults]\nkind = "tranh"', ["dòng 2", "kind", "Bản đồ"]),
        ('[values.kind]\n"Carte" = "mapp"', ["dòng 2", "Carte", "mapp", "Bản đồ"]),
        ('[values]\nkind = "map"', ["dòng 2", "kind"]),
        ('[join.title_vi]\ncolumns = "A"', ["dòng 1", "title_vi", "columns"]),
        ('[join.title_vi]\ncolumns = ["A"]\nglue = "-"', ["title_vi", "separator"]),
        ('[split]\nagents = ""', ["dòng 2", "agents"]),
        ('[split]\n"Khổ" = {at = "x", into = ["cao"]}', ["dòng 2", "cao"]),
        ('legacy = "abc"', ["dòng 1", "legacy", "tcvn3"]),
        ("header_row = 0", ["dòng 1", "header_row"]),
        ("skip_rows = [true]", ["dòng 1", "skip_rows"]),
        ('skip_without = "x"', ["dòng 1", "x"]),
    ],
)
def test_mistakes_are_named_with_their_line(tmp_path, text, words):
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SheetError) as caught:
        load(tmp_path / "m.toml")
    for word in words:
        assert word in str(caught.value), str(caught.value)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x80abc"])
def test_a_file_that_is_no_text(tmp_path, data):
    (tmp_path / "m.toml").write_bytes(data)
    with pytest.raises(SheetError) as caught:
        load(tmp_path / "m.toml")
    assert "UTF-8" in str(caught.value)
