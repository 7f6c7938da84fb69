"""What changed between two documents: a table."""

import pytest

from archive.changes import changes

OLD = {"schema": 1, "number": 1, "title": {"vi": "A", "en": "B"}, "scans": [{"image": "x"}], "date": None}


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (OLD | {"number": 2}, []),
        (OLD | {"title": {"vi": "A", "en": "C"}}, [{"field": "title", "path": "en", "before": "B", "after": "C"}]),
        (OLD | {"scans": []}, [{"field": "scans", "path": "1 · image", "before": "x", "after": ""}]),
        (
            OLD | {"scans": [{"image": "x"}, {"image": "y"}]},
            [{"field": "scans", "path": "2 · image", "before": "", "after": "y"}],
        ),
        (OLD | {"date": {"from": 1838}}, [{"field": "date", "path": "from", "before": "", "after": "1838"}]),
        (OLD | {"title": {"vi": "", "en": "B"}}, [{"field": "title", "path": "vi", "before": "A", "after": ""}]),
    ],
)
def test_changes(new, expected):
    assert changes(OLD, new) == expected


def test_without_a_standing_document_all_is_new():
    assert [row["after"] for row in changes(None, OLD)] == ["A", "B", "x"]
