"""Degrees as curators, charts and MARC records write them."""

import unicodedata

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.coordinates import CoordinateError, dms, language_of, marc034, parse, parse_box, written

E108 = 108 + 12 / 60 + 30 / 3600
READ = [
    ("108.2083", "lon", 108.2083),
    ("108,2083", "lon", 108.2083),
    ("+108,2083", "lon", 108.2083),
    ("-16.5", "lat", -16.5),
    ("−16,5", "lat", -16.5),
    ("-0.5", "lon", -0.5),
    ("0", "lat", 0),
    ("180", "lon", 180),
    ("-90", "lat", -90),
    ("108°12'30\" Đ", "lon", E108),
    ("108°12′30″Đ", "lon", E108),
    ("108° 12’ 30” Đ", "lon", E108),
    ("108º12'30''E", "lon", E108),
    ("108 12 30 E", "lon", E108),
    ("108:12:30", "lon", E108),
    ("108d12m30s", "lon", E108),
    ("108d12m30s T", "lon", -E108),
    ("108°12,5′Đ", "lon", E108),
    ("108 độ 12 phút 30 giây Đông", "lon", E108),
    ("108 ĐỘ 12 PHÚT 30 GIÂY ĐÔNG", "lon", E108),
    ("kinh độ Đông 108°12′30″", "lon", E108),
    ("Kinh độ: 108°12′30″ đông", "lon", E108),
    ("108 Đ", "lon", 108),
    ("108đ", "lon", 108),
    ("Đ 108", "lon", 108),
    ("2°20′ Tây", "lon", -(2 + 20 / 60)),
    ("2°20′W", "lon", -(2 + 20 / 60)),
    ("2°20′ ouest", "lon", -(2 + 20 / 60)),
    ("16°30′B", "lat", 16.5),
    ("16°30′ Bắc", "lat", 16.5),
    ("16 30 B", "lat", 16.5),
    ("vĩ độ 16°30′ Bắc", "lat", 16.5),
    ("16°30′ North", "lat", 16.5),
    ("N 16°30′", "lat", 16.5),
    ("lat. 16°30′N", "lat", 16.5),
    ("16°30′S", "lat", -16.5),
    ("16°30′ Nam", "lat", -16.5),
    ("16 độ 30 phút N", "lat", -16.5),
    ("vĩ độ 16°30′ Nam", "lat", -16.5),
    ("１６°３０′Ｓ", "lat", -16.5),
    # MARC 034
    ("E1081230", "lon", E108),
    ("W0020000", "lon", -2),
    ("N0163000", "lat", 16.5),
    ("S0163000", "lat", -16.5),
    ("E108.208333", "lon", 108.208333),
    ("N016.500000", "lat", 16.5),
    ("-0163000", "lat", -16.5),
    ("+1081230", "lon", E108),
    ("E1081230.5", "lon", E108 + 0.5 / 3600),
]
REFUSED = [
    ("16°30′N", "lat", "North"),
    ("16.5 N", "lat", "North"),
    ("16°30′B", "lon", "kinh độ"),
    ("16°30′N", "lon", "kinh độ"),
    ("108°Đ", "lat", "vĩ độ"),
    ("91", "lat", "90"),
    ("-180.0001", "lon", "180"),
    ("N0910000", "lat", "90"),
    ("108°61′", "lon", "60"),
    ("108°12′60″", "lon", "60"),
    ("108.5°12′", "lon", "Ví dụ"),
    ("-108 Đ", "lon", "Ví dụ"),
    ("Đ 108 Đ", "lon", "Ví dụ"),
    ("", "lon", "Ví dụ"),
    ("xa lắm", "lon", "Ví dụ"),
    ("108 12 30 15", "lon", "Ví dụ"),
    ("1" * 200, "lat", "90"),
]
BOXES = [
    ("102-116 Đ, 8-24 B", (102, 8, 116, 24)),
    ("8-24 B, 102-116 Đ", (102, 8, 116, 24)),
    ("102–116 E, 8–24 N", (102, 8, 116, 24)),
    ("102 Đ đến 116 Đ, 8 B đến 24 B", (102, 8, 116, 24)),
    ("102°30′–116°30′Đ; 8°–24°B", (102.5, 8, 116.5, 24)),
    ("102, 8, 116, 24", (102, 8, 116, 24)),
    ("102,8,116,24", (102, 8, 116, 24)),
    ("-5.5 -10 7 24", (-5.5, -10, 7, 24)),
    ("(E 102°00'00\"--E 116°00'00\"/N 24°00'00\"--N 8°00'00\")", (102, 8, 116, 24)),
    ("E 102°--E 116°/N 24°--S 8°", (102, -8, 116, 24)),
    ("W 170--E 170/S 10--S 20", (-170, -20, 170, -10)),
    ("E1020000--E1160000/N0240000--N0080000", (102, 8, 116, 24)),
    ("102 E; 8 S; 116 E; 24 N", (102, -8, 116, 24)),
    ("102 Đ; 8 N; 116 Đ; 24 B", (102, -8, 116, 24)),
    # across the antimeridian
    ("170 Đ - 170 T, 10 N - 10 B", (170, -10, -170, 10)),
    ("170, -10, -170, 10", (170, -10, -170, 10)),
]
BAD_BOXES = ["", "x", "102-116", "102-116 Đ", "24-8 B, 102-116 Đ", "102-116 Đ, 8-94 B", "1,2,3", "102, 24, 116, 8"]


