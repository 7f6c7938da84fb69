"""Two public sheets on one page: which they are, where each opens, what else could stand beside them.

Everything is read from standing editions. docs/viewer.md says what the page's address holds.
"""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import placed_sheets
from .cut_outs import opening
from .item_page import PUBLIC_IMAGES
from .merged import keys_of
from .models import Edition, Tombstone
from .place_mentions import cut_outs
from .views import revalidated

SIDES = ("a", "b")
# How two sheets are shown: mode= in the address → its template, which archive/compare.html includes. The first is the
# one for any pair; a mode that needs more of its sheets says so in `modes_for`.
MODES = {"side": "archive/compare/side.html", "overlay": "archive/compare/overlay.html"}
CANDIDATES = 24  # sheets offered beside one
LONGEST = 80  # letters of an identifier, as in archive.models.Record


@require_safe
def compare(request):
    """Two sheets beside each other; with one or none, what to choose from.

    GET: a, b (identifiers), place (the key of a place: each sheet opens where it is written), mode. 404 or 410, and a
    sentence, when an identifier names nothing that is public.
    """
    asked = {side: _words(request, side) for side in SIDES}
    place = _words(request, "place")
    found = {edition.identifier: edition.data for edition in Edition.objects.filter(identifier__in=asked.values())}
    keys = keys_of("place", [place]) if place else ()
    sides = [_side(side, asked[side], found.get(asked[side]), keys) for side in SIDES]
    shown = [side for side in sides if side["document"]]
    modes = modes_for(shown)
    mode = request.GET.get("mode", "")
    mode = mode if mode in modes else next(iter(MODES))
    missing = [side for side in sides if not side["document"]]
    context = {
        "sides": sides,
        "whole": not missing,
        "choices": _choices(missing[0]["name"], asked, shown, place, keys) if len(shown) == 1 else [],
        "choosing": missing[0]["name"] if missing else "",
        "place": place,
        "swapped": _address(a=asked["b"], b=asked["a"], place=place, mode=mode) if not missing else "",
        "mode": mode,
        "modes": [{"name": name, "url": _address(**asked, place=place, mode=name)} for name in modes],
        "mode_template": MODES[mode],
        "images": PUBLIC_IMAGES,
        "lang": get_language(),
    }
    if mode == "overlay":
        context["earth"] = [_on_the_earth(side["document"]) for side in sides]
        context["titles"] = [side["document"]["title"] for side in sides]
    for side in sides:
        others = {name: value for name, value in asked.items() if name != side["name"]}
        side["choose_url"] = _address(**others, place=place)
    return revalidated(render(request, "archive/compare.html", context, status=_status(sides)))


def _words(request, name: str) -> str:
    """A parameter without what no name holds and no database takes: control characters, excess."""
    return "".join(letter for letter in request.GET.get(name, "") if letter.isprintable()).strip()[:LONGEST]


def modes_for(sides) -> list[str]:
    """The names of MODES in which these sides ({"document", …}) can be shown; the first needs nothing of them."""
    placed = len(sides) == len(SIDES) and all(placed_sheets.placed(side["document"]) for side in sides)
    return [name for name in MODES if name != "overlay" or placed]


def _on_the_earth(document: dict) -> list[dict]:
    """The sheets of a document that have a place, for the map."""
    return [
        placed_sheets.for_map(document, *one, PUBLIC_IMAGES, get_language()) for one in placed_sheets.placed(document)
    ]


def _address(**values) -> str:
    """This page's address; empty values and the first mode are left out."""
    kept = {name: value for name, value in values.items() if value and (name, value) != ("mode", next(iter(MODES)))}
    query = urlencode(sorted(kept.items()))
    return reverse("archive_pages:compare") + (f"?{query}" if query else "")


def _side(name: str, identifier: str, document: dict | None, keys) -> dict:
    """{"name", "identifier", "document" or None, "opens": a view as in an address, "trouble": a sentence, "gone"}."""
    side = {"name": name, "identifier": identifier, "document": None, "opens": "", "trouble": "", "gone": False}
    if not identifier:
        return side
    if document is None:
        side["gone"] = Tombstone.objects.filter(identifier=identifier).exists()
        side["missing"] = True
        words = (
            _("Tư liệu “%(name)s” đã được rút khỏi kho công bố.")
            if side["gone"]
            else _("Không có tư liệu công bố nào mang số hiệu “%(name)s”. Hãy tìm theo tên ở ô dưới đây.")
        )
        side["trouble"] = words % {"name": identifier}
    elif not document["scans"]:
        side["trouble"] = _("Tư liệu này chưa có hình để so sánh; hãy chọn một tư liệu khác.")
    else:
        side |= {"document": document, "opens": opening(document, keys)}
    return side


def _choices(side: str, asked: dict, shown, place: str, keys) -> list[dict]:
    """Cut-outs of other sheets that name a place of the one that is shown, each with the address of the pair."""
    document = shown[0]["document"]
    named = keys or {mention["place"] for scan in document["scans"] for mention in scan["mentions"]}
    choices: dict[str, dict] = {}
    for cut in cut_outs(named, count=4 * CANDIDATES) if named else []:
        if cut["identifier"] != document["identifier"]:
            choices.setdefault(cut["identifier"], cut)
    return [
        cut | {"url": _address(**asked | {side: cut["identifier"]}, place=place or cut["place"])}
        for cut in list(choices.values())[:CANDIDATES]
    ]


def _status(sides) -> int:
    if any(side["gone"] for side in sides):
        return 410
    return 404 if any(side.get("missing") for side in sides) else 200
