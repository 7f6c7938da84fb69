"""Names of places and synonyms: what is searched too, from standing editions and the site's own words alone."""

import pytest

from archive.models import MergedAuthority
from search import indexer, lexicon, names, reconciling
from search.models import Cursor, EditionWords, NamedPlace, Naming, SynonymGroup, Word
from search.query import understand
from tests.search.factories import edition as document
from tests.search.standing import publish, withdraw

pytestmark = pytest.mark.django_db


def place(key: str, vi: str, en: str, *others: str) -> dict:
    name = {"lang": "und", "historical": False, "verified": True, "script": "", "period": None, "source": None}
    names = [name | {"text": text} for text in others]
    where = {"lat": None, "lon": None, "approximate": True}
    return {"key": key, "kind": "x", "name": {"vi": vi, "en": en}, "names": names} | where


def edition(identifier: str, title: str = "", places=()) -> dict:
    return document(identifier, title) | {"places": list(places)}


HOANG_SA = place("hoang-sa", "Hoàng Sa", "Paracel Islands", "Xisha", "Cát Vàng", "黃沙")
TRUONG_SA = place("truong-sa", "Trường Sa", "Spratly Islands", "Vạn lý Trường Sa")


@pytest.fixture
def stand(reviewer):
    def put(*documents):
        for one in documents:
            publish(one, reviewer)
        lexicon.drain()

    return put


def found(q: str, **params) -> list[tuple[int, int, tuple[str, ...], str]]:
    query = understand({"q": q, **params}, "vi")
    return [(entry.first, entry.last, entry.names, entry.place) for entry in names.expansions(query)]


@pytest.mark.parametrize(
    "q, first, last, others, key",
    [
        ("Xisha", 0, 0, ("Hoàng Sa", "Paracel Islands", "Cát Vàng", "黃沙"), "hoang-sa"),
        ("bản đồ cat vang", 2, 3, ("Hoàng Sa", "Paracel Islands", "Xisha", "黃沙"), "hoang-sa"),
        ("黃沙", 0, 0, ("Hoàng Sa", "Paracel Islands", "Xisha", "Cát Vàng"), "hoang-sa"),
        ("van ly truong sa", 0, 3, ("Trường Sa", "Spratly Islands"), "truong-sa"),  # the longest name
        ("truong sa", 0, 1, ("Spratly Islands",), "truong-sa"),  # what holds the words finds no more
        ("đồ paracel islands 1838x", 1, 2, ("Hoàng Sa", "Xisha", "Cát Vàng", "黃沙"), "hoang-sa"),
    ],
)
def test_names_of_a_place_find_each_other(stand, q, first, last, others, key):
    stand(edition("a", places=[HOANG_SA, TRUONG_SA]))
    assert found(q) == [(first, last, others, key)]


@pytest.mark.parametrize(
    "q, params",
    [
        ('"xisha"', {}),
        ("xisha", {"names": "0"}),
        ("xisha", {"literal": "1"}),
        ("", {}),
        ("sa", {}),
        ("title:xisha", {}),
    ],
)
def test_nothing_else_is_searched(stand, q, params):
    stand(edition("a", places=[HOANG_SA]))
    assert found(q, **params) == []


def test_two_places_and_alternatives(stand):
    stand(edition("a", places=[HOANG_SA, TRUONG_SA]))
    assert [entry[:2] + entry[3:] for entry in found("hoang sa truong sa")] == [(0, 1, "hoang-sa"), (2, 3, "truong-sa")]
    assert found("xisha OR khác") == [(0, 0, ("Hoàng Sa", "Paracel Islands", "Cát Vàng", "黃沙"), "hoang-sa")]


def test_a_withdrawn_name_is_unknown_at_once(stand):
    stand(edition("a", places=[HOANG_SA]), edition("b", places=[place("hoang-sa", "Hoàng Sa", "Paracel Islands")]))
    assert "Xisha" in found("hoang sa")[0][2]
    withdraw("a")  # before the worker has seen it
    assert found("hoang sa")[0][2] == ("Paracel Islands",)
    assert found("xisha") == []


