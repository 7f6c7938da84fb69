"""Scans in Wagtail's admin."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from media.admin.chooser import scan_chooser
from media.admin.preservation_report import SEE
from media.admin.views import may_see


@hooks.register("register_admin_urls")
def scan_urls():
    return [path("scans/files/", include("media.uploads.urls")), path("scans/", include("media.admin.urls"))]


@hooks.register("register_admin_viewset")
def register_scan_chooser():
    return scan_chooser


class ScansMenuItem(MenuItem):
    def is_shown(self, request):
        return may_see(request.user)


@hooks.register("register_admin_menu_item")
def scans_menu_item():
    return ScansMenuItem(_("Bản quét"), reverse("media_scans:index"), name="scans", icon_name="image", order=105)


class PreservationMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(SEE)


@hooks.register("register_reports_menu_item")
def preservation_menu_item():
    address = reverse("media_scans:preservation")
    return PreservationMenuItem(_("Bảo quản tệp gốc"), address, name="preservation", icon_name="history", order=1500)
