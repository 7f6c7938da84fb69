"""The curators' list and editor of records."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property, classproperty
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views import snippets as views
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from archive import clearance
from archive.folding import fold
from archive.models import Decision, Record, Status
from archive.subjects import RecordSubject


def side_by_side(name: str, heading) -> MultiFieldPanel:
    """A translated field as two boxes, Vietnamese left and English right."""
    return MultiFieldPanel([FieldRowPanel([FieldPanel(f"{name}_vi"), FieldPanel(f"{name}_en")])], heading=heading)


TEXT_PANELS = [
    # A draft may have gaps, but not in what addresses it.
    FieldRowPanel([FieldPanel("identifier", required_on_save=True), FieldPanel("kind", required_on_save=True)]),
    side_by_side("title", _("Nhan đề")),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("title_original"), FieldPanel("title_original_language")]),
            FieldRowPanel([FieldPanel("reading"), FieldPanel("alternative_titles")]),
        ],
        heading=_("Nhan đề gốc"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("date_text"), FieldPanel("date_as_written")]),
            FieldRowPanel([FieldPanel("date_display_vi"), FieldPanel("date_display_en")]),
        ],
        heading=_("Niên đại"),
    ),
    side_by_side("description", _("Mô tả")),
    side_by_side("remarks", _("Điều cần lưu ý")),
]
SCAN_PANELS = [
    InlinePanel(
        "scans",
        [
            FieldPanel("scan"),
            FieldRowPanel([FieldPanel("label_vi"), FieldPanel("label_en")]),
            FieldRowPanel([FieldPanel("note_vi"), FieldPanel("note_en")]),
            FieldRowPanel([FieldPanel("is_illustration"), FieldPanel("max_width")]),
        ],
        label=_("bản quét"),
    )
]
CONTEXT_PANELS = [
    FieldRowPanel([FieldPanel("institution"), FieldPanel("shelfmarks")]),
    FieldRowPanel([FieldPanel("languages"), FieldPanel("shown_as"), FieldPanel("confidence")]),
    side_by_side("place_of_publication", _("Nơi xuất bản")),
    InlinePanel("agents", [FieldRowPanel([FieldPanel("agent"), FieldPanel("role")])], label=_("tác nhân")),
    InlinePanel("places", [FieldPanel("place")], label=_("địa danh")),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel(name) for name in ("west", "south", "east", "north")]),
            FieldPanel("extent_approximate"),
        ],
        heading=_("Phạm vi (độ)"),
    ),
    InlinePanel("citations", [FieldRowPanel([FieldPanel("source"), FieldPanel("pages")])], label=_("nguồn")),
]
RIGHTS_PANELS = [
    HelpPanel(
        _(
            "Tài liệu thuộc danh mục bí mật nhà nước không được lưu ở đây. Phải xác nhận trước khi trình duyệt; "
            "nếu tư liệu đã giải mật, ghi số quyết định."
        )
    ),
    FieldRowPanel([FieldPanel("declared_not_secret"), FieldPanel("declassification")]),
    FieldPanel("rights_statement"),
    side_by_side("rights_note", _("Ghi chú về quyền")),
    side_by_side("credit_line", _("Ghi công")),
    FieldPanel("internal_notes"),
]


class ClearanceRoutes:
    """Take "publish" and Wagtail's own approval out of an edit view, for superusers too."""

    def get_available_actions(self):
        closed = {"publish", "workflow-action", "restart-workflow"}
        return [action for action in super().get_available_actions() if action not in closed]

    def submit_action(self):
        try:
            clearance.submit(RecordSubject(self.object), self.request.user)
        except clearance.NotReady as error:
            for problem in error.problems:
                messages.error(self.request, gettext("Đã lưu nhưng chưa trình được: %(why)s") % {"why": problem})
            return redirect(reverse(self.edit_url_name, args=[self.object.pk]))
        return None


class CreateView(ClearanceRoutes, views.CreateView):
    pass


