"""Scans, their renditions, and which image ids are public."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scan(models.Model):
    """A master file, kept byte for byte. Two uploads of the same bytes are one scan."""

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    original_name = models.CharField(_("tên tệp gốc"), max_length=255)
    format = models.CharField(max_length=8, editable=False)  # "tiff" | "jpeg" | "png" | "jp2" | "pdf"
    size = models.BigIntegerField(editable=False)  # bytes
    width = models.PositiveIntegerField(editable=False)  # pixels of the first page, after EXIF orientation
    height = models.PositiveIntegerField(editable=False)
    pages = models.PositiveIntegerField(_("số trang"), default=1, editable=False)
    # [[width, height], …] of all pages in pixels; empty where there is one.
    page_sizes = models.JSONField(default=list, editable=False)
    # What the file says of itself: bits, bands, colour space, ICC profile, compression, resolution, software, made at.
    technical = models.JSONField(default=dict, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("bản quét")
        verbose_name_plural = pgettext_lazy("số nhiều", "bản quét")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.original_name

    def size_of(self, page: int = 1) -> tuple[int, int]:
        """Width and height of a page in pixels, counted from 1."""
        return tuple(self.page_sizes[page - 1]) if self.page_sizes else (self.width, self.height)

    @property
    def master_name(self) -> str:
        """Path below MASTERS_DIR."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}.{self.format}"


class Rendition(models.Model):
    """A pyramid made from a page of a scan: full size (max_width 0) or limited by rights."""

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="renditions")
    page = models.PositiveIntegerField(default=1)
    max_width = models.PositiveIntegerField(default=0)  # pixels; 0 = no limit
    image_id = models.CharField(max_length=40, db_index=True)  # from the derivative's digest
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.BigIntegerField()  # bytes
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scan", "page", "max_width"], name="one_rendition_a_page_and_limit")
        ]


class PublicImage(models.Model):
    """An image id that a standing edition lists. Written by media.storage alone."""

    image_id = models.CharField(max_length=40, primary_key=True)
    linked = models.BooleanField(default=False)  # the file stands in PUBLIC_DIR
    created_at = models.DateTimeField(auto_now_add=True)


class Retraction(models.Model):
    """A public file that is still to be removed: written with the row's deletion, deleted once the file is gone."""

    image_id = models.CharField(max_length=40, primary_key=True)
    created_at = models.DateTimeField(auto_now_add=True)
