"""Who gets into which of Wagtail's admin pages.

Wagtail opens choosers, bulk actions and many a form to whoever may enter the administration, and names there the
things that it then refuses to change. Here a person needs some right on a thing's kind before a page about it opens,
and a held page has no address at all for those who may not see it.
"""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.models import Page

from archive import clearance

from .page_access import held_pages, may_explore

PAGE_SPACES = ("wagtailadmin_pages", "simple_translation")
PAGE_NAMES = {
    "wagtailadmin_explore_root",
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_choose_page_chosen_multiple",
}
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk")
# Lists of keys in the query of choosers and bulk actions.
PAGE_LISTS = {"wagtailadmin_choose_page_chosen_multiple", "wagtail_bulk_action"}
SNIPPETS = ("wagtailsnippets_", "wagtailsnippetchoosers_")
VERBS = ("add", "change", "delete", "view")


class AdminGuard:
    """Middleware: 403 for pages about a kind of thing that isn't the person's, 404 for a held page's addresses."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if match is None or not match.route.startswith("admin/"):
            return
        if not request.user.is_authenticated:
            return  # Wagtail leads to the login
        need_right(request.user, match)
        if not request.user.has_perm(clearance.HOLD) and names_held_page(request, match):
            raise Http404(request.path)


def need_right(user, match) -> None:
    """Raises PermissionDenied."""
    space, name = match.namespace, match.url_name
    if space in PAGE_SPACES or name in PAGE_NAMES:
        allowed = may_explore(user)
    elif space.startswith(SNIPPETS):
        allowed = has_any_right(user, *space.split("_")[-2:])
    elif name == "wagtail_bulk_action":
        app_label, model_name = match.kwargs["app_label"], match.kwargs["model_name"]
        allowed = may_explore(user) if is_page(app_label, model_name) else has_any_right(user, app_label, model_name)
    elif space == "wagtailadmin_workflows":
        allowed = has_any_right(user, "wagtailcore", "workflow")
    else:
        return
    if not allowed:
        raise PermissionDenied(_("Tài khoản này không có quyền với mục này."))


def is_page(app_label: str, model_name: str) -> bool:
    try:
        return issubclass(apps.get_model(app_label, model_name), Page)
    except LookupError:
        return False


def has_any_right(user, app_label: str, model_name: str) -> bool:
    return any(user.has_perm(f"{app_label}.{verb}_{model_name}") for verb in VERBS)


def names_held_page(request, match) -> bool:
    """Whether the address names a held page, by its path or by the keys in its query."""
    named = [match.kwargs[name] for name in PAGE_ARGUMENTS if name in match.kwargs]
    if match.namespace == "wagtailadmin_pages":
        named += match.args[:1]
    if match.url_name in PAGE_LISTS and (match.url_name != "wagtail_bulk_action" or is_page(**_model(match))):
        named += request.GET.getlist("id")
    keys = [int(key) for key in named if str(key).isascii() and str(key).isdigit()]
    return bool(keys) and held_pages().filter(pk__in=keys).exists()


def _model(match) -> dict:
    return {name: match.kwargs[name] for name in ("app_label", "model_name")}
