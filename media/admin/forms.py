"""Forms of uploads and lists of scans."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm

from media import refusals, sniff
from media.sentences import say

ACCEPT = ",".join(f".{ending}" for ending in sniff.EXTENSIONS)


def _help() -> str:
    """What is accepted, and what becomes of it."""
    kept = gettext("Tệp gốc được giữ nguyên từng byte; trùng nội dung thì dùng lại bản đã có.")
    return f"{say(refusals.ACCEPTED, {})} {kept}"


HELP = lazy(_help, str)()


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files; its value is a list. Empty files come through: ingest names them."""

    widget = ManyFiles

    def __init__(self, **options):
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    files = ManyFilesField(
        label=_("Các tệp ảnh quét"),
        help_text=HELP,
        widget=ManyFiles(attrs={"accept": ACCEPT, "data-scan-files": ""}),
        error_messages={"required": _("Hãy chọn ít nhất một tệp.")},
    )


class OneScanForm(forms.Form):
    """In the chooser: one file."""

    file = forms.FileField(
        label=_("Tệp ảnh quét"),
        help_text=HELP,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": _("Hãy chọn một tệp.")},
    )


class ScanFilterForm(BaseFilterForm):
    """In the chooser: by file name."""

    q = forms.CharField(
        label=_("Tên tệp"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Tìm theo tên tệp")})
    )

    def filter(self, objects):
        objects = super().filter(objects)
        query = self.cleaned_data.get("q")
        if query:
            self.is_searching, self.search_query = True, query
            for word in query.split():
                objects = objects.filter(original_name__icontains=word)
        return objects
