"""Conditions that the embedded engine rewrites hold for the same records as written."""

from itertools import combinations

import pytest
from tantivy import Query as Q

from search.conditions import All, Has, Not, Some
from search.documents import index_document
from search.engines import embedded_queries
from search.engines.embedded import Embedded
from search.plan import plan
from search.query import understand
from tests.search.factories import edition

LETTERS = "abcde"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    """Every set of five words is one record's title, named after it."""
    sets = [set for size in range(1, 6) for set in combinations(LETTERS, size)]
    engine = Embedded(tmp_path_factory.mktemp("index"))
    engine.create("sets-v1-1")
    titles = (" ".join(f"sa{letter}" for letter in one) for one in sets)
    written = (index_document(edition("".join(one), title)) for one, title in zip(sets, titles, strict=True))
    engine.write("sets-v1-1", list(written), [], 1)
    engine.publish("sets-v1-1")
    return engine._searcher("sets-v1-1")


def has(letter: str) -> Has:
    return Has("title_f", (f"sa{letter}",))


A, B, C, D, E = map(has, LETTERS)


def found(searcher, when) -> set[str]:
    query = embedded_queries.Asked(plan(understand({"q": "sa"}, "vi")), searcher).condition(when)
    hits = searcher.search(Q.const_score_query(query, 0.0), limit=100).hits
    return {searcher.doc(address)["identifier"][0] for _, address in hits}


def holds(when, record: str) -> bool:
    """What a condition means, in so many words."""
    match when:
        case Has(tokens=(word,)):
            return word.removeprefix("sa") in record
        case All(of=of):
            return all(holds(one, record) for one in of)
        case Some(of=of, least=least):
            return sum(holds(one, record) for one in of) >= least
        case Not(of=of):
            return not holds(of, record)


@pytest.mark.parametrize(
    "when",
    [
        Some((A, B, C), 2),
        Some((A, B, C, D, E), 4),
        Some((Some((A, B)), Some((B, C)), C), 2),
        Some((Some((A, B)), Some((A, B, C)), A, D), 3),
        Some((A, A, B), 2),
        Some((All((A, B)), Some((C, D)), E), 2),
        Some((All((A, B)), All((A, B)), Some((All((A, B)), E))), 2),
        Some((Some((A, B), 2), C, D), 2),
        Some((Not(A), B, C), 2),
        Some((A, B, C, D, E), 2),
        Some((A, B), 2),
        Some((A,), 2),
        Some((), 1),
    ],
)
def test_all_but_one_is_found_as_counted(searcher, when):
    every = {"".join(one) for size in range(1, 6) for one in combinations(LETTERS, size)}
    assert found(searcher, when) == {record for record in every if holds(when, record)}


@pytest.mark.parametrize(
    "sets, wanted",
    [
        ([], []),
        (["a"], ["a"]),
        (["ab", "a", "bc"], ["a", "bc"]),
        (["ab", "ab"], ["ab"]),
        (["abc", "bc", "abcd", "d"], ["bc", "d"]),
        (["", "a"], [""]),
    ],
)
def test_of_sets_of_ways_the_weakest_remain(sets, wanted):
    left = embedded_queries._weakest(frozenset(one) for one in sets)
    assert sorted("".join(sorted(one)) for one in left) == sorted(wanted)


@pytest.mark.parametrize(
    "when, most, chance",
    [
        (A, 16, 16),
        (All((A, B)), 16, 16 * 16 / 31),
        (Some((A, B)), 31, 31),
        (Some((A, B, C), 2), 31, 31),
        (Some((A, All((B, C)), has("f")), 3), 0, 0),
        (All(()), 31, 31),
        (Some(()), 0, 0),
        (Not(A), 31, 31),
    ],
)
def test_no_more_records_than_these_meet_a_condition(searcher, when, most, chance):
    asked = embedded_queries.Asked(plan(understand({"q": "sa"}, "vi")), searcher)
    assert asked._sizes(when) == pytest.approx((most, chance))
    assert len(found(searcher, when)) <= most
