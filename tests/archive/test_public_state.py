"""The token of all that is public: another one after each change, whoever writes and however."""

import pytest
from django.db import connection, transaction
from wagtail.models import Page, Site

from archive import clearance, public_state, subjects
from archive.models import ClearanceAuthor, MergedAuthority
from archive.records import save_record
from exhibits.models import PageRecord
from search.models import Cursor, SynonymGroup
from tests import factories
from tests.exhibits.conftest import clear_page, exhibition  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(cataloguer, reviewer):
    return factories.make_edition(cataloguer, reviewer)


@pytest.fixture
def public_page(exhibition, cataloguer, reviewer):  # noqa: F811
    return clear_page(exhibition, cataloguer, reviewer)


def by_sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def author_of(edition):
    return ClearanceAuthor.objects.filter(subject=edition.subject).first().user


CHANGES = {
    "clearance": lambda edition, reviewer, page: factories.make_edition(
        author_of(edition), reviewer, identifier="khac"
    ),
    "withdrawal": lambda edition, reviewer, page: clearance.withdraw(subjects.of(edition.record), reviewer, "nhầm"),
    "merge": lambda edition, reviewer, page: MergedAuthority.objects.create(
        kind="place", key="a", into="b", old_id=1, user=reviewer
    ),
    "page withdrawn": lambda edition, reviewer, page: clearance.withdraw(subjects.of(page), reviewer, "nhầm"),
    "page moved": lambda edition, reviewer, page: Page.objects.filter(pk=page.pk).update(url_path="/x/"),
    "page put in the menu": lambda edition, reviewer, page: by_sql(
        f"UPDATE wagtailcore_page SET show_in_menus = NOT show_in_menus WHERE id = {page.pk}"
    ),
    "page names a record": lambda edition, reviewer, page: PageRecord.objects.create(page=page, identifier="x"),
    "site": lambda edition, reviewer, page: Site.objects.update(site_name="Khác"),
    "synonym": lambda edition, reviewer, page: SynonymGroup.objects.create(words="a\nb"),
    "synonym deleted": lambda edition, reviewer, page: SynonymGroup.objects.all()[:1].get().delete(),
    "an index taken in": lambda edition, reviewer, page: Cursor.objects.update_or_create(
        engine="embedded", defaults={"index": "another"}
    ),
    "all rows at once": lambda edition, reviewer, page: by_sql("DELETE FROM search_synonymgroup"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_what_is_public_draws_another_token(edition, reviewer, public_page, what):
    before = public_state.token()
    assert public_state.token() == before is not None
    CHANGES[what](edition, reviewer, public_page)
    assert public_state.token() != before


def test_drafts_change_nothing(edition, public_page, cataloguer):
    before = public_state.token()
    factories.make_record(cataloguer, identifier="ban-thao")
    edition.record.title_vi = "Tên khác"
    save_record(edition.record, cataloguer)
    public_page.title = "Tên khác"
    public_page.save_revision(user=cataloguer)
    Cursor.objects.update(error="hỏng")
    assert public_state.token() == before


def test_what_is_rolled_back_leaves_the_token_as_it_was(edition):
    before = public_state.token()
    with transaction.atomic():
        SynonymGroup.objects.create(words="a\nb")
        within = public_state.token()
        transaction.set_rollback(True)
    assert within != before == public_state.token()
    SynonymGroup.objects.create(words="a\nb")
    assert public_state.token() not in (before, within), "no number comes back"


def test_without_a_row_nothing_can_be_told(edition):
    by_sql(f"DELETE FROM {public_state.TABLE}")
    assert public_state.token() is None
    SynonymGroup.objects.create(words="a\nb")
    assert public_state.token() is not None


def test_the_triggers_come_and_go(edition):
    from search.apps import WATCHED

    public_state.unwatch(connection, WATCHED)
    before = public_state.token()
    SynonymGroup.objects.create(words="a\nb")
    assert public_state.token() == before
    public_state.watch(connection, WATCHED | {"no_such_table": ()})
    before = public_state.token()
    SynonymGroup.objects.create(words="c\nd")
    assert public_state.token() != before
