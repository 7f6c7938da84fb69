"""The catalogues of a language."""

import pytest
from django.utils.translation import trans_real

from config.languages import join


@pytest.mark.parametrize("code", ["vi", "en"])
def test_joined_catalogues_say_the_same(code):
    catalogue = trans_real.DjangoTranslation(code)._catalog
    before, apart = {key: catalogue.get(key) for key in catalogue.keys()}, len(catalogue._catalogs)
    counted = [(key, number) for key in before if isinstance(key, tuple) for number in (1, 2, 5)]
    plurals = [_plural(catalogue, *one) for one in counted]
    join(catalogue)
    assert len(catalogue._catalogs) < apart
    assert {key: catalogue.get(key) for key in catalogue.keys()} == before
    assert [_plural(catalogue, *one) for one in counted] == plurals


def _plural(catalogue, key, number):
    try:
        return catalogue.plural(key[0], number)
    except KeyError:
        return None
