"""The exhibition's part of Wagtail's admin. Every route by which Wagtail publishes a page is refused here, in words;
exhibits.publication refuses what comes by any other way."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from archive import clearance

from .admin import KioskViewSet
from .chooser import record_chooser
from .page_access import PagesEndpoint, without_held
from .publication import is_cleared_type, refusal
from .subjects import PageSubject

register_snippet(KioskViewSet)

CLOSED_BULK_ACTIONS = {"publish", "unpublish", "move", "delete"}
CLOSED_MENU_ITEMS = {"action-publish", "action-unpublish", "action-restart-workflow"}
# Wagtail's names of buttons → ours, which save first and then submit through archive.clearance.
SUBMITTING = ("action-submit", "action-restart-workflow")
SUBMIT = "action-present"


@hooks.register("register_admin_viewset")
def register_record_chooser():
    return record_chooser


@hooks.register("construct_page_chooser_queryset")
def hide_held_pages(pages, request):
    return without_held(pages, request.user)


@hooks.register("construct_admin_api")
def hide_held_pages_from_the_tree(api):
    api.register_endpoint("pages", PagesEndpoint)


# --- closed routes --------------------------------------------------------------------------------


def refuse(page) -> None:
    if is_cleared_type(page):
        raise PermissionDenied(refusal())


@hooks.register("before_create_page")
def refuse_publishing_a_new_page(request, parent_page, page_class):
    read_buttons(request)


@hooks.register("before_edit_page")
def refuse_publishing_an_edit(request, page):
    read_buttons(request)


def read_buttons(request) -> None:
    """Refuse "publish"; turn Wagtail's "submit" into a save that after_* submits with its problems in words."""
    if request.method != "POST":
        return
    if request.POST.get("action-publish"):
        raise PermissionDenied(refusal())
    pressed = [name for name in SUBMITTING if request.POST.get(name)]
    if pressed:
        request.POST = request.POST.copy()
        for name in pressed:
            del request.POST[name]
        request.POST[SUBMIT] = "1"


@hooks.register("before_publish_page")
def refuse_publish(request, page):
    refuse(page)


@hooks.register("before_unpublish_page")
def refuse_unpublish(request, page):
    refuse(page)


@hooks.register("before_bulk_action")
def refuse_bulk(request, action_type, objects, action_class):
    if action_type in CLOSED_BULK_ACTIONS:
        for item in objects:
            if isinstance(item, Page):
                refuse(item)


@hooks.register("before_copy_page")
def refuse_live_copies(request, page):
    """A copy is a draft of its own; never an alias, never live."""
    if is_cleared_type(page) and request.method == "POST":
        if request.POST.get("alias") or request.POST.get("publish_copies"):
            raise PermissionDenied(refusal())


@hooks.register("before_move_page")
def refuse_move(request, page, destination):
    if is_cleared_type(page) and page.tree_has_history():
        raise PermissionDenied(_("Trang đã trình duyệt thì không chuyển chỗ được: địa chỉ đã công bố không đổi."))


@hooks.register("before_delete_page")
def refuse_delete(request, page):
    if is_cleared_type(page) and page.tree_has_history():
        raise PermissionDenied(_("Trang đã trình duyệt thì không xoá được; hãy rút nó khỏi nơi công bố."))


@hooks.register("construct_page_action_menu")
def close_buttons(menu_items, request, context):
    menu_items[:] = [item for item in menu_items if item.name not in CLOSED_MENU_ITEMS]


# --- submission -----------------------------------------------------------------------------------


@hooks.register("after_create_page")
def submit_new(request, page):
    return submit(request, page)


@hooks.register("after_edit_page")
def submit_edited(request, page):
    return submit(request, page)


def submit(request, page):
    """Hand the page that was just saved to the reviewers when that button was pressed."""
    if not request.POST.get(SUBMIT) or not is_cleared_type(page):
        return None
    try:
        clearance.submit(PageSubject(page), request.user)
    except clearance.NotReady as error:
        for problem in error.problems:
            messages.error(request, _("Đã lưu nhưng chưa trình được: %(why)s") % {"why": problem})
        return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    messages.success(request, _("Đã trình duyệt: %(title)s") % {"title": page.draft_title})
    return redirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


@hooks.register("register_page_header_buttons")
def review_button(page, user, view_name, next_url=None):
    if page.depth > 1 and is_cleared_type(page) and user.has_perm(clearance.CLEAR):
        url = reverse("archive_review:review", args=[f"page:{page.pk}"])
        yield Button(_("Mở trang duyệt"), url=url, icon_name="view", priority=5)
