"""IIIF Content Search 2.0, and 1.0 for viewers that know no other: what is found, where it stands, how it is told."""

import pytest

from archive.presentation import content_search_1, matching
from archive.presentation.content_search import A_PAGE, NoSuchPage, search_page

from .samples import both, document, publish, scan

BASE = "https://hoangsa.example.vn"
ADDRESS = f"{BASE}/iiif/search/vn-map-1838"
MENTION = {
    "place": "quan-dao-hoang-sa",
    "name": "𡑱葛鐄",
    "lang": "vi-Hani",
    "reading": "Bãi Cát Vàng",
    "meaning": both("bãi cát vàng", "golden sandbank"),
    "region": [1200, 900, 300, 80],
}


def line(text: str, region: list[int], lang: str = "vi") -> dict:
    return {"text": text, "lang": lang, "confidence": 88.0, "corrected": False, "region": region, "words": []}


def told() -> dict:
    lines = [line("Cửa Đại Chiêm, nay là Cửa Đại", [1, 2, 30, 4]), line("Saigon", [5, 6, 70, 8])]
    written = {"text": "大長沙 自大占門", "lang": "lzh", "translation": both("Bãi Trường Sa", "Long Sandbank")}
    return document(scans=[scan(mentions=[MENTION], lines=lines), scan("b" * 16, transcription=written)])


def found(query: str, **asked) -> list[tuple[str, str]]:
    """(what, where) of each hit, by the ends of their addresses."""
    page = search_page(told(), query, BASE, **asked)
    return [
        (one["id"].split("/presentation/vn-map-1838/")[1], content_search_1.where(one).split("/canvas/")[1])
        for one in page["items"]
    ]


@pytest.mark.parametrize(
    "query, hits",
    [
        ("bai cat vang", [("annotations/1.json#1", "1#xywh=1200,900,300,80")]),
        ("CÁT  bãi", [("annotations/1.json#1", "1#xywh=1200,900,300,80")]),
        ("Ca\u0301t Va\u0300ng", [("annotations/1.json#1", "1#xywh=1200,900,300,80")]),
        ("葛鐄", [("annotations/1.json#1", "1#xywh=1200,900,300,80")]),
        ("sandbank", [("annotations/1.json#1", "1#xywh=1200,900,300,80"), ("text/2.json#translation-en", "2")]),
        ("cua dai", [("text/1.json#line-1", "1#xywh=1,2,30,4")]),
        ("“Cửa-Đại”,", [("text/1.json#line-1", "1#xywh=1,2,30,4")]),
        ("saigon", [("text/1.json#line-2", "1#xywh=5,6,70,8")]),
        ("長沙", [("text/2.json#transcription", "2")]),
        ("truong sa", [("text/2.json#translation-vi", "2")]),
        # Whole words: "sai" is no word of "Saigon".
        ("sai", []),
        ("bai truong vang", []),
        # Titles and descriptions aren't annotations.
        ("dai nam nhat thong", []),
        (f"{BASE}/vi/places/quan-dao-hoang-sa/", [("annotations/1.json#1", "1#xywh=1200,900,300,80")]),
        (f"{BASE}/vi/places/quan-dao-hoang-sa/ saigon", []),
        (f"{BASE}/vi/places/", []),
        ("", []),
        ("  …  ", []),
    ],
)
def test_what_is_found_and_where(query, hits):
    assert found(query) == hits


@pytest.mark.parametrize(
    "query, motivation, hits",
    [
        ("sandbank", "tagging", 1),
        ("sandbank", "identifying", 1),
        ("sandbank", "supplementing", 1),
        ("sandbank", "supplementing tagging", 2),
        ("sandbank", "non-painting", 2),
        ("sandbank", "painting", 0),
        ("", "tagging", 1),
        ("", "supplementing", 5),
        ("…", "supplementing", 0),
    ],
)
def test_motivations(query, motivation, hits):
    assert len(found(query, motivation=motivation)) == hits


def test_the_page_is_as_the_specification_says():
    page = search_page(told(), "cua dai", BASE, ignored=["user", "nothing"])
    assert page["@context"] == "http://iiif.io/api/search/2/context.json"
    assert (page["id"], page["type"]) == (f"{ADDRESS}?q=cua%20dai", "AnnotationPage")
    assert page["ignored"] == ["user"]
    (context,) = page["annotations"]
    assert context["type"] == "AnnotationPage"
    assert {one["motivation"] for one in context["items"]} == {"contextualizing"}
    assert [one["target"]["source"] for one in context["items"]] == [page["items"][0]["id"]] * 2
    assert [one["target"]["selector"] for one in context["items"]] == [
        [{"type": "TextQuoteSelector", "prefix": "", "exact": "Cửa Đại", "suffix": " Chiêm, nay là Cửa Đại"}],
        [{"type": "TextQuoteSelector", "prefix": "Cửa Đại Chiêm, nay là ", "exact": "Cửa Đại", "suffix": ""}],
    ]
    empty = search_page(told(), "nothing", BASE)
    assert empty["items"] == [] and "annotations" not in empty and "partOf" not in empty


