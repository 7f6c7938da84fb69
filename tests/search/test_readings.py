"""Other readings of the box, what is offered where little is found, and what helps where nothing is."""

import pytest
from django.http import QueryDict

from search import indexer, results
from search.models import SynonymGroup
from tests.search.factories import both, edition
from tests.search.standing import withdraw

pytestmark = pytest.mark.django_db


def find(q: str, **params):
    return results.find({"q": q, **params}, "vi")


def ids(found) -> list[str]:
    return [item["identifier"] for item in found.items]


SHEETS = [edition(f"to-{n}", f"Quần đảo Trường Sa, tờ {n}", "Sheet") for n in range(5)]
HOANG_SA = edition("hs", "Đảo Hoàng Sa năm nào", "Island", description=both("Bãi đá", "Reefs"))


@pytest.mark.parametrize(
    "q, reading, read_as, first",
    [
        ("Hoafng Sa", "telex", "Hoàng Sa", ["hs"]),
        ("Hoang2 Sa", "telex", "Hoàng Sa", ["hs"]),
        ("hoàng xa", "spelling", "hoàng xa", ["hs"]),
        ("hoàng sa", "", "", ["hs"]),
        ("hoafng xa", "fewer", "hoàng", ["hs"]),  # one way to read it at a time
    ],
)
def test_another_reading_where_little_is_found(engine_name, stand, q, reading, read_as, first):
    stand(*SHEETS, HOANG_SA)
    found = find(q)
    assert (found.reading, found.read_as, ids(found)) == (reading, read_as, first)
    assert ids(find(q, literal="1")) == (first if q == "hoàng sa" else []) and not find(q, literal="1").reading


PARACEL = edition("pracel", "Bản đồ ghi Pracel", "A chart")
ISLANDS = edition("dao", "Chuyện Bãi Cát Vàng", "Islands", places=["hoang-sa"])


def test_what_is_typed_as_keystrokes_is_searched_by_its_other_names_too(engine_name, stand):
    stand(PARACEL, ISLANDS)
    found = find("Baxi Cats Vafng")
    assert (found.reading, found.read_as, ids(found)) == ("telex", "Bãi Cát Vàng", ["dao", "pracel"])
    assert {"text": "Pracel", "place": "hoang-sa"} in found.also
    literal = find("Bãi Cát Vàng")
    assert ids(literal) == ["dao", "pracel"] and {"text": "Pracel", "place": "hoang-sa"} in literal.also
    less = find("Baxi Cats Vafng", names="0")
    assert (less.reading, ids(less), less.also) == ("telex", ["dao"], [])
    assert ids(find("Baxi Cats Vafng", literal="1")) == []


def test_every_page_of_keystrokes_and_other_names_agrees(engine_name, stand):
    stand(ISLANDS, *(edition(f"ve-{n}", f"Tờ {n} ghi Pracel", "Sheet") for n in range(5)))
    seen, params = [], {"q": "Baxi Cats Vafng", "page_size": "2"}
    while params:
        found = results.find(QueryDict(params) if isinstance(params, str) else params, "vi")
        assert (found.reading, found.total) == ("telex", 6)
        seen, params = seen + ids(found), found.next
    assert seen[0] == "dao" and len(set(seen)) == 6


def test_a_common_query_asks_the_engine_once(stand, asked):
    stand(*SHEETS, HOANG_SA)
    assert find("truong sa").total == 5 and len(asked) == 1
    asked.clear()
    assert find("").total == 6 and len(asked) == 1


def test_every_page_and_cursor_reads_the_box_alike(engine_name, stand):
    stand(*SHEETS)
    for how in ({"page_size": "2"}, {"page_size": "2", "view": "grid"}):
        seen, params = [], {"q": "Truowfng Sa", **how}
        while params:
            found = results.find(QueryDict(params) if isinstance(params, str) else params, "vi")
            assert (found.reading, found.total) == ("telex", 5)
            seen += ids(found)
            params = found.next
        assert sorted(seen) == sorted(sheet["identifier"] for sheet in SHEETS)


def test_keystrokes_beside_a_year_leave_it_a_condition(engine_name, stand):
    stand(
        edition("hop", "Chuyến đi Hoàng Sa", years=(1838, 1838)),
        edition("khac", "Hoàng Sa năm 1838 kể lại", years=(1930, 1930)),
    )
    found = find("Hoafng Sa 1838")
    assert ids(found) == ["hop"] and (found.reading, found.read_as) == ("telex", "Hoàng Sa 1838")
    assert [date["text"] for date in found.dates] == ["1838"]


