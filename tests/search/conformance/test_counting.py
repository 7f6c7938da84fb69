"""Both engines alike on extents, decades, facets and bounds, on records that are alike, and on any query.

No case may be marked for one engine only.
"""

import math
import struct
import threading
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import cells, cursors, extents, mapping
from search.clustering import grouped
from search.documents import CELLS, FACETS, index_document, point_of
from search.engines.base import EngineError
from search.engines.elastic import Elastic
from search.engines.embedded import Embedded
from search.expansion import Expansion
from search.plan import LEAN, MOST_BOOST, STEP, plan
from search.query import understand
from tests.search.factories import WORDS_EN, WORDS_VI, collection, edition

from .asking import NAMES, ask, ids, own, tiers_of

pytestmark = pytest.mark.elasticsearch


# --- the extent --------------------------------------------------------------------------------------------------

BOX = "111.5,15.5,113,17.3"


def test_a_box_alone_ranks_by_how_well_a_sheet_covers_it(find):
    order = ["ban-do-vua", "an-nam-1838", "ban-do-to", "ban-do-lech", "ban-do-con"]
    found = [hit.identifier for hit in find(bbox=BOX).hits if hit.identifier in order]
    assert found == order
    tiers = tiers_of(find, bbox=BOX)
    assert tiers["ban-do-vua"] == "covers the box, up to 4 times as large"
    assert tiers["ban-do-to"] == "covers the box, far larger"
    assert tiers["ban-do-lech"] == "covers most of the box" and tiers["ban-do-con"] == "touches the box"


def test_words_come_before_the_extent(find):
    found = find(q="bien dong", bbox=BOX)
    assert ids(found) == {"ban-do-to"}
    order = [hit.identifier for hit in find(q="quanh hoang sa", bbox=BOX).hits]
    assert order[:2] == ["ban-do-vua", "ban-do-lech"]


def test_coverage_crosses_the_antimeridian(find):
    assert tiers_of(find, bbox="170,-5,-170,5")["thai-binh-duong"] == "covers the box, up to 16 times as large"
    assert tiers_of(find, bbox="140,-5,-160,5")["thai-binh-duong"] == "covers most of the box"
    assert tiers_of(find, bbox="-160,-5,-100,5")["thai-binh-duong"] == "touches the box"


# --- decades and cells ---------------------------------------------------------------------------------------------

WIDE = {"facets": (*FACETS, "decade", "cell_0", "cell_4")}


def test_decades_ignore_the_years_that_are_asked_for_and_nothing_else(find):
    free = find(q="hoang", how=WIDE)
    chosen = find(q="hoang", how=WIDE, **{"from": "1830", "to": "1840"})
    assert chosen.facets["decade"] == free.facets["decade"] and chosen.total < free.total
    assert chosen.facets["kind"] == find(q="hoang", **{"from": "1830", "to": "1840"}).facets["kind"]
    narrowed = find(q="hoang", how=WIDE, kind="legal_text")
    assert narrowed.facets["decade"] == {"1930": 1, "1960": 1}
    century = find(q="bo bien", how=WIDE)
    assert set(century.facets["decade"]) == {str(year) for year in range(1600, 1700, 10)}


def test_cells_count_each_placed_record_once(find):
    found = find(how=WIDE)
    placed = [document for document in map(index_document, collection()) if "cell_0" in document]
    for zoom in (0, 4):
        counts = found.facets[f"cell_{zoom}"]
        assert sum(counts.values()) == len(placed) and all(counts.values())
        assert all(cells.box(name, zoom) for name in counts)
    assert cells.cell(112.25, 16.25, 4) in found.facets["cell_4"]


@pytest.mark.parametrize(
    "params",
    [{}, {"q": "hoang sa"}, {"kind": ["map", "book"]}, {"bbox": "100,0,120,25"}, {"bbox": "111,15,113.5,18"}]
    + [{"bbox": "150,-30,-150,30"}, {"bbox": "111.9,16.4,112.1,16.6"}, {"q": "khongcotrongkho"}],
)
def test_clusters_stand_where_what_they_hold_is(find, params):
    """From what an engine counts, the very clusters that the records found make."""
    query = understand({"view": "map", **params}, "vi")
    found = find(how={"facets": (*FACETS, *mapping.facets(query))}, view="map", **params)
    documents = {document["identifier"]: document for document in collection()}
    points = [point for one in ids(found) if (point := point_of(documents[one]))]
    clusters, unplaced = mapping.clusters(query, found)
    finest, zoom = cells.ZOOMS[-1], cells.zoom_of(query.bbox)
    assert clusters == grouped(Counter(cells.cell(*point, finest) for point in points), finest, zoom)
    assert unplaced == found.total - len(points) and bool(clusters) == bool(points)
    for alone in (one for one in clusters if one["count"] == 1):
        off = [max(abs((alone["lon"] - lon + 180) % 360 - 180), abs(alone["lat"] - lat)) for lon, lat in points]
        assert min(off) <= cells.side(finest) / 2, "a record alone stands at its own cell"


