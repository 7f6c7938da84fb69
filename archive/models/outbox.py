"""News for the projections, written in the transaction that makes it."""

from django.db import models


class OutboxHead(models.Model):
    """One locked row hands out sequence numbers, so their order is the order of commits."""

    last = models.BigIntegerField(default=0)


class Outbox(models.Model):
    """`identifier` changed: look at its edition, or at its absence. Written by archive.outbox alone."""

    sequence = models.BigIntegerField(primary_key=True)
    identifier = models.CharField(max_length=80, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
