"""The list of records: its columns, filters, order and search."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views import snippets as views

from archive import completeness, dates
from archive.folding import fold
from archive.models import ChangeSet, ChangeSetRow, Institution, Kind, Record, RecordTag, Status, Tag
from archive.templatetags.archive_tags import set_text


class PlainColumn(Column):
    """A cell written without a template: forty rows of seven templates are half of the list's time."""

    def render_cell_html(self, instance, parent_context):
        return format_html('<td class="{}">{}</td>', self.classname or "", self.written(self.get_value(instance)))

    def written(self, value):
        return value


class StatusColumn(PlainColumn):
    def render_cell_html(self, instance, parent_context):
        strong = " w-status--primary" if instance.status == Status.CLEARED else ""
        return format_html(
            '<td><span class="w-status{}">{}</span></td>', strong, capfirst(instance.get_status_display())
        )


class CompletenessColumn(PlainColumn):
    def written(self, value):
        return f"{value}%"


SHORT = 60  # characters; such a text needs no opening


def few_lines(text: str):
    """A text that takes two lines at most, and opens under the pointer or the focus."""
    if len(text) <= SHORT:
        return set_text(text)
    return format_html('<span class="few-lines" tabindex="0" title="{}">{}</span>', text, set_text(text))


class TitleInFewLines(PlainColumn):
    """Two lines of a title; the whole of it where the pointer or the focus is."""

    def written(self, value):
        return few_lines(value)


class DateColumn(PlainColumn):
    """The date as readers see it, in the reader's language; what was typed while it can't be read."""

    def render_cell_html(self, instance, parent_context):
        lang = "en" if get_language() == "en" else "vi"
        return format_html('<td class="{}">{}</td>', self.classname or "", few_lines(shown_date(instance, lang)))


def shown_date(record, lang: str) -> str:
    own = getattr(record, f"date_display_{lang}")
    if own or not record.date_text:
        return own or ""
    try:
        return getattr(dates.parse(record.date_text), f"display_{lang}")
    except dates.DateError:
        return record.date_text


class DayColumn(PlainColumn):
    def written(self, value):
        return date_format(localtime(value), "SHORT_DATETIME_FORMAT")


FEW = 1000


def narrowed(records, *conditions):
    """The records that meet conditions which no index orders.

    What few meet is found once, in the index alone, and then counted, sorted and shown by key; what many meet the
    database finds soon enough in any order.
    """
    met = records.filter(*conditions)
    found = list(met.order_by().values_list("pk", flat=True)[: FEW + 1])
    return records.filter(pk__in=found) if len(found) <= FEW else met


def containing(query: str) -> list[Q]:
    """Conditions for the words of a query in the stored folded column."""
    return [Q(folded__contains=word) for word in fold(query).split()]


def gap_choices():
    return [(code, completeness.words(code)) for code in completeness.all_codes()]


class RecordFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(label=_("Tình trạng"), choices=Status.choices, empty_label=_("Tất cả"))
    kind = django_filters.ChoiceFilter(label=_("Loại hình"), choices=Kind.choices, empty_label=_("Tất cả"))
    gap = django_filters.ChoiceFilter(
        label=_("Còn thiếu"), choices=gap_choices, empty_label=_("Tất cả"), method="lacking"
    )
    institution = django_filters.ModelChoiceFilter(
        label=_("Cơ quan lưu giữ"), queryset=Institution.objects.all(), empty_label=_("Tất cả")
    )
    tag = django_filters.ModelChoiceFilter(
        label=_("Từ khoá"), queryset=Tag.objects.all(), empty_label=_("Tất cả"), method="tagged"
    )
    year_from = django_filters.NumberFilter(label=_("Từ năm"), method="not_before", widget=forms.NumberInput())
    year_to = django_filters.NumberFilter(label=_("Đến năm"), method="not_after", widget=forms.NumberInput())
    change_set = django_filters.ModelChoiceFilter(
        label=_("Lần nhập"),
        queryset=ChangeSet.objects.order_by("-pk"),
        empty_label=_("Tất cả"),
        method="imported",
    )

    class Meta:
        model = Record
        fields = []

    def lacking(self, records, name, value):
        return narrowed(records, Q(gaps__contains=f" {value} "))

    def tagged(self, records, name, value):
        return records.filter(pk__in=RecordTag.objects.filter(tag=value).values("record"))

    def imported(self, records, name, value):
        rows = ChangeSetRow.objects.filter(change_set=value, record__isnull=False)
        return records.filter(pk__in=rows.values("record"))

    def not_before(self, records, name, value):
        return records.filter(date_to__gte=int(value))

    def not_after(self, records, name, value):
        return records.filter(date_from__lte=int(value))


class IndexView(views.IndexView):
    filterset_class = RecordFilterSet

    def search_queryset(self, queryset):
        """Words in the stored folded column: identifier, titles, reading, shelfmarks, number."""
        if self.is_searching:
            return narrowed(queryset, *containing(self.search_query))
        return queryset

    def get_base_queryset(self):
        """Only what the list shows: descriptions stay in the database."""
        shown = ("identifier", "title_vi", "kind", "status", "completeness", "gaps", "updated_at")
        dated = ("date_text", "date_display_vi", "date_display_en")
        return super().get_base_queryset().only(*shown, *dated)

    def _annotate_queryset_updated_at(self, queryset):
        """A record has a column of its own for it; Wagtail would join the revisions."""
        return queryset


ROOMY = "not-on-phone"
LIST_DISPLAY = [
    "identifier",
    TitleInFewLines("title_vi", label=_("Nhan đề")),
    PlainColumn("get_kind_display", label=_("Loại hình"), sort_key="kind", classname=ROOMY),
    DateColumn("date_text", label=_("Niên đại"), sort_key="date_from", classname=ROOMY),
    StatusColumn("status", label=_("Tình trạng"), sort_key="status"),
    CompletenessColumn("completeness", label=_("Độ đầy đủ"), sort_key="completeness", classname=ROOMY),
    DayColumn("updated_at", label=_("Sửa lần cuối"), sort_key="updated_at", classname=ROOMY),
]
