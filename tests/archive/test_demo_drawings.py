"""The drawings: made without a system font, the same each time, and marked as illustrations."""

import pytest
from PIL import Image, ImageChops, ImageColor

from archive.demo import facts as collection
from archive.demo.drawings import NOTE, chart, fonts, make, palette, paper, plate
from archive.demo.drawings.letters import Face
from media import control_points
from media.basemap import land
from tests.conftest import missing

FACTS = collection.read()
SHEETS = {sheet.identifier: sheet for sheet in make.plan(FACTS)}
MAPS = {name: sheet for name, sheet in SHEETS.items() if isinstance(sheet, chart.Chart)}


@pytest.fixture(autouse=True)
def front_end():
    try:
        fonts.piece("serif", "ệ")
    except fonts.NoFonts:
        missing("the front-end packages (npm ci)")


def small(name: str) -> Image.Image:
    return chart.draw(MAPS[name], palette.sheet(name), width=600)


def test_every_item_has_its_sheet_and_the_large_one_comes_first():
    assert set(SHEETS) == {item["identifier"] for item in FACTS.items}
    assert next(iter(SHEETS)) == make.LARGE
    assert make.LARGE_SIZE[0] >= 12_000 and make.LARGE_SIZE[1] >= 9_000


def test_the_same_facts_give_the_same_picture(tmp_path):
    first, second = (make.draw(SHEETS["cb-1830-06-27"], tmp_path).path.read_bytes() for _time in range(2))
    assert first == second
    assert small("we-map-vaz-dourado-1571").tobytes() == small("we-map-vaz-dourado-1571").tobytes()


@pytest.mark.parametrize("kind", ["chart", "plate"])
def test_each_picture_says_that_it_is_none(kind, monkeypatch):
    """The words are printed: they are among what is drawn, and with them the band they stand on."""
    drawn = []
    monkeypatch.setattr(Face, "draw", _recording(Face.draw, drawn))
    if kind == "chart":
        image = small("vn-map-an-nam-dai-quoc-1838")
    else:
        image = plate.draw(SHEETS["ph-chao-co-1938"], palette.plate("ph-chao-co-1938"))
    assert f"{NOTE['vi']} / {NOTE['en']}" in drawn
    assert (20, 33, 61) in {colour for _count, colour in image.getcolors(1 << 24)}  # the band


def _recording(draw, drawn: list):
    def recorded(self, pen, x, y, text, fill, spacing=0):
        drawn.append(text)
        return draw(self, pen, x, y, text, fill, spacing)

    return recorded


def test_each_map_names_what_its_record_names(monkeypatch):
    drawn = []
    monkeypatch.setattr(Face, "draw", _recording(Face.draw, drawn))
    small("vn-map-thien-nam-tu-chi")
    assert {"Bãi Cát Vàng", "擺葛鐄", "Quảng Ngãi"} <= set(drawn)
    assert any("Đại Chiêm" in text for text in drawn)  # without a place in the gazetteer: named below the map


def test_islands_are_marked_where_the_record_speaks_of_them():
    assert len(MAPS["vn-map-an-nam-dai-quoc-1838"].marks) >= 19
    assert MAPS["cn-map-hoang-trieu-1904"].marks == []  # its record says that the map ends at Hainan


def test_control_points_say_where_islands_are_drawn():
    name = "we-map-vandermaelen-1827"
    image = small(name)
    points, mask = chart.controls(MAPS[name], image.size)
    fit = control_points.Fit([control_points.Pair(*point) for point in points], "affine")
    ink = ImageColor.getrgb(palette.sheet(name).mark)
    spots = [(x, y) for x in range(image.width) for y in range(image.height) if image.getpixel((x, y)) == ink]
    assert spots
    for at in fit.lonlat([(x + 0.5, y + 0.5) for x, y in spots]):
        assert min(control_points.kilometres(at, tuple(mark)) for mark in MAPS[name].marks) < 15
    assert mask[0] < points[0][:2] < mask[2]


@pytest.mark.parametrize("name", MAPS)
def test_every_chart_lies_exactly_somewhere(name):
    size = make.LARGE_SIZE if name == make.LARGE else (2400, 3000)
    points, mask = chart.controls(MAPS[name], size, fixed=True)
    pairs = [control_points.Pair(*point) for point in points]
    assert control_points.place(pairs, "affine", size, mask).error < 0.001


def test_without_land_a_sheet_still_has_its_graticule_and_names(monkeypatch):
    whole = small("we-map-vandermaelen-1827")
    monkeypatch.setattr(land, "rings", lambda: ())
    bare = small("we-map-vandermaelen-1827")
    assert bare.size == whole.size
    assert ImageChops.difference(bare, whole).getbbox()
    assert len(bare.getcolors(1 << 24)) > 100


def test_letters_of_both_scripts_are_set_and_never_as_boxes():
    for letter in "ệƯđ黃沙鐄擺":
        assert fonts.piece("serif", letter), letter
    missing_letter = "\U0002ffff"
    assert fonts.piece("serif", missing_letter) is None
    assert Face("serif", 40).width(missing_letter) == 0
    assert Face("serif", 40).width("Hoàng Sa") > 100


def test_titles_fit_their_sheet():
    for name, sheet in MAPS.items():
        from archive.demo.drawings.letters import fitting

        face, lines = fitting("serif-medium", sheet.title["vi"], 2268 * 0.66, 68, 36, 1)
        assert len(lines) == 1 and face.width(lines[0]) <= 2268 * 0.66, name


def test_grain_keeps_size_and_hue():
    plain = Image.new("RGB", (301, 203), "#F4ECDA")
    grained = paper.grained(plain, seed=3)
    assert grained.size == plain.size
    assert all(abs(a - b) < 20 for a, b in zip(grained.resize((1, 1)).getpixel((0, 0)), (244, 236, 218), strict=True))
