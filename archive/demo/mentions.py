"""Place mentions of the demonstration: the names that a drawing really shows, where it shows them."""

from archive.demo.drawings.make import Label
from archive.models import Place, PlaceMention
from media.models import Scan


def build(labels: tuple[Label, ...], scan: Scan) -> list[PlaceMention]:
    """Unsaved mentions of a drawing's labels. The places must be there."""
    found = Place.objects.filter(key__in=[label.key for label in labels]).prefetch_related("names")
    places = {place.key: place for place in found}
    return [_mention(order, label, places[label.key], scan) for order, label in enumerate(labels)]


def _mention(order: int, label: Label, place: Place, scan: Scan) -> PlaceMention:
    """The Hán form as written and the quốc ngữ as its reading, where the drawing shows both."""
    x, y, width, height = label.region
    return PlaceMention(
        scan=scan,
        place=place,
        x=x,
        y=y,
        width=width,
        height=height,
        name_as_written=label.han or label.text,
        language=_language(label, place),
        reading=label.text if label.han else "",
        sort_order=order,
    )


def _language(label: Label, place: Place) -> str:
    written = label.han or label.text
    known = next((name.language for name in place.names.all() if name.text == written), "lzh" if label.han else "")
    return "" if known == "und" else known
