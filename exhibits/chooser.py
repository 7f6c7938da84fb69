"""The admin's modal for choosing a record: what it hands over is the identifier."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from archive.admin.records import readers_only, visible_records
from archive.folding import fold
from archive.models import Record, Status


class WordsForm(BaseFilterForm):
    """Words in the stored folded column, with or without diacritics."""

    q = forms.CharField(
        label=_("Tìm bản ghi"),
        widget=forms.TextInput(attrs={"placeholder": _("Số hiệu, nhan đề, âm đọc; có dấu hay không dấu")}),
        required=False,
    )

    def filter(self, objects):
        query = self.cleaned_data.get("q") or ""
        for word in fold(query).split():
            objects = objects.filter(folded__contains=word)
        self.is_searching, self.search_query = bool(query.strip()), query
        return objects


class RecordListing:
    """What the list of the chooser shows: records that this person may see."""

    filter_form_class = WordsForm
    ordering = ["identifier"]

    def get_object_list(self):
        return visible_records(self.request.user).select_related("edition")

    @property
    def columns(self):
        return [
            self.title_column,
            Column("status", label=_("Tình trạng"), accessor=lambda record: record.get_status_display()),
            Column(
                "public",
                label=_("Đang công bố"),
                accessor=lambda record: _("có") if hasattr(record, "edition") else "–",
            ),
        ]


class ChooseView(RecordListing, views.ChooseView):
    pass


class ChooseResultsView(RecordListing, views.ChooseResultsView):
    pass


class ByIdentifier:
    def get_object_id(self, instance):
        return instance.identifier


class ChosenView(ByIdentifier, views.ChosenView):
    def get_object(self, pk):
        return visible_records(self.request.user).get(pk=pk)


class ChosenMultipleView(ByIdentifier, views.ChosenMultipleView):
    def get_objects(self, pks):
        return visible_records(self.request.user).filter(pk__in=pks)


class RecordChooser(BaseChooser):
    """The widget: its value is an identifier."""

    def get_instance(self, value):
        if value is None or isinstance(value, Record):
            return value
        return Record.objects.filter(identifier=value).first()

    def get_value_data(self, value):
        # An identifier without a record stays visible and can be replaced.
        return super().get_value_data(value) or (value and {"id": value, "edit_url": None, "title": value})

    def get_value_data_from_instance(self, instance):
        data = super().get_value_data_from_instance(instance) | {"id": instance.identifier}
        if instance.status == Status.HELD:
            # The widget doesn't know who looks: of a held record it says what the page's own text holds.
            return data | {"title": instance.identifier, "edit_url": None}
        return data


class RecordChooserViewSet(ChooserViewSet):
    model = Record
    icon = "doc-full"
    choose_one_text = _("Chọn bản ghi")
    choose_another_text = _("Chọn bản ghi khác")
    edit_item_text = _("Sửa bản ghi này")
    per_page = 20
    base_widget_class = RecordChooser
    register_widget = False
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView

    def construct_view(self, view_class, **kwargs):
        return readers_only(super().construct_view(view_class, **kwargs))


record_chooser = RecordChooserViewSet("record_chooser")
