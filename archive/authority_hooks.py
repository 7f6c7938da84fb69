"""The admin's pages for merging authorities and for place mentions. Imported by archive.wagtail_hooks."""

from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from wagtail import hooks

from .admin.authorities import BulkDelete


@hooks.register("register_admin_urls")
def merge_urls():
    return [path("merge/", include("archive.admin.merge_urls"))]


@hooks.register("register_admin_urls")
def mention_urls():
    return [path("mentions/", include("archive.mentions.urls"))]


@hooks.register("insert_global_admin_css")
def authority_css():
    return format_html('<link rel="stylesheet" href="{}">', static("archive/authorities.css"))


hooks.register("register_bulk_action", BulkDelete, order=100)  # after Wagtail's, which it replaces
