"""The archive's part of Wagtail's admin."""

from django.core.exceptions import PermissionDenied
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from . import (  # noqa: F401  (register pages of their own)
    authority_hooks,
    clearance,
    clearance_hooks,
    editor_hooks,
    export_hooks,
    import_hooks,
    refusal_hooks,
)
from .admin.authorities import AuthorityGroup
from .admin.records import BulkDelete, RecordViewSet
from .models import Record, Status

register_snippet(RecordViewSet)
register_snippet(AuthorityGroup)
hooks.register("register_bulk_action", BulkDelete, order=100)  # after Wagtail's, which it replaces


@hooks.register("register_admin_urls")
def review_urls():
    return [path("review/", include("archive.admin.urls"))]


class ReviewMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(clearance.CLEAR)


@hooks.register("register_admin_menu_item")
def review_menu_item():
    return ReviewMenuItem(
        gettext_lazy("Duyệt công bố"), reverse("archive_review:queue"), name="review", icon_name="check", order=90
    )


class WaitingPanel(Component):
    """On the dashboard: how many records are in which state."""

    name = "archive_waiting"
    template_name = "archive/admin/waiting_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {
            "waiting": Record.objects.filter(status=Status.SUBMITTED).count(),
            "refused": Record.objects.filter(status=Status.REFUSED).count(),
            "drafts": Record.objects.filter(status=Status.DRAFT).count(),
            "may_review": user.has_perm(clearance.CLEAR),
            "may_edit": user.has_perm("archive.change_record"),
        }


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request, panels):
    if request.user.has_perm("archive.view_record"):
        panels.append(WaitingPanel())


@hooks.register("construct_snippet_action_menu")
def close_publication(menu_items, request, context):
    """No button publishes, unpublishes or restarts a record's workflow."""
    if context["model"] is Record:
        closed = {"action-publish", "action-unpublish", "action-restart-workflow"}
        menu_items[:] = [item for item in menu_items if item.name not in closed]


@hooks.register("construct_main_menu")
def drop_help(request, menu_items):
    """Wagtail's help leads to other hosts and isn't about this program."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


@hooks.register("before_delete_user")
def keep_users(request, user):
    """Decisions and texts name their people: a user is deactivated, never deleted."""
    raise PermissionDenied(_("Tài khoản không xoá được, chỉ khoá lại: các quyết định phải giữ tên người."))


@hooks.register("before_bulk_action")
def keep_users_and_records(request, action_type, objects, action_class):
    models = {type(item) for item in objects}
    if action_type == "delete" and (Record in models or any(model.__name__ == "User" for model in models)):
        raise PermissionDenied(_("Việc này không làm hàng loạt được."))
