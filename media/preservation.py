"""The life of masters as events: the only code that writes PreservationEvent, and what can be read from them.

Terms of PREMIS 3 (https://www.loc.gov/standards/premis/), section 2: eventType, eventOutcome, linkingAgent.
"""

from functools import cache
from importlib.metadata import PackageNotFoundError, version

from django.db.models import Exists, Max, OuterRef

from media.models import PreservationEvent, Scan

Kind, Outcome = PreservationEvent.Kind, PreservationEvent.Outcome
# Events that say whether the master is whole.
STATE = (Kind.FIXITY, Kind.REPAIR)


@cache
def program() -> str:
    """The agent that PREMIS wants named."""
    try:
        return f"Cát Vàng {version('catvang')}"
    except PackageNotFoundError:
        return "Cát Vàng"


def record(scan: Scan, kind: str, outcome: str, detail: str = "", user=None) -> PreservationEvent:
    """Add an event. detail: digests, sizes, the system's own errors, "#2" for the second copy; no words of ours, as
    it is read in both languages. Cut at 300 characters."""
    return PreservationEvent.objects.create(
        scan=scan, kind=kind, outcome=outcome, detail=detail[:300], program=program(), user=user
    )


def faults():
    """The newest event of each scan whose master isn't whole as far as is known: a queryset, newest first."""
    later = PreservationEvent.objects.filter(scan=OuterRef("scan"), kind__in=STATE, pk__gt=OuterRef("pk"))
    bad = PreservationEvent.objects.filter(kind__in=STATE).exclude(outcome=Outcome.SUCCESS)
    return bad.filter(~Exists(later)).select_related("scan")


def unchecked(since):
    """Scans taken in before a moment and not read again since: a queryset, the oldest first."""
    checked = PreservationEvent.objects.filter(scan=OuterRef("pk"), kind=Kind.FIXITY, happened_at__gte=since)
    return Scan.objects.filter(created_at__lt=since).filter(~Exists(checked)).order_by("pk")


def uncopied():
    """Scans that were never put into the second copy: a queryset, the oldest first."""
    copied = PreservationEvent.objects.filter(scan=OuterRef("pk"), kind=Kind.REPLICATION)
    return Scan.objects.filter(~Exists(copied)).order_by("pk")


def last_checked():
    """When a master was last read again; None if never."""
    return PreservationEvent.objects.filter(kind=Kind.FIXITY).aggregate(at=Max("happened_at"))["at"]
