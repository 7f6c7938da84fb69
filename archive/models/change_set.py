"""An import or a batch edit as one thing that can be looked at and undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from media.models import Job

from .record import Record


class ChangeSet(models.Model):
    """Records written together. `title`: the sheet's file name, or what the batch edit did, in words."""

    class Kind(models.TextChoices):
        IMPORT = "import", _("nhập từ bảng tính")
        BATCH = "batch", _("sửa hàng loạt")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=300)
    options = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    job = models.OneToOneField(Job, null=True, on_delete=models.SET_NULL, related_name="change_set")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = _("lần nhập hoặc sửa hàng loạt")

    def __str__(self):
        return f"{self.title} ({self.started_at:%d/%m/%Y})"


class ChangeSetRow(models.Model):
    """What became of one row. Written in the transaction that wrote the record, so a row is done or it isn't."""

    class Action(models.TextChoices):
        CREATED = "created", _("tạo mới")
        UPDATED = "updated", _("cập nhật")
        SKIPPED = "skipped", _("bỏ qua")
        REFUSED = "refused", _("không nhận")

    change_set = models.ForeignKey(ChangeSet, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # of the row in the sheet, or of the record in the selection
    action = models.CharField(max_length=10, choices=Action.choices)
    record = models.ForeignKey(Record, null=True, on_delete=models.SET_NULL, related_name="+")
    identifier = models.CharField(max_length=80, blank=True)
    # Revisions before (null for a new record) and after: an undo restores the one if the other is still the latest.
    before = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    after = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    problems = models.JSONField(default=list)  # [{column, value, sentence, params}] of a refused row
    undone = models.CharField(max_length=10, blank=True)  # "deleted", "restored", "spared"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change_set", "number"], name="one_fate_a_row")]
        ordering = ["number"]
