"""Which fields exist in Vietnamese and English."""

from modeltranslation.translator import TranslationOptions, register

from .models import Agent, Institution, Place, Record, RecordScan, Source


@register(Record)
class RecordTranslation(TranslationOptions):
    fields = (
        "title",
        "date_display",
        "description",
        "remarks",
        "place_of_publication",
        "rights_note",
        "credit_line",
    )


@register(RecordScan)
class RecordScanTranslation(TranslationOptions):
    fields = ("label", "note")


@register([Agent, Institution, Place, Source])
class AuthorityTranslation(TranslationOptions):
    fields = ("name",)
