"""The demonstration's facts hang together, in both languages, and say where they are from."""

import re

import pytest

from archive import reigns
from archive.dates import parse
from archive.demo import facts as collection
from archive.demo import fates
from archive.demo.drawings import subjects
from archive.folding import fold
from archive.models import Decision
from archive.models.record import identifier_validator
from archive.vocabulary import CONFIDENCE, KINDS, RIGHTS, ROLES, SHOWN_AS

FACTS = collection.read()
ITEMS = {item["identifier"]: item for item in FACTS.items}
MONTHS = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


def test_there_are_sixty_items_of_many_kinds():
    assert len(ITEMS) == len(FACTS.items) == 60
    assert len({item["kind"] for item in FACTS.items}) >= 6


@pytest.mark.parametrize("item", FACTS.items, ids=list(ITEMS))
def test_an_item_is_whole(item):
    identifier_validator(item["identifier"])
    assert item["kind"] in KINDS
    assert item["confidence"] in CONFIDENCE
    assert item["rights"]["statement"] in RIGHTS
    assert item.get("shown_as", "original") in SHOWN_AS
    for name in ("title", "description", "remarks", "place_of_publication"):
        pair = item.get(name, {"vi": "", "en": ""})
        assert bool(pair["vi"]) == bool(pair["en"]), name
    assert item["title"]["vi"] and item["description"]["vi"] and item["rights"]["note"]["vi"]
    remarks = item.get("remarks", {"vi": "", "en": ""})
    assert remarks["vi"].count("\n") == remarks["en"].count("\n")  # sentence by sentence in both languages
    parse(item["date"]["text"])
    assert item["citations"], "a fact without a source"


@pytest.mark.parametrize("item", FACTS.items, ids=list(ITEMS))
def test_what_an_item_names_is_there(item):
    keys = {kind: {row["key"] for row in rows} for kind, rows in FACTS.authorities.items()}
    assert set(item["citations"]) <= keys["sources"]
    assert {agent["key"] for agent in item.get("agents", [])} <= keys["agents"]
    assert {agent["role"] for agent in item.get("agents", [])} <= set(ROLES)
    assert item.get("institution") in keys["institutions"] | {None}
    assert {place["key"] for place in item.get("places", [])} <= set(FACTS.gazetteer)


def test_every_authority_is_used_and_named_in_both_languages():
    used = {agent["key"] for item in FACTS.items for agent in item.get("agents", [])}
    assert used == {row["key"] for row in FACTS.authorities["agents"]}
    assert {key for item in FACTS.items for key in item["citations"]} == {
        row["key"] for row in FACTS.authorities["sources"]
    }
    for kind in ("agents", "institutions"):
        assert all(row["name"]["vi"] and row["name"]["en"] for row in FACTS.authorities[kind])
    names = [name for row in FACTS.authorities["sources"] for name in words(row["name"])]
    assert not [name for name in names if re.search(r"\w+-\w+-\w+-\w+", name)], "a title, not an address's words"


def words(name) -> list[str]:
    return [name] if isinstance(name, str) else [name["vi"], name["en"]]


def test_no_item_claims_to_have_been_shown_in_phu_tho():
    for item in FACTS.items:
        assert "Phú Thọ" not in item["description"]["vi"] + item["title"]["vi"]
        assert "phu-tho-thi-xa" not in {place["key"] for place in item.get("places", [])}


def test_doubtful_items_stay_doubtful():
    assert {key for key, item in ITEMS.items() if item["confidence"] == "low"} == {
        "fr-1939-3282",
        "ph-chao-co-1938",
        "ph-hai-dang-1939",
        "cn-book-hai-ngoai-ky-su",
    }
    assert "Chưa kiểm chứng" in ITEMS["vn-book-phu-bien-tap-luc"]["remarks"]["vi"]


def test_dates_for_readers_are_written_out():
    for item in FACTS.items:
        assert not MONTHS.search(item["date"].get("display", {}).get("vi", "")), item["identifier"]


def test_reign_years_of_the_items_agree_with_their_dates():
    for item in FACTS.items:
        found = re.fullmatch(r"(\w+ \w+) (\d+)", item["date"].get("as_written", ""))
        if found:
            value, year = parse(item["date"]["text"]), parse(found[0]).year_from
            assert value.year_from - 1 <= year <= value.year_to, item["identifier"]  # months 11 and 12 fall later


def test_the_gazetteer_names_each_place_once_and_in_order():
    seen = set()
    for key, place in FACTS.gazetteer.items():
        assert place["name"]["vi"] and place["name"]["en"] and place["sources"]
        assert place.get("parent") in seen | {None}, key
        assert ("lat" in place) == ("lon" in place)
        names = [(fold(name["text"]), name["lang"]) for name in place["names"]]
        assert len(names) == len(set(names)), key
        seen.add(key)
    assert {"quan-dao-hoang-sa", "quan-dao-truong-sa", "ly-son"} <= seen


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("hoang sa", "quan-dao-hoang-sa"),
        ("paracel", "quan-dao-hoang-sa"),
        ("黃沙", "quan-dao-hoang-sa"),
        ("bai cat vang", "quan-dao-hoang-sa"),
        ("truong sa", "quan-dao-truong-sa"),
        ("spratly", "quan-dao-truong-sa"),
        ("cu lao re", "ly-son"),
    ],
)
def test_people_find_a_place_by_its_names(text, key):
    place = FACTS.gazetteer[key]
    assert text in {fold(name["text"]) for name in place["names"]}


def test_nearly_all_are_to_be_cleared_and_each_other_state_is_shown():
    plans = [fates.plan(identifier) for identifier in ITEMS]
    assert sum(bool(plan) and plan[-1] == Decision.Action.CLEARED for plan in plans) >= 48
    lasts = {plan[-1] if plan else "" for plan in plans}
    assert lasts == {"", "submitted", "cleared", "refused", "withdrawn"}
    assert set(fates.PLANS) <= set(ITEMS)


@pytest.mark.parametrize(
    ("identifier", "han"),
    [
        ("cb-1830-06-27", "明命十一年"),
        ("cb-1847-01-26", "紹治七年"),
        ("cb-1939-02-03", "保大十三年"),
        ("lx-2012-luat-bien", ""),
    ],
)
def test_reign_years_in_han(identifier, han):
    assert subjects.reign_in_han(ITEMS[identifier]) == han


@pytest.mark.parametrize("number", range(1, 100))
def test_han_numbers_read_back(number):
    assert reigns.han_number(reigns.to_han(number)) == number


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("Hoàng Sa (黃沙)", ("Hoàng Sa", "黃沙")),
        ("擺葛鐄", ("", "擺葛鐄")),
        ("Paracel seu Cát Vàng", ("Paracel seu Cát Vàng", "")),
    ],
)
def test_han_is_told_from_letters(text, split):
    assert subjects.split_han(text) == split
