"""Pages kept while nothing public changes."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from archive import clearance, kept, public_state, subjects
from archive.kept import Shelf
from archive.models import Tombstone
from archive.records import save_record
from search.models import SynonymGroup
from tests import factories
from tests.exhibits.conftest import clear_page, exhibition  # noqa: F401

pytestmark = pytest.mark.django_db

ADDRESS = "/vi/items/vn-map-1838/"


@pytest.fixture
def edition(cataloguer, reviewer):
    return factories.make_edition(cataloguer, reviewer, identifier="vn-map-1838")


def test_a_page_asked_again_is_the_same_with_one_question(client, edition, django_assert_num_queries):
    first = client.get(ADDRESS)
    with django_assert_num_queries(1):
        again = client.get(ADDRESS)
    assert (again.content, again["ETag"], again["Cache-Control"]) == (
        first.content,
        first["ETag"],
        first["Cache-Control"],
    )
    assert client.get(ADDRESS, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get("/en/items/vn-map-1838/").content != first.content
    assert client.head(ADDRESS).content == b""


def test_what_is_withdrawn_is_gone_at_once_and_back_with_its_new_text(client, edition, cataloguer, reviewer):
    assert client.get(ADDRESS).status_code == client.get(ADDRESS).status_code == 200
    clearance.withdraw(subjects.of(edition.record), reviewer, "nhầm")
    assert client.get(ADDRESS).status_code == client.get(ADDRESS).status_code == 410
    edition.record.refresh_from_db()
    edition.record.title_vi = "Tên mới"
    save_record(edition.record, cataloguer)
    factories.clear(edition.record, cataloguer, reviewer)
    assert not Tombstone.objects.exists()
    assert "Tên mới" in client.get(ADDRESS).content.decode()


def test_the_menu_follows_the_exhibition(client, edition, exhibition, cataloguer, reviewer):  # noqa: F811
    title = "Những bằng chứng</a>"
    assert title not in client.get(ADDRESS).content.decode()
    page = clear_page(exhibition, cataloguer, reviewer)
    assert title in client.get(ADDRESS).content.decode()
    clearance.withdraw(subjects.of(page), reviewer, "nhầm")
    assert title not in client.get(ADDRESS).content.decode()


def test_nothing_is_kept_that_isnt_good_or_is_of_the_moment():
    SynonymGroup.objects.create(words="a\nb")
    made = []

    def asked(status=200, passing=False, path="/vi/search/?q=a"):
        request = RequestFactory().get(path)

        def make():
            made.append(path)
            if passing:
                kept.passing(request)
            return HttpResponse(str(len(made)), status=status)

        return kept.page(request, "vi", make).content

    assert [asked(503), asked(503), asked(passing=True), asked()] == [b"1", b"2", b"3", b"4"]
    assert asked() == asked() == b"4"
    assert asked(path="/vi/search/?q=b") == b"5"
    SynonymGroup.objects.create(words="c\nd")
    assert asked() == b"6"


def test_without_a_token_nothing_is_kept(client, edition, monkeypatch):
    client.get(ADDRESS)
    monkeypatch.setattr(public_state, "token", lambda: None)
    made = []

    def make():
        made.append(1)
        return HttpResponse("x")

    for _time in range(2):
        kept.page(RequestFactory().get(ADDRESS), "vi", make)
    assert len(made) == 2


def test_no_more_is_kept_than_the_site_allows(settings, client, edition, django_assert_num_queries):
    settings.KEPT_PAGES = 1
    client.get(ADDRESS)
    client.get("/en/items/vn-map-1838/")
    with django_assert_num_queries(1):
        client.get("/en/items/vn-map-1838/")
    assert len(kept._pages._things) == 1


def test_a_shelf_holds_what_was_asked_for_last():
    shelf = Shelf(2)
    for number in (1, 2):
        shelf.put(number, str(number))
    assert shelf.get(1) == "1"
    shelf.put(3, "3")
    assert [shelf.get(number) for number in (1, 2, 3)] == ["1", None, "3"]
    shelf.clear()
    assert shelf.get(1) is None
