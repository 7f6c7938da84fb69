"""Words that mean the same to this site: its own words, public as soon as they are saved."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.synonyms import LONGEST, MOST, terms


class SynonymGroup(models.Model):
    """Words or phrases that find each other; one way, what the first stands for isn't found by the others."""

    words = models.TextField(
        _("các từ cùng nghĩa"), help_text=_("Mỗi dòng một từ hoặc cụm từ. Ai tìm từ này cũng được tìm giúp các từ kia.")
    )
    one_way = models.BooleanField(
        _("chỉ một chiều"),
        default=False,
        help_text=_("Ai tìm từ ở dòng đầu thì được tìm giúp các từ sau, không ngược lại."),
    )
    active = models.BooleanField(_("đang dùng"), default=True)
    note = models.TextField(_("nguồn, lý do"), blank=True, help_text=_("Chỉ nội bộ."))
    created_at = models.DateTimeField(_("tạo lúc"), auto_now_add=True)
    updated_at = models.DateTimeField(_("sửa lúc"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người sửa"),
    )

    class Meta:
        ordering = ["words"]
        verbose_name = _("nhóm từ đồng nghĩa")
        verbose_name_plural = _("từ đồng nghĩa")

    def __str__(self):
        return (" → " if self.one_way else " = ").join(self.words.split("\n"))

    def clean(self):
        """Two words at least, each once, none without a letter or digit."""
        self.words = "\n".join(line.strip() for line in self.words.splitlines() if line.strip())
        lines = self.words.split("\n")
        if any(not terms(line) or len(line) > LONGEST for line in lines):
            message = _("Mỗi dòng phải có chữ hoặc số và dài tối đa %(most)s ký tự.")
            raise ValidationError({"words": message % {"most": LONGEST}})
        if len({terms(line) for line in lines}) != len(lines):
            raise ValidationError({"words": _("Có dòng lặp lại (dấu và chữ hoa không tính).")})
        if not 2 <= len(lines) <= MOST:
            raise ValidationError({"words": _("Cần từ 2 đến %(most)s dòng.") % {"most": MOST}})
