"""Who worked on a subject, and what was decided about it. Triggers guard both (archive.triggers)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ClearanceAuthor(models.Model):
    """A person who had a hand in edition `number` of a subject and so can't clear it. Append-only."""

    subject = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "number", "user"], name="one_row_an_author")]


class Decision(models.Model):
    """One decision about a subject. Append-only; each row holds the hash of the one before it."""

    class Action(models.TextChoices):
        SUBMITTED = "submitted", _("trình duyệt")
        CLEARED = "cleared", _("duyệt công bố")
        REFUSED = "refused", _("từ chối")
        WITHDRAWN = "withdrawn", _("rút")
        HELD = "held", _("tạm giữ")
        RELEASED = "released", _("thôi tạm giữ")

    subject = models.CharField(max_length=80, db_index=True)
    identifier = models.CharField(max_length=255)
    number = models.PositiveIntegerField()  # of the edition that it makes, ends or refuses
    action = models.CharField(max_length=12, choices=Action.choices)
    digest = models.CharField(max_length=64, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    decision_number = models.CharField(max_length=120, blank=True)
    decision_date = models.DateField(null=True)  # of the paper that bears the number
    checklist = models.JSONField(default=list)
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = _("quyết định")


class Notice(models.Model):
    """Something a person should know about a subject. Written by archive.notices alone."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("có bản mới chờ duyệt")
        CLEARED = "cleared", _("đã được duyệt công bố")
        REFUSED = "refused", _("chưa đủ điều kiện công bố")
        WITHDRAWN = "withdrawn", _("đã rút khỏi nơi công bố")
        HELD = "held", _("đang tạm giữ")
        RELEASED = "released", _("thôi tạm giữ")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    subject = models.CharField(max_length=80, db_index=True)
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="notices")
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)  # null while the worker hasn't sent it, or couldn't
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = _("thông báo")
        indexes = [
            models.Index(fields=["recipient", "seen_at"], name="notice_unseen"),
            models.Index(fields=["mailed_at", "attempts"], name="notice_unmailed"),
        ]
