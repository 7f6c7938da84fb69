"""What is suggested while typing: titles, places and agents of standing editions."""

import pytest

from search import suggestions
from tests.search.factories import both, edition
from tests.search.standing import withdraw

pytestmark = pytest.mark.django_db


def told(text: str, kind: str = "", lang: str = "vi") -> list[str]:
    return [entry["text"] for entry in suggestions.suggest(text, lang) if kind in ("", entry["kind"])]


COLLECTION = [
    edition("bd", "Bản đồ Hoàng Sa", "Map of Hoàng Sa", han="黃沙圖", places=["hoang-sa"], agents=["taberd"]),
    edition("hs", "Hoàng Sa ký sự", "Notes", places=["ly-son"]),
    edition("dn", "Đại Nam", "Great South", agents=["quoc-su-quan"]) | {"alternative_titles": ["Tabula geographica"]},
]


@pytest.mark.parametrize(
    "text, kind, expected",
    [
        ("hoàng s", "title", ["Hoàng Sa ký sự", "Bản đồ Hoàng Sa"]),  # what begins so comes first
        ("hoang sa k", "title", ["Hoàng Sa ký sự"]),
        ("hoafng", "title", ["Hoàng Sa ký sự", "Bản đồ Hoàng Sa"]),  # keystrokes
        ("Hoang2 Sa", "title", ["Hoàng Sa ký sự", "Bản đồ Hoàng Sa"]),
        ("黄沙", "title", ["Bản đồ Hoàng Sa"]),  # simplified
        ("tabula", "title", ["Đại Nam"]),
        ("prac", "place", ["Quần đảo Hoàng Sa (Pracel)"]),
        ("quan dao", "place", ["Quần đảo Hoàng Sa"]),
        ("cu lao", "place", ["Đảo Lý Sơn (Cù lao Ré)"]),
        ("黃", "place", ["Quần đảo Hoàng Sa (黃沙)"]),
        ("tab", "agent", ["Jean-Louis Taberd"]),
        ("quốc sử", "agent", ["Quốc sử quán triều Nguyễn"]),
        ("spratly", "", []),  # a place that no edition names
        ("…", "", []),
        ("", "", []),
    ],
)
def test_suggestions(engine_name, stand, text, kind, expected):
    stand(*COLLECTION)
    assert told(text, kind) == expected


def test_in_english(engine_name, stand):
    stand(*COLLECTION)
    assert told("hoang", "title", "en") == ["Notes", "Map of Hoàng Sa"]  # its Vietnamese title begins so
    assert told("parac", "place", "en") == ["Hoàng Sa (Paracel Islands)"]


def test_at_most_a_few_of_each_kind(engine_name, stand):
    stand(*[edition(f"t-{n:02}", f"Tờ {n}", "Sheet") for n in range(30)])
    assert len(told("to", "title")) == 6


def test_what_was_withdrawn_is_suggested_no_more(engine_name, stand):
    stand(*COLLECTION)
    withdraw("bd")
    assert told("hoang", "title") == ["Hoàng Sa ký sự"]
    assert told("prac") == [] and told("tab", "agent") == []


def test_a_place_has_the_name_that_most_editions_give_it(engine_name, stand):
    renamed = edition("z", "Zed", places=["hoang-sa"])
    renamed["places"] = [renamed["places"][0] | {"name": both("Hoàng Sa mới", "New")}]
    stand(*COLLECTION, edition("bd-2", "Tờ hai", places=["hoang-sa"]), renamed)
    assert told("pracel", "place") == ["Quần đảo Hoàng Sa (Pracel)"]


def test_few_questions_to_the_database(engine_name, stand, django_assert_num_queries):
    stand(*COLLECTION)
    told("hoa")
    with django_assert_num_queries(4):  # whether anything has changed (names too), cursors, editions
        found = told("hoang")
    assert found
    with django_assert_num_queries(1):
        assert told("hoang") == found
