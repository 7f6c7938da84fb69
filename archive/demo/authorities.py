"""The demonstration's authorities. What is there already, by its key, stays as people left it."""

import re

from django.db import transaction

from archive.demo.facts import Facts
from archive.models import Agent, Institution, Place, PlaceName, Source, Tag

MODELS = {"agents": Agent, "institutions": Institution, "sources": Source, "tags": Tag}
HAN = re.compile(r"[\u2e80-\ufaff\U00020000-\U0003ffff]")
AT_ONCE = 25  # rows a transaction: others write meanwhile


def load(facts: Facts) -> int:
    """Add the agents, institutions, sources and places that are missing; gives how many were added."""
    added = 0
    for kind, model in MODELS.items():
        there = set(model.objects.values_list("key", flat=True))
        missing = [row for row in facts.authorities[kind] if row["key"] not in there]
        for part in _parts(missing):
            with transaction.atomic():
                for row in part:
                    _authority(model, row).save()
        added += len(missing)
    return added + _places(facts.gazetteer)


def _parts(rows: list):
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


def _authority(model, row: dict):
    name = row["name"]
    if isinstance(name, str):  # a source is named the same in both languages
        name = {"vi": name, "en": name}
    fields = {"url": row["url"]} if "url" in row else {}
    authority = model(key=row["key"], name_vi=name["vi"], name_en=name["en"], **fields)
    authority.full_clean()
    return authority


def _places(gazetteer: dict) -> int:
    """Places with all their names; a place's parent stands before it in the gazetteer."""
    places = {place.key: place for place in Place.objects.all()}
    missing = [row for key, row in gazetteer.items() if key not in places]
    for part in _parts(missing):
        with transaction.atomic():
            for row in part:
                places[row["key"]] = _place(row, places.get(row.get("parent")))
    return len(missing)


def _place(row: dict, parent: Place | None) -> Place:
    place = Place(
        key=row["key"],
        name_vi=row["name"]["vi"],
        name_en=row["name"]["en"],
        kind=row["kind"],
        parent=parent,
        latitude=row.get("lat"),
        longitude=row.get("lon"),
        approximate=row.get("approximate", True),
        note="\n".join([*filter(None, [row.get("note"), row.get("accuracy")]), *row["sources"]]),
    )
    place.full_clean()
    place.names = [
        PlaceName(
            text=name["text"],
            language=name["lang"],
            historical=name.get("historical", False),
            verified=not name.get("unverified", False),
            script="Hani" if HAN.search(name["text"]) else "",
            sort_order=order,
        )
        for order, name in enumerate(row["names"])
    ]
    place.save()  # with its names, by which it is found
    return place
