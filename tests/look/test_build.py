"""The front-end build: what it takes, and that it does nothing twice."""

import json

import pytest
from fontTools.ttLib import TTFont

from config.frontend import build as builder
from config.frontend.fonts import HAN_FROM, LATIN, Font, css_range, faces, join_ranges, parse_ranges

ROOT = builder.ROOT

FACE = """
/* some-font-{0}-400-normal */
@font-face {{
  font-family: 'Some'; unicode-range: {1};
  src: url(./files/some-font-{0}-400-normal.woff2) format('woff2');
}}
"""
SUBSETS = {"latin-ext": "U+0100-0101", "latin": "U+0000-00FF", "cyrillic": "U+0400"}
SHEET = "".join(FACE.format(name, points) for name, points in SUBSETS.items())


@pytest.mark.parametrize(
    ("text", "points"),
    [("U+20AB", {0x20AB}), ("U+41-43,U+5A", {0x41, 0x42, 0x43, 0x5A}), ("u+20000-20001", {0x20000, 0x20001})],
)
def test_ranges_are_read_and_written(text, points):
    assert parse_ranges(text) == points
    assert parse_ranges(css_range(points)) == points


def test_neighbours_join():
    assert join_ranges({3, 1, 2, 9}) == [(1, 3), (9, 9)]


def test_only_the_wanted_subsets_are_taken(tmp_path):
    (tmp_path / "400.css").write_text(SHEET)
    found = faces(Font("@fontsource/some-font", "Some", ("400",), ("latin",)), tmp_path, set())
    assert [face.file for face in found] == ["some-font-latin-400-normal.woff2"]
    assert len(faces(Font("@fontsource/some-font", "Some", ("400",), LATIN), tmp_path, set())) == 2


def test_a_sheet_of_another_shape_is_an_error(tmp_path):
    (tmp_path / "400.css").write_text("/* x */ @font-face { src: none; }")
    with pytest.raises(ValueError, match="400.css"):
        faces(Font("@fontsource/x", "X", ("400",), None), tmp_path, set())


def test_missing_packages_are_named_with_what_to_run(tmp_path, capsys):
    (tmp_path / "package-lock.json").write_text("{}")
    with pytest.raises(builder.Missing, match="npm ci"):
        builder.build(tmp_path)
    assert not (tmp_path / "static" / "vendor").exists()


def test_the_lock_names_no_registry():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert all("resolved" not in package for package in packages.values())
    assert all("integrity" in package for name, package in packages.items() if name)


@pytest.fixture
def modules(tmp_path):
    """A root with this repository's lock and packages."""
    if not (ROOT / "node_modules").is_dir():
        pytest.skip("node_modules is missing: run npm ci")
    (tmp_path / "package-lock.json").write_bytes((ROOT / "package-lock.json").read_bytes())
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    return tmp_path


def test_the_build_is_whole_and_does_nothing_twice(modules):
    assert builder.build(modules) is True
    assert builder.build(modules) is False
    vendor = modules / "static" / "vendor"
    sheet = (vendor / "fonts" / "fonts.css").read_text()
    named = {piece.split(")")[0] for piece in sheet.split("src:url(")[1:]}
    assert named and named == {path.name for path in (vendor / "fonts").glob("*.woff2")}
    for face in sheet.splitlines():
        file, points = face.split("src:url(")[1].split(")")[0], parse_ranges(face.rsplit("unicode-range:", 1)[1][:-1])
        glyphs = set(TTFont(vendor / "fonts" / file, lazy=True).getBestCmap())
        if "-tc-" in file or "-hk-" in file:
            assert min(points) >= HAN_FROM
            assert points <= glyphs, f"{file} is named for what it has no glyph of: it would be shown as boxes"
        if "noto-serif-400-normal" in file or "be-vietnam" in file:
            assert {ord(letter) for letter in "aăâđêôơưếộừỹẵ"} <= glyphs, file
    assert "http" not in sheet
    for script in vendor.rglob("*.js"):
        assert "sourceMappingURL" not in script.read_text(encoding="utf-8")


def test_the_fonts_set_the_old_names_of_the_islands(modules):
    from archive.han import Coverage

    builder.build(modules)
    coverage = Coverage(json.loads((modules / "static/vendor/fonts/han-coverage.json").read_text()))
    assert [character for character in "黃沙渚洲大長萬里擺葛鐄大南一統全圖西島" if character not in coverage] == []
    assert "岛" not in coverage  # simplified: neither font holds it, so a page shows its code point
    assert "\U0002b740" not in coverage
