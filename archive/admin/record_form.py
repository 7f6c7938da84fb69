"""The form of a record: corners in degrees, minutes and seconds; confirmations of a translation."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import BaseChooser

from archive import coordinates, scan_pages, two_languages
from archive.folding import composed
from media.models import Scan

CONFIRM = "confirm-translation"  # repeated: "description", "scans-0:note"
TOO_MANY_PAGES = _("Tệp có %(pages)s trang; một bản ghi mang tối đa %(limit)s trang. Hãy tách tệp.")
KEY = re.compile("[0-9]{1,18}")
CORNERS = {"west": "lon", "south": "lat", "east": "lon", "north": "lat"}


class DegreesField(forms.CharField):
    """An angle, typed in degrees, minutes and seconds or as a decimal; its value is a float of degrees."""

    def __init__(self, *, axis, lang="", **kwargs):
        super().__init__(**kwargs)
        self.axis, self.lang = axis, lang  # lang: what a lone N means, where the other corners tell

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            return coordinates.parse(text, self.axis, self.lang)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value):
        return coordinates.written(value, self.axis) if isinstance(value, float | int) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


def know_chosen(lines: list) -> None:
    """Fetch what the lines' choosers show at once, a query a model; a chooser asks for its own by itself.

    lines: forms of a record's lines.
    """
    wanted: dict[type, list] = {}
    for form in lines:
        for name, field in form.fields.items():
            if isinstance(field.widget, BaseChooser) and KEY.fullmatch(str(form[name].value() or "")):
                wanted.setdefault(field.widget.model_class, []).append((field.widget, int(form[name].value())))
    for model, chosen in wanted.items():
        known = model._default_manager.in_bulk({pk for _widget, pk in chosen})
        for widget, pk in chosen:
            if pk in known:
                widget.get_instance = lambda value, one=known[pk], ask=widget.get_instance: (
                    one if str(value) == str(one.pk) else ask(value)
                )


class RecordForm(WagtailAdminModelForm):
    def __init__(self, data=None, *args, **kwargs):
        super().__init__(composed(data), *args, **kwargs)
        self.made_from = dict(self.instance.translated_from or {})
        for formset in self.formsets.values():
            for form in formset.forms:
                form.made_from = dict(getattr(form.instance, "translated_from", None) or {})
        self.know_scans()
        know_chosen([form for formset in self.formsets.values() for form in formset.forms])
        lang = coordinates.language_of(str(self.data.get(self.add_prefix(name), "")) for name in CORNERS)
        for name, axis in CORNERS.items():
            if name in self.fields:
                old = self.fields[name]
                self.fields[name] = DegreesField(axis=axis, lang=lang, label=old.label, required=False)

    def know_scans(self):
        """Fetch the scans of all lines at once: each line says which page of its file it is."""
        lines = [form.instance for form in self.lines_of_scans() if form.instance.scan_id]
        known = Scan.objects.in_bulk({line.scan_id for line in lines}) if lines else {}
        for line in lines:
            if line.scan_id in known:
                line.scan = known[line.scan_id]

    def is_valid(self):
        return super().is_valid() and self.has_room()

    def chosen_scans(self) -> list:
        """Forms of lines whose scan was chosen just now."""
        changed = [form for form in self.lines_of_scans() if "scan" in form.changed_data]
        return [form for form in changed if form.cleaned_data.get("scan") and not form.cleaned_data.get("DELETE")]

    def has_room(self) -> bool:
        """Whether the pages of the files chosen just now fit into one record; the line says so where they don't."""
        lines, fits = sum(not form.cleaned_data.get("DELETE") for form in self.lines_of_scans()), True
        for form in self.chosen_scans():
            pages = form.instance.scan.pages
            lines += pages - 1
            if pages > 1 and lines > scan_pages.MOST:
                form.add_error("scan", TOO_MANY_PAGES % {"pages": pages, "limit": scan_pages.MOST})
                fits = False
        return fits

    def lines_of_scans(self) -> list:
        return self.formsets["scans"].forms if "scans" in self.formsets else []

    def save(self, commit=True):
        instance = super().save(commit=False)
        scan_pages.spread(instance, [form.instance for form in self.chosen_scans()])
        self.confirm_translations()
        if commit:
            instance.save()
            self._save_m2m()
        return instance

    def confirm_translations(self):
        """Note which English texts the curator says are still true."""
        for code in self.data.getlist(CONFIRM) if hasattr(self.data, "getlist") else ():
            prefix, _colon, field = code.rpartition(":")
            row = self.row(prefix)
            fields = two_languages.CHILDREN.get(prefix.partition("-")[0], ()) if prefix else two_languages.RECORD
            if row is not None and field in fields:
                two_languages.confirm(row, field)

    def row(self, prefix: str):
        """The record itself, or the child that the form of this prefix ("scans-0") edits; None for no such."""
        if not prefix:
            return self.instance
        forms_ = [form for formset in self.formsets.values() for form in formset.forms]
        return next((form.instance for form in forms_ if form.prefix == prefix), None)
