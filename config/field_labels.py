"""How a translated field is named for people. Settings read it, so it imports no app."""

from django.utils.translation import gettext


def field_label(name: str, lang: str) -> str:
    """A translated field's name for people: "nhan đề (tiếng Việt)"."""
    text = gettext("%(name)s (tiếng Việt)") if lang == "vi" else gettext("%(name)s (tiếng Anh)")
    return text % {"name": name}