# --- bounds --------------------------------------------------------------------------------------------------------


def test_what_is_scored_within_a_tier_never_reaches_the_next(find):
    """The longest boxes, of words that are as rare as can be, on both engines."""
    rare = "chau ban ve viec di hoang sa imperial record on a voyage to taberd minh mang phe chuan do dac"
    for q in (
        rare,
        "an nam dai quoc hoa do map of the great country of an nam",
        "黃沙奏摺 châu bản về việc đi Hoàng Sa",
    ):
        made = plan(understand({"q": q}, "vi"), spelled=True)
        assert sum(boost for _part, _word, boost in made.words) <= MOST_BOOST
        for hit in find(q=q, how={"spelled": True}).hits:
            assert 0 <= hit.key[0] - hit.rank * STEP < STEP
    most = MOST_BOOST * 2.2 * math.log(1 + (2**24 - 0.5) / 1.5) + len(extents.TIMES_LARGER) * LEAN * 4
    assert most < STEP
    assert float(struct.unpack("f", struct.pack("f", 40 * STEP + 0.01))[0]) > 40 * STEP  # and single precision tells


def test_an_unknown_part_is_refused(engines, find):
    for engine, index in engines.values():
        entry = index_document(edition("la", "Lạ"))
        with pytest.raises(EngineError, match="la-lung|strict|mapping"):
            engine.write(index, [entry | {"la-lung": "x"}], [], 3)
        engine.settle()
    assert "la" not in ids(find())


ALIKE = ["Bản đồ quần đảo Hoàng Sa thời Nguyễn, sao lục", "黃沙圖", "Bản đồ", "", "Tờ 9 Đông Dương và các đảo phụ cận"]


@pytest.fixture(scope="module")
def alike(tmp_path_factory, elasticsearch_url):
    """Both engines over many records whose titles and dates are equal, or begin alike for long."""
    documents = []
    for number in range(150):
        title = ALIKE[number % len(ALIKE)]
        title += f", bản thứ {number % 7}" if number % 3 else ""
        years = None if number % 4 == 0 else (1800 + number % 3, 1850)
        documents.append(index_document(edition(f"giong-{'nhau-' * (number % 6)}{number:03}", title, years=years)))
    ready = {
        "embedded": (Embedded(tmp_path_factory.mktemp("alike")), "embedded-v1-1"),
        "elasticsearch": (Elastic(elasticsearch_url, own("alike")), f"{own('alike')}-v1-1"),
    }
    for engine, index in ready.values():
        engine.create(index)
        engine.write(index, documents[:90], [], 1)
        engine.write(index, documents[90:], [], 2)
        engine.settle()
    yield ready, documents
    ready["elasticsearch"][0].client.indices.delete(index=ready["elasticsearch"][1])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sort, part", [("title", "by_title_vi"), ("date", "by_date"), ("-date", "by_date_down")])
def test_records_that_are_alike_stand_in_one_order(alike, name, sort, part):
    engine, index = alike[0][name]
    wanted = [document["identifier"] for document in sorted(alike[1], key=lambda document: document[part].encode())]
    pages = [ask(engine, index, "vi", None, {"sort": sort, "page_size": "9", "page": str(n)}, {}) for n in range(1, 19)]
    assert [hit.identifier for found in pages for hit in found.hits] == wanted
    walked, after = [], ""
    while len(walked) < len(wanted):
        found = ask(engine, index, "vi", None, {"sort": sort, "page_size": "9", "after": after}, {})
        assert found.hits and found.start == len(walked) and found.total == len(wanted)
        walked += [hit.identifier for hit in found.hits]
        after = cursors.write(understand({"sort": sort}, "vi"), found.hits[-1], len(walked))
    assert walked == wanted


# --- facets -----------------------------------------------------------------------------------------------------


def test_a_choice_narrows_every_facet_but_its_own(find):
    free, chosen = find(), find(kind="legal_text")
    assert chosen.facets["kind"] == free.facets["kind"]
    assert chosen.facets["language"] == {"vi": 2, "fr": 1}
    two = find(kind=["legal_text", "press_item"], language="fr")
    assert two.facets["kind"] == find(language="fr").facets["kind"]
    assert sum(two.facets["language"].values()) >= two.total


def test_counts_are_those_of_the_hits(find):
    documents = {document["identifier"]: index_document(document) for document in collection()}
    found = find(q="hoang")
    for name in ("kind", "period", "language", "original", "has"):
        counts = {}
        for hit in found.hits:
            for value in documents[hit.identifier].get(name, []):
                counts[value] = counts.get(value, 0) + 1
        assert found.facets[name] == counts


# --- what is stale doesn't count -----------------------------------------------------------------------------------


