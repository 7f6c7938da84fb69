"""What the search index is told of exhibitions: from public pages alone."""

from collections import defaultdict

from .models import ClearedPage, ExhibitionPage, PageRecord, SectionPage


def exhibitions(identifiers) -> dict[str, dict[str, list[str]]]:
    """{identifier: {"exhibit": [slug of the exhibition, …]}} for the records that public pages name.

    A section stands for its exhibition; a home page or an article names no exhibition.
    """
    public = ClearedPage.objects.filter(named_records__identifier__in=list(identifiers)).public()
    rows = PageRecord.objects.filter(page__in=public.values("pk"), identifier__in=list(identifiers))
    slugs = exhibition_slugs()
    found: dict[str, set[str]] = defaultdict(set)
    for identifier, path in rows.values_list("identifier", "page__path"):
        slug = slugs.get(path) or slugs.get(path[: -SectionPage.steplen])
        if slug:
            found[identifier].add(slug)
    return {identifier: {"exhibit": sorted(values)} for identifier, values in found.items()}


def exhibition_slugs() -> dict[str, str]:
    """Slugs of the public exhibitions by tree path; both languages' trees."""
    return dict(ExhibitionPage.objects.own_public().values_list("path", "slug"))
