"""Files on their way in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .scan import Scan


class Upload(models.Model):
    """A file that is being sent, with its part on disk (media.uploads.store). Written by media.uploads alone.

    A half upload is never listed: only who sends it reaches it, by its token.
    """

    class State(models.TextChoices):
        RECEIVING = "receiving", _("đang nhận")
        RECEIVED = "received", _("chờ kiểm tra")
        TAKEN = "taken", _("đã nhận")
        REFUSED = "refused", _("không được nhận")

    token = models.CharField(max_length=32, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    length = models.BigIntegerField()  # bytes, as announced
    # Bytes that are certain: written, checked and flushed. What lies behind them in the file is cut off.
    offset = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)  # what the sender says that the whole file has, hex
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVING)
    reason = models.TextField(blank=True)  # why it was refused: a message id
    reason_params = models.JSONField(default=dict)
    scan = models.ForeignKey(Scan, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = _("tệp đang tải lên")

    def __str__(self):
        return self.name
