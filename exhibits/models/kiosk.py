"""A screen in the hall."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kiosk(models.Model):
    """What a screen shows. Its title is for the staff: visitors read cleared pages and editions only."""

    slug = models.SlugField(
        _("địa chỉ"), unique=True, help_text=_("Phần cuối của địa chỉ /kiosk/…/; không đổi khi màn hình đã lắp.")
    )
    title = models.CharField(_("tên"), max_length=120, help_text=_("Chỉ nhân viên thấy."))
    exhibition = models.ForeignKey(
        "exhibits.ExhibitionPage",
        on_delete=models.PROTECT,
        related_name="kiosks",
        verbose_name=_("triển lãm"),
        help_text=_("Chọn trang tiếng Việt; bản tiếng Anh được tìm theo bản dịch của trang."),
    )
    idle_seconds = models.PositiveIntegerField(
        _("giây chờ"),
        default=90,
        validators=[MinValueValidator(15), MaxValueValidator(3600)],
        help_text=_("Không ai chạm trong ngần ấy giây thì màn hình về trang đầu, bằng tiếng Việt."),
    )

    class Meta:
        verbose_name = _("ki-ốt")
        verbose_name_plural = pgettext_lazy("số nhiều", "ki-ốt")
        ordering = ["slug"]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("exhibits:kiosk", args=[self.slug])
