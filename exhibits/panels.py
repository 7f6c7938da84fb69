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
    lang = get_language()
    return _shown.under(token_of(request), (lang, request.get_host()), lambda: _read(request, lang))


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
