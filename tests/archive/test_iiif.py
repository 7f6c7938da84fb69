"""IIIF Presentation 3.0: structure, addresses, and what is never told."""

import json
import re

import pytest

from archive.edition import validator
from archive.presentation.collection import PART, SLUGS, collection, divided, part
from archive.presentation.manifest import manifest
from archive.presentation.texts import text_page

from .samples import bare, both, bury, document, publish, scan, secrets_of_all_states

BASE = "https://hoangsa.example.vn"
RIGHTS = re.compile(r"http://(creativecommons\.org|rightsstatements\.org)/")


@pytest.mark.parametrize("doc", [document(), bare()], ids=["full", "bare"])
def test_samples_are_edition_documents(doc):
    validator().validate(doc)


# --- the manifest ------------------------------------------------------------------------------


def faults(data, path="") -> list[str]:
    """What Presentation 3.0 forbids and every part of a manifest must have."""
    found = []
    if isinstance(data, list):
        return [fault for index, part in enumerate(data) for fault in faults(part, f"{path}[{index}]")]
    if not isinstance(data, dict):
        return []
    if "type" in data and data["type"] != "TextualBody":
        address = data.get("id", "")
        if not address.startswith(("https://", "http://")):
            found.append(f"{path}: id {address!r}")
    for name in ("label", "summary", "value"):
        if isinstance(data.get(name), dict):
            value = data[name]
            wrong = not value or any(
                not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text for text in texts)
                for texts in value.values()
            )
            found += [f"{path}.{name}: {value}"] if wrong else []
    refers = re.search(r"structures|target", path)
    if data.get("type") in ("Manifest", "Canvas") and not refers and not data.get("label"):
        found.append(f"{path}: no label")
    if data.get("type") == "Canvas" and not refers and not (data["width"] > 0 and data["height"] > 0):
        found.append(f"{path}: no size")
    if data.get("type") == "Annotation" and not {"motivation", "target", "body"} <= set(data):
        found.append(f"{path}: annotation")
    for name, value in data.items():
        found += faults(value, f"{path}.{name}")
    return found


def test_faults_are_found():
    broken = manifest(document(), BASE)
    broken["items"][0]["label"] = {"vi": ""}
    broken["items"][0]["items"][0]["items"][0]["id"] = "/painting"
    assert len(faults(broken)) == 2


@pytest.mark.parametrize(
    "doc", [document(), bare(), document(scans=[scan(), scan("b" * 16)])], ids=["full", "bare", "two scans"]
)
def test_manifest_has_what_the_specification_asks_for(doc):
    made = manifest(doc, BASE)
    assert faults(made) == []
    assert made["@context"][-1] == "http://iiif.io/api/presentation/3/context.json"
    assert made["type"] == "Manifest"
    assert made["items"], "a manifest holds at least one canvas"
    assert len(made["items"]) == max(1, len(doc["scans"]))
    canvases = [canvas["id"] for canvas in made["items"]]
    assert len(set(canvases)) == len(canvases)


def test_manifest_tells_everything_in_both_languages():
    made = manifest(document(), BASE)
    assert made["id"] == f"{BASE}/iiif/presentation/vn-map-1838/manifest.json"
    assert made["label"] == {"vi": ["Đại Nam nhất thống toàn đồ"], "en": ["Complete Map of Unified Đại Nam"]}
    assert set(made["summary"]) == {"vi", "en"}
    assert made["requiredStatement"]["value"]["en"] == ["Image: Archives Centre"]
    assert RIGHTS.match(made["rights"])
    assert made["navDate"] == "1838-01-01T00:00:00Z"
    assert [page["id"] for page in made["homepage"]] == [
        f"{BASE}/vi/items/vn-map-1838/",
        f"{BASE}/en/items/vn-map-1838/",
    ]
    assert f"{BASE}/api/v1/items/vn-map-1838/" in [other["id"] for other in made["seeAlso"]]
    assert made["service"][0]["type"] == "SearchService2"
    rows = {row["label"]["en"][0]: row["value"] for row in made["metadata"]}
    assert rows["Original title"] == {"lzh": ["大南一統全圖"]}
    assert rows["Cartographer"] == {"vi": ["Phan Huy Chú"], "en": ["Phan Huy Chú"]}
    assert rows["Holding institution"]["vi"] == ["Trung tâm Lưu trữ"]
    assert rows["Sources"]["en"] == ["White Paper, 12-13 https://example.org/a"]
    assert all(set(row["label"]) == {"vi", "en"} for row in made["metadata"])


def test_canvas_is_the_scan_and_says_when_it_is_none():
    canvas = manifest(document(), BASE)["items"][0]
    painting = canvas["items"][0]["items"][0]
    assert (canvas["width"], canvas["height"]) == (4000, 3000)
    assert painting["motivation"] == "painting" and painting["target"] == canvas["id"]
    service = painting["body"]["service"][0]
    assert service == {"id": f"{BASE}/iiif/image/a1b2c3d4e5f6a7b8", "type": "ImageService3", "profile": "level2"}
    assert painting["body"]["id"] == f"{service['id']}/full/max/0/default.jpg"
    assert canvas["requiredStatement"]["value"]["en"] == ["Illustration, not a scan"]
    assert canvas["thumbnail"][0]["id"].endswith("/full/400,/0/default.jpg")
    assert (canvas["thumbnail"][0]["width"], canvas["thumbnail"][0]["height"]) == (400, 300)