def test_a_withdrawn_record_is_neither_hit_nor_counted(find):
    before, after = find(kind="legal_text"), find(kind="legal_text", stale={"nd-143-nv": None})
    assert after.total == before.total - 1 and "nd-143-nv" not in ids(after)
    assert after.facets["kind"]["legal_text"] == before.facets["kind"]["legal_text"] - 1


def test_an_older_state_doesnt_count_and_the_standing_one_does(find):
    assert "nd-143-nv" not in ids(find(stale={"nd-143-nv": "nd-143-nv#2"}))
    assert "nd-143-nv" in ids(find(stale={"nd-143-nv": "nd-143-nv#1", "du-156-sc": None}))


# --- both agree, whatever is asked -----------------------------------------------------------------------------------

ALL_FACETS = (*FACETS, "decade", *CELLS)

_word = st.one_of(
    st.sampled_from([*WORDS_VI, *WORDS_EN, "黃沙", "𡗶", "143-NV", "OR", "-hoàng", '"hoàng sa"', '"', "-", "1:10.000"]),
    st.text(max_size=8),
)
_params = st.fixed_dictionaries(
    {"q": st.lists(_word, max_size=6).map(" ".join)},
    optional={
        "kind": st.lists(st.sampled_from(["map", "book", "legal_text"]), max_size=2),
        "period": st.sampled_from(["16", "17", "19", "-3"]),
        "place": st.lists(st.sampled_from(["hoang-sa", "ly-son", "x"]), max_size=2),
        "holder": st.sampled_from(["bnf", "ttlt1"]),
        "language": st.lists(st.sampled_from(["vi", "fr", "lzh"]), max_size=2),
        "from": st.integers(-500, 2100).map(str),
        "bbox": st.tuples(st.floats(-180, 180), st.floats(-90, 0), st.floats(-180, 180), st.floats(0, 90)).map(
            lambda box: ",".join(map(str, box))
        ),
        "names": st.sampled_from(["0", "1"]),
        "literal": st.sampled_from(["0", "1"]),
        "sort": st.sampled_from(["relevance", "relevance", "date", "-date", "title", "newest"]),
    },
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    params=_params,
    lang=st.sampled_from(["vi", "en"]),
    second=st.sampled_from(["", "", "Hoàng Sa", "bản đồ"]),
    spelled=st.booleans(),
    expanded=st.booleans(),
    also_second=st.booleans(),
)
def test_both_engines_agree_on_any_query(engines, params, lang, second, spelled, expanded, also_second):
    how = {"facets": ALL_FACETS, "spelled": spelled}
    how |= {"second": understand({"q": second}, lang)} if second else {}
    other = (Expansion(0, 0, (("hoang", "sa"), ("黃", "沙")), ("Hoàng Sa",)),)
    how |= {"expansions": other} if expanded else {}
    how |= {"second_names": other} if also_second else {}
    one, other = (ask(*engines[name], lang, {"a-an": None, "to-9": "to-9#1"}, params, how) for name in NAMES)
    assert one.total == other.total == len(one.hits)
    assert {hit.identifier: (hit.version, hit.rank) for hit in one.hits} == {
        hit.identifier: (hit.version, hit.rank) for hit in other.hits
    }
    assert one.facets == other.facets and set(one.facets) == set(ALL_FACETS)
    if understand(params, lang).order != "relevance":
        assert [hit.identifier for hit in one.hits] == [hit.identifier for hit in other.hits]
    else:
        assert [hit.rank for hit in one.hits] == [hit.rank for hit in other.hits]


def test_the_longest_query_is_answered(find):
    long = " ".join(f"chữ{number}a/b" for number in range(60))[:500]
    assert find(q=long).total == 0
    assert find(q=" OR ".join(["đảo", *(f"a{number}" for number in range(60))])[:500]).total > 0


@pytest.mark.parametrize("asked", [{"q": "hoang sa"}, {"q": "khong-co"}, {"q": "dao", "sort": "title"}, {"bbox": BOX}])
@pytest.mark.parametrize("size", ["2", "100"])
def test_a_page_without_counts_is_the_same_page(engines, asked, size):
    for engine, index in engines.values():
        whole = plan(understand({**asked, "page_size": size}, "vi"))
        counted = engine.search(index, whole)
        bare = engine.search(index, replace(whole, facets=(), counted=False))
        assert bare.hits == counted.hits and bare.facets == {}
        assert bare.total == len(counted.hits) <= counted.total


def test_many_words_fit_into_a_small_stack(engines):
    """Of a thread of a server; what doesn't fit would end the process."""
    engine, index = engines["embedded"]
    made = plan(understand({"q": "Xisha chronicle"}, "vi"))
    many = replace(made, words=made.words + (("text_f", "hoang", 0.01), ("text_f", "sa", 0.01)) * 400)
    found, before = [], threading.stack_size(512 * 1024)
    try:
        thread = threading.Thread(target=lambda: found.append(engine.search(index, many)))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert {hit.identifier for hit in found[0].hits} == {hit.identifier for hit in engine.search(index, made).hits}
