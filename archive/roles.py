"""The roles out of the box and exactly their rights; the workflow that carries subjects to reviewers."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowContentType, WorkflowPage, WorkflowTask

from .models import Record, ReviewTask

CATALOGUER = "Biên tập viên"
REVIEWER = "Người duyệt"
ADMINISTRATOR = "Quản trị viên"
HALL_STAFF = "Nhân viên phòng trưng bày"
NAMES = {"cataloguer": CATALOGUER, "reviewer": REVIEWER, "administrator": ADMINISTRATOR, "hall_staff": HALL_STAFF}

CLEAR = "archive.clear_record"
HOLD = "archive.hold_record"
ADMIN = ["wagtailadmin.access_admin"]
READ = ["archive.view_record", "media.view_scan"]
AUTHORITIES = ["agent", "institution", "place", "source", "tag"]
AUDIT = ["archive.view_decision"]
SYNONYMS = [f"search.{verb}_synonymgroup" for verb in ("add", "change", "delete", "view")]
WRITE_AUTHORITIES = [f"archive.{verb}_{name}" for name in AUTHORITIES for verb in ("add", "change", "view")]
RIGHTS = {
    CATALOGUER: [
        *ADMIN,
        *READ,
        "archive.add_record",
        "archive.change_record",
        "archive.delete_record",  # drafts that were never submitted only
        "media.add_scan",
        "media.change_scan",
        "simple_translation.submit_translation",  # a page's other language
        *WRITE_AUTHORITIES,
    ],
    REVIEWER: [*ADMIN, *READ, *AUDIT, CLEAR, HOLD, *SYNONYMS],
    ADMINISTRATOR: [
        *ADMIN,
        *READ,
        *AUDIT,
        "auth.add_user",
        "auth.change_user",
        "auth.view_group",
        "wagtailcore.view_site",
        "wagtailcore.change_site",
        *[f"archive.delete_{name}" for name in AUTHORITIES],
        *WRITE_AUTHORITIES,
        *SYNONYMS,
    ],
    HALL_STAFF: [*ADMIN, *[f"exhibits.{verb}_kiosk" for verb in ("add", "change", "view")]],
}
WORKFLOW = "Duyệt công bố"


def ensure_roles() -> dict[str, Group]:
    """Make the four groups with exactly their rights. Out: the groups by role ("cataloguer", …). Idempotent.

    Permissions of models that aren't installed are passed over.
    """
    groups = {}
    for role, name in NAMES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set([p for p in map(_permission, RIGHTS[name]) if p])
        groups[role] = group
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
    root = Page.get_first_root_node()
    if root is not None:
        for codename in ("add_page", "change_page"):
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.get_or_create(group=groups["cataloguer"], page=root, permission=permission)
    ensure_workflow(root)
    return groups


def ensure_workflow(root=None) -> Workflow:
    """The one workflow, for records and, from the root page down, for pages."""
    task, _created = ReviewTask.objects.get_or_create(name=WORKFLOW)
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    content_type = ContentType.objects.get_for_model(Record, for_concrete_model=False)
    WorkflowContentType.objects.update_or_create(content_type=content_type, defaults={"workflow": workflow})
    if root is not None:
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    Workflow.objects.exclude(pk=workflow.pk).update(active=False)
    return workflow


def _permission(name: str) -> Permission | None:
    app, codename = name.split(".")
    return Permission.objects.filter(content_type__app_label=app, codename=codename).first()
