"""Choosing a scan for a record, or uploading one on the spot."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet

from media import states, visibility
from media.admin import columns
from media.admin.forms import OneScanForm, ScanFilterForm
from media.admin.views import may_see
from media.ingest import Refused, ingest


class ScansMixin:
    filter_form_class = ScanFilterForm

    @property
    def columns(self):
        title: TitleColumn = self.title_column
        title.label = _("Tên tệp")
        return columns.choosing(title)

    def get_object_list(self):
        return visibility.find(self.request.user)

    def get_results_page(self, request):
        page = super().get_results_page(request)
        page.object_list = list(page.object_list)
        found = states.of(page.object_list)
        for scan in page.object_list:
            scan.state = found[scan.pk]
        return page


class ScanChooseView(ScansMixin, views.ChooseView):
    pass


class ScanChooseResultsView(ScansMixin, views.ChooseResultsView):
    pass


class ScanChosenView(views.ChosenView):
    def get_object(self, pk):
        return visibility.find(self.request.user).get(pk=pk)


class ScanChosenMultipleView(views.ChosenMultipleView):
    def get_objects(self, pks):
        return visibility.find(self.request.user).filter(pk__in=pks)


class ScanCreateView(views.CreateView):
    """Upload inside the chooser: a refused file shows its sentence at the field."""

    def post(self, request):
        self.form = self.get_creation_form()
        if self.form.is_valid():
            file = self.form.cleaned_data["file"]
            try:
                return self.get_chosen_response(ingest(file, file.name, request.user))
            except Refused as error:
                self.form.add_error("file", str(error))
        return self.get_reshow_creation_form_response()


class ScanChooserViewSet(ChooserViewSet):
    model = "media.Scan"
    icon = "image"
    choose_one_text = _("Chọn bản quét")
    choose_another_text = _("Chọn bản quét khác")
    search_tab_label = _("Bản quét đã có")
    creation_tab_label = _("Tải lên")
    create_action_label = _("Tải lên")
    create_action_clicked_label = _("Đang tải lên…")
    creation_form_class = OneScanForm
    choose_view_class = ScanChooseView
    choose_results_view_class = ScanChooseResultsView
    chosen_view_class = ScanChosenView
    chosen_multiple_view_class = ScanChosenMultipleView
    create_view_class = ScanCreateView
    per_page = 12

    def construct_view(self, view_class, **kwargs):
        """Wagtail opens choosers to whoever enters the administration."""
        view = super().construct_view(view_class, **kwargs)

        def guarded(request, *args, **rest):
            if not may_see(request.user):
                raise PermissionDenied
            return view(request, *args, **rest)

        return guarded


scan_chooser = ScanChooserViewSet("scan_chooser", url_prefix="scan-chooser")
