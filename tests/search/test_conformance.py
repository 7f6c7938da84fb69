"""One table of cases for both engines: the set of hits, the tier of each, totals, facet counts and orders are equal.

No case may be marked for one engine only.
"""

import math
import struct
from collections import Counter

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

pytestmark = pytest.mark.elasticsearch
NAMES = ("embedded", "elasticsearch")


@pytest.fixture(scope="module")
def engines(tmp_path_factory, elasticsearch_url):
    """Both engines over the same documents: {name: (engine, index)}."""
    both = {
        "embedded": Embedded(tmp_path_factory.mktemp("index")),
        "elasticsearch": Elastic(elasticsearch_url, "conformance"),
    }
    documents = [index_document(document) for document in collection()]
    ready = {}
    for name, engine in both.items():
        index = f"{'embedded' if name == 'embedded' else 'conformance'}-v1-1"
        engine.create(index)
        # In several commits, with an older state first: more than one segment, and deleted entries.
        engine.write(index, [{**documents[0], "title_f": "cu", "version": "old#0"}], [], 1)
        for at in range(0, len(documents), 20):
            engine.write(index, documents[at : at + 20], ["khong-co"], 2)
        engine.settle()
        engine.publish(index)
        ready[name] = (engine, index)
    yield ready
    both["elasticsearch"].client.indices.delete(index="conformance-v1-1")


@pytest.fixture(params=NAMES)
def find(request, engines):
    """find(lang="vi", stale=None, **params) → Found of one engine."""
    engine, index = engines[request.param]
    return lambda lang="vi", stale=None, how=None, **params: _find(engine, index, lang, stale, params, how or {})


def _find(engine, index, lang, stale, params, how):
    query = understand({"page_size": "100", **params}, lang)
    return engine.search(index, plan(query, stale, after=cursors.read(query), **how))


def ids(found) -> set[str]:
    return {hit.identifier for hit in found.hits}


# --- what is found: (parameters, all of these, none of these) ---------------------------------------------