def test_many_hits_come_in_pages():
    doc = document(scans=[scan(lines=[line(f"sóng {n}", [n, 0, 1, 1]) for n in range(2 * A_PAGE + 1)])])
    pages = [search_page(doc, "song", BASE, page=number) for number in (1, 2, 3)]
    assert [len(page["items"]) for page in pages] == [A_PAGE, A_PAGE, 1]
    assert [page["startIndex"] for page in pages] == [0, A_PAGE, 2 * A_PAGE]
    assert [page["id"] for page in pages] == [
        f"{ADDRESS}?q=song",
        f"{ADDRESS}?q=song&page=2",
        f"{ADDRESS}?q=song&page=3",
    ]
    assert [page.get("next", {}).get("id") for page in pages] == [pages[1]["id"], pages[2]["id"], None]
    assert [page.get("prev", {}).get("id") for page in pages] == [None, pages[0]["id"], pages[1]["id"]]
    whole = pages[1]["partOf"]
    assert (whole["type"], whole["total"]) == ("AnnotationCollection", 2 * A_PAGE + 1)
    assert (whole["first"]["id"], whole["last"]["id"]) == (pages[0]["id"], pages[2]["id"])
    with pytest.raises(NoSuchPage):
        search_page(doc, "song", BASE, page=4)


@pytest.mark.parametrize(
    "text, term, exact",
    [
        ("Bãi Cát Vàng", "cat", ["Cát"]),
        ("Ba\u0303i Ca\u0301t", "cat", ["Ca\u0301t"]),
        ("Straße", "strasse", ["Straße"]),
        ("ＨＯＡＮＧ", "hoang", ["ＨＯＡＮＧ"]),
        ("大長沙長沙", "長沙", ["長沙", "長沙"]),
        ("đảo đão", "dao", ["đảo", "đão"]),
        ("cats", "cat", []),
        ("a\n\nb", "b", ["b"]),
    ],
)
def test_places_are_those_of_the_text_itself(text, term, exact):
    assert [text[start:end] for start, end in matching.places(text, term)] == exact


def test_version_1_finds_the_same():
    page = content_search_1.annotation_list(told(), "sandbank", BASE, ignored=["date"])
    assert page["@context"][-1] == "http://iiif.io/api/search/1/context.json"
    assert (page["@id"], page["@type"]) == (f"{BASE}/iiif/search/1/vn-map-1838?q=sandbank", "sc:AnnotationList")
    assert page["within"] == {"@type": "sc:Layer", "total": 2, "ignored": ["date"]}
    canvas = f"{BASE}/iiif/presentation/vn-map-1838/canvas"
    assert [one["on"] for one in page["resources"]] == [f"{canvas}/1#xywh=1200,900,300,80", f"{canvas}/2"]
    assert page["resources"][1]["resource"] == {"@type": "cnt:ContentAsText", "chars": "Long Sandbank"}
    assert [hit["annotations"] for hit in page["hits"]] == [[one["@id"]] for one in page["resources"]]
    assert [(hit["before"], hit["match"], hit["after"]) for hit in page["hits"]] == [
        ("golden ", "sandbank", ""),
        ("Long ", "Sandbank", ""),
    ]


@pytest.mark.parametrize("motivation, hits", [("painting", 1), ("non-painting", 1), ("tagging", 1), ("commenting", 0)])
def test_version_1_has_its_own_words_for_motivations(motivation, hits):
    page = content_search_1.annotation_list(told(), "sandbank", BASE, motivation)
    assert page["within"]["total"] == hits and page["@id"].endswith(f"?q=sandbank&motivation={motivation}")


# --- served -------------------------------------------------------------------------------------


def test_served_from_the_standing_edition_alone(client, reviewer, settings, django_assert_num_queries):
    settings.PUBLIC_BASE_URL = BASE
    publish(told(), reviewer)
    address = "/iiif/search/vn-map-1838"
    with django_assert_num_queries(1):
        response = client.get(address, {"q": "bai cat vang", "user": "x"})
    assert response["Content-Type"] == 'application/ld+json;profile="http://iiif.io/api/search/2/context.json"'
    assert response["Access-Control-Allow-Origin"] == "*"
    assert len(response.json()["items"]) == 1 and response.json()["ignored"] == ["user"]
    assert client.get(address).json()["items"] == []
    assert client.get(address, {"motivation": "tagging"}).json()["id"] == f"{ADDRESS}?q=&motivation=tagging"
    assert client.get("/iiif/search/1/vn-map-1838", {"q": "長沙"}).json()["within"]["total"] == 1
    for text in ("/iiif/presentation/vn-map-1838/text/{}.json",):
        assert len(client.get(text.format(2)).json()["items"]) == 3
        assert client.get(text.format(3)).status_code == 404


@pytest.mark.parametrize(
    "asked, status, field",
    [
        ({"q": "x" * 201}, 400, "q"),
        ({"q": "a", "motivation": "x" * 201}, 400, "motivation"),
        ({"q": "a", "page": "0"}, 400, "page"),
        ({"q": "a", "page": "hai"}, 400, "page"),
        ({"q": "a", "page": "2"}, 404, "page"),
    ],
)
def test_refused_with_a_sentence(client, reviewer, asked, status, field):
    publish(told(), reviewer)
    response = client.get("/iiif/search/vn-map-1838", asked)
    assert response.status_code == status
    assert response.json()["error"]["field"] == field and response.json()["error"]["message"].endswith(".")
