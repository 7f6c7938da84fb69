"""Have the pictures made that a record would publish; hide those of held records."""

from django.db import transaction
from django.dispatch import receiver

from media import renditions, visibility

from . import clearance
from .models import Record, RecordScan, Status
from .signals import subject_edited


@receiver(subject_edited, sender=Record, dispatch_uid="archive.scans.order_renditions")
def order_renditions(sender, instance, user, **kwargs):
    """After a save commits, queue each rendition that a scan's limit by rights needs and that isn't there."""
    uses = {}
    for use in instance.scans.all():
        _scan, pages = uses.setdefault((use.scan_id, use.max_width), (use.scan, []))
        pages.append(use.page)

    def order():
        for (_pk, max_width), (scan, pages) in uses.items():
            renditions.ensure_pages(scan, pages, max_width, user)

    if uses:
        transaction.on_commit(order)


@visibility.hides
def scans_of_held_records(user):
    """A scan that a held record uses is hidden with it, whoever else uses it."""
    if user.has_perm(clearance.HOLD):
        return None
    return RecordScan.objects.filter(record__status=Status.HELD).order_by().values("scan")
