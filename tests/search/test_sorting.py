"""Sort keys as numbers keep the order of the keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import sorting

_title = st.one_of(
    st.lists(st.sampled_from("bản đồ quần đảo Hoàng Sa tờ 9 10 Ân An an á ạ 黃沙 Ζ".split()), max_size=14).map(
        " ".join
    ),
    st.text(max_size=60),
)
_identifier = st.text("abcz019-", min_size=2, max_size=80)
_year = st.one_of(st.none(), st.integers(-9999, 9999))


@given(st.tuples(_title, _identifier), st.tuples(_title, _identifier))
def test_numbers_of_titles_never_contradict_the_keys(one, other):
    _agree("by_title_vi", sorting.title_key(*one), sorting.title_key(*other))


@given(st.tuples(_year, _year, _identifier), st.tuples(_year, _year, _identifier))
def test_numbers_of_dates_never_contradict_the_keys(one, other):
    _agree("by_date", sorting.date_key(*one), sorting.date_key(*other))
    _agree("by_date_down", sorting.date_down_key(*one), sorting.date_down_key(*other))


def _agree(order: str, one: str, other: str) -> None:
    numbers, others = sorting.ordinals(order, one), sorting.ordinals(order, other)
    assert len(numbers) == len(others) == len(sorting.ordinal_parts(order))
    assert all(0 <= number < 2**63 - 1 for number in numbers)
    if numbers != others:
        assert (numbers < others) == (one.encode() < other.encode())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Bản đồ", "Bản đồ cũ"),
        ("Tờ 9", "Tờ 10"),
        ("An", "Ân"),
        ("Bản đồ quần đảo Hoàng Sa, 1", "Bản đồ quần đảo Hoàng Sa, 2"),
    ],
)
def test_numbers_tell_titles_apart(before, after):
    first, second = (sorting.title_key(title, "a") for title in (before, after))
    assert sorting.ordinals("by_title_vi", first) < sorting.ordinals("by_title_vi", second)