def test_what_the_process_keeps_costs_one_query(stand, django_assert_num_queries):
    stand(edition("a", places=[HOANG_SA]))
    found("xisha")
    with django_assert_num_queries(1):
        found("xisha")


def test_a_merged_place_answers_for_its_old_key(stand, administrator):
    stand(edition("a", places=[place("bai-cat", "Bãi Cát", "Sandbank")]), edition("b", places=[HOANG_SA]))
    MergedAuthority.objects.create(
        kind="place", key="bai-cat", into="hoang-sa", old_id=1, public=True, user=administrator
    )
    assert found("bai cat")[0][2] == ("Sandbank", "Hoàng Sa", "Paracel Islands", "Xisha", "Cát Vàng", "黃沙")


def test_tables_follow_the_editions(stand):
    stand(edition("a", "Bản đồ quý", places=[HOANG_SA]), edition("b", "Bản đồ", places=[HOANG_SA]))
    assert NamedPlace.objects.count() == 1 and Naming.objects.count() == 2
    assert Word.objects.get(word="ban").editions == 2 and Word.objects.get(word="quy").editions == 1
    withdraw("a")
    lexicon.drain()
    assert not Word.objects.filter(word="quy").exists() and Word.objects.get(word="ban").editions == 1
    withdraw("b")
    lexicon.drain()
    assert [model.objects.count() for model in (NamedPlace, Naming, Word, EditionWords)] == [0, 0, 0, 0]


def test_taking_in_again_changes_nothing(stand):
    stand(edition("a", places=[HOANG_SA]), edition("b", "Khác"))

    def tables():
        counts = list(Word.objects.order_by("word").values_list("word", "editions"))
        return counts, NamedPlace.objects.count(), Naming.objects.count()

    before = tables()
    Cursor.objects.filter(engine=lexicon.NAME).update(position=0)
    lexicon.drain()
    assert tables() == before
    lexicon.fill()
    assert tables() == before


def test_differences_are_named_and_mended(stand):
    stand(edition("a", places=[HOANG_SA]), edition("b", "Khác"))
    indexer.drain()
    assert reconciling.reconcile() == []
    EditionWords.objects.filter(identifier="b").delete()
    Naming.objects.all().delete()
    assert len(lexicon.reconcile()) == 2
    assert len(lexicon.reconcile(fix=True)) == 2
    assert lexicon.reconcile() == []
    assert Naming.objects.count() == 1


# --- synonyms ----------------------------------------------------------------------------------------------


def test_synonyms_apply_at_once_and_without_a_rebuild(stand):
    stand(edition("a"))
    group = SynonymGroup.objects.create(words="châu bản\ntờ tâu")
    assert found("chau ban") == [(0, 1, ("tờ tâu",), "")]
    assert found("xem tờ tâu") == [(1, 2, ("châu bản",), "")]
    group.one_way = True
    group.save()
    assert found("to tau") == [] and found("chau ban") == [(0, 1, ("tờ tâu",), "")]
    group.active = False
    group.save()
    assert found("chau ban") == []


@pytest.mark.parametrize("words", ["một", "một\n…", "một\nMột", "a\n" + "b" * 101, "\n".join(map(str, range(21))), ""])
def test_a_group_that_says_nothing_is_refused(words):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        SynonymGroup(words=words).full_clean()


def test_synonyms_beside_a_place(stand):
    stand(edition("a", places=[HOANG_SA]))
    SynonymGroup.objects.create(words="Hoàng Sa\nĐảo Cát")
    assert [entry[2:] for entry in found("hoang sa")] == [
        (("Paracel Islands", "Xisha", "Cát Vàng", "黃沙"), "hoang-sa"),
        (("Đảo Cát",), ""),
    ]
