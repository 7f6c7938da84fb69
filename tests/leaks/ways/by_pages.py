"""By forms of records and by all that publishes pages."""

from django.core.management import call_command
from django.urls import reverse
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from archive.models import Record
from tests.archive.test_record_admin import FORM
from tests.leaks.stage import Stage, quiet, sheet

from . import registry

WAYS, way = registry()


def record_url(name: str, *args) -> str:
    return reverse(Record.snippet_viewset.get_url_name(name), args=args)


CRAFTED = {
    "status": "cleared", "live": "on", "has_unpublished_changes": "", "edition": "1", "cleared_number": "1",
    "action-publish": "1", "go_live_at": "2020-01-01 00:00", "latest_revision": "1", "first_published_at": "2020-01-01",
}  # fmt: skip

# --- import and edit -------------------------------------------------------------------------------------


@way
def an_import_column(stage: Stage):
    head = "Số hiệu,Loại hình,Nhan đề (vi),Nhan đề (en),status,Tình trạng,live,edition,cleared"
    name = stage.record("draft").identifier
    path = sheet(stage, "cot.csv", head, f"{name},map,A,B,cleared,đã duyệt công bố,TRUE,1,1")
    call_command("import_records", path, user="author", update=True, **quiet())


@way
def an_import_by_a_reviewer(stage: Stage):
    name = stage.record("draft").identifier
    path = sheet(stage, "duyet.csv", "Số hiệu,Loại hình,Nhan đề (vi),status", f"{name},map,A,cleared")
    call_command("import_records", path, user="reviewer", update=True, **quiet())


@way
def a_crafted_record_form(stage: Stage):
    record = stage.record("draft")
    form = FORM | CRAFTED | {"identifier": record.identifier}
    for name in ("author", "superuser"):
        stage.browser(name).post(record_url("edit", record.pk), form)


@way
def a_crafted_new_record(stage: Stage):
    word = stage.world.words.plant("draft", "Record.title_vi")
    form = FORM | CRAFTED | {"identifier": "vn-len-moi", "title_vi": word, "title_en": word}
    stage.browser("superuser").post(record_url("add"), form)


@way
def a_batch_edit_of_the_status(stage: Stage):
    for field in ("status", "live", "edition"):
        form = {"field": field, "act": "set", "value": "cleared", "step": "apply", "selection": "all"}
        stage.browser("author").post(reverse("archive_batch:index"), form)


@way
def views_that_publish_snippets(stage: Stage):
    pk = stage.record("draft").pk
    browser = stage.browser("superuser")
    for name in ("unpublish", "lock", "unlock", "delete"):
        browser.post(record_url(name, pk))
    browser.post(f"/admin/bulk/archive/record/publish/?id={pk}")


# --- pages -----------------------------------------------------------------------------------------------


@way
def a_published_page(stage: Stage):
    page = stage.page("draft")
    page.publish(page.get_latest_revision(), user=stage.superuser)


@way
def a_saved_page_revision_published(stage: Stage):
    stage.page("draft").save_revision(user=stage.superuser).publish(user=stage.superuser, skip_permission_checks=True)


@way
def the_publishing_action(stage: Stage):
    revision = stage.page("submitted").get_latest_revision()
    PublishPageRevisionAction(revision, user=stage.superuser).execute(skip_permission_checks=True)


@way
def a_page_saved_live(stage: Stage):
    page = stage.page("draft")
    page.live = True
    page.save()


@way
def a_page_updated_live(stage: Stage):
    page = stage.page("draft")
    Page.objects.filter(pk=page.pk).update(live=True, live_revision=page.latest_revision)


@way
def a_page_with_the_columns_of_clearance(stage: Stage):
    page = stage.page("draft")
    values = {"cleared_number": 1, "cleared_digest": "x" * 64, "cleared_revision": page.latest_revision}
    type(page).objects.filter(pk=page.pk).update(live=True, live_revision=page.latest_revision, **values)


@way
def an_alias(stage: Stage):
    CreatePageAliasAction(stage.page("draft"), update_slug="b", user=stage.superuser).execute(
        skip_permission_checks=True
    )


@way
def a_live_copy(stage: Stage):
    CopyPageAction(
        stage.page("draft"), update_attrs={"slug": "sao", "live": True}, keep_live=True, user=stage.superuser
    ).execute(skip_permission_checks=True)


@way
def a_draft_moved_under_a_public_page(stage: Stage):
    stage.page("draft").move(stage.world.fresh(stage.world.homes["en"]), pos="last-child")


@way
def the_admins_routes_for_pages(stage: Stage):
    page, home = stage.page("draft"), stage.world.homes["vi"]
    browser, names = stage.browser("superuser"), ("unpublish", "convert_alias", "set_privacy", "lock", "unlock")
    revision = page.latest_revision_id
    form = {"title": page.title, "slug": page.slug, "intro": "x", "body-count": "0", "action-publish": "1"}
    form |= {f"comments-{part}_FORMS": "0" for part in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    browser.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    browser.post(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision]), form)
    browser.post(reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision]))
    for name in names:
        browser.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
    copy = {"new_title": "Sao", "new_slug": "sao", "new_parent_page": home.pk}
    for extra in ({"publish_copies": "on"}, {"alias": "on"}):
        browser.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), copy | extra)
    for action in ("publish", "unpublish", "move"):
        browser.post(f"/admin/bulk/wagtailcore/page/{action}/?id={page.pk}", {"include_descendants": "on"})
    browser.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"]), content_type="application/json")
    browser.post(reverse("simple_translation:submit_page_translation", args=[page.pk]), {"locales": ["1", "2"]})
