"""What a visitor gets: only what stands is shown and counted, whatever state the index is in."""

import pytest

from archive.display import in_short
from archive.models import Edition
from search import asking, indexer, results
from search.fields import SearchError
from search.models import Cursor
from tests.search.factories import both, collection, edition, scan
from tests.search.standing import publish, withdraw

pytestmark = pytest.mark.django_db


def ids(found) -> list[str]:
    return [item["identifier"] for item in found.items]


def counts(found, facet: str) -> dict[str, int]:
    return {entry["value"]: entry["count"] for entry in found.facets[facet]}


def test_an_item_is_made_from_the_standing_edition(engine_name, stand):
    stand(
        edition(
            "an-nam",
            "An Nam đại quốc họa đồ",
            "Map of An Nam",
            han="安南大國畫圖",
            years=(1838, 1838),
            description=both("Ghi <b>Cát Vàng</b> & Paracel.", "Shows Paracel."),
            scans=[scan("aaaabbbbcccc")],
        )
    )
    found = results.find({"q": "cat vang"}, "vi")
    assert found.engine == engine_name and not found.fallback and found.total == 1
    assert found.items == [
        {
            "identifier": "an-nam",
            "kind": "map",
            "title": "An Nam đại quốc họa đồ",
            "title_original": "安南大國畫圖",
            "date": "1838–1838",
            "years": [1838, 1838],
            "snippet": "Ghi <b><mark>Cát</mark> <mark>Vàng</mark></b> & Paracel.",
            "snippet_lang": "vi",
            "sheet": None,
            "thumbnail": "/iiif/image/aaaabbbbcccc/full/400,/0/default.jpg",
            "url": "/vi/items/an-nam/",
            "bbox": None,
            "point": None,
            "in_short": in_short(Edition.objects.get(identifier="an-nam").data),
        }
    ]
    english = results.find({"q": "cat vang"}, "en").items[0]
    assert (english["title"], english["url"]) == ("Map of An Nam", "/en/items/an-nam/")


def test_a_snippet_names_its_language(engine_name, stand):
    stand(edition("an-nam", "Bản đồ", "Map", description=both("Ghi Cát Vàng.", "Shows the Paracels.")))
    found = {lang: results.find({"q": "cat vang", "names": "0"}, lang).items[0] for lang in ("vi", "en")}
    assert found["en"]["snippet"] == found["vi"]["snippet"] == "Ghi <mark>Cát</mark> <mark>Vàng</mark>."
    assert found["en"]["snippet_lang"] == found["vi"]["snippet_lang"] == "vi"
    assert results.find({"q": "shows"}, "en").items[0]["snippet_lang"] == "en"


def test_a_missing_translation_falls_back(engine_name, stand):
    stand(edition("chi-viet", "Chỉ có tiếng Việt", ""))
    assert results.find({}, "en").items[0]["title"] == "Chỉ có tiếng Việt"


def test_what_was_withdrawn_is_gone_before_the_index_knows(engine_name, stand):
    stand(edition("o-lai", "Bản đồ một"), edition("bi-rut", "Bản đồ hai"), edition("sach", "Sách", kind="book"))
    withdraw("bi-rut")
    found = results.find({}, "vi")
    assert ids(found) == ["o-lai", "sach"] and found.total == 2
    assert counts(found, "kind") == {"map": 1, "book": 1}


def test_a_replaced_edition_isnt_found_by_its_old_words(engine_name, stand, reviewer):
    stand(edition("ban-do", "Nhan đề cũ", kind="map"))
    publish(edition("ban-do", "Nhan đề mới", kind="book", number=2), reviewer)
    found = results.find({"q": "cũ"}, "vi")
    assert (found.total, found.items, found.facets["kind"]) == (0, [], [])
    indexer.drain()
    assert ids(results.find({"q": "mới"}, "vi")) == ["ban-do"]


def test_what_is_only_looked_at_again_stays(engine_name, stand):
    from django.db import transaction

    from archive import outbox

    stand(edition("ban-do", "Bản đồ"))
    with transaction.atomic():
        outbox.touch(["ban-do"])
    assert results.find({}, "vi").total == 1


def test_an_index_that_drifted_from_the_editions_shows_nothing_false(engine_name, stand):
    """A row gone without news (a restored database): the check of the hits catches it."""
    stand(edition("o-lai", "Bản đồ một"), edition("mat-tich", "Bản đồ hai"))
    Edition.objects.filter(identifier="mat-tich").delete()
    found = results.find({"q": "bản đồ"}, "vi")
    assert ids(found) == ["o-lai"] and found.total == 1 and counts(found, "kind") == {"map": 1}


