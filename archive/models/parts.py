"""What a record has several of: scans, agents, places, mentions, articles, tags, citations, relations."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from media.models import Scan

from .authority import Agent, Place, Source, Tag
from .choices import RelationKind, Role, Side
from .record import Record


class RecordScan(Orderable):
    """A scan of a record, in order: one page or side, with what is written on it."""

    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="scans")
    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="uses", verbose_name=_("bản quét"))
    page = models.PositiveIntegerField(
        _("trang của tệp"), default=1, help_text=_("Trang thứ mấy của tệp nhiều trang (TIFF, PDF), tính từ 1.")
    )
    side = models.CharField(_("mặt"), max_length=10, choices=Side.choices, blank=True)
    label = models.CharField(_("nhãn trang"), max_length=120, blank=True)
    note = models.CharField(_("chú thích ảnh"), max_length=200, blank=True)
    is_illustration = models.BooleanField(_("hình minh hoạ, không phải bản quét"), default=False)
    max_width = models.PositiveIntegerField(
        _("bề rộng công bố tối đa"), default=0, help_text=_("Điểm ảnh; 0 là không giới hạn.")
    )
    transcription = models.TextField(_("nguyên văn"), blank=True, help_text=_("Chữ trên trang này, đúng như ghi."))
    transcription_language = models.CharField(
        _("ngôn ngữ của nguyên văn"), max_length=20, blank=True, help_text=_("Mã BCP 47: lzh, vi-Hani, la, fr, vi …")
    )
    translation = models.TextField(_("bản dịch"), blank=True)
    translated_from = models.JSONField(default=dict, editable=False, blank=True)  # see archive.two_languages

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("bản quét của bản ghi")


class RecordAgent(Orderable):
    Role = Role

    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="agents")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="uses", verbose_name=_("tác nhân"))
    role = models.CharField(_("vai trò"), max_length=20, choices=Role.choices, default=Role.CREATOR)

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("tác nhân của bản ghi")


class RecordPlace(Orderable):
    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="uses", verbose_name=_("địa danh"))

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("địa danh của bản ghi")


def percent(name) -> models.FloatField:
    return models.FloatField(name, validators=[MinValueValidator(0), MaxValueValidator(100)])


class PlaceMention(Orderable):
    """On this scan, in this region, stands this place: its name as written, its reading, its meaning.

    The region is in percent of the scan's width and height from the upper left corner (IIIF Image 3.0, 4.1 "pct:"),
    so that it holds for every rendition.
    """

    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="mentions")
    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="mentions", verbose_name=_("bản quét"))
    page = models.PositiveIntegerField(_("trang của tệp"), default=1)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="mentions", verbose_name=_("địa danh"))
    x, y = percent(_("trái (%)")), percent(_("trên (%)"))
    width, height = percent(_("rộng (%)")), percent(_("cao (%)"))
    name_as_written = models.CharField(_("tên như ghi"), max_length=200)
    language = models.CharField(_("ngôn ngữ"), max_length=20, blank=True, help_text=_("Mã BCP 47: lzh, la, fr …"))
    reading = models.CharField(_("đọc là"), max_length=200, blank=True)
    meaning = models.CharField(_("nghĩa là"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("địa danh trên bản quét")

    def clean(self):
        """The region has an area and lies on the sheet."""
        sides = (self.x, self.y, self.width, self.height)
        if any(side is None for side in sides):
            return  # each field complains by itself
        if self.width <= 0 or self.height <= 0 or self.x + self.width > 100.001 or self.y + self.height > 100.001:
            raise ValidationError(_("Khung phải nằm trong ảnh và có bề rộng, bề cao lớn hơn 0."))


class RecordArticle(Orderable):
    """An article of a legal text."""

    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="articles")
    number = models.CharField(_("điều"), max_length=40, help_text=_("Ví dụ: Điều 2; khoản 1 Điều 3; b."))
    heading = models.CharField(_("tên điều"), max_length=300, blank=True)
    text = models.TextField(_("nội dung điều"), blank=True)
    translated_from = models.JSONField(default=dict, editable=False, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("điều của văn bản")


class RecordTag(Orderable):
    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="tags")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="uses", verbose_name=_("từ khoá"))

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("từ khoá của bản ghi")


class Citation(Orderable):
    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="uses", verbose_name=_("nguồn"))
    pages = models.CharField(_("trang"), max_length=60, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("trích dẫn nguồn")


class RecordRelation(Orderable):
    """What this record is to another. Public only while the other one is (archive.relations)."""

    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("quan hệ"), max_length=20, choices=RelationKind.choices)
    related = models.ForeignKey(
        Record, on_delete=models.PROTECT, related_name="related_from", verbose_name=_("bản ghi liên quan")
    )

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("quan hệ giữa các bản ghi")

    def clean(self):
        if self.related_id and self.related_id == self.record_id:
            raise ValidationError({"related": _("Bản ghi không liên quan tới chính nó.")})
