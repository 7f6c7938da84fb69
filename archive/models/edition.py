"""The edition: the public copy of one cleared state. That a row exists is what makes it public."""

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property

from archive.edition_versions import read

from .record import Record


class EditionDocument(models.Model):
    """A numbered document: canonical JSON (RFC 8785) and its SHA-256."""

    subject = models.CharField(max_length=80)  # "record:12", see archive.subjects
    identifier = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    document = models.TextField()
    digest = models.CharField(max_length=64)
    cleared_at = models.DateTimeField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.identifier} #{self.number}"

    @cached_property
    def data(self) -> dict:
        """The document as Python data, of an older version as the newest reads (archive/edition_schema.json)."""
        return read(self.document)


class Edition(EditionDocument):
    """At most one stands a subject. Written by archive.clearance alone."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="edition")
    kind = models.CharField(max_length=20, db_index=True)
    title_vi = models.CharField(max_length=500)
    title_en = models.CharField(max_length=500)
    date_from = models.IntegerField(null=True)
    date_to = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject"], name="one_standing_edition_a_subject"),
            models.UniqueConstraint(fields=["identifier"], name="one_standing_edition_an_identifier"),
        ]
        ordering = ["identifier"]


class EditionHistory(EditionDocument):
    """Former editions, read by staff and the audit only."""

    ended_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)  # empty when the next edition replaced it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "number"], name="one_former_edition_a_number")]


class EditionImage(models.Model):
    """The image ids that a standing edition lists."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="images")
    image_id = models.CharField(max_length=40, db_index=True)


class EditionPlace(models.Model):
    """The places that a standing edition names, by value: public place pages are made from these alone."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="places")
    key = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=40)
    name_vi = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)


class EditionMention(models.Model):
    """Where on its sheets a standing edition says that a place is written: what the place's page is found by.

    What a cut-out shows is read from the edition's document; a row holds what it is found, ordered and counted by.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="mentions")
    key = models.CharField(max_length=80)  # the place's
    scan = models.PositiveIntegerField()  # which of the document's scans, from 0
    number = models.PositiveIntegerField()  # which of the scan's mentions, from 0
    identifier = models.CharField(max_length=80)  # the edition's
    name = models.CharField(max_length=300)  # as written
    reading = models.CharField(max_length=300)
    lang = models.CharField(max_length=35)  # BCP 47
    sort_from = models.IntegerField()  # year; see archive.edition_mentions
    sort_to = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["key", "sort_from", "sort_to", "identifier", "scan", "number"], name="mentions_by_date"
            )
        ]


class EditionRelation(models.Model):
    """The records that a standing edition is related to, by value: item pages show both ends while both stand."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=20)
    identifier = models.CharField(max_length=80, db_index=True)


class Tombstone(models.Model):
    """Left by a withdrawal; its address answers 410."""

    subject = models.CharField(max_length=80, unique=True)
    identifier = models.CharField(max_length=80, unique=True)
    number = models.PositiveIntegerField()
    withdrawn_at = models.DateTimeField(auto_now_add=True)
