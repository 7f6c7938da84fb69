"""Index documents of many editions, by two processes."""

import pytest

from archive.edition import canonical
from archive.models import Edition
from search import batches, indexer
from tests.search.factories import collection, edition

ROWS = [(canonical(document | {"number": 1})[0], None, {"exhibit": ["x"]}) for document in collection()]


PARTS = [ROWS[:7], ROWS[7:8], [], ROWS[8:]]


def test_two_processes_make_what_one_makes(monkeypatch):
    monkeypatch.setattr(batches, "MANY", 1)
    assert list(batches.stream(PARTS, len(ROWS))) == [batches.made(part) for part in PARTS]


def test_each_of_two_processes_makes_some(monkeypatch):
    monkeypatch.setattr(batches, "MANY", 1)
    monkeypatch.setattr(batches, "index_document", lambda *row: None)  # in this process
    made_here = [document is None for part in batches.stream(PARTS, len(ROWS)) for document in part]
    assert any(made_here) and not all(made_here)


def test_a_few_need_no_other_process(monkeypatch):
    monkeypatch.setattr(batches, "ProcessPoolExecutor", None)
    assert list(batches.stream([ROWS[:2], ROWS[2:]], batches.MANY - 1)) == [
        batches.made(ROWS[:2]),
        batches.made(ROWS[2:]),
    ]


@pytest.mark.django_db
def test_a_rebuild_by_two_processes_holds_all(stand, monkeypatch):
    monkeypatch.setattr(batches, "MANY", 1)
    stand(*(edition(f"so-{number}", f"Bản đồ {number}") for number in range(5)))
    index = indexer.rebuild("embedded")
    held = indexer.configured()["embedded"].versions(index)
    assert held.keys() == set(Edition.objects.values_list("identifier", flat=True)) and len(held) == 5
