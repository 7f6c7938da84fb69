"""The editor's form of a page: no scheduling, no address that is promised to something else."""

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import SlugInput

from archive.folding import fold

# Below a home page these lead elsewhere (config.urls): a page there could never be reached.
RESERVED_SLUGS = {"items", "search", "places", "compare", "my-collection", "api", "id"}
HOME_DEPTH = 2
# Wagtail's own letters make "djo" of "đảo" and leave ầ out.
ACCENTED = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
PLAIN_LETTERS = [
    (f"[{letters}{letters.upper()}]", plain)
    for plain in "adeiouy"
    for letters in ["".join(letter for letter in ACCENTED if fold(letter) == plain)]
]
COMBINING_MARKS = ("[\u0300-\u036f]", "")


def reserved_slug_sentence(slug: str, parent) -> str:
    """Why a slug can't be used below `parent`, or ""."""
    if parent is not None and parent.depth == HOME_DEPTH and slug in RESERVED_SLUGS:
        sentence = _("“%(slug)s” dành cho trang khác (tư liệu, tra cứu, địa danh…); hãy chọn địa chỉ khác.")
        return sentence % {"slug": slug}
    return ""


class ClearedPageForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("go_live_at", "expire_at"):
            self.fields.pop(name, None)
        if "slug" in self.fields:
            self.fields["slug"].widget = SlugInput(formatters=[COMBINING_MARKS, *PLAIN_LETTERS])

    def clean(self):
        data = super().clean()
        if sentence := reserved_slug_sentence(data.get("slug") or "", self.parent_page):
            self.add_error("slug", forms.ValidationError(sentence))
        return data
