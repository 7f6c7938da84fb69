"""Records that are like one, on its page."""

import pytest
from django.test import RequestFactory

from archive.models import Edition, EditionRelation
from search import asking, related
from search.models import Cursor
from search.panels import similar
from tests.search.factories import edition
from tests.search.standing import withdraw

pytestmark = pytest.mark.django_db

ONE = edition("mot", "Bản đồ Taberd", years=(1838, 1838), places=["hoang-sa"], agents=["taberd"])
OTHERS = [
    edition("cung-nguoi-noi", "Ghi chép", years=(1700, 1700), places=["hoang-sa"], agents=["taberd"]),
    edition("cung-nguoi", "Từ điển", years=(1837, 1837), agents=["taberd"]),
    edition("cung-noi-thoi", "Châu bản", years=(1840, 1840), places=["hoang-sa"]),
    edition("cung-noi", "Hải trình", years=(1600, 1600), places=["hoang-sa"]),
    edition("khac", "Bản đồ Taberd", years=(1838, 1838), places=["ly-son"]),
]


def found(document=ONE) -> list[str]:
    return [edition.identifier for edition in related.similar(document)]


def asked_of(document=ONE):
    return similar(RequestFactory().get("/vi/items/mot/"), document)


def shown(document=ONE) -> list[str]:
    panel = asked_of(document)
    return [row["identifier"] for row in panel[1]["similar"]] if panel else []


def test_people_and_places_in_common_then_the_time(engine_name, stand):
    stand(ONE, *OTHERS)
    assert found() == ["cung-nguoi-noi", "cung-nguoi", "cung-noi-thoi", "cung-noi"]
    assert found(OTHERS[4]) == [] and found(edition("khong", "Không")) == []


def test_what_speaks_of_the_same_comes_first_of_equals(engine_name, stand):
    titles = ["Cá", "Bản đồ Taberd vẽ", "Muối"]
    stand(ONE, *[edition(f"n{at}", title, years=(1838, 1838), places=["hoang-sa"]) for at, title in enumerate(titles)])
    assert found()[0] == "n1"


def test_what_is_related_in_so_many_words_isnt_repeated(engine_name, stand):
    naming = OTHERS[3] | {"relations": [{"identifier": "mot", "kind": "copy"}]}
    stand(ONE, *OTHERS[:3], naming)
    named = ONE | {"relations": [{"identifier": "cung-nguoi", "kind": "copy"}]}
    other = Edition.objects.get(identifier="cung-noi")
    EditionRelation.objects.create(edition=other, kind="copy", identifier="mot")
    assert found(named) == ["cung-nguoi-noi", "cung-noi-thoi"]


def test_the_panel_follows_what_stands(engine_name, stand):
    stand(ONE, *OTHERS)
    assert "cung-nguoi" in shown()
    withdraw("cung-nguoi")
    assert "cung-nguoi" not in shown()
    stand(edition("moi", "Mới", places=["hoang-sa"], agents=["taberd"]))
    assert "moi" in shown()


def test_a_page_that_is_read_again_asks_no_engine(client, stand, monkeypatch):
    stand(ONE, *OTHERS)
    first = client.get("/vi/items/mot/")
    assert "cung-nguoi" in first.content.decode()

    def asked(make_plan):
        raise AssertionError("an engine was asked")

    monkeypatch.setattr(related, "ask", asked)
    again = client.get("/vi/items/mot/")
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])


def test_nothing_without_an_engine(client, stand, monkeypatch):
    assert asked_of() is None
    stand(ONE, *OTHERS)

    def down(make_plan):
        raise asking.Unavailable()

    monkeypatch.setattr(related, "ask", down)
    assert asked_of() is None
    assert "cung-nguoi" not in client.get("/vi/items/mot/").content.decode()
    monkeypatch.undo()
    assert "cung-nguoi" in client.get("/vi/items/mot/").content.decode()  # what failed isn't kept
    Cursor.objects.all().delete()
    assert asked_of() is None
