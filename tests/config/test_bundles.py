"""Files joined for the browser: every part in its order, addresses that lead on, fresh after each change."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from config import bundles


@pytest.mark.parametrize("name", bundles.BUNDLES)
def test_a_bundle_holds_its_parts_in_their_order(name):
    text = Path(finders.find(name)).read_text("utf-8")
    at = 0
    for part in bundles.BUNDLES[name]:
        head = re.sub(r"url\([^)]*\)", "", Path(finders.find(part)).read_text("utf-8"))[:60].rstrip()
        assert text.find(head, at) >= at, part
        at = text.find(head, at) + len(head)


@pytest.mark.parametrize("name", [name for name in bundles.BUNDLES if name.endswith(".css")])
def test_what_a_style_sheet_names_is_there(name):
    text = Path(finders.find(name)).read_text("utf-8")
    for address in re.findall(r"url\(([^)]+)\)", text):
        assert address.startswith("../"), address
        assert finders.find(address.removeprefix("../")), address


@pytest.mark.parametrize(
    ("css", "moved"),
    [
        ("src:url(a.woff2)", "src:url(../vendor/fonts/a.woff2)"),
        ("src:url('a.woff2')", "src:url(../vendor/fonts/a.woff2)"),
        ('src:url("../x/b.svg")', "src:url(../vendor/x/b.svg)"),
        ("src:url(/static/c.svg)", "src:url(/static/c.svg)"),
        ("src:url(data:image/png;base64,AA)", "src:url(data:image/png;base64,AA)"),
        ("mask:url(#d)", "mask:url(#d)"),
    ],
)
def test_addresses_are_written_for_the_new_place(css, moved):
    assert bundles.joined("bundles/x.css", [("vendor/fonts/fonts.css", css)]) == moved


def test_scripts_without_a_last_semicolon_stay_apart():
    assert bundles.joined("bundles/x.js", [("a.js", "(() => {})()"), ("b.js", "(() => {})()\n")]).count(";") == 1


def test_a_changed_part_makes_the_bundle_anew(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    folder = tmp_path / "parts"
    folder.mkdir()
    (folder / "a.js").write_text("one()")
    settings.STATICFILES_DIRS = [folder]
    finders.get_finder.cache_clear()
    monkeypatch.setitem(bundles.BUNDLES, "bundles/test.js", ("a.js",))
    try:
        finder = bundles.BundleFinder()
        found = Path(finder.find("bundles/test.js"))
        assert found.read_text() == "one()\n"
        (folder / "a.js").write_text("two()")
        assert Path(finder.find("bundles/test.js")).read_text() == "two()\n"
        assert "bundles/test.js" in [name for name, _storage in finder.list(None)]
        (folder / "a.js").unlink()
        assert finder.find("bundles/test.js") == []
        assert finder.find("bundles/none.js") == []
    finally:
        finders.get_finder.cache_clear()
