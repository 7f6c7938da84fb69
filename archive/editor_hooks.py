"""The record editor's part of Wagtail's admin: its choosers, addresses, lines of text, and the worklist in the menu."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .admin import readings, worklist
from .admin.record_access import readers_only
from .admin.record_chooser import record_link_chooser

worklist_urls = [
    path("", readers_only(worklist.worklist_page), name="list"),
    path("next/", readers_only(worklist.next_record), name="next"),
]


@hooks.register("register_admin_viewset")
def register_record_link_chooser():
    return record_link_chooser


@hooks.register("register_admin_urls")
def editor_urls():
    return [
        path("worklist/", include((worklist_urls, "archive_worklist"))),
        path("text-lines/", include("archive.lines.urls")),
        path("georeference/", include("archive.georeferencing.urls")),
        path("records/date/", readers_only(readings.date_view), name="archive_read_date"),
    ]


class WorklistMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("archive.change_record")


@hooks.register("register_admin_menu_item")
def worklist_menu_item():
    return WorklistMenuItem(
        _("Còn thiếu gì"), reverse("archive_worklist:list"), name="worklist", icon_name="list-ul", order=105
    )
