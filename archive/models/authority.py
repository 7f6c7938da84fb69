"""Authorities: the agents, places, institutions and sources that records name."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from archive.dates import DateError
from archive.dates import parse as parse_date
from archive.folding import fold

from .choices import AgentKind

key_validator = RegexValidator(
    r"^[a-z0-9][a-z0-9-]{0,79}$", _("Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, ví dụ: quan-dao-hoang-sa.")
)


class Authority(ClusterableModel):
    """What agents, places, institutions and sources share: a key that addresses them and a name."""

    key = models.CharField(_("khoá"), max_length=80, unique=True, validators=[key_validator])
    name = models.CharField(_("tên"), max_length=300)
    folded = models.TextField(default="", editable=False, blank=True)  # what lists and choosers search

    class Meta:
        abstract = True
        ordering = ["key"]

    def __str__(self):
        return self.name_vi or self.key

    def words(self) -> list[str]:
        """What it is found by beside its key and name."""
        return []

    def derive(self):
        """Fill `folded` from the key and all names."""
        self.folded = fold(" ".join(text or "" for text in (self.key, self.name_vi, self.name_en, *self.words())))

    def save(self, *args, **kwargs):
        if not kwargs.get("update_fields"):
            self.derive()
        super().save(*args, **kwargs)


class Agent(Authority):
    """A person, body or family that made, issued or signed something."""

    kind = models.CharField(_("loại tác nhân"), max_length=10, choices=AgentKind.choices, blank=True)
    dates = models.CharField(
        _("năm sinh, năm mất"), max_length=60, blank=True, help_text=_("Hoặc năm lập và năm giải thể: 1791–1841.")
    )
    other_names = models.TextField(_("tên khác"), blank=True, help_text=_("Mỗi dòng một tên."))

    class Meta(Authority.Meta):
        verbose_name = _("tác nhân")
        verbose_name_plural = pgettext_lazy("số nhiều", "tác nhân")

    def words(self):
        return [self.other_names]


class Institution(Authority):
    """Who holds the original."""

    url = models.URLField(_("địa chỉ"), max_length=500, blank=True)

    class Meta(Authority.Meta):
        verbose_name = _("cơ quan lưu giữ")
        verbose_name_plural = pgettext_lazy("số nhiều", "cơ quan lưu giữ")


class Source(Authority):
    """A publication or web page that a record cites."""

    url = models.URLField(_("địa chỉ"), max_length=500, blank=True)

    class Meta(Authority.Meta):
        verbose_name = _("nguồn")
        verbose_name_plural = pgettext_lazy("số nhiều", "nguồn")


class Tag(Authority):
    """A word under which records are gathered."""

    class Meta(Authority.Meta):
        verbose_name = _("từ khoá")
        verbose_name_plural = pgettext_lazy("số nhiều", "từ khoá")


class Place(Authority):
    """An entry of the gazetteer."""

    kind = models.CharField(_("loại"), max_length=40, blank=True)  # "archipelago", "island/reef", "province" …
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("thuộc"))
    latitude = models.FloatField(_("vĩ độ"), null=True, blank=True)  # degrees, WGS84
    longitude = models.FloatField(_("kinh độ"), null=True, blank=True)
    approximate = models.BooleanField(_("toạ độ ước lượng"), default=True)
    note = models.TextField(_("ghi chú nội bộ"), blank=True)  # never public

    class Meta(Authority.Meta):
        verbose_name = _("địa danh")
        verbose_name_plural = pgettext_lazy("số nhiều", "địa danh")

    def words(self):
        return [name.text for name in self.names.all()]


class PlaceName(models.Model):
    """A name of a place: in a language, perhaps of another time."""

    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("tên"), max_length=200)
    language = models.CharField(_("ngôn ngữ"), max_length=20)  # BCP 47: vi, lzh, vi-Hani, fr …; "und"
    script = models.CharField(
        _("chữ viết"), max_length=4, blank=True, help_text=_("Mã ISO 15924: Hani, Latn …; để trống nếu theo ngôn ngữ.")
    )
    period_text = models.CharField(
        _("thời kỳ"), max_length=120, blank=True, help_text=_("Ví dụ: thế kỷ 17; 1776-1834; Minh Mạng.")
    )
    period_edtf = models.CharField(max_length=100, blank=True, editable=False)
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("nguồn")
    )
    historical = models.BooleanField(_("tên xưa"), default=False)
    verified = models.BooleanField(_("đã kiểm chứng"), default=True)
    sort_order = models.PositiveIntegerField(default=0)
    sort_order_field = "sort_order"  # modelcluster keeps the editor's order in it

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("tên gọi")

    def __str__(self):
        return self.text

    def clean(self):
        """Read the period."""
        self.period_edtf = ""
        if self.period_text.strip():
            try:
                self.period_edtf = parse_date(self.period_text).edtf
            except DateError as error:
                raise ValidationError({"period_text": str(error)}) from error


class MergedAuthority(models.Model):
    """A duplicate's key, and the authority of the same kind that took its place: addresses with it go on leading."""

    kind = models.CharField(max_length=20)  # the model's name: "place"
    key = models.CharField(max_length=80)
    into = models.CharField(max_length=80)  # the key of what it became
    old_id = models.BigIntegerField()  # the duplicate's primary key, which revisions of records still hold
    public = models.BooleanField(default=False)  # the key stood in an edition: its addresses go on leading
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_heir_a_key")]
