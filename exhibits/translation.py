"""Which fields exist in Vietnamese and English. Pages don't stand here: they have Wagtail's own locale trees."""

from modeltranslation.translator import TranslationOptions, register

from .models import Kiosk


@register(Kiosk)
class KioskTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("vi",)
