"""One result as it is shown, made from a standing edition's document. Pure but for addresses."""

from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language

from archive.display import both, in_short, public_width
from archive.folding import fold
from archive.item_page import PUBLIC_IMAGES
from archive.kept import Shelf

from . import printed, written
from .highlight import Marker
from .query import Query

THUMBNAIL = 400  # pixels
PROSE = ("description", "significance", "remarks", "provenance")  # where a snippet is taken from, in this order


class Items:
    """Results of a search as they are shown, each from its edition document.

    `instead`: what is marked in a snippet besides the query's own words (other names, another reading); `spelled`: so
    are words that are confused with them. Addresses are in the language that is active when it is made.
    """

    def __init__(self, query: Query, instead: Query | None = None, spelled: bool = False):
        also = tuple(clause for group in instead.groups for clause in group) if instead else ()
        self.query, self._marker = query, Marker(query, also=also, spelled=spelled)
        self._active = get_language()
        self._instead = Items(instead, None, spelled) if instead else None

    def item(self, document: dict) -> dict:
        """One result; addresses are paths of this site in the active language.

        `sheet`: the page (from 1) whose text the snippet is taken from, None where it is of the description; then the
        address opens that page there. `years`: the first and the last, None is open. `bbox`: the sheet's extent;
        `point`: [longitude, latitude] of the first place with coordinates. `in_short`: see archive.display; not in the
        JSON.
        """
        described, texts = _described(document, self.query.lang)
        words, words_lang, spot = self._snippet(document, texts)
        return described | {
            "snippet": words or None,
            "snippet_lang": words_lang,
            "sheet": spot and spot.page,
            "url": _address(document["identifier"], self._active) + (spot.address if spot else ""),
        }

    def _snippet(self, document: dict, texts: list[tuple[str, str]]):
        """(the piece, its language, the spot on a sheet or None): from the prose, unless a sheet says more of it; of
        what its lines and its transcription say alike, the lines, whose place is known."""
        which, words, kinds = self._marker.chosen([text for text, _ in texts])
        if kinds < self._marker.asked:
            spots = [spot for spot in (printed.spot(document, self.query), written.page(document, self.query)) if spot]
            spot = max(spots, key=lambda spot: spot.kinds, default=None)
            if spot and spot.kinds > kinds:
                return spot.words, spot.lang, spot
        if not kinds and self._instead:
            return self._instead._snippet(document, texts)
        return words, texts[which][1] if words else None, None


_kept = Shelf(2_000)  # results whose unchanging part a process keeps


def _described(document: dict, lang: str) -> tuple[dict, list[tuple[str, str]]]:
    """(what is the same of a result in every search, the texts of which a snippet is taken, with their languages)."""
    key = (document["identifier"], lang)
    kept = _kept.get(key)
    if kept is None or kept[0] is not document:  # documents are kept parsed themselves (archive.standing)
        kept = (document, *_describe(document, lang))
        _kept.put(key, kept)
    return kept[1:]


def _describe(document: dict, lang: str) -> tuple[dict, list[tuple[str, str]]]:
    other = "en" if lang == "vi" else "vi"
    texts = [(document[part][language], language) for language in (lang, other) for part in PROSE]
    texts += [named for place in document["places"] for named in _names(place, lang)]
    title = both(document["title"], lang)
    # An English atlas bears its title once, not twice.
    originals = [entry["text"] for entry in document["title_original"]]
    originals = [text for text in originals if text != title and fold(text) != fold(title)]
    described = {
        "identifier": document["identifier"],
        "kind": document["kind"],
        "title": title,
        "title_original": originals[0] if originals else "",
        "date": both(document["date"]["display"], lang) if document["date"] else None,
        "years": [document["date"]["from"], document["date"]["to"]] if document["date"] else None,
        "thumbnail": _thumbnail(document["scans"]),
        "bbox": document["extent"]["bbox"] if document["extent"] else None,
        "point": _point(document["places"]),
        "in_short": in_short(document),
    }
    return described, [(text, language) for text, language in texts if text]


def _names(place: dict, lang: str) -> list[tuple[str, str]]:
    """(name, its language) of a place, those in the reader's language first."""
    named = [(text, language) for language, text in place["name"].items()]
    named += [(name["text"], name["lang"]) for name in place["names"]]
    return sorted(named, key=lambda one: one[1] != lang)


@lru_cache(maxsize=10_000)
def _address(identifier: str, _lang: str) -> str:
    """Of an item's page in the active language."""
    return reverse("archive_pages:item", args=[identifier])


def _point(places: list[dict]) -> list[float] | None:
    found = (place for place in places if place["lat"] is not None and place["lon"] is not None)
    place = next(found, None)
    return place and [place["lon"], place["lat"]]


def _thumbnail(scans: list[dict]) -> str | None:
    return PUBLIC_IMAGES.thumbnail(scans[0]["image"], min(THUMBNAIL, public_width(scans[0]))) if scans else None