FOUND = [
    ({"q": "hoang sa"}, ["hoang-sa-chau-ban", "hoang-sa-en", "nd-143-nv", "an-nam-1838"], ["dong-bien"]),
    ({"q": "Hoàng Sa"}, ["hoang-sa-chau-ban", "hoang-sa-en", "nd-143-nv"], ["dong-bien"]),
    ({"q": "HOA\u0300NG SA"}, ["hoang-sa-chau-ban", "hoang-sa-en"], ["dong-bien"]),
    ({"q": "paracel"}, ["an-nam-1838", "hoang-sa-chau-ban", "nd-143-nv"], ["truong-sa-1933"]),
    ({"q": "Paracels"}, ["an-nam-1838", "hoang-sa-chau-ban"], ["truong-sa-1933"]),
    ({"q": "paracel", "names": "0"}, ["an-nam-1838"], ["hoang-sa-chau-ban", "nd-143-nv"]),
    ({"q": "paracel", "literal": "1"}, ["an-nam-1838"], ["nd-143-nv"]),
    ({"q": "hoang sa", "literal": "1"}, ["hoang-sa-en"], ["hoang-sa-chau-ban"]),
    ({"q": "Hoàng Sa", "literal": "1"}, ["hoang-sa-chau-ban"], []),
    ({"q": "parace"}, ["an-nam-1838"], ["truong-sa-1933"]),
    ({"q": "黃沙"}, ["hoang-sa-chau-ban", "nd-143-nv"], ["nom-ext-b", "truong-sa-1933"]),
    ({"q": "黃沙", "names": "0"}, ["hoang-sa-chau-ban"], ["nd-143-nv"]),
    ({"q": "黃"}, ["hoang-sa-chau-ban"], ["nom-ext-b"]),
    ({"q": "國畫"}, ["an-nam-1838"], ["hoang-sa-chau-ban"]),
    ({"q": '"國圖"'}, [], ["an-nam-1838"]),
    ({"q": "𡗶"}, ["nom-ext-b"], ["an-nam-1838"]),
    ({"q": "𡗶坦"}, ["nom-ext-b"], []),
    ({"q": "troi dat"}, ["nom-ext-b"], []),
    ({"q": "143/NV"}, ["nd-143-nv"], ["du-156-sc"]),
    ({"q": "143-nv"}, ["nd-143-nv"], ["du-156-sc"]),
    ({"q": "A.2499"}, ["du-156-sc"], []),
    ({"q": "a 2499"}, ["du-156-sc"], []),
    ({"q": "1:10.000"}, ["du-156-sc"], []),
    ({"q": "65/2007"}, ["du-156-sc"], []),
    ({"q": "an-nam-1838"}, ["an-nam-1838"], []),
    ({"q": '"hoàng sa"'}, ["hoang-sa-chau-ban"], ["tach-roi"]),
    ({"q": "hoang sa"}, ["tach-roi"], []),
    ({"q": "hoang sa -chau"}, ["nd-143-nv"], ["hoang-sa-chau-ban"]),
    ({"q": '-"hoang sa"'}, ["dong-bien", "tach-roi"], ["hoang-sa-chau-ban"]),
    ({"q": "spratly OR taberd"}, ["truong-sa-1933", "an-nam-1838"], ["dong-bien"]),
    ({"q": "taberd cat vang"}, ["an-nam-1838"], ["truong-sa-1933"]),
    ({"q": '"hoang sa'}, ["hoang-sa-chau-ban"], ["dong-bien"]),
    ({"q": "kind:map"}, [], []),
    ({"q": "(((hoang) AND [sa]"}, [], []),
    ({"q": "cu lao re"}, ["hoang-sa-chau-ban"], ["an-nam-1838"]),
    ({"q": "dai quoc hoa do"}, ["an-nam-1838"], []),
    ({"q": "khongcotrongkho"}, [], ["an-nam-1838"]),
    ({"q": "\x00 \u3000 … ~"}, ["an-nam-1838", "dong-bien"], []),
    ({"kind": ["legal_text", "press_item"]}, ["nd-143-nv", "truong-sa-1933"], ["an-nam-1838"]),
    ({"from": "1837", "to": "1840"}, ["an-nam-1838", "thai-binh-duong"], ["hoang-sa-chau-ban", "khong-nien-dai"]),
    ({"to": "0"}, ["truoc-cn"], ["an-nam-1838"]),
    ({"from": "1975"}, ["hoang-sa-en", "tach-roi"], ["an-nam-1838"]),
    ({"period": "17"}, ["dong-bien"], ["an-nam-1838"]),
    ({"period": "-3"}, ["truoc-cn"], []),
    ({"place": "ly-son"}, ["hoang-sa-chau-ban"], ["an-nam-1838"]),
    ({"holder": ["bnf"]}, ["an-nam-1838", "dong-bien"], ["hoang-sa-chau-ban"]),
    ({"agent": "taberd"}, ["an-nam-1838"], ["dong-bien"]),
    ({"language": "vi-Hani"}, ["khong-nien-dai"], ["an-nam-1838"]),
    ({"original": "facsimile"}, ["hoang-sa-chau-ban"], ["nd-143-nv"]),
    ({"has": "scan"}, ["an-nam-1838"], ["hoang-sa-chau-ban"]),
    ({"has": "image"}, ["an-nam-1838", "hoang-sa-chau-ban"], ["nd-143-nv"]),
    ({"q": "gouvernement"}, ["trang-in"], ["an-nam-1838"]),
    ({"q": "francaise cochinchine"}, ["trang-in"], []),
    ({"q": '"gouvernement de la cochinchine"'}, ["trang-in"], []),
    ({"q": "gouvernement 1925"}, ["trang-in"], []),
    ({"q": "gouvern"}, ["trang-in"], []),
    ({"q": "群岛"}, ["trang-in"], ["hoang-sa-chau-ban"]),
    ({"q": "française", "literal": "1"}, ["trang-in"], []),
    ({"q": "francaise", "literal": "1"}, [], ["trang-in"]),
    ({"q": "bao -gouvernement"}, [], ["trang-in"]),
    ({"bbox": "111,15,113,17"}, ["an-nam-1838"], ["truong-sa-1933", "thai-binh-duong"]),
    ({"bbox": "112,10,113,11"}, ["an-nam-1838", "truong-sa-1933"], ["thai-binh-duong"]),
    ({"bbox": "170,-5,-170,5"}, ["thai-binh-duong"], ["an-nam-1838"]),
    ({"bbox": "-175,-5,-170,5"}, ["thai-binh-duong"], ["an-nam-1838"]),
    ({"bbox": "-160,-5,-140,5"}, ["thai-binh-duong"], []),
    ({"bbox": "100,-5,149,5"}, [], ["thai-binh-duong", "an-nam-1838"]),
]


