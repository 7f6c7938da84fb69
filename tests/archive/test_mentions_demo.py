"""The demonstration's mentions stand where its drawings show the names."""

from types import SimpleNamespace

import pytest
from PIL import Image, ImageColor

from archive.demo import authorities, facts, mentions
from archive.demo.drawings import fonts, make, palette, typeset
from archive.models import Place
from tests.conftest import missing

FACTS = facts.read()
SHEET = next(sheet for sheet in make.plan(FACTS) if getattr(sheet, "names", None) and sheet.identifier != make.LARGE)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    try:
        fonts.piece("serif", "ệ")
    except fonts.NoFonts:
        missing("the front-end packages (npm ci)")
    return make.draw(SHEET, tmp_path_factory.mktemp("drawn"))


def test_each_label_is_a_name_of_the_record_and_its_region_holds_ink(drawn):
    ink = ImageColor.getrgb(palette.sheet(SHEET.identifier).name)
    item = next(item for item in FACTS.items if item["identifier"] == SHEET.identifier)
    assert drawn.labels and {label.key for label in drawn.labels} <= {place["key"] for place in item["places"]}
    with Image.open(drawn.path) as image:
        for label in drawn.labels:
            x, y, width, height = (part / 100 for part in label.region)
            assert 0 <= x < x + width <= 1 and 0 <= y < y + height <= 1
            box = (x * image.width, y * image.height, (x + width) * image.width, (y + height) * image.height)
            part = image.convert("RGB").crop(tuple(map(round, box)))
            near = sum(
                count
                for count, colour in part.getcolors(maxcolors=part.width * part.height)
                if sum(abs(a - b) for a, b in zip(colour, ink, strict=True)) < 60
            )
            assert near > part.width * part.height * 0.02, label.text


@pytest.mark.django_db
def test_mentions_are_whole(drawn, cataloguer):
    from tests.factories import make_scan

    authorities.load(FACTS)
    made = mentions.build(drawn.labels, make_scan(cataloguer))
    assert len(made) == len(drawn.labels)
    for mention in made:
        mention.full_clean(exclude=["record"])


@pytest.mark.django_db
def test_the_gazetteers_names_have_a_script_and_are_searched():
    authorities.load(FACTS)
    place = Place.objects.get(key="quan-dao-hoang-sa")
    assert place.names.get(text="黃沙渚").script == "Hani" and place.names.get(text="Pracel").script == ""
    assert "bai cat vang" in place.folded and "黃沙渚" in place.folded


def test_names_that_were_set_are_lines_that_nobody_had_to_read():
    name = SimpleNamespace(text="Hoàng Sa", han="黃沙")
    small = SimpleNamespace(text="Đá Lồi", han="")
    placed = [(name, (100, 200, 180, 300)), (small, (500, 20, 560, 40))]
    first, second = typeset.lines(placed, (1000, 1000))
    assert first["text"] == "Đá Lồi" and first["language"] == "vi" and first["region"] == [50.0, 2.0, 6.0, 2.0]
    assert [word["text"] for word in second["words"]] == ["黃沙", "Hoàng", "Sa"]
    assert second["words"][0]["region"] == [10.0, 20.0, 8.0, 5.5]
    assert second["words"][2]["region"] == [16.0, 25.5, 2.0, 4.5]
