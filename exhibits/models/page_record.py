"""Which records a public page names."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .cleared_page import ClearedPage


class PageRecord(models.Model):
    """Kept in the transaction that clears or withdraws the page: rows exist for public text alone."""

    page = models.ForeignKey(ClearedPage, on_delete=models.CASCADE, related_name="named_records")
    identifier = models.CharField(max_length=80, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = _("bản ghi được trang nhắc tới")
        constraints = [models.UniqueConstraint(fields=["page", "identifier"], name="one_row_a_page_and_record")]