@pytest.mark.parametrize("params, wanted, unwanted", FOUND)
def test_what_is_found(find, params, wanted, unwanted):
    found = find(**params)
    assert set(wanted) <= ids(found)
    assert not set(unwanted) & ids(found)
    assert found.total == len(found.hits)


def test_an_empty_box_lists_everything(find):
    assert ids(find()) == {document["identifier"] for document in collection()}


# --- order ---------------------------------------------------------------------------------------------------

RANKED = [
    # (query, these in this order of tiers)
    ("Hoàng Sa", ["hoang-sa-chau-ban", "nd-143-nv", "tach-roi", "hoang-sa-en"]),
    ("hoang sa", ["hoang-sa-en", "nd-143-nv", "tach-roi", "an-nam-1838"]),
    ("143-NV", ["nd-143-nv"]),
    ("黃沙", ["hoang-sa-chau-ban", "nd-143-nv"]),
    # What curators wrote stands above what a machine read.
    ("de la", ["la-de", "trang-in"]),
]


@pytest.mark.parametrize("q, order", RANKED)
def test_better_tiers_come_first(find, q, order):
    ranks = {hit.identifier: hit.rank for hit in find(q=q).hits}
    got = [ranks[identifier] for identifier in order]
    assert got == sorted(got, reverse=True) and len(set(got)) == len(got)


def test_a_marked_query_prefers_what_is_written_so(find):
    hits = {hit.identifier: hit.rank for hit in find(q="Hoàng Sa").hits}
    assert hits["hoang-sa-chau-ban"] > hits["hoang-sa-en"]


def test_an_unmarked_query_has_no_such_preference(find):
    hits = {hit.identifier: hit.rank for hit in find(q="hoang sa").hits}
    assert hits["hoang-sa-chau-ban"] == hits["hoang-sa-en"]


def test_titles_stand_in_vietnamese_order(find):
    order = [hit.identifier for hit in find(sort="title", kind="book").hits if not hit.identifier.startswith("mau")]
    assert order == ["a-an", "an-toan", "hoang-sa-en"]
    sheets = [hit.identifier for hit in find(sort="title", kind="atlas_sheet").hits]
    assert sheets.index("to-9") < sheets.index("to-10")


def test_dates_run_up_and_down_with_the_undated_last(find):
    up = [hit.identifier for hit in find(sort="date").hits]
    down = [hit.identifier for hit in find(sort="-date").hits]
    assert up[0] == "truoc-cn" and down[0] == "tach-roi"
    assert "khong-nien-dai" in up[-25:] and "khong-nien-dai" in down[-25:]


@pytest.mark.parametrize(
    "params",
    [{"sort": sort} for sort in ("date", "-date", "title", "newest")] + [{"q": "hoang"}, {"bbox": "100,-5,130,30"}],
)
def test_pages_and_cursors_walk_through_everything_once(find, params):
    whole = [hit.identifier for hit in find(**params).hits]
    pages, walked, after = [], [], ""
    for page in range(1, 40):
        found = find(**params, page_size="7", page=str(page))
        pages += [hit.identifier for hit in found.hits]
    while True:
        found = find(**params, page_size="7", after=after)
        if not found.hits:
            break
        walked += [hit.identifier for hit in found.hits]
        after = cursors.write(understand(params, "vi"), found.hits[-1], found.start + len(found.hits))
    assert pages == whole and walked == whole


def test_a_cursor_finds_its_place_when_its_position_is_wrong(find):
    whole = find(sort="title").hits
    query = understand({"sort": "title"}, "vi")
    for position in (0, 3, 60, 10_000):
        found = find(sort="title", after=cursors.write(query, whole[20], position), page_size="5")
        assert [hit.identifier for hit in found.hits] == [hit.identifier for hit in whole[21:26]]


# --- tiers that aren't literal ---------------------------------------------------------------------------------


def names_of(found, q="", how=None, **params) -> dict[str, str]:
    """{identifier: the name of its tier}"""
    made = plan(understand({"q": q, **params}, "vi"), **(how or {}))
    names = {tier.rank: tier.name for tier in made.tiers}
    return {hit.identifier: names[hit.rank] for hit in found.hits}


