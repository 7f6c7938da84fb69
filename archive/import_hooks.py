"""The admin's page "Nhập từ bảng tính". Imported by archive.wagtail_hooks."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .admin.imports import PERMISSION


@hooks.register("register_admin_urls")
def import_urls():
    return [
        path("import/", include("archive.admin.import_urls")),
        path("changes/", include("archive.admin.change_set_urls")),
    ]


class ImportMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


@hooks.register("register_admin_menu_item")
def import_menu_item():
    return ImportMenuItem(
        _("Nhập từ bảng tính"), reverse("archive_import:index"), name="import", icon_name="upload", order=110
    )
