"""Have the pictures made that a record would publish."""

from django.db import transaction
from django.dispatch import receiver

from media import renditions

from .models import Record
from .signals import subject_edited


@receiver(subject_edited, sender=Record, dispatch_uid="archive.scans.order_renditions")
def order_renditions(sender, instance, user, **kwargs):
    """After a save commits, queue each rendition that a scan's limit by rights needs and that isn't there."""
    uses = [(use.scan, use.max_width) for use in instance.scans.all()]

    def order():
        for scan, max_width in uses:
            renditions.ensure(scan, max_width, user)

    if uses:
        transaction.on_commit(order)