def test_thumbnail_is_never_larger_than_the_scan():
    made = manifest(document(scans=[scan(width=120, height=90)]), BASE)
    assert made["thumbnail"][0]["id"].endswith("/full/120,/0/default.jpg")


@pytest.mark.parametrize(
    "kind, scans, behavior",
    [("map", 1, None), ("map", 2, ["individuals"]), ("book", 2, ["paged"]), ("manuscript", 3, ["paged"])],
)
def test_behavior(kind, scans, behavior):
    doc = document(kind=kind, scans=[scan(f"{n:016x}") for n in range(scans)])
    assert manifest(doc, BASE).get("behavior") == behavior


@pytest.mark.parametrize("years, expected", [((-200, 5), None), ((0, 1), None), ((976, 980), "0976-01-01T00:00:00Z")])
def test_nav_date_only_where_it_can_be_written(years, expected):
    date = document()["date"] | {"from": years[0], "to": years[1]}
    assert manifest(document(date=date), BASE).get("navDate") == expected


LINE = {"text": "黃沙", "lang": "lzh", "confidence": 91.5, "corrected": True, "region": [10, 20, 30, 40], "words": []}
WRITTEN = {"text": "黃沙渚", "lang": "lzh", "translation": both("Bãi Hoàng Sa", "Hoàng Sa bank")}


def test_text_is_annotations_on_its_place_else_on_the_whole_canvas():
    doc = document(scans=[scan(lines=[LINE], transcription=WRITTEN), scan("b" * 16)])
    first, second = manifest(doc, BASE)["items"]
    address = f"{BASE}/iiif/presentation/vn-map-1838/text/1.json"
    assert [page["id"] for page in first["annotations"]] == [address] and "annotations" not in second
    page = text_page(doc, 1, BASE)
    assert faults(page) == [] and page["id"] == address
    assert [
        (one["motivation"], one["body"]["value"], one["body"]["language"], one["target"]) for one in page["items"]
    ] == [
        ("supplementing", "黃沙", "lzh", f"{first['id']}#xywh=10,20,30,40"),
        ("supplementing", "黃沙渚", "lzh", first["id"]),
        ("supplementing", "Bãi Hoàng Sa", "vi", first["id"]),
        ("supplementing", "Hoàng Sa bank", "en", first["id"]),
    ]
    assert text_page(doc, 2, BASE)["items"] == []


def labels(ranges) -> list:
    return [(part["label"]["vi"][0], [canvas["id"].rpartition("/")[2] for canvas in part["items"]]) for part in ranges]


@pytest.mark.parametrize(
    "scans, parts",
    [
        (["Bìa"], None),
        (["Bìa", "Quyển một", "", "", "Quyển hai"], [("Bìa", "1"), ("Quyển một", "234"), ("Quyển hai", "5")]),
        (["", "", "Phụ lục", "Phụ lục"], [("Trang 1", "1"), ("Trang 2", "2"), ("Phụ lục", "34")]),
        (["", ""], [("Trang 1", "1"), ("Trang 2", "2")]),
    ],
)
def test_ranges_begin_at_labels(scans, parts):
    doc = document(scans=[scan(f"{n:016x}", label=both(label, label)) for n, label in enumerate(scans)])
    made = manifest(doc, BASE)
    if parts is None:
        assert "structures" not in made
        return
    (whole,) = made["structures"]
    assert whole["label"] == {"vi": ["Mục lục"], "en": ["Contents"]}
    assert labels(whole["items"]) == [(label, list(pages)) for label, pages in parts]


def test_a_side_names_a_canvas_that_has_no_label():
    doc = document(scans=[scan(label=both(), side="verso"), scan("b" * 16, label=both())])
    assert [canvas["label"]["en"] for canvas in manifest(doc, BASE)["items"]] == [["Verso"], ["Page 2"]]


def test_the_holder_is_a_provider_where_it_has_an_address():
    holder = {"key": "bnf", "name": both("Thư viện Quốc gia Pháp", "BnF"), "url": "https://www.bnf.fr/"}
    site, bnf = manifest(document(institution=holder), BASE)["provider"]
    assert site["id"] == f"{BASE}/" and bnf["label"]["en"] == ["BnF"] and bnf["homepage"][0]["id"] == bnf["id"]
    assert len(manifest(document(institution=holder | {"url": ""}), BASE)["provider"]) == 1


# --- collections ------------------------------------------------------------------------------


def test_collection_lists_manifests():
    made = collection("map", [("a-1", "Một", "One"), ("a-2", "Hai", "")], BASE)
    assert faults(made) == []
    assert made["label"] == {"vi": ["Bản đồ"], "en": ["Map"]}
    assert [item["id"] for item in made["items"]] == [
        f"{BASE}/iiif/presentation/a-1/manifest.json",
        f"{BASE}/iiif/presentation/a-2/manifest.json",
    ]
    with pytest.raises(KeyError):
        collection("cups", [], BASE)