def test_a_year_that_no_record_is_of_is_a_word(engine_name, stand):
    stand(
        edition("ghi", "Bản đồ ghi 1790", years=(1650, 1699)),
        edition("khac", "Bản đồ khác", years=(1838, 1838)),
    )
    found = find("bản đồ 1790")
    assert ids(found) == ["ghi"] and found.dates == []
    dated = find("bản đồ 1838")
    assert ids(dated) == ["khac"] and [(date["text"], date["without"]) for date in dated.dates] == [("1838", "bản đồ")]


# --- did you mean -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "q, suggestion",
    [
        ("Quần đảo Trrường Sa", "Quần đảo Trường Sa"),
        ('Hoangg "Sa"', 'Hoàng "Sa"'),
        ("islnd", "island"),
        ("Quần đảo", None),
        ("quần đảo hoàng", None),  # every word is held, and something was found
        ("zzzzzz", None),
        ("143/NX", None),
        ('"islnd"', None),
    ],
)
def test_did_you_mean(engine_name, stand, q, suggestion):
    stand(*SHEETS, HOANG_SA)
    assert find(q).suggestion == suggestion


def test_what_was_withdrawn_is_not_suggested_even_before_the_worker_knows(engine_name, stand):
    stand(*SHEETS, HOANG_SA)
    assert find("islnd").suggestion == "island"
    withdraw("hs")
    assert find("islnd").suggestion is None
    indexer.drain()
    assert find("islnd").suggestion is None


# --- nothing found ------------------------------------------------------------------------------------------


def test_help_where_nothing_is_found(engine_name, stand):
    stand(*SHEETS, edition("hs", "Đảo Hoàng Sa", places=["hoang-sa"]))
    found = find("trường sa vô nghĩa zzz paracels")
    assert found.total == 0
    assert found.help["places"] == [{"text": "Quần đảo Hoàng Sa", "url": "/vi/places/hoang-sa/"}]
    assert len(found.help["picks"]) == 3
    less = find("đảo hoàng sa tờ").help["dropped"]
    assert {"q": "đảo hoàng sa", "total": 1, "word": "tờ"} in less
    assert find("trường sa").help is None


def test_help_names_nothing_that_was_withdrawn(engine_name, stand):
    stand(*SHEETS, edition("hs", "Đảo Hoàng Sa", places=["hoang-sa"]))
    withdraw("hs")
    found = find("paracels zzz")
    assert found.help["places"] == [] and found.help["dropped"] == []
    assert "hs" not in [pick["identifier"] for pick in found.help["picks"]]


# --- beside the results -------------------------------------------------------------------------------------


def test_also_searched(engine_name, stand):
    stand(
        edition("goi", "Đảo", places=["hoang-sa"]),
        edition("chi-ten", "Bản đồ Pracel cổ"),
    )
    SynonymGroup.objects.create(words="bản đồ\nhọa đồ")
    found = find("bãi cát vàng")
    assert set(ids(found)) == {"goi", "chi-ten"}
    assert {"text": "Pracel", "place": "hoang-sa"} in found.also
    assert ids(find("bãi cát vàng", names="0")) == [] and find("bãi cát vàng", names="0").also == []
    assert ids(find("họa đồ")) == ["chi-ten"] and find("họa đồ").also == [{"text": "bản đồ", "place": ""}]


def test_histogram_clusters_and_places_of_items(engine_name, stand, asked):
    stand(
        edition("a", "Một", years=(1838, 1838), bbox=(111, 15, 113, 17)),
        edition("b", "Hai", years=(1838, 1840), places=["hoang-sa"]),
        edition("c", "Ba"),
    )
    found = results.find({"view": "map"}, "vi")
    assert len(asked) == 1, "the map costs no second question"
    assert found.histogram == [{"from": 1830, "to": 1839, "count": 2}, {"from": 1840, "to": 1849, "count": 1}]
    assert [entry["count"] for entry in found.clusters] == [2] and found.unplaced == 1
    (cluster,) = found.clusters
    west, south, east, north = cluster["bbox"]
    assert west <= 112 <= east and south <= 16 <= 16.5 <= north and north - south < 1
    assert (cluster["lon"], cluster["lat"]) == (pytest.approx(112, abs=0.1), pytest.approx(16.25, abs=0.1))
    where = {item["identifier"]: (item["bbox"], item["point"]) for item in found.items}
    assert where == {"a": ([111, 15, 113, 17], None), "b": (None, [112.0, 16.5]), "c": (None, None)}
    assert results.find({}, "vi").clusters == []
    narrowed = results.find({"from": "1840"}, "vi")
    assert narrowed.total == 1 and narrowed.histogram == found.histogram


def test_a_timeline_stands_in_order_of_date(engine_name, stand):
    stand(edition("sau", "An", years=(1900, 1900)), edition("truoc", "Xa", years=(1700, 1700)))
    assert ids(results.find({"view": "timeline"}, "vi")) == ["truoc", "sau"]
    assert ids(results.find({"view": "timeline", "sort": "-date"}, "vi")) == ["sau", "truoc"]
