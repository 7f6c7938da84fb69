"""Write news for the projections. The sole writer of Outbox."""

from django.db import transaction

from .models import Outbox, OutboxHead


def lock() -> OutboxHead:
    """Hold the head row until the transaction ends; whoever changes what is public does so in turn."""
    OutboxHead.objects.get_or_create(pk=1)
    return OutboxHead.objects.select_for_update().get(pk=1)


def touch(identifiers) -> None:
    """Tell every projection to look again at these identifiers.

    Must run inside the transaction that changes what is public. The locked head row makes the
    order of sequence numbers the order of commits, so a reader's cursor can't skip a late one.
    """
    identifiers = list(dict.fromkeys(identifiers))
    if not identifiers:
        return
    with transaction.atomic():
        head = lock()
        Outbox.objects.bulk_create(
            Outbox(sequence=head.last + n, identifier=identifier) for n, identifier in enumerate(identifiers, start=1)
        )
        head.last += len(identifiers)
        head.save(update_fields=["last"])
