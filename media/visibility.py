"""Which scans a person in the administration may not see. What hides a scan is known in the rooms above: they say so
with @hides, as they register handlers of jobs."""

from collections.abc import Callable

from .models import Rendition, Scan

_hiding: list[Callable] = []


def hides(function: Callable) -> Callable:
    """Register f(user) -> the primary keys (a queryset of one column) of scans hidden from this person, or None."""
    if function not in _hiding:
        _hiding.append(function)
    return function


def visible(scans, user):
    """A queryset of scans without those that are hidden from this person."""
    for hidden in _hidden(user):
        scans = scans.exclude(pk__in=hidden)
    return scans


def is_hidden_image(image_id: str, user) -> bool:
    """Whether an image was made of a hidden scan, of whatever width."""
    shown = Rendition.objects.filter(image_id=image_id)
    return any(shown.filter(scan__in=hidden).exists() for hidden in _hidden(user))


def find(user):
    """All scans that this person may see."""
    return visible(Scan.objects.all(), user)


def _hidden(user):
    return [hidden for hidden in (function(user) for function in _hiding) if hidden is not None]
