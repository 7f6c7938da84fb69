"""The boxes to tick beside the results: how many of a facet's values stand on the page, and in what order."""

import re
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.utils import translation

from search import indexer
from search.facet_html import LISTED, SHOWN, facet_fields
from tests.search.factories import PLACES, edition
from tests.search.standing import publish

MANY = [f"dao-{number}" for number in range(LISTED + 9)]


def entries(values, ticked=()) -> list[dict]:
    """The most frequent first, as search gives them."""
    return [
        {"value": value, "label": value.title(), "count": 900 - at, "selected": value in ticked}
        for at, value in enumerate(values)
    ]


def html(facets: dict, query="", lang="vi") -> str:
    with translation.override(lang):
        return facet_fields(QueryDict(query), SimpleNamespace(facets=facets, total=1000), lang)


def values(text: str) -> list[str]:
    return re.findall(r' value="([^"]*)"', text)


@pytest.mark.parametrize(
    "number, opened, folded, link",
    [(2, 2, 0, False), (SHOWN, SHOWN, 0, False), (SHOWN + 1, SHOWN, 1, False), (LISTED, SHOWN, LISTED - SHOWN, False)]
    + [(LISTED + 9, SHOWN, LISTED - SHOWN, True)],
)
def test_a_long_facet_shows_its_most_frequent_values(number, opened, folded, link):
    text = html({"place": entries(MANY[:number])})
    first, _, more = text.partition("<details")
    assert (len(values(first)), len(values(more))) == (opened, folded)
    assert values(text) == MANY[: opened + folded]
    assert (f">Xem cả {number}, theo vần</a>" in text) == link


def test_what_is_ticked_is_on_the_form_wherever_it_comes():
    text = html({"place": entries(MANY, ticked=MANY[-1:])}, f"place={MANY[-1]}")
    assert values(text) == [*MANY[:LISTED], MANY[-1]] and text.count(" checked") == 1


def test_a_facet_is_listed_whole_in_the_order_of_the_alphabet():
    names = ["Đảo Yến", "Đà Nẵng", "Áo", "An Nam", "Ân Thi", *(f"Z {number}" for number in range(LISTED))]
    text = html({"place": entries(names)}, "q=sa&facet=place&place=x", "en")
    assert values(text)[:5] == ["An Nam", "Áo", "Ân Thi", "Đà Nẵng", "Đảo Yến"]
    assert len(values(text)) == len(names) and "<details" not in text
    assert '<a class="whole" id="whole-place" href="?q=sa&amp;place=x">Show fewer</a>' in text


def test_centuries_keep_their_order():
    centuries = [str(number) for number in range(LISTED + 1)]
    assert values(html({"period": entries(centuries)}, "facet=period")) == centuries


@pytest.mark.parametrize("query", ["facet=holder", "facet=", "facet=%3Cscript%3E"])
def test_only_the_facet_that_was_named_is_listed_whole(query):
    assert len(values(html({"place": entries(MANY)}, query))) == LISTED


def test_the_way_to_the_whole_list_keeps_the_search():
    text = html({"place": entries(MANY)}, "q=%C4%91%E1%BA%A3o&kind=map&page=3")
    assert 'id="whole-place" href="?q=%C4%91%E1%BA%A3o&amp;kind=map&amp;facet=place"' in text


@pytest.mark.django_db
def test_ticking_in_the_whole_list_stays_in_it(client, reviewer, monkeypatch):
    for number in range(LISTED + 1):
        key = f"dao-{number:02}"
        monkeypatch.setitem(PLACES, key, PLACES["ly-son"] | {"key": key, "name": {"vi": f"Đảo {number:02}", "en": ""}})
        publish(edition(f"an-nam-{number}", "An Nam", "An Nam", places=[key, "hoang-sa"]), reviewer)
    indexer.drain()
    assert values(client.get("/vi/search/").text).count("dao-30") == 0
    text = client.get("/vi/search/", {"facet": "place", "place": "dao-30"}).text
    boxes = re.findall(r'name="place" id="[^"]*" value="dao-(\d+)"', text)
    assert boxes == sorted(boxes) and len(boxes) == LISTED + 1
    assert re.search(r'<input type="hidden" name="facet" value="place"', text)
