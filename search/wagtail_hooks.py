"""Search's part of Wagtail's admin."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from .admin.synonyms import SynonymViewSet

register_snippet(SynonymViewSet)


@hooks.register("register_admin_urls")
def search_urls():
    return [path("search/", include("search.admin.urls"))]


class ExplainMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("archive.view_record")


@hooks.register("register_reports_menu_item")
def explain_menu_item():
    label = gettext_lazy("Giải thích kết quả tìm kiếm")
    return ExplainMenuItem(label, reverse("search_admin:explain"), name="explain", icon_name="search", order=720)


@hooks.register("insert_global_admin_js")
def warn_of_search():
    """A warning while search is down or behind."""
    script = '<script defer src="{}" data-search-state="{}"></script>'
    return format_html(script, static("search/admin-state.js"), reverse("search_admin:state"))
