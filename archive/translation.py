"""Which fields exist in Vietnamese and English."""

from modeltranslation.translator import TranslationOptions, register

from .models import Agent, Institution, Place, PlaceMention, Record, RecordArticle, RecordScan, Source, Tag


@register(Record)
class RecordTranslation(TranslationOptions):
    fields = (
        "title",
        "date_display",
        "description",
        "significance",
        "remarks",
        "provenance",
        "place_of_publication",
        "technique",
        "projection",
        "rights_note",
        "credit_line",
    )


@register(RecordScan)
class RecordScanTranslation(TranslationOptions):
    fields = ("label", "note", "translation")


@register(RecordArticle)
class RecordArticleTranslation(TranslationOptions):
    fields = ("heading", "text")


@register(PlaceMention)
class PlaceMentionTranslation(TranslationOptions):
    fields = ("meaning",)


@register([Agent, Institution, Place, Source, Tag])
class AuthorityTranslation(TranslationOptions):
    fields = ("name",)
