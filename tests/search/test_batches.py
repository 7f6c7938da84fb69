"""Index documents of many editions, by two processes."""

import pytest

from archive.edition import canonical
from archive.models import Edition
from search import batches, indexer
from tests.search.factories import collection, edition

ROWS = [(canonical(document | {"number": 1})[0], None, {"exhibit": ["x"]}) for document in collection()]


def test_two_processes_make_what_one_makes(monkeypatch):
    monkeypatch.setattr(batches, "MANY", 1)
    with batches.maker(len(ROWS)) as shared:
        assert shared is not batches.made
        assert shared(ROWS) == batches.made(ROWS)
        assert shared(ROWS[:1]) == batches.made(ROWS[:1]) and shared([]) == []


def test_a_few_need_no_other_process():
    with batches.maker(batches.MANY - 1) as made:
        assert made is batches.made


@pytest.mark.django_db
def test_a_rebuild_by_two_processes_holds_all(stand, monkeypatch):
    monkeypatch.setattr(batches, "MANY", 1)
    stand(*(edition(f"so-{number}", f"Bản đồ {number}") for number in range(5)))
    index = indexer.rebuild("embedded")
    held = indexer.configured()["embedded"].versions(index)
    assert held.keys() == set(Edition.objects.values_list("identifier", flat=True)) and len(held) == 5
