"""The page, the JSON and the suggestions, through their addresses."""

import json
import re
import xml.etree.ElementTree as ET
from html import unescape
from urllib.parse import unquote

import jsonschema
import pytest
from django.urls import reverse

from archive import limits
from archive.openapi import openapi
from search import asking, indexer, lexicon
from search.documents import tie
from search.engines import embedded
from search.engines.base import EngineError
from tests.search.factories import both, edition
from tests.search.standing import publish, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_buckets():
    limits.buckets.clear()


def as_described(data, schema: str) -> None:
    """Hold an answer to the OpenAPI document."""
    jsonschema.validate(data, openapi("") | {"$ref": f"#/components/schemas/{schema}"})


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


@pytest.mark.parametrize("typed", ["😀", "-", '""', "…", "\u202e"])
def test_a_box_of_signs_alone_says_so(client, stood, typed):
    answer = client.get("/vi/search/", {"q": typed})
    assert answer.status_code == 200 and "không có chữ hay số nào" in answer.text
    assert "Đang tìm" not in answer.text and answer.text.count("data-hit") > 1


@pytest.mark.parametrize("typed", ["a", "1838", "kind:map", "-a", "沙"])
def test_a_box_that_says_something_doesnt(client, stood, typed):
    assert "không có chữ hay số nào" not in client.get("/vi/search/", {"q": typed}).text


@pytest.mark.parametrize(
    "asked, first",
    [
        ({"q": "sa"}, "mức phù hợp"),
        ({"q": "năm 1700"}, "nhan đề"),
        ({"bbox": "100,0,120,20"}, "mức phù hợp"),
        ({}, "nhan đề"),
    ],
)
def test_the_order_that_is_offered_first_is_the_one_that_applies(client, stood, reviewer, asked, first):
    publish(edition("cu", "Sa bàn", years=(1700, 1700)), reviewer)
    indexer.drain()
    answer = client.get("/vi/search/", asked)
    options = re.findall(r'<option value="">([^<]*)</option>', answer.text)
    assert options == [first]


def test_a_box_of_times_alone_is_told_by_its_chips(client, reviewer):
    publish(edition("cu", "Sa bàn", years=(1700, 1700)), reviewer)
    indexer.drain()
    answer = client.get("/vi/search/", {"q": "thế kỷ 18"})
    assert "Đang tìm" not in answer.text and "thế kỷ XVIII" in answer.text and "data-hit" in answer.text


def test_the_page_says_what_it_couldnt_understand(client, stood):
    answer = client.get("/vi/search/", {"from": "mười chín"})
    assert answer.status_code == 400 and "không phải là một năm" in answer.text


def test_the_page_without_an_index_is_still_a_page(client):
    answer = client.get("/vi/search/")
    assert answer.status_code == 503 and "chưa sẵn sàng" in answer.text


def test_counts_that_break_off_after_the_hits_are_here(client, reviewer, monkeypatch):
    publish(edition("a", "Bản đồ"), reviewer)
    indexer.drain()

    def broken(self):
        raise EngineError("the disk went away")

    monkeypatch.setattr(embedded._Counting, "total", property(broken))
    monkeypatch.setattr(asking, "_resting", {})
    answer = client.get("/vi/search/?q=ban+do")
    assert answer.status_code == 503 and "chưa sẵn sàng" in answer.text
    assert "embedded" in asking._resting
    assert client.get("/api/v1/search/?q=ban+do").status_code == 503


def test_the_json_is_as_described(client, stood):
    answer = client.get("/api/v1/search/", {"lang": "en", "q": "cat vang", "x": "1"})
    data = answer.json()
    as_described(data, "SearchResults")
    (item,) = data["items"]
    assert item["url"] == "http://testserver/en/items/an-nam/"
    assert item["snippet"] == "Ghi &lt;i&gt;<mark>Cát</mark> <mark>Vàng</mark>&lt;/i&gt; &amp; Paracel."
    assert data["query"]["q"] == "cat vang" and data["engine"] == "embedded" and data["next"] is None