@pytest.mark.parametrize(("text", "axis", "degrees"), READ)
def test_reads(text, axis, degrees):
    assert parse(text, axis) == pytest.approx(degrees, abs=1e-9)
    assert parse(unicodedata.normalize("NFD", f" {text} "), axis) == pytest.approx(degrees, abs=1e-9)


@pytest.mark.parametrize(("text", "axis", "word"), REFUSED)
def test_what_cannot_be_read_is_told_with_an_example(text, axis, word):
    with translation.override("vi"), pytest.raises(CoordinateError) as told:
        parse(text, axis)
    assert word in str(told.value) and "Ví dụ" in str(told.value)
    with translation.override("en"):
        assert "Example" in str(told.value)
    assert isinstance(told.value, ValueError)


def test_n_alone_is_read_where_the_language_is_known():
    assert parse("16°30′N", "lat", "en") == 16.5
    assert parse("16°30′N", "lat", "vi") == -16.5


@pytest.mark.parametrize(
    ("edges", "lang"),
    [
        (["102°Đ", "8 N", "116", ""], "vi"),
        (["102", "8°30′ N", "116", "24 B"], "vi"),
        (["2°20′ Tây", "8 N"], "vi"),
        (["102 E", "8 N", "116°W", "24 N"], "en"),
        (["E1020000", "8 N"], "en"),
        (["102 Đ", "8 N", "116 E"], ""),
        (["102", "8 N", "10 S", ""], ""),
        (["102d30m15s", "8 N"], ""),
    ],
)
def test_the_other_edges_tell_what_n_means(edges, lang):
    assert language_of(edges) == lang


@pytest.mark.parametrize(("text", "box"), BOXES)
def test_reads_boxes(text, box):
    assert parse_box(text) == pytest.approx(box)


@pytest.mark.parametrize("text", BAD_BOXES)
def test_boxes_that_cannot_be_read_are_told(text):
    with translation.override("vi"), pytest.raises(CoordinateError, match="Ví dụ"):
        parse_box(text)


@pytest.mark.parametrize(
    ("value", "axis", "vi", "en", "marc"),
    [
        (E108, "lon", "108°12′30″Đ", "108°12′30″E", "E1081230"),
        (-2, "lon", "2°T", "2°W", "W0020000"),
        (16.5, "lat", "16°30′B", "16°30′N", "N0163000"),
        (-16.5, "lat", "16°30′ Nam", "16°30′S", "S0163000"),
        (8 + 5 / 3600, "lat", "8°00′05″B", "8°00′05″N", "N0080005"),
        (0, "lat", "0°B", "0°N", "N0000000"),
        (-0.00001, "lon", "0°Đ", "0°E", "E0000000"),
        (107.9999999, "lon", "108°Đ", "108°E", "E1080000"),
        (180, "lon", "180°Đ", "180°E", "E1800000"),
    ],
)
def test_writes(value, axis, vi, en, marc):
    assert (dms(value, axis, "vi"), dms(value, axis, "en"), marc034(value, axis)) == (vi, en, marc)


ANGLES = st.one_of(
    st.tuples(st.just("lat"), st.floats(-90, 90)), st.tuples(st.just("lon"), st.floats(-180, 180, allow_nan=False))
)


@settings(deadline=None)
@given(ANGLES, st.sampled_from(["vi", "en"]))
def test_what_is_written_reads_back_to_half_a_second(angle, lang):
    axis, value = angle
    assert parse(dms(value, axis, lang), axis, lang) == pytest.approx(value, abs=0.51 / 3600)
    assert parse(marc034(value, axis), axis) == pytest.approx(value, abs=0.51 / 3600)


@settings(deadline=None)
@given(ANGLES, st.sampled_from(["vi", "en"]))
def test_a_form_gives_back_the_very_value(angle, lang):
    axis, value = angle
    with translation.override(lang):
        assert parse(written(value, axis), axis) == value


@settings(deadline=None)
@given(
    st.floats(-180, 180).map(lambda x: round(x, 3)),
    st.floats(-180, 180).map(lambda x: round(x, 3)),
    st.floats(-90, 90).map(lambda x: round(x, 3)),
    st.floats(-90, 90).map(lambda x: round(x, 3)),
)
def test_boxes_read_back(west, east, one, other):
    south, north = sorted([one, other])
    assert parse_box(f"{west:.3f}, {south:.3f}, {east:.3f}, {north:.3f}") == (west, south, east, north)


@settings(deadline=None)
@given(
    st.text(alphabet="0123456789 °′″'\".,-+NSEWĐTBđ/độphútgiâyNamBắc–()", max_size=30), st.sampled_from(["lat", "lon"])
)
def test_any_text_is_read_or_told(text, axis):
    try:
        assert abs(parse(text, axis)) <= 180
    except CoordinateError as told:
        assert "Ví dụ" in str(told)
    try:
        _west, south, _east, north = parse_box(text)
        assert south <= north
    except CoordinateError as told:
        assert "Ví dụ" in str(told)
