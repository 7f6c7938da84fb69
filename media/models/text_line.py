"""Lines of printed or written text on a scan, read by OCR or typed, and corrected."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .scan import Scan


class TextLine(models.Model):
    """A line of text on a page of a scan. Written by media.text_lines alone.

    Regions are in percent of the page's width and height from the upper left corner, as those of place mentions, so
    that they hold for every rendition. A row without a text is the place of a line that a machine had read and a person
    deleted: media.text_lines.of_page passes these over.
    """

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="text_lines")
    page = models.PositiveIntegerField(default=1)
    number = models.PositiveIntegerField()  # reading order on the page, from 1
    text = models.TextField(_("chữ"))
    language = models.CharField(_("ngôn ngữ"), max_length=20, blank=True)  # BCP 47
    x, y, width, height = (models.FloatField() for _side in range(4))
    confidence = models.FloatField(null=True)  # 0 to 100, of OCR; kept when a person corrects the text
    # [{"text", "region": [x, y, width, height] in percent, "confidence": 0 to 100 or null}, …]
    words = models.JSONField(default=list)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("dòng chữ trên bản quét")
        ordering = ["scan", "page", "number"]
        indexes = [models.Index(fields=["scan", "page", "number"])]

    def __str__(self):
        return self.text
