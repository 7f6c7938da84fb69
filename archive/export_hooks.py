"""The admin's export pages and what the list of records offers for a selection. Imported by archive.wagtail_hooks."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .admin.batch_edit import BatchEditAction
from .admin.exports import ExportAction

hooks.register("register_bulk_action", ExportAction)
hooks.register("register_bulk_action", BatchEditAction)


@hooks.register("register_admin_urls")
def export_urls():
    return [
        path("export/", include("archive.admin.export_urls")),
        path("batch/", include("archive.admin.batch_edit_urls")),
    ]


class ExportMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(ExportAction.permission)


@hooks.register("register_admin_menu_item")
def export_menu_item():
    return ExportMenuItem(_("Xuất"), reverse("archive_export:index"), name="export", icon_name="download", order=112)
