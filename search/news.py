"""What waits in the archive's outbox, for each that follows it: the indices and the lexicon."""

from django.db.models import Max

from archive.models import Outbox


def head() -> int:
    """Sequence of the outbox's last entry; 0 when there is none."""
    return Outbox.objects.aggregate(last=Max("sequence"))["last"] or 0


def waiting(position: int) -> set[str]:
    """Identifiers with news that a follower at `position` hasn't read."""
    return set(Outbox.objects.filter(sequence__gt=position).values_list("identifier", flat=True))


def entries(position: int, most: int) -> list[tuple[int, str]]:
    """(sequence, identifier) of the next entries behind `position`, in order, at most so many."""
    rows = Outbox.objects.filter(sequence__gt=position).order_by("sequence")
    return list(rows.values_list("sequence", "identifier")[:most])
