"""The blocks that name a record or a place: a page holds their keys, what they show is read when it is rendered."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import pgettext_lazy
from wagtail.blocks import FieldBlock

from archive.models import Place
from archive.models.record import identifier_validator


class RecordKeyBlock(FieldBlock):
    """The identifier of a record. What it shows is read from the standing edition when the page is rendered."""

    is_record_key = True

    def __init__(self, required=True, help_text=None, **kwargs):
        self._required, self._help_text = required, help_text
        super().__init__(**kwargs)

    @cached_property
    def field(self):
        from .chooser import record_chooser  # admin views, which load after the models

        return forms.CharField(
            required=self._required,
            help_text=self._help_text,
            max_length=80,
            validators=[identifier_validator],
            widget=record_chooser.widget_class(),
        )

    def get_form_state(self, value):
        return self.field.widget.get_value_data(value)

    def value_from_form(self, value):
        return value or ""

    def get_prep_value(self, value):
        return value or ""

    def get_searchable_content(self, value):
        return []

    class Meta:
        icon = "doc-full"
        default = ""
        label = pgettext_lazy("một", "Bản ghi")


class PlaceKeyBlock(FieldBlock):
    """The key of a place, chosen in the catalogue's own chooser of places."""

    is_place_key = True

    def __init__(self, required=True, help_text=None, **kwargs):
        self._required, self._help_text = required, help_text
        super().__init__(**kwargs)

    @cached_property
    def field(self):
        return forms.ModelChoiceField(
            queryset=Place.objects.all(),
            required=self._required,
            help_text=self._help_text,
            widget=Place.snippet_viewset.chooser_viewset.widget_class,  # Wagtail's own is a widget already
        )

    def _place(self, key):
        return Place.objects.filter(key=key).first() if key else None

    def get_form_state(self, value):
        return self.field.widget.get_value_data(self._place(value))

    def value_for_form(self, value):
        place = self._place(value)
        return place.pk if place else None

    def value_from_form(self, value):
        """The key of what the form hands over: a place, or its number as the widget posts it."""
        if isinstance(value, Place):
            return value.key
        if not value or not str(value).isdecimal():
            return ""
        return Place.objects.filter(pk=value).values_list("key", flat=True).first() or ""

    def get_prep_value(self, value):
        return value or ""

    def get_searchable_content(self, value):
        return []

    class Meta:
        icon = "site"
        default = ""
        label = pgettext_lazy("một", "Địa danh")
