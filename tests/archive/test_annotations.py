"""Place mentions as Web Annotations: the shape that W3C and IIIF ask for, and that only what stands is told."""

import re

import pytest

from archive.annotations import canvas_page, whole_page
from archive.edition import validator
from archive.presentation.manifest import manifest

from .samples import both, bury, document, publish, scan

BASE = "https://hoangsa.example.vn"
MENTION = {
    "place": "quan-dao-hoang-sa",
    "name": "黃沙渚",
    "lang": "lzh",
    "reading": "Hoàng Sa chử",
    "meaning": both("bãi cát vàng", "yellow sandbank"),
    "region": [1200, 900, 300, 80],
}
MOTIVATIONS = {"identifying", "describing", "tagging", "supplementing"}
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def told(**changes) -> dict:
    mention = MENTION | changes
    return document(scans=[scan(mentions=[mention]), scan("b" * 16), scan("c" * 16, mentions=[mention, mention])])


def faults(page: dict) -> list[str]:
    """What https://www.w3.org/TR/annotation-model/ requires of a page and of its annotations, and isn't there."""
    found = []

    def need(holds, what):
        found.extend([] if holds else [what])

    need("http://www.w3.org/ns/anno.jsonld" in page.get("@context", []), "5.2 context")
    need(page.get("type") == "AnnotationPage" and isinstance(page.get("items"), list), "5.2 type and items")
    need(str(page.get("id", "")).startswith(BASE), "5.2 id")
    ids = [one.get("id") for one in page.get("items", [])]
    need(len(set(ids)) == len(ids) and all(str(one).startswith(BASE) for one in ids), "3.1 id")
    for one in page.get("items", []):
        need(one.get("type") == "Annotation", "3.1 type")
        need(set(one.get("motivation", [])) <= MOTIVATIONS, "3.3.5 motivation")
        need(one.get("target", {}).get("type") == "SpecificResource", "4 target")
        need(str(one.get("target", {}).get("source", {}).get("id", "")).startswith(BASE), "4 source")
        selector = one.get("target", {}).get("selector", {})
        need(selector.get("type") == "FragmentSelector", "4.2.1 selector")
        need(selector.get("conformsTo") == "http://www.w3.org/TR/media-frags/", "4.2.1 conformsTo")
        need(re.fullmatch(r"xywh=\d+,\d+,\d+,\d+", selector.get("value", "")), "4.2.1 value")
        for body in one.get("body") or [{}]:
            need(body.get("purpose") in MOTIVATIONS, "3.3.5 purpose")
            if body.get("type") == "TextualBody":
                need(body.get("value") and TAG.fullmatch(body.get("language", "vi")), "3.2.4 text")
            else:
                need(body.get("type") == "SpecificResource" and body.get("source"), "4 body")
    return found


def test_faults_are_found():
    broken = canvas_page(told(), 1, BASE)
    broken["@context"] = "http://iiif.io/api/presentation/3/context.json"
    broken["items"][0]["target"]["selector"]["value"] = "pct:1,2,3,4"
    broken["items"][0]["body"][0]["language"] = "vi-historical"
    assert faults(broken) == ["5.2 context", "4.2.1 value", "3.2.4 text"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"lang": "und", "reading": "", "meaning": both()},
        {"lang": "vi-historical"},
        {"lang": "vi-Hani", "name": "𪤄葛鐄"},
    ],
)
def test_a_page_is_as_the_model_asks(changes):
    doc = told(**changes)
    validator().validate(doc)
    for page in (canvas_page(doc, 1, BASE), canvas_page(doc, 2, BASE), whole_page(doc, BASE)):
        assert faults(page) == []
        assert page["@context"][-1] == "http://iiif.io/api/presentation/3/context.json"  # IIIF 4.6


def test_an_annotation_tells_name_reading_meaning_and_place():
    (one,) = canvas_page(told(), 1, BASE)["items"]
    texts = [(body["value"], body.get("language"), body["purpose"]) for body in one["body"][:-1]]
    assert texts == [
        ("黃沙渚", "lzh", "supplementing"),
        ("Hoàng Sa chử", "vi", "describing"),
        ("bãi cát vàng", "vi", "describing"),
        ("yellow sandbank", "en", "describing"),
        ("Quần đảo Hoàng Sa", "vi", "tagging"),
        ("Paracel Islands", "en", "tagging"),
    ]
    assert one["body"][-1]["source"]["id"] == f"{BASE}/vi/places/quan-dao-hoang-sa/"
    assert one["target"]["source"]["id"] == f"{BASE}/iiif/presentation/vn-map-1838/canvas/1"
    assert one["target"]["selector"]["value"] == "xywh=1200,900,300,80"


def test_the_whole_counts_scans_as_the_manifest_does():
    targets = [one["target"]["source"]["id"] for one in whole_page(told(), BASE)["items"]]
    canvases = [canvas["id"] for canvas in manifest(told(), BASE)["items"]]
    assert targets == [canvases[0], canvases[2], canvases[2]]


def test_the_manifest_names_pages_where_there_are_mentions():
    pages = [canvas.get("annotations") for canvas in manifest(told(), BASE)["items"]]
    labels = [page.pop("label") for one in pages if one for page in one]
    assert labels == [{"vi": ["Địa danh trên bản quét"], "en": ["Place names on the scan"]}] * 2
    address = f"{BASE}/iiif/presentation/vn-map-1838/annotations"
    assert pages == [
        [{"id": f"{address}/1.json", "type": "AnnotationPage"}],
        None,
        [{"id": f"{address}/3.json", "type": "AnnotationPage"}],
    ]


@pytest.mark.django_db
def test_the_public_address_answers_while_an_edition_stands(client, reviewer, settings):
    settings.PUBLIC_BASE_URL = BASE
    publish(told(), reviewer)
    address = "/iiif/presentation/vn-map-1838/annotations/{}.json"
    response = client.get(address.format(1))
    assert response.status_code == 200 and response["Access-Control-Allow-Origin"] == "*"
    assert faults(response.json()) == [] and response.json()["id"] == BASE + address.format(1)
    assert client.get(address.format(2)).json()["items"] == []
    for wrong in (0, 4):
        assert client.get(address.format(wrong)).status_code == 404
    assert client.get("/iiif/presentation/khong-co/annotations/1.json").status_code == 404
    bury("vn-map-rut")
    assert client.get("/iiif/presentation/vn-map-rut/annotations/1.json").status_code == 410
