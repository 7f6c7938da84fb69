"""Panels of the record's editor: sections that fold by kind, a text in two languages, a date as it is read."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel

from archive import completeness, two_languages
from archive.admin.readings import date_reading


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
        def classes(self):
            fits = not self.panel.kinds or self.instance.kind in self.panel.kinds
            return super().classes() + ([] if fits or self.is_used else ["collapsed"])

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


class Pair(FieldRowPanel):
    """A translated field: Vietnamese left, English right, and beside them what is missing or stale."""

    def __init__(self, name, *, widget=None, **kwargs):
        kwargs.pop("children", None)
        panels = [FieldPanel(f"{name}_{lang}", widget=widget) for lang in two_languages.LANGUAGES]
        super().__init__(panels, **kwargs)
        self.name, self.widget = name, widget

    def clone_kwargs(self):
        return super().clone_kwargs() | {"name": self.name, "widget": self.widget}

    @property
    def clean_name(self):
        return self.name

    class BoundPanel(FieldRowPanel.BoundPanel):
        template_name = "archive/admin/record_pair.html"

        def stored(self, lang: str) -> str:
            """The text as it stands in the database, also when the form comes back with errors."""
            return self.form.initial.get(f"{self.panel.name}_{lang}") or ""

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


class DatePanel(FieldPanel):
    """The date, and beside it how it was understood."""

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "archive/admin/record_date.html"

        def get_context_data(self, parent_context=None):
            text = self.instance.date_text or ""
            return super().get_context_data(parent_context) | {"reading": date_reading(text) if text.strip() else {}}


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
