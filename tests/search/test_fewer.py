"""A box that finds nothing is searched without the words that nothing holds, and the page says so."""

import pytest
from django.http import QueryDict

from search import fewer, indexer, results
from search.query import understand
from tests.search.factories import both, edition
from tests.search.standing import withdraw

CHOSEN = [
    # box, what records hold, what is left out in turn
    ("giám mục Taberd", "taberd giam muc", [{0, 1}]),
    ("bản đồ giám mục Taberd", "ban_do ban do giam muc taberd", [{2, 3}]),
    ("Taberd islnd", "taberd", [{1}]),
    ("đảo Taberd", "dao taberd", []),  # held, each by itself: in no record together
    ("đảo lạ Taberd", "dao taberd", [{1}, {0, 1}]),
    ("bản đồ Taberd", "ban_do taberd", []),
    ("giám mục", "giam muc", []),  # never all
    ("xyz abcd", "", []),
    ("143/NV lạlạ", "", [{1}]),
    ("lạlạ 1790x 黃沙", "", [{0}]),
]


@pytest.mark.parametrize("q, held, out", CHOSEN)
def test_what_is_left_out(q, held, out):
    def holds(clauses) -> bool:
        return "_".join(clause.folded[0] for clause in clauses) in held.split()

    query = understand({"q": q, "dates": "0"}, "vi")
    assert [set(some) for some in fewer.choices(query.groups, (), holds)] == out


def test_names_of_places_stay():
    query = understand({"q": "xyz abcd đảo"}, "vi")
    assert fewer.choices(query.groups, {0, 1}, lambda clauses: False) == [frozenset({2})]
    assert fewer.choices(query.groups, {0, 1, 2}, lambda clauses: False) == []


@pytest.mark.parametrize(
    "params, may",
    [
        ({"q": "giám mục Taberd"}, True),
        ({"q": "giám mục 1838"}, True),
        ({"q": "Taberd"}, False),
        ({"q": "giám mục Taberd", "literal": "1"}, False),
        ({"q": '"giám mục" Taberd'}, False),
        ({"q": "giám mục -Taberd"}, False),
        ({"q": "giám mục Taberd -loại:sách"}, False),
        ({"q": "mục tacgia:Taberd"}, False),
        ({"q": "giám mục loại:sách"}, False),
        ({"q": "giám OR mục Taberd"}, False),
        ({"q": " ".join(f"chữ{chr(97 + n)}" for n in range(13))}, False),
    ],
)
def test_who_means_each_word_gets_no_fewer(params, may):
    assert fewer.may_lose(understand(params, "vi")) is may


# --- on both engines ---------------------------------------------------------------------------------------

MAP = edition("taberd", "Bản đồ Taberd", "Taberd's map", years=(1838, 1838), description=both("Có mục lục"))
OTHER = edition("giam-sat", "Bộ phận giám sát", "Watch", years=(1900, 1900), places=["hoang-sa"])
SHEETS = [edition(f"to-{n}", f"Đại Nam toàn đồ, tờ {n}", "Sheet") for n in range(5)]


def find(q: str, **params):
    return results.find({"q": q, **params}, "vi")


def ids(found) -> list[str]:
    return [item["identifier"] for item in found.items]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "q, dropped, read_as, wanted",
    [
        ("giám mục Taberd", ["giám mục"], "Taberd", ["taberd"]),
        ("Taberd giám mục", ["giám mục"], "Taberd", ["taberd"]),
        ("bản đồ islnd taberd", ["islnd"], "bản đồ taberd", ["taberd"]),
        ("giám mục Taberd 1838", ["giám mục"], "Taberd 1838", ["taberd"]),
        ("giám mục Taberd 1900", [], "", []),  # the time stays
        ("giám sát Taberd", [], "", []),  # held, but in no record together
        ("Taberd 99/NV", [], "", []),  # a number stays
        ("giám mục Baxi Cats Vafng", ["giám mục"], "Bãi Cát Vàng", ["giam-sat"]),
        ("zzz paracels", ["zzz"], "paracels", ["giam-sat"]),
        ('zzz "Taberd"', [], "", []),
        ("zzz -Taberd", [], "", []),
        ("zzz yyy", [], "", []),
    ],
)
def test_the_box_is_searched_without_what_nothing_holds(engine_name, stand, q, dropped, read_as, wanted):
    stand(MAP, OTHER)
    found = find(q)
    assert (found.dropped, found.read_as, ids(found)) == (dropped, read_as, wanted)
    assert found.reading == ("fewer" if dropped else "") and found.query["q"] == q
    assert (found.help is None) == bool(wanted)
    literal = find(q, literal="1")
    assert (literal.total, literal.dropped, literal.reading) == (0, [], "")


@pytest.mark.django_db
def test_filters_stay_and_a_better_spelling_is_still_offered(engine_name, stand):
    stand(MAP, OTHER)
    assert find("giám mục Taberd", kind="map").total == 1
    none = find("giám mục Taberd", kind="book")
    assert (none.total, none.reading) == (0, "")
    for filtered in (find("lục đồ Taberd", kind="book"), find("lục đồ Taberd", to="1700"), find("lục đồ Taberd 1700")):
        assert (filtered.total, filtered.dropped) == (0, [])  # it is the filter that keeps it out
    found = find("bản đồ Taberf")
    assert (found.dropped, ids(found), found.suggestion) == (["Taberf"], ["taberd"], "bản đồ Taberd")


@pytest.mark.django_db
def test_every_page_and_cursor_leaves_out_the_same(engine_name, stand):
    stand(*SHEETS, MAP)
    for how in ({"page_size": "2"}, {"page_size": "2", "sort": "title"}):
        seen, params = [], {"q": "zzz Đại Nam", **how}
        while params:
            found = results.find(QueryDict(params) if isinstance(params, str) else params, "vi")
            assert (found.reading, found.dropped, found.total) == ("fewer", ["zzz"], 5)
            seen, params = seen + ids(found), found.next
        assert sorted(seen) == sorted(sheet["identifier"] for sheet in SHEETS)


@pytest.mark.django_db
def test_what_only_a_withdrawn_record_held_counts_as_held_by_none_at_once(engine_name, stand):
    stand(MAP, OTHER, edition("rut", "Giám mục", "Bishop"))
    assert find("giám mục Taberd").total == 0  # held, in no record together
    withdraw("rut")
    assert (ids(find("giám mục Taberd")), find("giám mục Taberd").dropped) == (["taberd"], ["giám mục"])
    indexer.drain()
    assert find("giám mục Taberd").dropped == ["giám mục"]


@pytest.mark.django_db
def test_it_costs_nothing_where_something_is_found_and_little_where_nothing_is(engine_name, stand, asked):
    stand(*SHEETS, MAP, OTHER)
    assert find("đại nam").total == 5 and len(asked) == 1
    asked.clear()
    assert find("giám mục Taberd").total == 1
    # As typed; by its sounds; without filters; two pairs and three words; without two of them.
    assert len(asked) == 9


@pytest.mark.django_db
def test_the_page_says_what_is_left_out(client, stand):
    stand(MAP, OTHER)
    page = client.get("/vi/search/", {"q": "giám mục Taberd"}).content.decode()
    assert "Không có tư liệu nào chứa: <strong>giám mục</strong>" in page and "literal=1" in page
    assert (
        "No record contains: <strong>giám mục</strong>. Showing results for: <strong>Taberd</strong>"
        in client.get("/en/search/", {"q": "giám mục Taberd"}).content.decode()
    )
