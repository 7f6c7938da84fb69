"""Where a sheet lies on the earth: its control points, and what follows from them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .scan import Scan


class Transformation(models.TextChoices):
    """How control points become a mapping; values after the IIIF Georeference Extension, 4.3."""

    AFFINE = "affine", _("tuyến tính (affine)")
    POLYNOMIAL = "polynomial2", _("đa thức bậc hai")
    THIN_PLATE = "thinPlateSpline", _("tấm mỏng (thin plate spline)")


class Georeference(models.Model):
    """Control points of a page of a scan. Written by media.georeferencing alone, which computes the rest from them."""

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="georeferences")
    page = models.PositiveIntegerField(default=1)
    transformation = models.CharField(
        _("phép biến đổi"), max_length=20, choices=Transformation.choices, default=Transformation.AFFINE
    )
    # [{"x", "y": percent of the page, "lon", "lat": degrees, "label": "" or what is there, "off": true
    # where it takes no part, "error_km"}, …]
    points = models.JSONField(default=list)
    # The part of the page that is map: [[x, y], …] in percent, at least three; empty for the whole page.
    mask = models.JSONField(default=list)
    # What is computed: the mask's outline on the earth, [[lon, lat], …] closed; root mean square error in km.
    footprint = models.JSONField(default=list)
    error_km = models.FloatField(null=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("vị trí tờ bản đồ trên mặt đất")
        constraints = [models.UniqueConstraint(fields=["scan", "page"], name="one_georeference_a_page")]


class GeoreferenceChange(models.Model):
    """Who laid a page where, and when: append-only, written by media.georeferencing alone. No points: taken away."""

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="+")
    page = models.PositiveIntegerField()
    transformation = models.CharField(max_length=20, choices=Transformation.choices)
    points = models.JSONField(default=list)  # as Georeference has them
    mask = models.JSONField(default=list)
    error_km = models.FloatField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("lần đổi vị trí tờ bản đồ")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["scan", "page"])]