@pytest.mark.parametrize(
    "params, queries",
    [
        ({}, 3),  # cursors, news, editions
        ({"q": "hoàng sa", "kind": ["map", "book"]}, 4),  # whether names have changed
        ({"q": "hoang", "page_size": "100"}, 4),
    ],
)
def test_a_search_asks_the_database_a_constant_number_of_questions(
    engine_name, stand, django_assert_num_queries, params, queries
):
    stand(*collection()[:40])
    withdraw("mau-001")
    results.find({"q": "hoang"}, "vi")  # the names are read once after each change
    with django_assert_num_queries(queries):
        assert results.find(params, "vi").total > 3


def test_pages_to_the_reach_and_cursors_beyond(engine_name, stand, monkeypatch):
    monkeypatch.setattr("search.results.REACH", 20)
    stand(*[edition(f"ban-do-{number:02}", f"Bản đồ {number}") for number in range(47)])
    seen, params = [], {"q": "bản đồ", "page_size": "10", "unknown": "kept"}
    while params:
        found = results.find(params, "vi")
        seen += ids(found)
        params = found.next and {
            pair.split("=")[0]: pair.split("=")[1].replace("%2F", "/") for pair in found.next.split("&")
        }
        if params:
            params["q"] = "bản đồ"
            assert params["unknown"] == "kept"
            assert ("after" in params) == (len(seen) >= 20)
    assert len(seen) == len(set(seen)) == 47 == found.total
    assert found.pages == 2


def test_facets_carry_names_from_the_editions(engine_name, stand):
    stand(edition("a", "A", places=["hoang-sa"], holder="bnf"), edition("b", "B", places=["hoang-sa", "ly-son"]))
    found = results.find({"place": "hoang-sa"}, "en")
    assert found.facets["place"][0] == {
        "value": "hoang-sa",
        "label": "Hoàng Sa (Paracel Islands)",
        "count": 2,
        "selected": True,
    }
    assert [entry["label"] for entry in found.facets["holder"]] == ["Bibliothèque nationale de France"]


def test_a_place_renamed_in_one_edition_stays_one_value(engine_name, stand):
    renamed = edition("c", "C", places=["hoang-sa"])
    renamed["places"] = [renamed["places"][0] | {"name": both("Hoàng Sa", "Paracels")}]
    stand(edition("a", "A", places=["hoang-sa"]), edition("b", "B", places=["hoang-sa"]), renamed)
    (entry,) = results.find({}, "vi").facets["place"]
    assert (entry["label"], entry["count"]) == ("Quần đảo Hoàng Sa", 3)


def test_live_pages_contribute_exhibits(engine_name, stand, settings):
    settings.INDEX_CONTRIBUTORS = [f"{__name__}.contribute"]
    stand(edition("a", "A"), edition("b", "B"))
    found = results.find({"exhibit": "bang-chung"}, "en")
    assert ids(found) == ["a"]
    assert found.facets["exhibit"] == [
        {"value": "bang-chung", "label": "Evidence", "count": 1, "selected": True},
        {"value": "tho", "label": "tho", "count": 1, "selected": False},
    ]


def contribute(identifiers):
    """As exhibits.contributors does; a value may bring its label."""
    named = {"value": "bang-chung", "label": both("Bằng chứng", "Evidence")}
    return {key: {"exhibit": value} for key, value in {"a": [named], "b": ["tho"]}.items() if key in identifiers}


# --- engines that fail ------------------------------------------------------------------------------------


@pytest.mark.elasticsearch
def test_elasticsearch_down_falls_back_and_says_so(with_elastic, stand, settings):
    settings.SEARCH_ENGINE = "elasticsearch"
    stand(edition("o-lai", "Bản đồ một"), edition("bi-rut", "Bản đồ hai"))
    assert results.find({}, "vi").engine == "elasticsearch"
    with_elastic.client.indices.delete(index=Cursor.objects.get(engine="elasticsearch").index)
    withdraw("bi-rut")
    found = results.find({}, "vi")
    assert (found.engine, found.fallback, ids(found)) == ("embedded", True, ["o-lai"])
    assert counts(found, "kind") == {"map": 1}


