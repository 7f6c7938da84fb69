"""By the workflow, by the review page, and from outside."""

from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState

from archive import clearance
from archive.models import Decision, Record
from archive.records import save_record
from tests.archive.test_record_admin import FORM
from tests.leaks.stage import Stage

from . import registry

WAYS, way = registry()


def record_url(name: str, *args) -> str:
    return reverse(Record.snippet_viewset.get_url_name(name), args=args)


# --- the workflow ----------------------------------------------------------------------------------------


@way
def an_approved_task(stage: Stage):
    for one in (stage.record("submitted"), stage.page("submitted")):
        one.current_workflow_task_state.approve(user=stage.person("reviewer"))


@way
def a_finished_workflow(stage: Stage):
    for one in (stage.record("submitted"), stage.page("submitted")):
        one.current_workflow_state.finish(user=stage.superuser)


@way
def a_forged_task_state(stage: Stage):
    TaskState.objects.update(status=TaskState.STATUS_APPROVED, finished_by=stage.superuser)
    for state in WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS):
        state.update(user=stage.superuser)


@way
def a_workflow_without_tasks(stage: Stage):
    WorkflowState.objects.update(status=WorkflowState.STATUS_APPROVED)
    stage.record("draft").get_workflow().workflow_tasks.all().delete()
    stage.record("draft").get_workflow().start(stage.record("draft"), stage.person("author"))


@way
def the_admins_workflow_actions(stage: Stage):
    record, page = stage.record("submitted"), stage.page("submitted")
    for name in ("author", "reviewer", "superuser"):
        browser = stage.browser(name)
        for action in ("approve", "reject"):
            for view in ("workflow_action", "collect_workflow_action_data"):
                task = record.current_workflow_task_state.pk
                browser.post(record_url(view, record.pk, action, task), {"comment": "x"})
                task = page.current_workflow_task_state.pk
                browser.post(reverse(f"wagtailadmin_pages:{view}", args=[page.pk, action, task]), {"comment": "x"})
        browser.post(record_url("edit", record.pk), FORM | {"action-workflow-action": "approve"})


# --- the review page -------------------------------------------------------------------------------------


def ticked(digest: str) -> dict:
    return {"act": "clear", "digest": digest, "checklist": clearance.CHECKLIST}


@way
def the_review_page_by_an_author(stage: Stage):
    url, digest = stage.review("submitted")
    stage.browser("author").post(url, ticked(digest))
    author = stage.person("author")
    author.groups.set(Group.objects.all())
    stage.browser("author").post(url, ticked(digest))


@way
def the_review_page_by_an_author_who_is_a_superuser(stage: Stage):
    author = stage.person("author")
    author.is_superuser = True
    author.save()
    url, digest = stage.review("submitted")
    stage.browser("author").post(url, ticked(digest))


@way
def the_review_page_by_those_without_the_right(stage: Stage):
    url, digest = stage.review("submitted")
    for name in ("cataloguer", "hall", "administrator", "revoked"):
        person = stage.person(name)
        if name == "revoked":
            browser = stage.browser(name)
            person.is_active = False
            person.save()
        else:
            browser = stage.browser(name)
        browser.post(url, ticked(digest))


@way
def the_review_page_of_a_draft(stage: Stage):
    url, digest = stage.review("draft")
    stage.browser("reviewer").post(url, ticked(digest))


@way
def another_records_digest(stage: Stage):
    url, _digest = stage.review("submitted")
    stage.browser("reviewer").post(url, ticked(stage.review("draft")[1]))


@way
def the_digest_of_an_earlier_state(stage: Stage):
    """Taken back, written anew and submitted again: what was shown before isn't what is there now."""
    url, digest = stage.review("submitted")
    record = stage.record("submitted")
    record.current_workflow_state.cancel(user=stage.person("author"))
    record = stage.record("submitted")
    record.internal_notes, record.description_vi = "khác", stage.world.words.plant("draft", "Record.description_vi")
    save_record(record, stage.person("author"))
    stage.world.submit(record)
    stage.browser("reviewer").post(url, ticked(digest))


@way
def the_same_post_twice_after_an_edit(stage: Stage):
    """The post that cleared the public record, sent again once it says something else."""
    record = stage.record("base")
    decision = Decision.objects.get(subject=f"record:{record.pk}", action="cleared")
    record.description_vi = stage.world.words.plant("draft", "Record.description_vi")
    save_record(record, stage.person("author"))
    stage.world.submit(record)
    url, _digest = stage.review("base")
    for _again in range(2):
        stage.browser("reviewer").post(url, ticked(decision.digest))


@way
def a_checklist_with_gaps(stage: Stage):
    url, digest = stage.review("submitted")
    for left_out in clearance.CHECKLIST:
        ticks = [tick for tick in clearance.CHECKLIST if tick != left_out]
        stage.browser("reviewer").post(url, ticked(digest) | {"checklist": ticks})


@way
def a_sitting_with_forged_digests(stage: Stage):
    key = stage.subject("submitted").key
    for name, digest in (("reviewer", "0" * 64), ("author", stage.review("submitted")[1])):
        form = {f"tick:{key}": clearance.CHECKLIST, f"digest:{key}": digest}
        stage.browser(name).post(reverse("archive_review:sitting"), form)


@way
def the_act_itself_by_its_author(stage: Stage):
    author = stage.person("author")
    author.user_permissions.add(*Permission.objects.filter(codename__in=["clear_record", "hold_record"]))
    subject = stage.subject("submitted")
    clearance.clear(subject, clearance.preview(subject)[1], type(author).objects.get(pk=author.pk), clearance.CHECKLIST)


# --- from outside ----------------------------------------------------------------------------------------


@way
def writes_to_public_addresses(stage: Stage):
    name = stage.record("draft").identifier
    browser = stage.browser("superuser")
    for address in (
        f"/api/v1/items/{name}/",
        "/api/v1/items/",
        f"/vi/items/{name}/",
        f"/iiif/image/{stage.world.image('draft')}/",
    ):
        for method in ("post", "put", "patch", "delete"):
            getattr(browser, method)(address, {"status": "cleared"}, content_type="application/json")
    browser.post("/oai", {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": f"oai:testserver:{name}"})
    for override in ("X-HTTP-Method-Override", "X-Original-URL", "X-Rewrite-URL"):
        browser.get(f"/vi/items/{name}/", headers={override: f"/admin/review/record:{stage.record('draft').pk}/"})
    for query in ("preview=1", "draft=1", "live=0", "mode=vi", "_preview=1"):
        browser.get(f"/vi/items/{name}/?{query}")
