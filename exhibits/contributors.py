"""What the search index is told of exhibitions: from public pages alone."""

from collections import defaultdict

from .models import ClearedPage, ExhibitionPage, PageRecord, SectionPage


def exhibitions(identifiers) -> dict[str, dict[str, list[dict]]]:
    """{identifier: {"exhibit": [{"value": slug, "label": {"vi", "en"}}, …]}} for the records that public pages name.

    A section stands for its exhibition; a home page or an article names no exhibition.
    """
    public = ClearedPage.objects.filter(named_records__identifier__in=list(identifiers)).public()
    rows = PageRecord.objects.filter(page__in=public.values("pk"), identifier__in=list(identifiers))
    known = exhibitions_by_path()
    found: dict[str, dict[str, dict]] = defaultdict(dict)
    for identifier, path in rows.values_list("identifier", "page__path"):
        exhibition = known.get(path) or known.get(path[: -SectionPage.steplen])
        if exhibition:
            found[identifier][exhibition["value"]] = exhibition
    return {identifier: {"exhibit": [by[slug] for slug in sorted(by)]} for identifier, by in found.items()}


def exhibitions_by_path() -> dict[str, dict]:
    """The public exhibitions by tree path. One exhibition in two languages is one value: its Vietnamese page's slug."""
    columns = ("translation_key", "locale__language_code", "path", "slug", "title")
    rows = list(ExhibitionPage.objects.own_public().values_list(*columns))
    merged: dict = {}
    for key, lang, _path, slug, title in sorted(rows, key=lambda row: row[1], reverse=True):  # vi before en
        merged.setdefault(key, {"value": slug, "label": {}})["label"][lang] = title
    return {path: merged[key] for key, _lang, path, _slug, _title in rows}
