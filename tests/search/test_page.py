"""What the search page shows beside its hits: chips, bars, an axis, a map; pure, by tables."""

from types import SimpleNamespace

import pytest
from django.http import QueryDict

from search import page


def found(**changes) -> SimpleNamespace:
    plain = {"query": {}, "dates": [], "facets": {}, "chosen": {}, "histogram": [], "clusters": [], "items": []}
    return SimpleNamespace(**plain | changes)


def entry(value: str, label: str, selected: bool = True) -> dict:
    return {"value": value, "label": label, "count": 1, "selected": selected}


DATE = {"text": "1838", "label": "năm 1838", "without": "bản đồ"}
FIELD = {"text": "kind:map", "field": "kind", "value": "map", "label": {"vi": "Bản đồ", "en": "Map"}, "without": "sa"}
BARRED = FIELD | {"text": "-kind:map", "label": {"vi": "không gồm: Bản đồ", "en": "not: Map"}}
CHIPS = [
    ("q=sa", found(), []),
    ("q=b&page=3", found(dates=[DATE]), [("năm 1838", "?q=b%E1%BA%A3n+%C4%91%E1%BB%93", "?q=b&dates=0")]),
    ("q=1838", found(dates=[DATE | {"without": ""}]), [("năm 1838", "?", "?q=1838&dates=0")]),
    ("from=1800&to=1900&x=1", found(), [("từ năm 1800", "?to=1900&x=1", ""), ("đến năm 1900", "?from=1800&x=1", "")]),
    ("bbox=1,2,3,4&view=map", found(), [("trong khung bản đồ", "?view=map", "")]),
    (
        "kind=map&kind=book&after=abc",
        found(facets={"kind": [entry("map", "Bản đồ"), entry("book", "Sách"), entry("object", "Hiện vật", False)]}),
        [("Bản đồ", "?kind=book", ""), ("Sách", "?kind=map", "")],
    ),
    # A filter typed into the box is taken out of the box, and told once.
    (
        "q=kind:map+sa",
        found(query={"fields": [FIELD]}, facets={"kind": [entry("map", "Bản đồ")]}),
        [("Bản đồ", "?q=sa", "")],
    ),
    (
        "q=-kind:map+sa&kind=map",
        found(query={"barred": [BARRED]}),
        [("không gồm: Bản đồ", "?kind=map&q=sa", ""), ("Bản đồ", "?q=-kind%3Amap+sa", "")],
    ),
    # What finds nothing is in no facet.
    ("kind=map&place=hoang-sa", found(), [("Bản đồ", "?place=hoang-sa", ""), ("hoang-sa", "?kind=map", "")]),
    ("q=title:sa", found(query={"fields": [FIELD | {"field": "title", "value": None}]}), []),
]


@pytest.mark.parametrize("query, results, wanted", CHIPS)
def test_chips(query, results, wanted):
    chips = page.chips(QueryDict(query), results, "vi")
    assert [(chip["text"], chip["url"], chip["words"]) for chip in chips] == wanted


def decades(**counts: int) -> list[dict]:
    return [{"from": int(year[1:]), "to": int(year[1:]) + 9, "count": count} for year, count in counts.items()]


def test_bars_stand_at_their_decades():
    bars = page.bars(decades(y1830=4, y1800=1, y1900=0), 1835, None)
    assert (bars["first"], bars["last"], bars["wide"], bars["span"]) == (1800, 1839, 4, 10)
    assert [(bar["at"], bar["height"], bar["from"], bar["to"], bar["on"]) for bar in bars["bars"]] == [
        (0, 25, 1800, 1809, False),
        (3, 100, 1830, 1839, True),
    ]
    assert all(bar["top"] + bar["height"] == 100 for bar in bars["bars"])


@pytest.mark.parametrize("histogram", [[], decades(y1830=9), decades(y1830=9, y1840=0)])
def test_one_decade_is_nothing_to_compare(histogram):
    assert page.bars(histogram, None, None) is None


def test_many_decades_are_joined_so_that_bars_stay_wide_enough():
    bars = page.bars([{"from": year, "to": year + 9, "count": 1} for year in range(0, 2000, 10)], 1990, 1995)
    assert bars["wide"] <= page.MOST_BARS and bars["span"] == 40
    assert [bar["from"] for bar in bars["bars"] if bar["on"]] == [1960]
    assert bars["last"] >= 1999 and bars["bars"][-1]["at"] == bars["wide"] - 1


@pytest.mark.parametrize(
    "first, last, wanted",
    [
        (1570, 1579, [1570]),
        (1800, 1889, list(range(1800, 1889, 10))),
        (1571, 2019, list(range(1600, 2019, 50))),
        (-500, 2019, [-500, 0, 500, 1000, 1500, 2000]),
    ],
)
def test_ticks_are_round_and_few(first, last, wanted):
    assert page.ticks(first, last) == wanted and len(wanted) <= 10


def test_items_stand_under_their_decades_in_the_order_given():
    items = [{"years": years} for years in ([1838, 1838], [1830, 1840], [None, 1790], None, [1830, 1830])]
    groups = page.by_decade(items)
    assert [(group["decade"], len(group["items"])) for group in groups] == [(1830, 2), (1790, 1), (None, 1), (1830, 1)]


def test_the_form_keeps_what_none_of_its_fields_shows():
    query = QueryDict("q=a&from=1&kind=map&kind=book&view=map&bbox=1,2,3,4&page=2&x=")
    facets = {"kind": [{"value": "map"}]}
    assert page.kept(query, facets) == [("kind", "book"), ("view", "map"), ("bbox", "1,2,3,4")]


def test_the_map_reads_clusters_and_footprints():
    item = {"identifier": "a", "bbox": [1, 2, 3, 4], "point": None, "title": "A", "snippet": "long"}
    data = page.map_data(found(items=[item], clusters=[{"lat": 1}], query={"bbox": None}))
    assert data["items"] == [{"id": "a", "bbox": [1, 2, 3, 4], "point": None, "title": "A"}]
    assert data["clusters"] == [{"lat": 1}] and data["bbox"] is None
