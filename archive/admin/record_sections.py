"""Panels of the record's editor: sections that fold by kind, a text in two languages, a date as it is read."""

from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel

from archive import completeness, two_languages
from archive.admin.readings import date_reading

# Wagtail's styles go by the widget's name.
KINDS_OF_WIDGETS = {
    "AdminAutoHeightTextInput": "admin_auto_height_text_input",
    "CheckboxInput": "checkbox_input",
    "Select": "select",
    "AdminDateInput": "admin_date_input",
}


class Field(FieldPanel):
    """A field as Wagtail's own templates write it, without its comments: they are a third of the editor's time."""

    def __init__(self, field_name, **kwargs):
        super().__init__(field_name, **{"disable_comments": True} | kwargs)

    class BoundPanel(FieldPanel.BoundPanel):
        def render_html(self, parent_context=None):
            context = self.get_editable_context_data()
            errors = format_html_join(
                "", '<p class="error-message">{}</p>', ((one,) for one in self.bound_field.errors)
            )
            return format_html(
                '<div class="w-field__wrapper" id="{prefix}-wrapper" data-field-wrapper>'
                '<div class="w-field w-field--{kind}{bad}" data-field data-contentpath="{name}">'
                '<div class="w-field__errors" data-field-errors id="{prefix}-errors">{errors}</div>'
                '<div class="w-field__help" id="{prefix}-helptext" data-field-help>{help}</div>'
                '<div class="w-field__input" data-field-input>{field}</div></div></div>',
                prefix=self.prefix,
                kind=KINDS_OF_WIDGETS.get(type(self.bound_field.field.widget).__name__, "text_input"),
                bad=" w-field--error" if errors else "",
                name=self.field_name,
                errors=errors,
                help=format_html('<div class="help">{}</div>', self.help_text) if self.help_text else "",
                field=context["rendered_field"],
            )


class Row(FieldRowPanel):
    """Fields beside each other."""

    class BoundPanel(FieldRowPanel.BoundPanel):
        def render_html(self, parent_context=None):
            return format_html('<div class="w-field-row">{}</div>', labelled(self.visible_children, parent_context))


def labelled(children, parent_context) -> str:
    """Bound fields, each under its label."""
    return format_html_join(
        "",
        '<div class="w-panel__wrapper"><label class="w-field__label" for="{0}" id="{0}-label">{1}{2}</label>{3}</div>',
        (
            (
                child.id_for_label(),
                child.heading,
                mark_safe('<span class="w-required-mark">*</span>') if child.is_required() else "",
                child.render_html(parent_context),
            )
            for child in children
        ),
    )


def heading_of(child) -> str:
    """A bound panel's label or, where it is no single field, its heading."""
    if not child.heading:
        return ""
    mark = mark_safe('<span class="w-required-mark">*</span>') if child.is_required() else ""
    if name := child.id_for_label():
        element = "h3" if getattr(child, "read_only", False) else "label"
        target = format_html(' for="{}"', name) if element == "label" else ""
        words = element, target, name, child.heading, mark
        return format_html('<{0} class="w-field__label"{1} id="{2}-label">{3}{4}</{0}>', *words)
    return format_html('<h3 class="w-field__label">{}{}</h3>', child.heading, mark)


class Section(MultiFieldPanel):
    """A part of the editor, with a heading. For kinds that it doesn't fit it is folded while nothing in it is filled.

    name: stands in the page's address; kinds: those that it fits, empty for all.
    """

    def __init__(self, children=(), *, name="", kinds=(), **kwargs):
        super().__init__(children, **kwargs)
        self.name, self.kinds = name, tuple(kinds)

    def clone_kwargs(self):
        return super().clone_kwargs() | {"name": self.name, "kinds": self.kinds}

    @property
    def clean_name(self):
        return self.name or super().clean_name

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def render_html(self, parent_context=None):
            """What Wagtail's template writes, which takes a fifth of the editor's time."""
            if self.help_text:
                return super().render_html(parent_context)
            return format_html_join(
                "",
                '<div class="{}"{}>{}{}</div>',
                (
                    (
                        " ".join(["w-panel__wrapper", *child.classes()]),
                        flatatt(child.attrs),
                        heading_of(child),
                        child.render_html(parent_context),
                    )
                    for child in self.visible_children
                ),
            )

        def classes(self):
            fits = not self.panel.kinds or self.instance.kind in self.panel.kinds
            return super().classes() + ([] if fits or self.is_used else ["collapsed"])

        def js_opts(self):
            """Without what Wagtail tells its scripts of each field: that renders every field a second time."""
            return {"type": "Section", "prefix": self.prefix, "children": []}

        @property
        def attrs(self):
            return super().attrs | {"data-kinds": " ".join(self.panel.kinds), "data-section": self.panel.name}

        @cached_property
        def is_used(self) -> bool:
            """Whether something stands in it, or is wrong in it."""
            options = self.panel.get_form_options()
            for name in options.get("fields", []):
                value = self.form.initial.get(name)
                if name in self.form.errors or (value not in (None, "") and not isinstance(value, bool)):
                    return True
            return any(len(self.form.formsets[name].forms) for name in options.get("formsets", {}))


