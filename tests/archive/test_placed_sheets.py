"""Sheets with a place on the earth, in public: the IIIF annotation as Allmaps reads it, the panel, the overlay."""

import json
import shutil
import subprocess

import pytest
from django.conf import settings

from archive import placed_sheets
from tests.conftest import missing
from tests.look import documents

from . import samples

WIDTH, HEIGHT = 5200, 3900
POINTS = [
    ([0, 0], [102.0, 20.0]),
    ([5200, 0], [115.0, 20.0]),
    ([5200, 3900], [115.0, 10.0]),
    ([0, 3900], [102.0, 10.0]),
]
MASK = [[100, 100], [5000, 100], [5000, 3800], [100, 3800]]


def georeference(transformation="affine", points=POINTS):
    return {
        "transformation": transformation,
        "points": [{"pixel": pixel, "lonlat": at, "label": "", "error_km": 1.5} for pixel, at in points],
        "mask": MASK,
        "footprint": [[102, 20], [115, 20], [115, 10], [102, 10], [102, 20]],
        "error_km": 1.5,
    }


def document(**more):
    scans = [documents.scan(width=WIDTH, height=HEIGHT), documents.scan(width=WIDTH, height=HEIGHT)]
    scans[1]["georeference"] = georeference(**more)
    return documents.full(scans=scans)


def allmaps(annotation: dict) -> list[dict]:
    """The maps that Allmaps' own reader finds."""
    node = shutil.which("node")
    if node is None or not (settings.BASE_DIR / "node_modules" / "@allmaps" / "annotation").is_dir():
        missing("@allmaps/annotation (npm ci)")
    program = (
        "import { parseAnnotation } from '@allmaps/annotation'; let text = '';"
        "for await (const part of process.stdin) text += part;"
        "console.log(JSON.stringify(parseAnnotation(JSON.parse(text))));"
    )
    command = [node, "--input-type=module", "-e", program]
    run = subprocess.run(
        command, input=json.dumps(annotation), capture_output=True, text=True, cwd=settings.BASE_DIR, check=False
    )
    if run.returncode:
        raise ValueError(run.stderr)
    return json.loads(run.stdout)


TRANSFORMATIONS = {
    "affine": {"type": "polynomial", "options": {"order": 1}},
    "polynomial2": {"type": "polynomial", "options": {"order": 2}},
    "thinPlateSpline": {"type": "thinPlateSpline"},
}


@pytest.mark.parametrize("kind", TRANSFORMATIONS)
def test_allmaps_reads_what_is_published(kind):
    page = placed_sheets.annotation_page(document(transformation=kind), 2, "https://hoangsa.example")
    (found,) = allmaps(page)
    scan = document()["scans"][1]
    assert found["resource"]["id"] == f"https://hoangsa.example/iiif/image/{scan['image']}"
    assert found["resource"]["type"] == "ImageService3"
    assert (found["resource"]["width"], found["resource"]["height"]) == (WIDTH, HEIGHT)
    assert [(gcp["resource"], gcp["geo"]) for gcp in found["gcps"]] == POINTS
    assert found["resourceMask"] == MASK
    assert found["transformation"] == TRANSFORMATIONS[kind]


def test_allmaps_refuses_what_is_no_annotation():
    page = placed_sheets.annotation_page(document(), 2, "https://hoangsa.example")
    page["items"][0]["target"]["selector"]["value"] = "<svg></svg>"
    with pytest.raises(ValueError):
        allmaps(page)


def test_a_chart_without_scripts_shows_where_the_sheet_lies():
    near = placed_sheets.figure([[102, 20], [115, 20], [115, 10], [102, 10], [102, 20]], "en")
    assert near["chart"].endswith("chart-en.svg") and near["points"].startswith("240.0,")
    far = placed_sheets.figure([[60, 45], [150, 45], [150, -20], [60, -20], [60, 45]], "vi")
    assert far["chart"].endswith("world.svg")
    for found in (near, far):
        left, top, wide, high = map(float, found["view"].split())
        assert left >= 0 and top >= 0 and left + wide <= found["width"] + 1 and top + high <= found["height"] + 1


KM = [(0.346, "vi", "0,35 km"), (0.346, "en", "0.35 km"), (1234.56, "vi", "1.234,6 km"), (None, "vi", "–")]


@pytest.mark.parametrize("error, lang, words", KM)
def test_kilometres_in_words(error, lang, words):
    assert placed_sheets.km(error, lang) == words


@pytest.mark.django_db
def test_annotation_and_mesh_have_addresses_and_the_manifest_names_them(client, reviewer):
    samples.publish(document(), reviewer)
    base = "/iiif/presentation/vn-map-1838"
    response = client.get(f"{base}/georeference/2.json")
    assert response.json()["items"][0]["motivation"] == "georeferencing" and response["ETag"]
    assert response["Access-Control-Allow-Origin"] == "*"
    mesh = client.get(f"{base}/georeference/2/mesh.json").json()
    assert mesh["lonlat"][0] == [102, 20] and mesh["columns"] == 1
    for path in (
        f"{base}/georeference/1.json",
        f"{base}/georeference/3/mesh.json",
        "/iiif/presentation/x/georeference/1.json",
    ):
        assert client.get(path).status_code == 404
    canvases = client.get(f"{base}/manifest.json").json()["items"]
    named = [[page["id"] for page in canvas.get("annotations", [])] for canvas in canvases]
    assert any(one.endswith("/georeference/2.json") for one in named[1])
    assert not any("georeference" in one for one in named[0])


@pytest.mark.django_db
def test_the_item_page_shows_it_only_where_there_is_one(client, reviewer):
    samples.publish(document(), reviewer)
    content = client.get("/vi/items/vn-map-1838/").content.decode()
    assert "Trên bản đồ hôm nay" in content and "Đặt theo 4 điểm; sai số chung 1,50 km." in content
    assert 'class="earth-figure"' in content and 'style="' not in content.split("data-earth")[1].split("</section>")[0]
    samples.publish(documents.full(identifier="vn-map-khac"), reviewer)
    assert "data-earth" not in client.get("/vi/items/vn-map-khac/").content.decode()


@pytest.mark.django_db
def test_two_sheets_are_overlaid_where_both_have_a_place(client, reviewer):
    for name in ("mot", "hai"):
        samples.publish(document() | {"identifier": name}, reviewer)
    samples.publish(documents.full(identifier="ba"), reviewer)
    both = client.get("/vi/compare/?a=mot&b=hai&mode=overlay").content.decode()
    assert "data-pair" in both and "Chồng lên nhau" in both
    assert "data-pair" not in client.get("/vi/compare/?a=mot&b=hai").content.decode()
    one = client.get("/vi/compare/?a=mot&b=ba&mode=overlay").content.decode()
    assert "data-pair" not in one and "Chồng lên nhau" not in one


@pytest.mark.django_db
def test_the_overlay_offers_every_placed_sheet_of_each_item(client, reviewer):
    one = document()
    many = one | {"identifier": "nhieu", "scans": [one["scans"][0], one["scans"][1], one["scans"][1]]}
    samples.publish(one | {"identifier": "mot"}, reviewer)
    samples.publish(many, reviewer)
    response = client.get("/vi/compare/?a=mot&b=nhieu&mode=overlay")
    assert [[sheet["page"] for sheet in sheets] for sheets in response.context["earth"]] == [[2], [2, 3]]
    content = response.content.decode()
    assert 'data-sheet="1"' in content and 'data-sheet="0"' not in content, "one sheet is no choice"
