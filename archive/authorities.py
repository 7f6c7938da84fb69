"""Authorities and the records whose words they hold."""

from django.db.models import Q

from .models import Agent, Institution, Place, Record, Source, Tag


def records_naming(authority):
    """QuerySet of the records in whose documents this authority stands by value, each once, by identifier."""
    match authority:
        case Agent():
            found = Q(agents__agent=authority)
        case Institution():
            found = Q(institution=authority)
        case Tag():
            found = Q(tags__tag=authority)
        case Place():
            found = Q(places__place=authority) | Q(mentions__place=authority)
        case Source():
            named = Place.objects.filter(names__source=authority).values("pk")
            found = Q(citations__source=authority) | Q(places__place__in=named) | Q(mentions__place__in=named)
        case _:
            raise TypeError(f"{type(authority).__name__} is no authority")
    # The join may find a record twice, and DISTINCT on whole rows is dear.
    return Record.objects.filter(pk__in=Record.objects.filter(found).values("pk")).order_by("identifier")
