"""The page, the JSON and the suggestions, through their addresses."""

import jsonschema
import pytest
from django.urls import reverse

from archive.openapi import openapi
from search import indexer
from tests.search.factories import both, edition
from tests.search.standing import publish, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def stood(reviewer):
    publish(
        edition(
            "an-nam",
            "An Nam đại quốc họa đồ",
            "Map of An Nam",
            places=["hoang-sa"],
            agents=["taberd"],
            description=both("Ghi <i>Cát Vàng</i> & Paracel."),
        ),
        reviewer,
    )
    publish(edition("chau-ban", "Châu bản về Hoàng Sa", "Imperial record", kind="official_document"), reviewer)
    indexer.drain()


def test_addresses_are_those_of_the_design():
    assert reverse("search_pages:search") == "/vi/search/"
    assert reverse("search:api") == "/api/v1/search/"
    assert reverse("search:suggest") == "/api/v1/suggest/"


@pytest.mark.parametrize("lang, title", [("vi", "Châu bản về Hoàng Sa"), ("en", "Imperial record")])
def test_the_page_shows_results_in_its_language(client, stood, lang, title):
    answer = client.get(f"/{lang}/search/", {"q": "hoang sa"})
    assert answer.status_code == 200 and title in answer.text
    assert answer["Cache-Control"] == "no-cache"
    assert client.head(f"/{lang}/search/").status_code == 200
    assert client.post(f"/{lang}/search/").status_code == 405


def test_words_in_the_other_language_say_so(client, reviewer):
    """WCAG 3.1.2: a screen reader reads a Vietnamese passage of an English page as Vietnamese."""
    publish(edition("an-nam", "Bản đồ", "Map", description=both("Ghi Cát Vàng.", "Shows shoals.")), reviewer)
    indexer.drain()
    words = 'class="words" lang="vi">Ghi'
    assert words in client.get("/en/search/", {"q": "cat vang"}).text
    assert words not in client.get("/vi/search/", {"q": "cat vang"}).text


def test_the_page_says_what_it_couldnt_understand(client, stood):
    answer = client.get("/vi/search/", {"from": "mười chín"})
    assert answer.status_code == 400 and "không phải là một năm" in answer.text


def test_the_page_without_an_index_is_still_a_page(client):
    answer = client.get("/vi/search/")
    assert answer.status_code == 503 and "chưa sẵn sàng" in answer.text


def test_the_json_is_as_described(client, stood):
    answer = client.get("/api/v1/search/", {"lang": "en", "q": "cat vang", "x": "1"})
    data = answer.json()
    described = openapi("")["components"]["schemas"]["SearchResults"]
    jsonschema.validate(data, described)
    (item,) = data["items"]
    assert item["url"] == "http://testserver/en/items/an-nam/"
    assert item["snippet"] == "Ghi &lt;i&gt;<mark>Cát</mark> <mark>Vàng</mark>&lt;/i&gt; &amp; Paracel."
    assert data["query"]["q"] == "cat vang" and data["engine"] == "embedded" and data["next"] is None


def test_the_json_has_an_address_of_the_next_page(client, stood):
    data = client.get("/api/v1/search/", {"lang": "en", "page_size": "1", "x": "1"}).json()
    assert data["next"].startswith("http://testserver/api/v1/search/?lang=en&page_size=1&x=1&page=2")
    assert client.get(data["next"]).json()["items"][0]["identifier"] == "an-nam"


@pytest.mark.parametrize("lang, words", [("vi", "phải là số nguyên"), ("en", "")])
def test_errors_are_in_the_language_asked_for(client, lang, words):
    answer = client.get("/api/v1/search/", {"lang": lang, "page": "x"})
    error = answer.json()["error"]
    assert answer.status_code == 400 and error["field"] == "page" and words in error["message"]


def test_other_errors_of_the_json(client, stood):
    assert client.get("/api/v1/search/?lang=fr").status_code == 400
    assert client.post("/api/v1/search/").status_code == 405
    assert client.head("/api/v1/search/").status_code == 200
    assert client.get("/api/v1/suggest/", {"q": "x" * 501}).status_code == 400


def test_no_index_is_503(client):
    answer = client.get("/api/v1/search/")
    assert answer.status_code == 503 and answer.json()["error"]["code"] == "unavailable"


SUGGESTED = [
    ("an n", [("title", "An Nam đại quốc họa đồ")]),
    ("hoàng s", [("place", "Quần đảo Hoàng Sa"), ("title", "Châu bản về Hoàng Sa")]),
    ("HOANG", [("place", "Quần đảo Hoàng Sa"), ("title", "Châu bản về Hoàng Sa")]),
    ("prac", [("place", "Quần đảo Hoàng Sa (Pracel)")]),
    ("黃", [("place", "Quần đảo Hoàng Sa (黃沙)")]),
    ("tab", [("agent", "Jean-Louis Taberd")]),
    ("", []),
    ("…", []),
    ("khong co gi", []),
]


@pytest.mark.parametrize("typed, wanted", SUGGESTED)
def test_suggestions(client, engine_name, stood, typed, wanted):
    data = client.get("/api/v1/suggest/", {"lang": "vi", "q": typed}).json()
    assert [(entry["kind"], entry["text"]) for entry in data["suggestions"]] == wanted


def test_suggestions_forget_what_was_withdrawn(client, engine_name, stood):
    withdraw("an-nam")
    assert client.get("/api/v1/suggest/", {"q": "taberd"}).json() == {"suggestions": []}
    assert client.get("/api/v1/suggest/", {"q": "paracel"}).json() == {"suggestions": []}


def test_suggestions_lead_somewhere(client, stood):
    for typed in ("an nam", "hoang sa", "taberd"):
        for entry in client.get("/api/v1/suggest/", {"q": typed}).json()["suggestions"]:
            assert client.get(entry["url"]).status_code == 200
