"""One table of cases for both engines: the set of hits, the tier of each and the orders are equal.

No case may be marked for one engine only. Extents, counts, bounds, and that both agree on anything:
test_counting.py.
"""

import pytest

from search import cursors
from search.expansion import Expansion
from search.query import understand
from tests.search.factories import collection

from .asking import ids, tiers_of

pytestmark = pytest.mark.elasticsearch


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


def test_another_name_of_what_the_keystrokes_say_ranks_below_them(find):
    second = {"second": understand({"q": "Trường Sa"}, "vi")}
    how = second | {"second_names": (Expansion(0, 1, (("taberd",),), ("Taberd",), "x"),)}
    found = tiers_of(find, "truwowngf sa", how)
    assert (found["truong-sa-1933"], found["an-nam-1838"]) == ("telex", "telex, other names")
    assert tiers_of(find, "truwowngf sa", how | {"spelled": True}).items() >= found.items()
    assert "an-nam-1838" not in tiers_of(find, "truwowngf sa", second)


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
    # Any of the years that are listed, and nothing between them.
    ("1838 và 1933", {"an-nam-1838", "thai-binh-duong", "truong-sa-1933"}, {"nd-143-nv", "hoang-sa-chau-ban"}),
    ("1838 hoặc 1975", {"an-nam-1838", "hoang-sa-en"}, {"truong-sa-1933", "nd-143-nv"}),
    ("thế kỷ 17 và 20", {"dong-bien", "nd-143-nv", "truong-sa-1933"}, {"an-nam-1838", "hoang-sa-chau-ban"}),
    ("Minh Mạng 17, 1933", {"hoang-sa-chau-ban", "truong-sa-1933"}, {"an-nam-1838", "nd-143-nv"}),
    ("từ 1838 đến 1933", {"an-nam-1838", "truong-sa-1933"}, {"dong-bien"}),
]


@pytest.mark.parametrize("q, wanted, unwanted", FIELDED)
def test_fields_and_dates_of_the_box(find, q, wanted, unwanted):
    found = ids(find(q=q))
    assert wanted <= found and not unwanted & found
