"""Choosing a record that another one relates to: found by words without diacritics; held ones are hidden."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from archive.models import Record, Status

from .record_access import readers_only, visible_records
from .record_list import containing, narrowed


class WordsForm(BaseFilterForm):
    """Words in the stored folded column, with or without diacritics."""

    q = forms.CharField(
        label=_("Tìm bản ghi"),
        widget=forms.TextInput(attrs={"placeholder": _("Số hiệu, nhan đề, âm đọc; có dấu hay không dấu")}),
        required=False,
    )

    def filter(self, objects):
        query = self.cleaned_data.get("q") or ""
        if query.strip():
            objects = narrowed(objects, *containing(query))
        self.is_searching, self.search_query = bool(query.strip()), query
        return objects


class Listing:
    filter_form_class = WordsForm
    ordering = ["identifier"]

    def get_object_list(self):
        return visible_records(self.request.user)

    @property
    def columns(self):
        status = Column("status", label=_("Tình trạng"), accessor=lambda record: record.get_status_display())
        return [self.title_column, Column("kind", label=_("Loại hình"), accessor=Record.get_kind_display), status]


class ChooseView(Listing, views.ChooseView):
    pass


class ChooseResultsView(Listing, views.ChooseResultsView):
    pass


class ChosenView(views.ChosenView):
    def get_object(self, pk):
        return visible_records(self.request.user).get(pk=pk)


class ChosenMultipleView(views.ChosenMultipleView):
    def get_objects(self, pks):
        return visible_records(self.request.user).filter(pk__in=pks)


class RecordLinkChooser(BaseChooser):
    """The widget doesn't know who looks, so of a held record it says no more than that it is one."""

    def get_value_data_from_instance(self, instance):
        data = super().get_value_data_from_instance(instance)
        if instance.status == Status.HELD:
            return data | {"title": str(_("(bản ghi đang tạm giữ)")), "edit_url": None}
        return data


class RecordLinkChooserViewSet(ChooserViewSet):
    model = Record
    icon = "doc-full"
    choose_one_text = _("Chọn bản ghi")
    choose_another_text = _("Chọn bản ghi khác")
    edit_item_text = _("Sửa bản ghi này")
    per_page = 20
    base_widget_class = RecordLinkChooser
    register_widget = False
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView

    def construct_view(self, view_class, **kwargs):
        return readers_only(super().construct_view(view_class, **kwargs))


record_link_chooser = RecordLinkChooserViewSet("record_link_chooser")
record_link_widget = record_link_chooser.widget_class
