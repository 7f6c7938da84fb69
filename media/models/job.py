"""Background work with progress, leases and retries."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from media.sentences import say


class Job(models.Model):
    """One unit of background work. media.jobs alone writes it."""

    class State(models.TextChoices):
        QUEUED = "queued", _("đang chờ")
        RUNNING = "running", _("đang chạy")
        DONE = "done", _("xong")
        FAILED = "failed", _("hỏng")
        CANCELLED = "cancelled", _("đã huỷ")

    kind = models.CharField(max_length=40)
    queue = models.CharField(max_length=16)
    subject = models.CharField(max_length=120, blank=True)  # "scan:12"
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    stage = models.CharField(max_length=120, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    lease_owner = models.CharField(max_length=64, blank=True)
    run_after = models.DateTimeField(null=True)  # a pause after an attempt that broke
    cancel_requested = models.BooleanField(default=False)
    reason = models.TextField(blank=True)  # why it failed: the message id of a sentence for the curator
    reason_params = models.JSONField(default=dict)  # what the sentence's %(name)s stand for
    result = models.JSONField(default=dict)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("việc nền")
        verbose_name_plural = pgettext_lazy("số nhiều", "việc nền")
        indexes = [models.Index(fields=["queue", "state", "id"]), models.Index(fields=["subject", "kind"])]
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.kind} {self.subject}"

    @property
    def is_live(self) -> bool:
        """Still to be done or being done."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def reason_text(self) -> str:
        """Why it failed, in the reader's language; "" when it didn't."""
        return say(self.reason, self.reason_params)

    @property
    def stage_text(self) -> str:
        """What it is doing now, in the reader's language."""
        return gettext(self.stage) if self.stage else ""

    @property
    def percent(self) -> int:
        """0 to 100."""
        if self.state == self.State.DONE:
            return 100
        return min(100, self.done * 100 // self.total) if self.total else 0
