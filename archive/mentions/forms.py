"""The rows of the mentions' page: numbers and words, with or without JavaScript."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.admin.authority_forms import LanguageField
from archive.folding import nfc
from archive.models import PlaceMention

from . import places

MOST = 1000  # mentions of a record
HAN = {"class": "mention-han", "autocomplete": "off"}


class PlaceField(forms.CharField):
    """A place by its key, or by a name that only one place has; cleaned to a Place."""

    default_error_messages = {
        "unknown": _("Danh mục không có địa danh “%(value)s”. Hãy chọn trong gợi ý, hoặc thêm địa danh trước."),
        "ambiguous": _("“%(value)s” là tên của nhiều địa danh (%(keys)s). Hãy ghi khoá thay cho tên."),
    }

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            return places.find(value)
        except places.Unknown as error:
            raise ValidationError(self.error_messages["unknown"], "unknown", {"value": value}) from error
        except places.Ambiguous as error:
            params = {"value": value, "keys": ", ".join(error.keys)}
            raise ValidationError(self.error_messages["ambiguous"], "ambiguous", params) from error


def percent(label) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"step": "any", "min": 0, "max": 100})
    return forms.FloatField(label=label, min_value=0, max_value=100, widget=widget)


def sheet_key(scan: int, page: int) -> str:
    """Names a page of a scan in the form and its script: "12", "12.3" for later pages of a file."""
    return f"{scan}.{page}" if page > 1 else str(scan)


def sheet_of(key: str) -> tuple[int, int]:
    """The scan's pk and the page that a sheet_key names. Raises ValueError."""
    scan, _dot, page = key.partition(".")
    return int(scan), int(page or 1)


class MentionForm(forms.Form):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    scan = forms.TypedChoiceField(label=pgettext_lazy("một", "Bản quét"), coerce=sheet_of)
    x, y = percent(_("Trái (%)")), percent(_("Trên (%)"))
    width, height = percent(_("Rộng (%)")), percent(_("Cao (%)"))
    place = PlaceField(label=pgettext_lazy("một", "Địa danh"), max_length=200)
    name_as_written = forms.CharField(
        label=_("Tên như ghi"), max_length=200, widget=forms.TextInput(attrs=HAN), strip=True
    )
    language = LanguageField(required=False, max_length=20)
    reading = forms.CharField(label=_("Đọc là"), max_length=200, required=False)
    meaning_vi = forms.CharField(label=_("Nghĩa là (tiếng Việt)"), max_length=300, required=False)
    meaning_en = forms.CharField(label=_("Nghĩa là (tiếng Anh)"), max_length=300, required=False)

    def __init__(self, *args, scans=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scan"].choices = list(scans)
        self.fields["scan"].initial = scans[0][0] if scans else None  # a row of no more than that is empty

    def clean_name_as_written(self):
        return nfc(self.cleaned_data["name_as_written"])

    def clean(self):
        data = super().clean()
        if not self.errors and data:
            try:
                self.mention().clean()
            except ValidationError as error:
                self.add_error(NON_FIELD_ERRORS, error)
        return data

    def mention(self) -> PlaceMention:
        """What this valid row says, not yet saved."""
        data = self.cleaned_data
        fields = {name: data[name] for name in FIELDS}
        scan, page = data["scan"]
        return PlaceMention(pk=data["id"], scan_id=scan, page=page, place=data["place"], **fields)


REGION = ("x", "y", "width", "height")
FIELDS = (*REGION, "name_as_written", "language", "reading", "meaning_vi", "meaning_en")


class Rows(forms.BaseFormSet):
    def mentions(self) -> list[PlaceMention]:
        """The rows of a valid formset in their order, without what was deleted or left empty."""
        kept = [form for form in self.forms if form.has_changed() and not form.cleaned_data.get("DELETE")]
        late = MOST + len(kept)
        kept.sort(key=lambda form: form.cleaned_data.get("ORDER") or late)
        return [form.mention() for form in kept]


Formset = forms.formset_factory(
    MentionForm, formset=Rows, extra=1, can_order=True, can_delete=True, max_num=MOST, absolute_max=MOST
)


def initial(mention: PlaceMention) -> dict:
    """A stored mention as a row; numbers as short as they are exact enough (a millionth of the sheet)."""
    row = {name: getattr(mention, name) or "" for name in FIELDS if name not in REGION}
    region = {name: round(getattr(mention, name), 4) for name in REGION}
    return (
        row | region | {"id": mention.pk, "scan": sheet_key(mention.scan_id, mention.page), "place": mention.place.key}
    )
