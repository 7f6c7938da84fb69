"""What changed between two documents: a table."""

import pytest

from archive.changes import changes, words

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
    found = [{name: row[name] for name in ("field", "path", "before", "after")} for row in changes(OLD, new)]
    assert found == expected


def test_without_a_standing_document_all_is_new():
    assert [row["after"] for row in changes(None, OLD)] == ["A", "B", "x"]


def place(key, name):
    return {"key": key, "name": {"vi": name, "en": name}}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # One more place before the others is one place more, not two that changed.
        ([place("a", "A")], [place("b", "B"), place("a", "A")], [("places", 0, "key"), ("places", 0, "name", "vi")]),
        ([place("b", "B"), place("a", "A")], [place("a", "A")], [("places", 0, "key"), ("places", 0, "name", "vi")]),
        ([place("a", "A")], [place("a", "Á")], [("places", 0, "name", "vi"), ("places", 0, "name", "en")]),
        ([place("a", "A"), place("b", "B")], [place("a", "A"), place("b", "C")], [("places", 1, "name", "vi")]),
    ],
)
def test_items_of_lists_are_known_by_their_keys(before, after, expected):
    steps = [row["steps"] for row in changes({"places": before}, {"places": after})]
    assert steps[: len(expected)] == expected and {step[1] for step in steps} == {expected[0][1]}


FILLER = "một hai ba bốn năm sáu bảy tám chín mười " * 3


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Bãi cát vàng", "Bãi Cát Vàng", [("same", "Bãi "), ("del", "cát"), ("ins", "Cát"), ("same", " ")]),
        ("黃沙渚", "黃沙洲", [("same", "黃沙"), ("del", "渚"), ("ins", "洲")]),
        ("", "mới", [("ins", "mới")]),
    ],
)
def test_only_changed_words_are_marked(before, after, expected):
    assert words(before, after)[: len(expected)] == expected


def test_long_texts_keep_a_few_words_around_a_change():
    parts = words(FILLER + "cũ " + FILLER, FILLER + "mới " + FILLER)
    assert [kind for kind, _text in parts] == ["gap", "same", "del", "ins", "same", "gap"]
    assert all(len(text.split()) <= 7 for kind, text in parts if kind == "same")
