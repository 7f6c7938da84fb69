"""Values written for readers: tables of examples."""

import json
from datetime import UTC, date, datetime

import pytest

from archive import display

from . import documents


@pytest.mark.parametrize(
    ("value", "lang", "text"),
    [
        (0, "vi", "0"),
        (1234.5, "vi", "1.234,5"),
        (1234.5, "en", "1,234.5"),
        (1_000_000, "vi", "1.000.000"),
        (-0.25, "en", "−0.25"),
        (0.1 + 0.2, "vi", "0,3"),
        (-0.0000001, "en", "0"),
    ],
)
def test_numbers(value, lang, text):
    assert display.number(value, lang) == text


def test_number_with_decimals():
    assert display.number(2, "vi", 2) == "2,00"


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (date(2017, 5, 15), "ngày 15 tháng 5 năm 2017", "15 May 2017"),
        ("2017-11-01", "ngày 1 tháng 11 năm 2017", "1 November 2017"),
        # Half past six in the evening in London is the next day in Hà Nội.
        (datetime(2017, 5, 14, 18, 30, tzinfo=UTC), "ngày 15 tháng 5 năm 2017", "15 May 2017"),
        (None, "", ""),
        ("", "", ""),
    ],
)
def test_days(value, vi, en):
    assert display.day(value, "vi") == vi
    assert display.day(value, "en") == en


def test_a_day_must_be_a_date():
    with pytest.raises(TypeError):
        display.day(2017, "vi")


@pytest.mark.parametrize(
    ("bbox", "vi", "en"),
    [
        ([102, 8, 116, 24], "102°Đ–116°Đ, 8°B–24°B", "102°E–116°E, 8°N–24°N"),
        ([104.5, 11.0, 112.0, 22.0], "104,5°Đ–112°Đ, 11°B–22°B", "104.5°E–112°E, 11°N–22°N"),
        ([-10, -5, 0, 0], "10°T–0°, 5° Nam–0°", "10°W–0°, 5°S–0°"),
        ([170, -5, -170, 5], "170°Đ–170°T, 5° Nam–5°B", "170°E–170°W, 5°S–5°N"),
    ],
)
def test_extents(bbox, vi, en):
    extent = {"bbox": bbox, "approximate": False}
    assert display.extent(extent, "vi") == vi
    assert display.extent(extent, "en") == en


def test_no_extent_and_no_point_are_nothing():
    assert display.extent(None, "vi") == ""
    assert display.point(None, 112.0, "vi") == ""
    assert display.point(0.0, 112.0, "en") == "0°, 112°E"
    assert display.point(-5.5, 0.0001, "vi") == "5,5° Nam, 0°"


@pytest.mark.parametrize(
    ("alone", "within"),
    [
        ("Khoảng năm 1838 (có nguồn ghi 1834)", "khoảng năm 1838 (có nguồn ghi 1834)"),
        ("Ngày 19 tháng 7 năm Minh Mạng thứ 19", "ngày 19 tháng 7 năm Minh Mạng thứ 19"),
        ("Quang Tự năm thứ 31 (1905)", "Quang Tự năm thứ 31 (1905)"),
        ("About the end of the 17th century", "about the end of the 17th century"),
        ("August 1917 (second edition)", "August 1917 (second edition)"),
        ("1838", "1838"),
        ("", ""),
    ],
)
def test_a_date_has_a_capital_where_it_stands_alone(alone, within):
    assert display.date_within(alone) == within
    assert display.date_alone({"vi": within, "en": within}) == {"vi": alone, "en": alone}


@pytest.mark.parametrize(
    ("code", "vi", "en"),
    [
        ("lzh", "Hán văn", "Literary Chinese"),
        ("vi-Hani", "chữ Nôm", "Vietnamese in Nôm script"),
        ("zh-Hant", "tiếng Trung", "Chinese"),
        ("tlh", "tlh", "tlh"),
    ],
)
def test_languages(code, vi, en):
    assert display.language(code, "vi") == vi
    assert display.language(code, "en") == en


def test_language_lists_begin_with_a_capital():
    assert display.languages(["fr", "vi"], "vi") == "Tiếng Pháp, tiếng Việt"
    assert display.languages([], "vi") == ""


@pytest.mark.parametrize(
    ("width", "limit", "widths"),
    [
        (12000, 0, [1000, 2000, 4000]),
        (12000, 2000, [1000, 2000]),
        (1500, 0, [1000]),
        (800, 0, [800]),
        (6000, 600, [600]),
    ],
)
def test_rights_limit_the_downloads(width, limit, widths):
    assert display.download_widths(documents.scan(width=width, max_width=limit)) == widths


def test_unknown_words_are_shown_as_they_are():
    assert display.kind("globe", "vi") == "globe"
    assert display.place_kind("globe", "en") == "Place"


def test_places_are_grouped_without_losing_one():
    places = [documents.place(key=kind, kind=kind) for kind in ("moon", "island/reef", "archipelago", "sea", "island")]
    groups = display.grouped_places(places, "en")
    assert [group["label"] for group in groups] == [
        "Archipelagos and groups",
        "Islands, reefs and banks",
        "Seas, estuaries, capes",
        "Other places",
    ]
    assert sorted(place["key"] for group in groups for place in group["places"]) == sorted(p["key"] for p in places)


def test_every_kind_of_place_has_a_group():
    grouped = {kind for _, kinds in display.PLACE_GROUPS for kind in kinds}
    assert grouped == set(display.PLACE_KINDS)


def test_names_of_a_place_by_language_without_its_heading():
    place = documents.place(
        names=[
            {"text": "Quần đảo Hoàng Sa", "lang": "vi", "historical": False, "verified": True},
            {"text": "黃沙", "lang": "lzh", "historical": False, "verified": True},
            {"text": "黃沙渚", "lang": "lzh", "historical": False, "verified": False},
        ]
    )
    groups = display.other_names(place, "vi")
    assert [(group["language"], [name["text"] for name in group["names"]]) for group in groups] == [
        ("Hán văn", ["黃沙", "黃沙渚"])
    ]
    assert [group["lang"] for group in display.other_names(place, "en")] == ["vi", "lzh"]


def test_a_line_of_a_collection_is_told_in_both_languages():
    words = {"vi": "Khoảng năm 1838", "en": "About 1838"}
    document = {"kind": "map", "title": {"vi": "Bản đồ", "en": "Map"}, "date": {"display": words}}
    wanted = {
        "vi": {"title": "Bản đồ", "about": "Bản đồ · khoảng năm 1838"},
        "en": {"title": "Map", "about": "Map · about 1838"},
    }
    assert json.loads(display.in_short(document)) == wanted
    assert json.loads(display.in_short(document | {"date": None}))["en"]["about"] == "Map"