class EditView(ClearanceRoutes, views.EditView):
    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if self.request.user.has_perm(clearance.CLEAR):
            url = reverse("archive_review:review", args=[RecordSubject(self.object).key])
            buttons.append(Button(_("Mở trang duyệt"), url=url, icon_name="view", priority=5))
        return buttons


class DeleteView(views.DeleteView):
    """Only a draft that was never submitted can go; the rest has a history to keep."""

    def dispatch(self, request, *args, **kwargs):
        if Decision.objects.filter(subject=RecordSubject(self.object).key).exists():
            raise PermissionDenied(gettext("Bản ghi đã trình duyệt thì không xoá được; hãy rút nó khỏi nơi công bố."))
        return super().dispatch(request, *args, **kwargs)


class Closed:
    """Answers 403 to everybody: publication goes through clearance alone."""

    def dispatch(self, request, *args, **kwargs):
        raise PermissionDenied(gettext("Bản ghi chỉ được công bố hoặc rút qua trang duyệt."))


class UnpublishView(Closed, views.UnpublishView):
    pass


class UnscheduleView(Closed, views.RevisionsUnscheduleView):
    pass


class IndexView(views.IndexView):
    def search_queryset(self, queryset):
        """Words in the stored folded column: identifier, titles, reading, shelfmarks."""
        if self.is_searching:
            for word in fold(self.search_query).split():
                queryset = queryset.filter(folded__contains=word)
        return queryset


class StatusColumn(Column):
    cell_template_name = "archive/admin/status_cell.html"


class BulkDelete(DeleteBulkAction):
    """No record goes in bulk; Wagtail's page would name those that a person may not see."""

    @classproperty
    def models(cls):
        return [Record]

    def dispatch(self, request, *args, **kwargs):
        raise PermissionDenied(gettext("Việc này không làm hàng loạt được."))


class ClosedChooser(SnippetChooserViewSet):
    """Wagtail makes one for each snippet and lists all in it; records are chosen elsewhere."""

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
    delete_view_class = DeleteView
    unpublish_view_class = UnpublishView
    revisions_unschedule_view_class = UnscheduleView
    list_display = [
        "identifier",
        "title_vi",
        Column("get_kind_display", label=_("Loại hình"), sort_key="kind"),
        StatusColumn("status", label=_("Tình trạng"), sort_key="status"),
        DateColumn("updated_at", label=_("Sửa lần cuối"), sort_key="updated_at"),
    ]
    list_filter = ["status", "kind"]
    search_fields = ["folded"]
    list_per_page = 40
    edit_handler = TabbedInterface(
        [
            ObjectList(TEXT_PANELS, heading=_("Văn bản")),
            ObjectList(SCAN_PANELS, heading=_("Bản quét")),
            ObjectList(CONTEXT_PANELS, heading=_("Bối cảnh")),
            ObjectList(RIGHTS_PANELS, heading=_("Quyền và xác nhận")),
        ]
    )

    def get_queryset(self, request):
        return visible_records(request.user)

    def construct_view(self, view_class, **kwargs):
        return hide_held(super().construct_view(view_class, **kwargs))


def visible_records(user):
    """Every record but, for those who may not hold, the held ones."""
    return Record.objects.all() if user.has_perm(clearance.HOLD) else Record.objects.filter(~Q(status=Status.HELD))


def readers_only(view):
    """Answer 403 to those who may not read records: Wagtail opens choosers to whoever enters the administration."""

    def guarded(request, *args, **kwargs):
        if not request.user.has_perm("archive.view_record"):
            raise PermissionDenied(gettext("Tài khoản này không được xem bản ghi."))
        return view(request, *args, **kwargs)

    return guarded


def hide_held(view):
    """Answer 404 for a held record in any of its admin views to all but reviewers."""

    def guarded(request, *args, **kwargs):
        pk = kwargs.get("pk") or (args[0] if args else None)
        if pk is not None and str(pk).isdigit() and not visible_records(request.user).filter(pk=pk).exists():
            raise Http404(pk)
        return view(request, *args, **kwargs)

    return guarded