ASKED = [
    {},
    {"view": "map"},
    {"view": "timeline", "from": "1700"},
    {"q": "hoang sa 1838"},
    {"q": "Hoafng Sa"},
    {"q": "khong co chu nao nhu the"},
    {"q": "paracel", "names": "0"},
    {"q": "kind:map"},
    {"q": "-kind:map 1838, 1974"},
    {"bbox": "100,0,120,20", "view": "map"},
]


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_answer_is_as_described(client, stood, asked, lang):
    answer = client.get("/api/v1/search/", asked | {"lang": lang})
    assert answer.status_code == 200
    data = answer.json()
    as_described(data, "SearchResults")
    described = openapi("")["components"]["schemas"]
    assert set(data) == set(described["SearchResults"]["properties"])
    for item in data["items"]:
        assert set(item) == set(described["SearchItem"]["properties"])


@pytest.mark.parametrize("path", ["/api/v1/search/", "/api/v1/suggest/?q=sa", "/api/v1/items/", "/api/v1/items/x/"])
def test_an_answer_names_its_language(client, stood, path):
    assert client.get(path)["Content-Language"] == "vi"
    assert client.get(path, {"lang": "en"} | ({"q": "sa"} if "?" in path else {}))["Content-Language"] == "en"


def test_how_long_it_took_doesnt_change_the_etag(client, stood):
    first = client.get("/api/v1/search/", {"q": "hoang sa"})
    assert first["ETag"].startswith('W/"')
    again = client.get("/api/v1/search/", {"q": "hoang sa"}, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and not again.content
    withdraw("an-nam")
    changed = client.get("/api/v1/search/", {"q": "hoang sa"}, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]
    assert client.head("/api/v1/search/", {"q": "hoang sa"})["ETag"] == changed["ETag"]


def test_who_asks_too_often_is_told_when_to_come_back(client, stood, settings):
    settings.RATE_LIMITS = {"search": 2, "suggest": 1}
    answers = [client.get("/api/v1/search/", {"lang": "en"}, REMOTE_ADDR="192.0.2.7") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    error = answers[2].json()["error"]
    as_described(answers[2].json(), "Error")
    assert error["code"] == "too_many_requests" and "too often" in error["message"]
    assert answers[2]["Retry-After"] == str(error["retry_after"]) and answers[2]["Cache-Control"] == "no-store"
    assert client.get("/api/v1/suggest/", REMOTE_ADDR="192.0.2.7").status_code == 200  # counted by itself
    assert client.get("/vi/search/", REMOTE_ADDR="192.0.2.7").status_code == 200  # people's page has no limit
    assert {client.get("/api/v1/search/").status_code for _ in range(4)} == {200}  # a kiosk on this computer


# --- the page's ways of looking -----------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("view", ["list", "grid", "map", "timeline"])
def test_each_view_keeps_everything_else(client, stood, lang, view):
    answer = client.get(f"/{lang}/search/", {"q": "hoang sa", "view": view, "kind": "map", "x": "1"})
    assert answer.status_code == 200
    views = re.search(r'<nav class="views".*?</nav>', answer.text, re.S)[0]
    links = [unquote(link.replace("&amp;", "&")) for link in re.findall(r'href="([^"]*)"', views)]
    assert links[0] == "?q=hoang+sa&kind=map&x=1"
    assert links[1:] == [f"?q=hoang+sa&kind=map&x=1&view={other}" for other in ("grid", "map", "timeline")]
    assert views.count('aria-current="true"') == 1
    other = "en" if lang == "vi" else "vi"
    assert f'href="/{other}/search/?q=hoang%20sa&amp;view={view}&amp;kind=map&amp;x=1"' in answer.text.replace(
        "+", "%20"
    )
    assert not re.search(r"\sstyle=|<script(?![^>]*(src=|application/json))", answer.text)


def test_the_map_without_javascript_is_a_list_of_places(client, stood):
    body = client.get("/vi/search/", {"view": "map"}).text
    places = re.search(r"<details class=.places-found.*?</details>", body, re.S)[0]
    assert "open" in places[:60] and "place=hoang-sa" in places and "Quần đảo Hoàng Sa" in places
    data = json.loads(re.search(r'<script id="map-data"[^>]*>(.*?)</script>', body, re.S)[1])
    assert {item["id"] for item in data["items"]} == {"an-nam", "chau-ban"}


def test_the_timeline_stands_in_order_of_date(client, reviewer):
    for identifier, years in (("b", (1900, 1900)), ("a", (1700, 1750)), ("c", None)):
        publish(edition(identifier, f"Nhan đề {identifier}", "x", years=years), reviewer)
    indexer.drain()
    body = client.get("/vi/search/", {"view": "timeline"}).text
    assert re.findall(r'data-hit="(\w)"', body) == ["a", "b", "c"]
    assert re.findall(r'<h2 class="decade num">([^<]*)</h2>', body) == ["1700", "1900", "Không rõ năm"]
    assert "view=timeline&amp;from=1900&amp;to=1909" in body


def test_dates_in_the_box_are_chips(client, reviewer):
    publish(edition("a", "Bản đồ", "Map", years=(1838, 1838)), reviewer)
    indexer.drain()
    body = client.get("/vi/search/", {"q": "bản đồ 1838"}).text
    chips = re.search(r'<ul class="chips".*?</ul>', body, re.S)[0]
    assert "1838" in chips and "tìm như chữ" in chips and "dates=0" in chips
    assert "đang được đọc như chữ thường" in client.get("/vi/search/", {"q": "bản đồ 1838", "dates": "0"}).text


def test_the_page_says_how_the_box_was_read(client, stood):
    body = client.get("/vi/search/", {"q": "Hoafng Sa"}).text
    assert "Đã đọc là <strong>Hoàng Sa</strong> (gõ Telex hoặc VNI)" in body and "literal=1" in body
    assert "Chỉ tìm đúng chữ đã gõ: <strong>Hoafng Sa</strong>" in client.get("/vi/search/?q=Hoafng+Sa&literal=1").text


def test_the_page_says_that_another_engine_answered(client, stood, settings):
    assert "máy dự phòng trả lời thay" not in client.get("/vi/search/").text
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = "elasticsearch", "http://127.0.0.1:9"
    answer = client.get("/vi/search/", {"q": "hoang sa"})
    assert answer.status_code == 200 and "máy dự phòng trả lời thay" in answer.text
    assert client.get("/api/v1/search/").json()["fallback"] is True


def test_other_names_are_told_and_can_be_left_out(client, stood):
    lexicon.drain()
    body = client.get("/vi/search/", {"q": "paracels"}).text
    assert "Cũng tìm:" in body and "names=0" in body
    without = client.get("/vi/search/", {"q": "paracels", "names": "0"}).text
    assert "Cũng tìm:" not in without and "Tìm cả tên gọi khác" in without


def test_nothing_found_comes_with_help(client, stood):
    lexicon.drain()
    answer = client.get("/vi/search/", {"q": "paracels imperial"})
    assert answer.status_code == 200 and "Không tìm thấy tư liệu nào" in answer.text
    assert "bỏ “imperial”: 1 tư liệu" in answer.text
    assert re.search(r'href="/vi/places/hoang-sa/"', answer.text) and "Có thể bạn muốn xem" in answer.text


def test_a_place_is_found_in_a_box_of_the_map(client, stood):
    inside = client.get("/api/v1/search/", {"bbox": "111,16,113,17"}).json()
    assert [item["identifier"] for item in inside["items"]] == ["an-nam"]
    assert client.get("/api/v1/search/", {"bbox": "0,0,1,1"}).json()["total"] == 0


def test_a_star_stands_beside_each_result(client, stood):
    body = client.get("/vi/search/", {"q": "hoang sa"}).text
    assert set(re.findall(r'data-star="([a-z-]+)"', body)) == {"an-nam", "chau-ban"}
    words = [json.loads(unescape(text)) for text in re.findall(r'data-words="([^"]*)"', body)]
    assert {"title": "Imperial record", "about": "Official document"} in [one["en"] for one in words]
    assert "&lt;mark&gt;" not in body


# --- a browser's own search box -------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_opensearch(client, stood, lang):
    page = client.get(f"/{lang}/search/").text
    address = re.search(r'<link rel="search" type="application/opensearchdescription\+xml" href="([^"]+)"', page)[1]
    answer = client.get(address)
    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ET.fromstring(answer.content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == f"{space}OpenSearchDescription" and len(root.find(f"{space}ShortName").text) <= 16
    assert len(root.find(f"{space}LongName").text) <= 48 and len(root.find(f"{space}Description").text) <= 1024
    urls = {url.get("type"): url.get("template") for url in root.iter(f"{space}Url") if url.get("rel") != "self"}
    assert all(url.startswith("http://testserver/") for url in urls.values())
    fill = {"{searchTerms}": "hoang sa", "{startPage?}": "", "{count?}": ""}
    for kind, url in urls.items():
        for name, value in fill.items():
            url = url.replace(name, value)
        answer = client.get(url)
        assert answer.status_code == 200 and answer["Content-Type"].startswith(kind)


def test_suggestions_as_a_browser_reads_them(client, stood):
    answer = client.get("/api/v1/suggest/opensearch/", {"lang": "vi", "q": "an n"})
    typed, texts, kinds, urls = data = answer.json()
    as_described(data, "OpenSearchSuggestions")
    assert answer["Content-Type"] == "application/x-suggestions+json"
    assert (typed, texts, urls) == ("an n", ["An Nam đại quốc họa đồ"], ["http://testserver/vi/items/an-nam/"])


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


def test_records_that_only_name_a_place_crowd_no_title_out(client, engine_name, reviewer):
    last = max((f"doi-{number}" for number in range(100)), key=tie)
    publish(edition(last, "Đội Hoàng Sa", "The Hoàng Sa fleet"), reviewer)
    for number in range(25):
        publish(edition(f"ban-do-{number}", f"Bản đồ {number}", "Map", places=["hoang-sa"]), reviewer)
    indexer.drain()
    data = client.get("/api/v1/suggest/", {"lang": "vi", "q": "hoang sa"}).json()
    assert ("title", "Đội Hoàng Sa") in [(entry["kind"], entry["text"]) for entry in data["suggestions"]]


def test_suggestions_lead_somewhere(client, stood):
    for typed in ("an nam", "hoang sa", "taberd"):
        for entry in client.get("/api/v1/suggest/", {"q": typed}).json()["suggestions"]:
            assert client.get(entry["url"]).status_code == 200


def test_a_page_behind_the_last_one_says_so(client, stood):
    answer = client.get("/vi/search/", {"page": "7"})
    assert answer.status_code == 200 and "Kết quả không có tới trang này" in answer.text
    assert 'href="?page=1">Tới trang cuối' in answer.text


def test_nul_reaches_no_page(client, stood):
    answer = client.get("/vi/search/?kind=%00&to=%00&q=ban%00do")
    assert answer.status_code == 200 and "\x00" not in answer.text and 'class="chips"' not in answer.text


@pytest.mark.parametrize(("lang", "name"), [("vi", "Quần đảo Hoàng Sa"), ("en", "Hoàng Sa (Paracel Islands)")])
def test_a_filter_that_leaves_nothing_keeps_its_name(client, reviewer, lang, name):
    publish(edition("a", "Bản đồ", places=["hoang-sa"]), reviewer)
    indexer.drain()
    text = client.get(f"/{lang}/search/", {"q": "zzzz", "place": "hoang-sa"}).text
    chips = text.partition('class="chips"')[2].partition("</ul>")[0]
    assert name in chips
