"""The JSON addresses of items: pages, one item, errors as sentences, and silence about what isn't cleared."""

import json

import pytest

from archive.structured import structured

from .samples import bare, both, bury, document, publish, secrets_of_all_states

BASE = "https://hoangsa.example.vn"


def test_one_item_is_its_whole_document(client, reviewer, settings):
    settings.PUBLIC_BASE_URL = BASE
    edition = publish(document(), reviewer)
    response = client.get("/api/v1/items/vn-map-1838/?lang=en", HTTP_HOST="evil.example")
    told = response.json()
    assert told["document"] == document()
    assert (told["number"], told["digest"]) == (1, edition.digest)
    assert told["cleared_at"] == edition.cleared_at.isoformat()
    assert told["links"]["page"] == f"{BASE}/en/items/vn-map-1838/"
    assert told["links"]["manifest"] == f"{BASE}/iiif/presentation/vn-map-1838/manifest.json"
    assert told["images"][0]["service"] == f"{BASE}/iiif/image/a1b2c3d4e5f6a7b8"
    assert "reviewer" not in told and "evil" not in response.content.decode()
    assert response["Access-Control-Allow-Origin"] == "*"


def test_unchanged_item_is_not_sent_again(client, reviewer):
    publish(document(), reviewer)
    first = client.get("/api/v1/items/vn-map-1838/")
    again = client.get("/api/v1/items/vn-map-1838/", headers={"If-None-Match": first["ETag"]})
    other = client.get("/api/v1/items/vn-map-1838/?lang=en", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200, "another language is another answer"
    head = client.head("/api/v1/items/vn-map-1838/")
    assert head.status_code == 200 and head["ETag"] == first["ETag"] and head.content == b""


def test_pages_of_the_list(client, reviewer, django_assert_num_queries):
    for n in range(5):
        publish(bare(f"vn-{n}") if n == 2 else document(f"vn-{n}"), reviewer)
    with django_assert_num_queries(2):
        first = client.get("/api/v1/items/?page_size=2").json()
    with django_assert_num_queries(2):
        everything = client.get("/api/v1/items/?page_size=100").json()
    assert (first["total"], first["page"], first["page_size"], first["previous"]) == (5, 1, 2, None)
    found, address = [], "/api/v1/items/?page_size=2"
    while address:
        page = client.get(address).json()
        found += [item["identifier"] for item in page["items"]]
        address = page["next"] and page["next"].removeprefix("http://testserver")
    assert found == [item["identifier"] for item in everything["items"]] == [f"vn-{n}" for n in range(5)]
    assert client.get("/api/v1/items/?page=9").json()["items"] == []


@pytest.mark.parametrize(
    "lang, title, date, kind",
    [
        ("vi", "Đại Nam nhất thống toàn đồ", "khoảng năm 1838", "Bản đồ"),
        ("en", "Complete Map of Unified Đại Nam", "about 1838", "Map"),
    ],
)
def test_list_speaks_the_language_asked_for(client, reviewer, lang, title, date, kind):
    publish(document(), reviewer)
    (item,) = client.get(f"/api/v1/items/?lang={lang}").json()["items"]
    assert (item["title"], item["date"], item["kind_label"]) == (title, date, kind)
    assert item["links"]["page"].endswith(f"/{lang}/items/vn-map-1838/")
    assert item["thumbnail"].endswith("/full/400,/0/default.jpg")


@pytest.mark.parametrize(
    "address, field",
    [
        ("/api/v1/items/?page=0", "page"),
        ("/api/v1/items/?page=x", "page"),
        ("/api/v1/items/?page=٣", "page"),
        ("/api/v1/items/?page=", "page"),
        ("/api/v1/items/?page=99999999999999999999", "page"),
        ("/api/v1/items/?page_size=101", "page_size"),
        ("/api/v1/items/?page_size=-1", "page_size"),
        ("/api/v1/items/?lang=fr", "lang"),
        ("/api/v1/items/vn-map-1838/?lang=fr", "lang"),
    ],
)
def test_bad_parameters_get_a_sentence(client, reviewer, address, field):
    publish(document(), reviewer)
    response = client.get(address)
    error = response.json()["error"]
    assert response.status_code == 400
    assert (error["code"], error["field"]) == ("bad_parameter", field)
    assert field in error["message"] and error["message"].endswith(".")
    assert response["Access-Control-Allow-Origin"] == "*"


def test_unknown_and_withdrawn(client, db):
    stone = bury("vn-gone")
    unknown, gone = client.get("/api/v1/items/vn-none/"), client.get("/api/v1/items/vn-gone/")
    assert unknown.status_code == 404 and unknown.json()["error"]["code"] == "not_found"
    assert gone.status_code == 410
    assert gone.json()["error"]["withdrawn_at"] == stone.withdrawn_at.isoformat()
    assert "Nhan đề" not in gone.content.decode()
    assert gone["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_only_reading(client, db, method):
    response = getattr(client, method)("/api/v1/items/")
    assert response.status_code == 405
    assert "GET" in response["Allow"] and response.json()["error"]["code"] == "method_not_allowed"


def test_preflight(client, db):
    response = client.options("/api/v1/items/")
    assert response.status_code == 204
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_nothing_without_an_edition_is_told(client, reviewer):
    publish(document(), reviewer)
    bury("vn-gone")
    words = secrets_of_all_states()
    text = client.get("/api/v1/items/?page_size=100").content.decode()
    assert json.loads(text)["total"] == 1
    assert not [word for word in [*words, "vn-gone"] if word in text]
    for word in words:
        assert client.get(f"/api/v1/items/vn-{word}/").status_code == 404


# --- for search engines ------------------------------------------------------------------------------


def test_structured_data_of_an_item():
    made = structured(document(), "en", BASE)
    assert made["@type"] == "Map" and made["@id"] == f"{BASE}/id/vn-map-1838"
    assert made["name"] == "Complete Map of Unified Đại Nam"
    assert "大南一統全圖" in made["alternateName"]
    assert made["temporalCoverage"] == "1838"
    assert made["spatialCoverage"][0]["geo"]["latitude"] == 16.5
    assert made["image"][0]["caption"] == "Illustration, not a scan"
    assert made["creator"] == [{"@type": "Thing", "name": "Phan Huy Chú"}]


def test_structured_data_says_nothing_empty():
    made = structured(bare(), "en", BASE)
    assert set(made) == {"@context", "@type", "@id", "url", "identifier", "name", "genre"}
    assert made["name"] == "Bia chủ quyền", "the other language stands in"


@pytest.mark.parametrize(
    "first, last, expected",
    [(1838, 1838, "1838"), (1680, 1705, "1680/1705"), (None, 1900, "../1900"), (-50, 7, "-0050/0007")],
)
def test_years_as_iso_8601(first, last, expected):
    date = {"edtf": "x", "from": first, "to": last, "display": both(), "as_written": ""}
    assert structured(document(date=date), "vi", BASE)["temporalCoverage"] == expected
