"""A superuser asks each of Wagtail's routes to publish, unpublish, schedule, copy, move or delete: nothing changes."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Locale, Page

from archive import clearance
from exhibits.models import ArticlePage, ClearedPage, SectionPage
from exhibits.subjects import PageSubject

from .conftest import add, clear, fresh

pytestmark = pytest.mark.django_db


def state():
    """What is public of every page."""
    return list(
        ClearedPage.objects.order_by("pk").values_list(
            "pk", "title", "slug", "url_path", "live", "live_revision_id", "cleared_revision_id", "cleared_digest",
            "go_live_at", "expire_at",
        )
    )  # fmt: skip


@pytest.fixture
def draft(article):
    return article


@pytest.fixture
def public(homes, cataloguer, reviewer):
    page = add(ArticlePage, homes["vi"], cataloguer, title="Đã duyệt", slug="da-duyet")
    clear(page, cataloguer, reviewer)
    return fresh(page)


@pytest.fixture
def asked(client, superuser):
    client.force_login(superuser)
    return client


def form(page, **extra):
    return {
        "title": page.title, "slug": page.slug, "intro": page.intro, "seo_title": "", "search_description": "",
        "body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "0", **extra,
    }  # fmt: skip


def test_edit_and_publish(asked, draft, public):
    before = state()
    for page in (draft, public):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert asked.post(url, form(page, title="Lén", **{"action-publish": "1"})).status_code in (302, 403)
        assert not page.revisions.filter(content__title="Lén").exists()
    assert state() == before


def test_revert_and_publish(asked, public):
    before = state()
    revision = public.get_latest_revision()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[public.pk, revision.pk])
    asked.post(url, form(public, title="Lén", **{"action-publish": "1"}))
    assert state() == before


@pytest.mark.parametrize("parent, model", [("vi", "articlepage"), ("root", "homepage")])
def test_create_and_publish(asked, homes, parent, model):
    before = state()
    parent = homes["vi"] if parent == "vi" else Page.get_first_root_node()
    url = reverse("wagtailadmin_pages:add", args=["exhibits", model, parent.pk])
    extra = {"hero_title": "x", "featured": "", "action-publish": "1"}
    asked.post(url, {**form(ArticlePage(title="Lén", slug="len", intro="x")), **extra})
    assert state() == before


def test_saving_works_and_ignores_a_schedule(asked, draft):
    """The control: the same form without the closed buttons saves a draft."""
    tomorrow = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    response = asked.post(url, form(draft, title="Sửa", go_live_at=tomorrow, expire_at=tomorrow))
    assert response.status_code == 302
    latest = fresh(draft).get_latest_revision()
    assert latest.content["title"] == "Sửa"
    assert (latest.approved_go_live_at, latest.content["go_live_at"], latest.content["expire_at"]) == (None, None, None)
    assert not fresh(draft).live


def test_unpublish_view(asked, public):
    before = state()
    asked.post(reverse("wagtailadmin_pages:unpublish", args=[public.pk]), {"include_descendants": "1"})
    assert state() == before


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_bulk_actions(asked, draft, public, exhibition, action):
    before = state()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    for pk in (draft.pk, public.pk, public.get_parent().pk):
        asked.post(f"{url}?id={pk}", {"include_descendants": "on", "chooser": exhibition.pk})
    assert state() == before


def test_unschedule(asked, public):
    before = state()
    revision = public.get_latest_revision()
    url = reverse("wagtailadmin_pages:revisions_unschedule", args=[public.pk, revision.pk])
    assert asked.post(url).status_code in (302, 403)
    assert state() == before


@pytest.mark.parametrize("extra", [{"publish_copies": "on"}, {"alias": "on"}])
def test_live_copies_and_aliases(asked, homes, public, extra):
    before = state()
    url = reverse("wagtailadmin_pages:copy", args=[public.pk])
    asked.post(url, {"new_title": "Lén", "new_slug": "len", "new_parent_page": homes["vi"].pk, **extra})
    assert state() == before


def test_a_plain_copy_is_a_draft_without_clearance(asked, homes, public):
    url = reverse("wagtailadmin_pages:copy", args=[public.pk])
    asked.post(url, {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": homes["vi"].pk})
    copy = ArticlePage.objects.get(slug="ban-sao")
    assert (copy.live, copy.cleared_number, copy.clearance_status) == (False, 0, "draft")
    assert asked.get(copy.url_path).status_code == 404


def test_move_reorder_and_delete(asked, homes, exhibition, section, public_section, superuser):
    before = state()
    asked.post(reverse("wagtailadmin_pages:move_confirm", args=[public_section.pk, homes["en"].pk]))
    asked.post(reverse("wagtailadmin_pages:set_page_position", args=[public_section.pk]) + "?position=0")
    for page in (public_section, exhibition):
        asked.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), {"confirm_site_name": "Cát Vàng"})
    assert state() == before


def test_privacy(asked, public):
    asked.post(reverse("wagtailadmin_pages:set_privacy", args=[public.pk]), {"restriction_type": "login"})
    assert not public.view_restrictions.exists()


def test_translation_makes_drafts(asked, homes, public):
    url = reverse("simple_translation:submit_page_translation", args=[public.pk])
    asked.post(url, {"locales": [Locale.objects.get(language_code="en").pk], "include_subtree": ""})
    twin = public.get_translations().get().specific
    assert (twin.live, twin.cleared_number) == (False, 0)


def test_the_editor_offers_no_closed_button(asked, draft, public):
    for page in (draft, public):
        html = asked.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "action-save-draft" in html or "Lưu" in html or "Save draft" in html
        for closed in ("action-publish", "action-unpublish", 'name="go_live_at"', 'name="expire_at"'):
            assert closed not in html


def publish_action(page, user):
    PublishPageRevisionAction(page.get_latest_revision(), user=user).execute(skip_permission_checks=True)


def unpublish_action(page, user):
    UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)


BY_CODE = {
    "revision.publish": lambda page, user: page.get_latest_revision().publish(user=user, skip_permission_checks=True),
    "page.publish": lambda page, user: page.publish(page.get_latest_revision(), user=user),
    "page.unpublish": lambda page, user: page.unpublish(user=user),
    "publish action": publish_action,
    "unpublish action": unpublish_action,
    "base page unpublish": lambda page, user: Page.objects.get(pk=page.pk).unpublish(),
    "queryset unpublish": lambda page, user: Page.objects.filter(pk=page.pk).unpublish(),
    "alias": lambda page, user: CreatePageAliasAction(page, update_slug="b", user=user).execute(
        skip_permission_checks=True
    ),
    "delete": lambda page, user: page.delete(),
    "queryset delete": lambda page, user: Page.objects.filter(pk=page.pk).delete(),
    "move": lambda page, user: page.move(Page.objects.get(slug="en"), pos="last-child"),
}


@pytest.mark.parametrize("name", BY_CODE)
def test_code_is_refused_too(name, public, superuser):
    page = fresh(public)
    page.title = "Lén"
    page.save_revision(user=superuser)
    before = state()
    with pytest.raises((PermissionDenied, ProtectedError)):
        BY_CODE[name](fresh(public), superuser)
    assert state() == before


def test_a_withdrawn_page_is_kept_and_a_draft_is_not(public, draft, reviewer):
    clearance.withdraw(PageSubject(public), reviewer, "nhầm")
    with pytest.raises(PermissionDenied), transaction.atomic():
        fresh(public).delete()
    fresh(draft).delete()
    assert list(ArticlePage.objects.values_list("pk", flat=True)) == [public.pk]


def test_a_recursive_live_copy_by_code_is_a_draft(public_section, homes, superuser):
    source = public_section.exhibition
    copy = CopyPageAction(
        source,
        to=homes["vi"],
        update_attrs={"slug": "sao", "title": "Sao"},
        recursive=True,
        keep_live=True,
        user=superuser,
    ).execute(skip_permission_checks=True)
    assert not copy.get_descendants(inclusive=True).live().exists()
    assert SectionPage.objects.count() == 2


@pytest.mark.parametrize("name, value", [("title", "Lén"), ("intro", "Lén"), ("slug", "len")])
def test_a_row_saved_past_the_revisions_keeps_its_public_text(name, value, public, client):
    page = fresh(public)
    setattr(page, name, value)
    with pytest.raises(Exception, match="duyệt|công bố"):
        page.save()
    base = Page.objects.get(pk=public.pk)
    base.title = "Lén"
    with pytest.raises(PermissionDenied):
        base.save()
    assert "Lén" not in client.get(public.url_path).content.decode()


def test_clearance_columns_are_not_anybodys_to_write(draft, superuser):
    page = fresh(draft)
    page.clearance_status, page.cleared_number, page.cleared_digest = "cleared", 7, "x" * 64
    page.save()
    page = fresh(draft)
    assert (page.clearance_status, page.cleared_number, page.cleared_digest) == ("draft", 0, "")


def test_a_raw_publish_past_every_guard_shows_nothing(client, draft):
    """By SQL, which no guard sees: the live revision still isn't the cleared one."""
    Page.objects.filter(pk=draft.pk).update(live=True, live_revision=draft.latest_revision)
    assert client.get(draft.url_path).status_code == 404
    assert not ClearedPage.objects.public().filter(pk=draft.pk).exists()