def test_a_rebuild_that_swaps_while_we_ask_is_followed(engine_name, stand, monkeypatch):
    stand(edition("a", "Bản đồ"))
    read, asked = asking._rows, []

    def swap_after():
        rows = read()
        asked.append(rows)
        if len(asked) == 1:
            indexer.rebuild(engine_name)  # the index that this search has just read of is dropped
        return rows

    monkeypatch.setattr(asking, "_rows", swap_after)
    found = results.find({}, "vi")
    assert (found.engine, found.total, len(asked)) == (engine_name, 1, 2)


def test_an_elasticsearch_that_isnt_there_doesnt_stop_the_site(stand, settings):
    settings.ELASTICSEARCH_URL, settings.SEARCH_ENGINE = "http://127.0.0.1:9", "elasticsearch"
    with pytest.raises(indexer.EngineError):
        stand(edition("a", "Bản đồ"))
    assert results.find({"q": "ban do"}, "vi").engine == "embedded"


def test_without_any_index_the_sentence_says_so():
    with pytest.raises(results.Unavailable, match="chưa sẵn sàng"):
        results.find({}, "vi")


# --- parameters ---------------------------------------------------------------------------------------------

WRONG = [
    ({"kind": "painting"}, "kind", "bad_value"),
    ({"from": "abc"}, "from", "bad_year"),
    ({"to": "18381"}, "to", "bad_year"),
    ({"from": "1900", "to": "1800"}, "from", "bad_range"),
    ({"bbox": "1,2,3"}, "bbox", "bad_bbox"),
    ({"bbox": "nan,0,1,1"}, "bbox", "bad_bbox"),
    ({"bbox": "0,10,1,5"}, "bbox", "bad_bbox"),
    ({"sort": "random"}, "sort", "bad_value"),
    ({"view": "cube"}, "view", "bad_value"),
    ({"literal": "yes"}, "literal", "bad_value"),
    ({"page": "0"}, "page", "bad_number"),
    ({"page": "٣"}, "page", "bad_number"),
    ({"page_size": "101"}, "page_size", "bad_number"),
    ({"page": "501", "page_size": "20"}, "page", "too_far"),
    ({"after": "AAAA"}, "after", "bad_cursor"),
    ({"after": "W10"}, "after", "bad_cursor"),
    ({"after": "é"}, "after", "bad_cursor"),
    ({"period": "thế kỷ 17"}, "period", "bad_value"),
    ({"language": "tiếng Việt"}, "language", "bad_value"),
    ({"has": "gold"}, "has", "bad_value"),
    ({"original": "copy"}, "original", "bad_value"),
    ({"place": ["x"] * 51}, "place", "too_many"),
    ({"agent": "x" * 201}, "agent", "too_long"),
    ({"q": "x" * 501}, "q", "too_long"),
]


@pytest.mark.parametrize("params, field, code", WRONG)
def test_a_wrong_parameter_is_named(params, field, code):
    with pytest.raises(SearchError) as refused:
        results.find(params, "vi")
    assert (refused.value.field, refused.value.code) == (field, code)
    assert str(refused.value).endswith(".") and refused.value.status == 400


def test_a_cursor_of_another_order_is_refused(stand):
    stand(*[edition(f"a-{number}", f"A {number}") for number in range(3)])
    found = results.find({"page_size": "1", "sort": "title"}, "vi")
    after = results.cursors.write(results.understand({"sort": "title"}, "vi"), _hit("a-0"), 1)
    assert results.find({"page_size": "1", "sort": "title", "after": after}, "vi").items
    assert found.next
    with pytest.raises(SearchError):
        results.find({"sort": "date", "after": after}, "vi")


def _hit(identifier: str):
    from search.engines.base import Hit
    from search.sorting import title_key

    return Hit(identifier, f"{identifier}#1", None, (title_key("A 0", identifier),))


def test_a_places_name_is_told_in_the_readers_language_and_says_its_own(db, reviewer):
    publish(edition("dao", "Đảo", "Island", places=["ly-son"], description=both("", "")), reviewer)
    publish(edition("bai", "Bãi", "Bank", places=["hoang-sa"], description=both("", "")), reviewer)
    indexer.drain()
    asked = [("ly son", "vi", "vi"), ("ly son", "en", "en"), ("cu lao re", "en", "vi"), ("paracels", "vi", "fr")]
    for words, reader, wanted in asked:
        found = results.find({"q": words, "places": "0"}, reader).items[0]
        assert found["snippet_lang"] == wanted and "<mark>" in found["snippet"]