def tiers_of(find, q="", how=None, **params):
    return names_of(find(q=q, how=how, **params), q, how, **params)


def test_each_tier_is_reached_by_what_belongs_there(find):
    assert tiers_of(find, "Hoàng Sa")["hoang-sa-chau-ban"] == "exact phrase in title"
    assert tiers_of(find, "Hoàng Sa")["nd-143-nv"] == "exact phrase"
    assert tiers_of(find, "Hoàng Sa")["hoang-sa-en"] == "phrase in title"
    assert tiers_of(find, "Hoàng Sa")["tach-roi"] == "exact words in title"
    assert tiers_of(find, "châu Hoàng Sa")["hoang-sa-chau-ban"] == "exact compounds"
    assert tiers_of(find, "bản đồ Hoàng Sa")["hop-tu"] == "exact compounds"
    assert tiers_of(find, "ban do hoang sa")["hop-tu"] == "compounds in title"
    assert tiers_of(find, "ban do hoang sa")["roi-chu"] == "words in title"
    assert tiers_of(find, "troi dat")["nom-ext-b"] == "reading"
    assert tiers_of(find, "francaise cochinchine")["trang-in"] == "words on sheets"
    assert tiers_of(find, "pracel")["nd-143-nv"] == "gazetteer"
    assert tiers_of(find, "paracel")["nd-143-nv"] == "gazetteer"
    assert tiers_of(find, "gouvern")["trang-in"] == "beginning"
    assert tiers_of(find, "143/NV")["nd-143-nv"] == "number"


def test_compounds_stand_above_words_apart_and_below_the_phrase(find):
    ranks = {hit.identifier: hit.rank for hit in find(q="bản đồ Hoàng Sa triều Nguyễn").hits}
    assert ranks["hop-tu"] > ranks["roi-chu"]
    whole = {hit.identifier: hit.rank for hit in find(q="đảo Hoàng Sa, triều Nguyễn").hits}
    assert whole["hop-tu"] > ranks["hop-tu"]


def test_one_word_of_a_box_may_stand_alone_and_no_more(find):
    assert tiers_of(find, "cu ban do hoang sa")["hop-tu"] == "compounds in title"
    assert tiers_of(find, "cu sa hoang nguyen")["hop-tu"] == "words in title"


def test_another_name_ranks_below_the_word_itself(find):
    how = {"expansions": (Expansion(0, 0, (("hoang", "sa"),), ("Hoàng Sa",), "hoang-sa"),)}
    assert "hoang-sa-en" not in ids(find(q="xisha"))
    assert tiers_of(find, "xisha", how)["hoang-sa-en"] == "gazetteer"
    assert tiers_of(find, "xisha chronicle", how) == {"hoang-sa-en": "gazetteer"}
    assert ids(find(q="xisha", how=how)) >= {"hoang-sa-en", "hop-tu"} and "tach-roi" not in ids(
        find(q="xisha", how=how)
    )
    ranks = {hit.identifier: hit.rank for hit in find(q="pracel", how=how).hits}
    assert ranks["hoang-sa-en"] == min(ranks.values())
    assert ids(find(q="xisha", names="0", how=how)) == set()


def test_expansions_that_overlap_replace_one_at_a_time(find):
    one = Expansion(0, 1, (("chau", "ban"),), ("Châu bản",))
    other = Expansion(1, 2, (("hoang", "sa"),), ("Hoàng Sa",))
    assert "hoang-sa-chau-ban" in ids(find(q="x y hoang sa", how={"expansions": (one,)}))
    assert "hoang-sa-chau-ban" in ids(find(q="chau y z", how={"expansions": (one, other)}))
    assert "hoang-sa-chau-ban" not in ids(find(q="x y z", how={"expansions": (one, other)}))


def test_keystrokes_and_spelling_never_displace_what_is_literal(find):
    how = {"second": understand({"q": "Hoàng Sa"}, "vi"), "spelled": True}
    assert tiers_of(find, "hoafng sa", {"second": how["second"]})["hoang-sa-chau-ban"] == "telex"
    assert tiers_of(find, "triện trở trúa", {"spelled": True})["dao-tre"].startswith("spelling")
    assert "dao-tre" not in ids(find(q="triện trở trúa"))
    for q in ("hoang sa", "sa mac", "143-NV", "Hoàng Sa"):
        literal = {hit.identifier: hit for hit in find(q=q).hits}
        wide = find(q=q, how=how).hits
        assert [hit.identifier for hit in wide[: len(literal)]] and ids(find(q=q, how=how)) >= set(literal)
        lowest = min(hit.rank for hit in wide if hit.identifier in literal)
        assert all(hit.rank < lowest for hit in wide if hit.identifier not in literal)


