"""Dates of the admin: day before month in both languages, so 1/11 is never read as the eleventh of January."""

from datetime import datetime

import pytest
from django import forms
from django.utils.formats import date_format
from django.utils.translation import override

DAY = datetime(2026, 11, 1, 15, 5)


@pytest.mark.parametrize(
    "lang, name, shown",
    [
        ("vi", "SHORT_DATE_FORMAT", "1/11/2026"),
        ("vi", "SHORT_DATETIME_FORMAT", "15:05, 1/11/2026"),
        ("en", "SHORT_DATE_FORMAT", "1 Nov 2026"),
        ("en", "SHORT_DATETIME_FORMAT", "1 Nov 2026, 15:05"),
        ("en", "DATE_FORMAT", "1 November 2026"),
    ],
)
def test_how_a_date_is_shown(lang, name, shown):
    with override(lang):
        assert date_format(DAY, name) == shown


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("typed", ["1/11/2026", "01/11/2026", "2026-11-01"])
def test_how_a_date_is_read(lang, typed):
    with override(lang):
        assert forms.DateField().clean(typed) == DAY.date()
