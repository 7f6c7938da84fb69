"""What happened to a master file, after PREMIS 3 (https://www.loc.gov/standards/premis/), section 2."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .scan import Scan


class PreservationEvent(models.Model):
    """An event in the life of a master. Append-only, written by media.preservation alone."""

    class Kind(models.TextChoices):
        """eventType, with the terms of the Library of Congress's vocabulary."""

        INGESTION = "ingestion", _("tiếp nhận")
        FIXITY = "fixity check", _("kiểm tra toàn vẹn")
        REPLICATION = "replication", _("sao lưu bản thứ hai")
        REPAIR = "repair", _("phục hồi từ bản thứ hai")

    class Outcome(models.TextChoices):
        SUCCESS = "success", _("tốt")
        MISSING = "missing", _("mất tệp")
        DAMAGED = "damaged", _("hỏng tệp")
        FAILED = "failed", _("không làm được")

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("sự kiện"), max_length=20, choices=Kind.choices)
    outcome = models.CharField(_("kết quả"), max_length=12, choices=Outcome.choices)
    detail = models.CharField(max_length=300, blank=True)  # for machines and operators: digests, paths, errors
    program = models.CharField(max_length=60, blank=True)  # linkingAgent: what did it
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("sự kiện bảo quản")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["scan", "kind", "id"]),
            # Faults are few among many events.
            models.Index(fields=["scan", "id"], condition=~models.Q(outcome="success"), name="media_event_faults"),
        ]