def test_every_tier_lies_within_what_is_matched(find):
    """An order by keys asks for the widest tiers alone; by rank all are asked."""
    for params in (
        {"q": "Hoàng Sa"},
        {"q": "ban do hoang sa"},
        {"q": "143-NV"},
        {"q": "sa", "literal": "1"},
        {"q": "黃沙"},
    ):
        for how in ({}, {"spelled": True, "second": understand({"q": "bản đồ"}, "vi")}):
            assert ids(find(how=how, **params)) == ids(find(how=how, sort="date", **params)), params


# --- fields and dates of the box ---------------------------------------------------------------------------

FIELDED = [
    ("title:chronicle", {"hoang-sa-en"}, {"an-nam-1838"}),
    ("title:taberd", set(), {"an-nam-1838"}),
    ("agent:taberd", {"an-nam-1838"}, {"hoang-sa-chau-ban"}),
    ('place:"cu lao re"', {"hoang-sa-chau-ban", "dao-tre"}, {"an-nam-1838"}),
    ("number:143-NV", {"nd-143-nv"}, {"du-156-sc"}),
    ('holder:"thư viện quốc gia"', {"an-nam-1838", "dong-bien"}, {"hoang-sa-chau-ban"}),
    ("text:archipelago", {"dong-bien"}, {"hoang-sa-en"}),
    ("text:gouvernement", {"trang-in"}, {"an-nam-1838"}),
    ("kind:legal_text", {"nd-143-nv", "du-156-sc"}, {"an-nam-1838"}),
    ("hoang sa kind:book", {"hoang-sa-en"}, {"hoang-sa-chau-ban"}),
    ("hoang -agent:taberd", {"nd-143-nv"}, {"an-nam-1838"}),
    ("1838", {"an-nam-1838", "thai-binh-duong"}, {"hoang-sa-chau-ban"}),
    ("thế kỷ 17", {"dong-bien"}, {"an-nam-1838"}),
    ("Minh Mạng 17", {"hoang-sa-chau-ban"}, {"dong-bien"}),
    ("họa đồ 1838", {"an-nam-1838"}, {"hoang-sa-chau-ban"}),
]


@pytest.mark.parametrize("q, wanted, unwanted", FIELDED)
def test_fields_and_dates_of_the_box(find, q, wanted, unwanted):
    found = ids(find(q=q))
    assert wanted <= found and not unwanted & found


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
        "elasticsearch": (Elastic(elasticsearch_url, "alike"), "alike-v1-1"),
    }
    for engine, index in ready.values():
        engine.create(index)
        engine.write(index, documents[:90], [], 1)
        engine.write(index, documents[90:], [], 2)
        engine.settle()
    yield ready, documents
    ready["elasticsearch"][0].client.indices.delete(index="alike-v1-1")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sort, part", [("title", "by_title_vi"), ("date", "by_date"), ("-date", "by_date_down")])
def test_records_that_are_alike_stand_in_one_order(alike, name, sort, part):
    engine, index = alike[0][name]
    wanted = [document["identifier"] for document in sorted(alike[1], key=lambda document: document[part].encode())]
    pages = [
        _find(engine, index, "vi", None, {"sort": sort, "page_size": "9", "page": str(n)}, {}) for n in range(1, 19)
    ]
    assert [hit.identifier for found in pages for hit in found.hits] == wanted
    walked, after = [], ""
    while len(walked) < len(wanted):
        found = _find(engine, index, "vi", None, {"sort": sort, "page_size": "9", "after": after}, {})
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
)
def test_both_engines_agree_on_any_query(engines, params, lang, second, spelled, expanded):
    how = {"facets": ALL_FACETS, "spelled": spelled}
    how |= {"second": understand({"q": second}, lang)} if second else {}
    how |= {"expansions": (Expansion(0, 0, (("hoang", "sa"), ("黃", "沙")), ("Hoàng Sa",)),)} if expanded else {}
    one, other = (_find(*engines[name], lang, {"a-an": None, "to-9": "to-9#1"}, params, how) for name in NAMES)
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