@pytest.mark.parametrize(("total", "names"), [(201, [1, 2]), (400, [1, 2]), (401, [1, 2, 3])])
def test_a_large_collection_lists_its_parts(total, names):
    made = divided("map", total, BASE)
    assert faults(made) == []
    assert [one["id"] for one in made["items"]] == [f"{BASE}/iiif/collection/map/{name}.json" for name in names]
    assert {one["type"] for one in made["items"]} == {"Collection"}
    assert made["items"][-1]["label"]["en"] == [f"Items {(len(names) - 1) * PART + 1}–{total}"]
    assert made["partOf"][0]["id"] == f"{BASE}/iiif/collection/all.json"


def test_a_part_leads_back_to_the_whole():
    made = part("map", 2, [("a-1", "Một", "One")], 201, BASE)
    assert faults(made) == []
    assert made["id"] == f"{BASE}/iiif/collection/map/2.json" and made["label"]["vi"] == ["Tư liệu 201–201"]
    assert made["partOf"] == [{k: v for k, v in collection("map", [], BASE).items() if k in ("id", "type", "label")}]


def test_a_hundred_thousand_items_are_told_in_small_answers():
    """Viewers fetch whole what a manifest says it is part of."""
    title = "Bản đồ Đông Ấn và vùng Bãi Cát Vàng do một nhà hàng hải vẽ lại năm 1749"
    rows = [(f"vn-map-{number:06}", title, title) for number in range(PART)]
    for made in (divided("all", 100_000, BASE), part("all", 500, rows, 100_000, BASE)):
        assert len(json.dumps(made, ensure_ascii=False).encode()) < 100_000


# --- served -------------------------------------------------------------------------------------


@pytest.fixture
def edition(reviewer):
    return publish(document(), reviewer)


def test_manifest_is_served_to_every_site_and_revalidated(client, edition, settings):
    settings.PUBLIC_BASE_URL = BASE
    response = client.get("/iiif/presentation/vn-map-1838/manifest.json", HTTP_HOST="evil.example")
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-cache"
    assert response["Content-Type"].startswith("application/ld+json")
    assert response.json()["id"].startswith(BASE), "the request's host is never a source of addresses"
    again = client.get("/iiif/presentation/vn-map-1838/manifest.json", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304 and again["Access-Control-Allow-Origin"] == "*"


def test_withdrawn_and_unknown(client, db):
    bury("vn-gone")
    for address in (
        "/iiif/presentation/{}/manifest.json",
        "/iiif/presentation/{}/text/1.json",
        "/iiif/search/{}?q=a",
        "/iiif/search/1/{}?q=a",
    ):
        assert client.get(address.format("vn-gone")).status_code == 410
        assert client.get(address.format("vn-none")).status_code == 404
    assert client.get("/iiif/collection/cups.json").status_code == 404
    assert client.post("/iiif/collection/all.json").status_code == 405
    assert client.options("/iiif/collection/all.json").status_code == 204


def test_nothing_without_an_edition_is_told(client, reviewer, django_assert_num_queries):
    publish(document(), reviewer)
    words = secrets_of_all_states()
    bury("vn-gone")
    for slug in SLUGS:
        with django_assert_num_queries(1):
            text = client.get(f"/iiif/collection/{slug}.json").content.decode()
        assert not [word for word in [*words, "vn-gone", "đã rút"] if word in text]
        assert ("vn-map-1838" in text) == (slug in ("all", "map"))
    for word in words:
        assert client.get(f"/iiif/presentation/vn-{word}/manifest.json").status_code == 404
        assert client.get(f"/iiif/search/vn-{word}?q=nhan").status_code == 404


def test_a_collection_in_parts_is_served(client, reviewer, monkeypatch, django_assert_num_queries):
    for module in ("collection", "views"):
        monkeypatch.setattr(f"archive.presentation.{module}.PART", 2)
    for name in ("vn-a", "vn-b", "vn-c"):
        publish(document(identifier=name), reviewer)
    with django_assert_num_queries(2):
        whole = client.get("/iiif/collection/map.json").json()
    assert [one["type"] for one in whole["items"]] == ["Collection", "Collection"]
    listed = []
    for number in (1, 2):
        with django_assert_num_queries(2):
            answer = client.get(f"/iiif/collection/map/{number}.json")
        listed += [one["id"].rsplit("/", 2)[1] for one in answer.json()["items"]]
    assert listed == ["vn-a", "vn-b", "vn-c"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    for address in ("map/3", "map/0", "map/99999999999999999999", "cups/1"):
        assert client.get(f"/iiif/collection/{address}.json").status_code == 404, address
    assert client.get("/iiif/collection/object/1.json").json()["items"] == [], "a whole collection is its first part"


def test_a_title_in_one_language_is_enough(reviewer, client):
    publish(document(title=both("Chỉ tiếng Việt")), reviewer)
    made = json.loads(client.get("/iiif/presentation/vn-map-1838/manifest.json").content)
    assert made["label"] == {"vi": ["Chỉ tiếng Việt"]}
    assert faults(made) == []