def test_publish_scheduled_publishes_nothing(draft, public):
    past = timezone.now() - timedelta(hours=1)
    draft.revisions.update(approved_go_live_at=past)
    before = state()
    with pytest.raises(PermissionDenied):
        call_command("publish_scheduled")
    assert state() == before


@pytest.mark.parametrize("slug", ["items", "search", "places", "compare", "my-collection", "api", "id"])
def test_reserved_slugs_are_refused_with_a_sentence(asked, homes, slug):
    url = reverse("wagtailadmin_pages:add", args=["exhibits", "articlepage", homes["vi"].pk])
    response = asked.post(url, form(ArticlePage(title="Trang", slug=slug, intro="x")))
    assert response.status_code == 200 and "dành cho trang khác" in response.content.decode()
    with pytest.raises(Exception, match="dành cho trang khác"):
        homes["vi"].add_child(instance=ArticlePage(title="Trang", slug=slug))
    assert not ArticlePage.objects.filter(slug=slug).exists()


def test_a_public_slug_stays(public, cataloguer):
    page = fresh(public)
    page.slug = "khac"
    with pytest.raises(Exception, match="không đổi được"):
        page.save_revision(user=cataloguer)


def test_submitting_in_the_editor(client, cataloguer, draft):
    client.force_login(cataloguer)
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    client.post(url, form(draft, title="Trình", **{"action-submit": "1"}))
    page = fresh(draft)
    assert page.clearance_status == "submitted" and page.get_latest_revision().content["title"] == "Trình"
    client.post(url, form(draft, title="Sau khi trình"))
    assert fresh(draft).get_latest_revision().content["title"] == "Trình"


def test_submitting_with_gaps_says_what_is_missing(client, cataloguer, exhibition):
    client.force_login(cataloguer)
    url = reverse("wagtailadmin_pages:edit", args=[exhibition.pk])
    response = client.post(url, form(exhibition, intro="", **{"action-submit": "1"}), follow=True)
    assert "chưa trình được" in response.content.decode()
    assert fresh(exhibition).clearance_status == "draft"


def test_creating_and_submitting_in_one(client, cataloguer, homes):
    client.force_login(cataloguer)
    url = reverse("wagtailadmin_pages:add", args=["exhibits", "articlepage", homes["vi"].pk])
    client.post(url, form(ArticlePage(title="Mới", slug="moi", intro="x"), **{"action-submit": "1"}))
    assert ArticlePage.objects.get(slug="moi").clearance_status == "submitted"


def test_json_of_the_editor_is_no_way_around(asked, public):
    before = state()
    url = reverse("wagtailadmin_pages:edit", args=[public.pk])
    response = asked.post(
        url, form(public, title="Lén", **{"action-publish": "1"}), headers={"accept": "application/json"}
    )
    assert response.status_code in (302, 403) or not json.loads(response.content).get("success")
    assert state() == before
