"""Authorities and the records whose words they hold."""

from django.db.models import Q

from .models import (
    Agent,
    Citation,
    Institution,
    Place,
    PlaceMention,
    Record,
    RecordAgent,
    RecordPlace,
    RecordTag,
    Source,
    Tag,
)


def records_naming(authority):
    """QuerySet of the records in whose documents this authority stands by value, each once, by identifier."""
    match authority:
        case Agent():
            found = _by(RecordAgent.objects.filter(agent=authority))
        case Institution():
            found = Q(institution=authority)
        case Tag():
            found = _by(RecordTag.objects.filter(tag=authority))
        case Place():
            found = _at([authority.pk])
        case Source():
            named = Place.objects.filter(names__source=authority).values("pk")
            found = _by(Citation.objects.filter(source=authority)) | _at(named)
        case _:
            raise TypeError(f"{type(authority).__name__} is no authority")
    return Record.objects.filter(found).order_by("identifier")


def _by(rows) -> Q:
    """The records of these rows. By subquery: a join may find a record twice, and DISTINCT on whole rows is dear."""
    return Q(pk__in=rows.order_by().values("record"))


def _at(places) -> Q:
    """The records that name these places, themselves or in a mention on a scan."""
    return _by(RecordPlace.objects.filter(place__in=places)) | _by(PlaceMention.objects.filter(place__in=places))
