"""The curators' list and editor of records, put together."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import classproperty
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from archive.models import Record

from .record_access import hide_held, readers_only, visible_records
from .record_list import LIST_DISPLAY, IndexView
from .record_panels import EDITOR
from .record_views import CreateView, DeleteView, EditView, RevertView, UnpublishView, UnscheduleView

__all__ = ["BulkDelete", "RecordViewSet", "readers_only", "visible_records"]


class BulkDelete(DeleteBulkAction):
    """No record goes in bulk; Wagtail's page would name those that a person may not see."""

    @classproperty
    def models(cls):
        return [Record]

    def dispatch(self, request, *args, **kwargs):
        raise PermissionDenied(gettext("Việc này không làm hàng loạt được."))


class ClosedChooser(SnippetChooserViewSet):
    """Wagtail makes one for each snippet and lists all in it; see archive.admin.record_chooser for ours."""

    def get_urlpatterns(self):
        return []


class RecordViewSet(SnippetViewSet):
    model = Record
    chooser_viewset_class = ClosedChooser
    icon = "doc-full"
    menu_label = _("Bản ghi")
    menu_name = "records"
    menu_order = 100
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    create_template_name = "archive/admin/record_create.html"
    edit_template_name = "archive/admin/record_edit.html"
    delete_view_class = DeleteView
    unpublish_view_class = UnpublishView
    revisions_revert_view_class = RevertView
    revisions_unschedule_view_class = UnscheduleView
    list_display = LIST_DISPLAY
    filterset_class = IndexView.filterset_class
    search_fields = ["folded"]
    list_per_page = 25
    edit_handler = EDITOR

    def get_queryset(self, request):
        return visible_records(request.user)

    def construct_view(self, view_class, **kwargs):
        return hide_held(super().construct_view(view_class, **kwargs))