class Lines(InlinePanel):
    """What a record has several of. The form of a new line is the same for everybody: it is written once a language,
    else it would be a fifth of the editor's time."""

    _written: dict[tuple, str] = {}

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            if self.form is not None:
                write = self.empty_child.render_form_content
                self.empty_child.render_form_content = lambda: self.written_once(write)

        def written_once(self, write) -> str:
            key = (self.panel.relation_name, self.empty_child.form.prefix, self.prefix, get_language())
            if key not in Lines._written:
                Lines._written[key] = write()
            return Lines._written[key]


class Pair(Row):
    """A translated field: Vietnamese left, English right, and beside them what is missing or stale."""

    def __init__(self, name, *, widget=None, **kwargs):
        kwargs.pop("children", None)
        panels = [Field(f"{name}_{lang}", widget=widget) for lang in two_languages.LANGUAGES]
        super().__init__(panels, **kwargs)
        self.name, self.widget = name, widget

    def clone_kwargs(self):
        return super().clone_kwargs() | {"name": self.name, "widget": self.widget}

    @property
    def clean_name(self):
        return self.name

    class BoundPanel(Row.BoundPanel):
        template_name = "archive/admin/record_pair.html"

        def stored(self, lang: str) -> str:
            """The text as it stands in the database, also when the form comes back with errors."""
            return self.form.initial.get(f"{self.panel.name}_{lang}") or ""

        def render_html(self, parent_context=None):
            return Panel.BoundPanel.render_html(self, parent_context)

        def get_context_data(self, parent_context=None):
            name = self.panel.name
            missing = {
                lang: two_languages.half_missing(self.instance, name) == lang
                or (lang in self.always and not two_languages.text(self.instance, name, lang))
                for lang in two_languages.LANGUAGES
            }
            made_from = getattr(self.form, "made_from", {}).get(name, "")
            now_stale = two_languages.is_stale(self.instance, name) and (
                two_languages.text(self.instance, name, "en") == self.stored("en").strip()
            )
            return super().get_context_data(parent_context) | {
                "fields": Row.BoundPanel.render_html(self, parent_context),
                "code": f"{self.form.prefix}:{name}" if self.form.prefix else name,
                "vi": self.stored("vi"),
                "en": self.stored("en"),
                "always": " ".join(self.always),
                "missing": missing,
                "stored_stale": bool(made_from) and made_from != two_languages.digest(self.stored("vi")),
                "stale": now_stale,
            }

        @property
        def always(self) -> list[str]:
            """The languages that a record of this kind may not lack."""
            if self.form.prefix:
                return []
            need = completeness.BY_CODE.get
            codes = {lang: need(f"{self.panel.name}_{lang}") for lang in two_languages.LANGUAGES}
            return [lang for lang, one in codes.items() if one and one.counts_for(self.instance.kind)]


class DatePanel(Field):
    """The date, and beside it how it was understood."""

    class BoundPanel(Field.BoundPanel):
        def render_html(self, parent_context=None):
            text = self.instance.date_text or ""
            reading = {"reading": date_reading(text) if text.strip() else {}}
            beside = render_to_string("archive/admin/record_date.html", reading)
            return super().render_html(parent_context) + mark_safe(beside)


class PagePanel(Panel):
    """Which page of a file of several pages a line of scans is. The form of a new line says nothing."""

    class BoundPanel(Panel.BoundPanel):
        def is_shown(self):
            return bool(self.instance.pk and self.instance.scan_id) and self.instance.scan.pages > 1

        def render_html(self, parent_context=None):
            words = _("Trang %(page)s / %(pages)s của tệp") % {
                "page": self.instance.page,
                "pages": self.instance.scan.pages,
            }
            return format_html('<p class="record-page">{}</p>', words)


class CompletenessPanel(Panel):
    """At the top: how complete the stored record is, and what is missing, as links to where it is mended."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/record_completeness.html"

        def is_shown(self):
            return bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            codes = completeness.codes(self.instance.gaps)
            return super().get_context_data(parent_context) | {
                "percent": self.instance.completeness,
                "gaps": [
                    {"code": code, "words": completeness.words(code), "field": completeness.field_of(code)}
                    for code in codes
                ],
                "heading": _("Độ đầy đủ"),
            }
