"""On an item's page: the exhibition's pages that name it."""

from django.utils.translation import get_language

from .models import ClearedPage


def shown_in(request, document):
    """The panel "Được dẫn trong triển lãm", or None when no public page of this language names the record.

    Out: (template, {"pages": [{"title", "url", "part_of"}]}).
    """
    named = ClearedPage.objects.filter(
        named_records__identifier=document["identifier"], locale__language_code=get_language()
    )
    pages = [
        {"title": page.title, "url": page.get_url(request), "part_of": getattr(page, "roman", "")}
        for page in named.public().order_by("path").specific()
    ]
    return ("exhibits/panels/shown_in.html", {"pages": pages}) if pages else None
