"""The block that names a record."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import pgettext_lazy
from wagtail.blocks import FieldBlock

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
