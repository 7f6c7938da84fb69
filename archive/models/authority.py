"""Authorities: the agents, places, institutions and sources that records name."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

key_validator = RegexValidator(
    r"^[a-z0-9][a-z0-9-]{0,79}$", _("Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, ví dụ: quan-dao-hoang-sa.")
)


class Authority(ClusterableModel):
    """What agents, places, institutions and sources share: a key that addresses them and a name."""

    key = models.CharField(_("khoá"), max_length=80, unique=True, validators=[key_validator])
    name = models.CharField(_("tên"), max_length=300)

    class Meta:
        abstract = True
        ordering = ["key"]

    def __str__(self):
        return self.name_vi or self.key


class Agent(Authority):
    """A person or body that made, issued or signed something."""

    class Meta(Authority.Meta):
        verbose_name = _("tác nhân")
        verbose_name_plural = _("tác nhân")


class Institution(Authority):
    """Who holds the original."""

    class Meta(Authority.Meta):
        verbose_name = _("cơ quan lưu giữ")
        verbose_name_plural = _("cơ quan lưu giữ")


class Source(Authority):
    """A publication or web page that a record cites."""

    url = models.URLField(_("địa chỉ"), max_length=500, blank=True)

    class Meta(Authority.Meta):
        verbose_name = _("nguồn")
        verbose_name_plural = _("nguồn")


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
        verbose_name_plural = _("địa danh")


class PlaceName(models.Model):
    """A name of a place: in a language, perhaps of another time."""

    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("tên"), max_length=200)
    language = models.CharField(_("ngôn ngữ"), max_length=20)  # BCP 47: vi, lzh, vi-Hani, fr …; "und"
    historical = models.BooleanField(_("tên xưa"), default=False)
    verified = models.BooleanField(_("đã kiểm chứng"), default=True)
    sort_order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("tên gọi")

    def __str__(self):
        return self.text
