"""Index documents of many editions, by two processes."""

import pytest

from archive.edition import canonical
from archive.models import Edition
from search import batches, indexer
from tests.search.factories import collection, edition

ROWS = [(canonical(document | {"number": 1})[0], None, {"exhibit": ["x"]}) for document in collection()]


def test_two_processes_make_what_one_makes(monkeypatch):
    monkeypatch.setattr(batches, "MANY", 1)
    monkeypatch.setattr(batches, "index_document", lambda *row: {"by": "this process"})
    parts = [ROWS[:7], ROWS[7:8], [], ROWS[8:]]
    found = list(batches.stream(parts, len(ROWS)))
    monkeypatch.undo()
    assert [len(each) for each in found] == [len(part) for part in parts]
    both = [document for each in found for document in each]
    ours = [document == {"by": "this process"} for document in both]
    assert any(ours) and not all(ours)
    for mine, document, expected in zip(ours, both, batches.made(ROWS), strict=True):
        assert mine or document == expected


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
