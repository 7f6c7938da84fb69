"""How far each engine has read the outbox."""

from django.db import models


class Cursor(models.Model):
    """One row an engine; written by search.indexer alone.

    That one row names both the live index and how much of the outbox it holds is what makes a swap atomic.
    """

    engine = models.CharField(max_length=20, unique=True)
    index = models.CharField(max_length=120, blank=True)  # name of the live index; "" before the first build
    position = models.BigIntegerField(default=0)  # sequence of the last entry of the outbox that the index holds
    error = models.TextField(blank=True)  # why the engine can't be fed just now; "" when all is well
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return f"{self.engine} {self.index} #{self.position}"
