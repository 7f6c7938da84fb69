"""The editors' fields of authorities: words instead of codes, degrees as they are written, names as a table."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel

from archive import display, language_codes, merged, merging
from archive.coordinates import CoordinateError
from archive.coordinates import parse as parse_coordinate
from archive.coordinates import written as write_coordinate
from archive.folding import composed
from archive.models import MergedAuthority, PlaceName

LANGUAGE_LIST = "language-codes"  # id of the datalist, see archive/admin/language_list.html


def reader_language() -> str:
    return "en" if get_language() == "en" else "vi"


class LanguageField(forms.CharField):
    """A BCP 47 code, chosen from a list that says what each is, or typed as code or word."""

    default_error_messages = {
        "unknown": _("Không rõ ngôn ngữ “%(value)s”. Chọn trong danh sách, hoặc ghi mã BCP 47, ví dụ: %(examples)s.")
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Ngôn ngữ"))
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        self.widget.attrs.update({"list": LANGUAGE_LIST, "autocomplete": "off"})

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return value
        try:
            return language_codes.read(value)
        except ValueError as error:
            params = {"value": value, "examples": language_codes.EXAMPLES}
            raise forms.ValidationError(self.error_messages["unknown"], "unknown", params) from error


class CoordinateField(forms.CharField):
    """Degrees, as a decimal number or with minutes and seconds; cleaned to a float or None. axis: "lat" or "lon"."""

    def __init__(self, axis: str, **kwargs):
        super().__init__(required=False, **kwargs)
        self.axis = axis
        self.widget.attrs.update({"inputmode": "text", "autocomplete": "off"})

    def prepare_value(self, value):
        return write_coordinate(value, self.axis) if isinstance(value, float | int) else value

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            return parse_coordinate(value, self.axis, reader_language())
        except CoordinateError as error:
            raise forms.ValidationError(str(error)) from error

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "") != (data or "").strip()


def place_kinds() -> list[tuple[str, str]]:
    lang = reader_language()
    return [(kind, words[lang]) for kind, words in display.PLACE_KINDS.items()]


def kind_choices() -> list[tuple[str, str]]:
    return [("", _("Chưa rõ")), *place_kinds()]


class AuthorityForm(WagtailAdminModelForm):
    """What all authorities' forms check: a key that leads to one thing, for ever."""

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(composed(data), *args, **kwargs)
        self.fields["name_vi"].required = True
        self.fields["key"].help_text = _("Khoá nằm trong địa chỉ trang công khai; đã công bố thì không đổi được.")

    def clean_key(self):
        key, kind = self.cleaned_data["key"], merged.kind_of(self.instance)
        into = MergedAuthority.objects.filter(kind=kind, key=key).values_list("into", flat=True).first()
        if into:
            message = _("Khoá “%(key)s” từng là của một mục đã gộp vào “%(into)s”; hãy chọn khoá khác.")
            raise forms.ValidationError(message, params={"key": key, "into": into})
        before = type(self.instance).objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if before and before.key != key and merging.was_public(before):
            message = _("Khoá “%(key)s” đã công bố nên không đổi được: địa chỉ trang mang khoá này.")
            raise forms.ValidationError(message, params={"key": before.key})
        return key


class PlaceForm(AuthorityForm):
    kind = forms.ChoiceField(label=_("Loại"), required=False)
    latitude = CoordinateField(
        "lat", label=_("Vĩ độ"), help_text=_("Số độ hoặc độ-phút-giây, ví dụ: 16,5 hoặc 16°30′00″B.")
    )
    longitude = CoordinateField("lon", label=_("Kinh độ"), help_text=_("Ví dụ: 112 hoặc 111°36′30″Đ."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices, now = kind_choices(), self.instance.kind
        if now and now not in dict(choices):  # a word of an older gazetteer isn't lost
            choices.append((now, now))
        self.fields["kind"].choices = choices

    def clean(self):
        data = super().clean()
        if "latitude" in data and "longitude" in data and (data["latitude"] is None) != (data["longitude"] is None):
            missing = "latitude" if data["latitude"] is None else "longitude"
            self.add_error(missing, _("Toạ độ cần cả vĩ độ và kinh độ; hoặc để trống cả hai."))
        parent = data.get("parent")
        if parent and self.instance.pk and (parent.pk == self.instance.pk or merging.is_below(parent, self.instance)):
            self.add_error("parent", _("Một địa danh không nằm trong chính nó hay trong phần của nó."))
        return data


class PlaceNameForm(WagtailAdminModelForm):
    language = LanguageField()


NAME_PANELS = [
    FieldPanel(name) for name in ("text", "language", "script", "period_text", "source", "historical", "verified")
]


class NamesPanel(InlinePanel):
    """A place's names, one a row of a table."""

    def __init__(self, **kwargs):
        super().__init__("names", panels=NAME_PANELS, label=_("tên gọi"), **kwargs)

    def clone_kwargs(self):
        kwargs = super().clone_kwargs()
        return {
            name: kwargs[name]
            for name in kwargs
            if name not in ("relation_name", "panels", "label", "min_num", "max_num")
        }

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"]["names"]["form"] = PlaceNameForm
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "archive/admin/authority_names.html"

        def get_context_data(self, parent_context=None):
            headings = [PlaceName._meta.get_field(name).verbose_name for name in NAMES_SHOWN]
            offered = language_codes.offered(reader_language())
            return super().get_context_data(parent_context) | {"headings": headings, "languages": offered}


NAMES_SHOWN = ("text", "language", "script", "period_text", "source")
