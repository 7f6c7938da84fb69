"""Scales as maps write them."""

import pytest

from archive.scale import denominator

SCALES = [
    ("1:300.000", 300000),
    ("1:300,000", 300000),
    ("1/50 000", 50000),
    ("1 : 1\u00a0000\u00a0000", 1000000),
    ("khoảng 1:2.000.000", 2000000),
    ("１：１００００", 10000),
    ("1:3.000.000; 1:7.500.000", 3000000),  # the first stands for the sheet
    ("1:300.00", None),
    ("mỗi ô trăm dặm", None),
    ("1:0", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "number"), SCALES)
def test_scale(text, number):
    assert denominator(text) == number
