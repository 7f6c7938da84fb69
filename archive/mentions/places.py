"""Places of the gazetteer found by any of their names, without diacritics."""

from archive import authority_uses, display
from archive.folding import fold
from archive.models import Place

SHOWN, LOOKED_AT = 12, 80


class Unknown(LookupError):
    """No place has this key or name."""


class Ambiguous(LookupError):
    """Several places have this name: `keys`."""

    def __init__(self, keys: list[str]):
        super().__init__(", ".join(keys))
        self.keys = keys


def names_of(place: Place) -> list[str]:
    """All names of a place, each once: Vietnamese, English, then the gazetteer's."""
    further = [name.text for name in place.names.all()]
    return [name for name in dict.fromkeys((place.name_vi, place.name_en, *further)) if name]


def find(text: str) -> Place:
    """The place of a key, or of a name that only one has. Raises Unknown and Ambiguous."""
    text = text.strip()
    if place := Place.objects.filter(key=text).first():
        return place
    wanted = fold(text)
    found = [place for place in _matching(text) if wanted in map(fold, names_of(place))] if wanted else []
    if not found:
        raise Unknown(text)
    if len(found) > 1:
        raise Ambiguous([place.key for place in found])
    return found[0]


def suggest(text: str) -> list[Place]:
    """Places with every word of `text` somewhere in key or names; those of just that name first."""
    wanted = fold(text)
    if not wanted:
        return []

    def rank(place: Place):
        names = [fold(name) for name in names_of(place)]
        exact, begins = wanted in names, any(name.startswith(wanted) for name in names)
        return (not exact, not begins, place.key)

    return sorted(_matching(text), key=rank)[:SHOWN]


def _matching(text: str):
    return authority_uses.search(Place.objects.prefetch_related("names"), text).order_by("key")[:LOOKED_AT]


def as_json(place: Place, lang: str) -> dict:
    """What the drawing tool needs of a place: key, name, kind in words, its names with their languages."""
    own = [{"text": place.name_vi, "lang": "vi"}, {"text": place.name_en, "lang": "en"}]
    further = [{"text": name.text, "lang": name.language} for name in place.names.all()]
    return {
        "key": place.key,
        "name": str(place),
        "kind": display.place_kind(place.kind, lang) if place.kind else "",
        "names": [name for name in own + further if name["text"]],
    }
