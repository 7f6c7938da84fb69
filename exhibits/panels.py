"""On an item's page: the exhibition's pages that name it."""

from django.utils.translation import get_language

from archive.kept import Shelf, token_of

from .models import ClearedPage, PageRecord

_shown = Shelf(8)


def shown_in(request, document):
    """The panel "Được dẫn trong triển lãm", or None when no public page of this language names the record.

    Out: (template, {"pages": [{"title", "url", "part_of"}]}).
    """
    pages = _all_shown(request).get(document["identifier"])
    return ("exhibits/panels/shown_in.html", {"pages": pages}) if pages else None


def _all_shown(request) -> dict[str, list[dict]]:
    """{identifier: pages} of all records that public pages of this language name; read once for many item pages, and
    kept while nothing public changes."""
    token, lang = token_of(request), get_language()
    key = (token, lang, request.get_host())
    shown = _shown.get(key)
    if shown is None:
        shown = _read(request, lang)
        if token is not None:
            _shown.put(key, shown)
    return shown


def _read(request, lang: str) -> dict[str, list[dict]]:
    pages = ClearedPage.objects.filter(locale__language_code=lang).public().order_by("path").specific()
    named: dict[int, list[str]] = {}
    for page, identifier in PageRecord.objects.values_list("page", "identifier"):
        named.setdefault(page, []).append(identifier)
    shown: dict[str, list[dict]] = {}
    for page in pages.filter(pk__in=list(named)):
        entry = {"title": page.title, "url": page.get_url(request), "part_of": getattr(page, "roman", "")}
        for identifier in named[page.pk]:
            shown.setdefault(identifier, []).append(entry)
    return shown
