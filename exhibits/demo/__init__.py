"""The demonstration's exhibition, written and cleared by two persons as any other. Its words: exhibits/demo/*.json."""

import json
from pathlib import Path

from django.db import transaction

from archive import clearance
from archive.models import Decision
from exhibits.models import ArticlePage, ExhibitionPage, Kiosk, SectionPage
from exhibits.site_setup import LANGUAGES, ensure_site
from exhibits.subjects import PageSubject

FOLDER = Path(__file__).parent


def read(name: str):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def in_language(value, lang: str):
    """Data with each {"vi": …, "en": …} replaced by one of the two."""
    if isinstance(value, dict):
        if set(value) == set(LANGUAGES):
            return value[lang]
        return {key: in_language(item, lang) for key, item in value.items()}
    if isinstance(value, list):
        return [in_language(item, lang) for item in value]
    return value


def load(cataloguer, reviewer) -> None:
    """Build the exhibition, an article and a kiosk. A second run finishes what is missing and changes nothing else."""
    homes = ensure_site()
    exhibitions = add_pages(ExhibitionPage, homes, read("exhibition"), cataloguer)
    pages = list(exhibitions.values())
    for data in read("sections"):
        pages += add_pages(SectionPage, exhibitions, data, cataloguer, number=data["number"]).values()
    pages += add_pages(ArticlePage, homes, read("about"), cataloguer).values()
    for lang, home in homes.items():
        pages.append(fill_home(home, lang, exhibitions[lang], cataloguer))
    for page in pages:
        clear(page, cataloguer, reviewer)
    add_kiosk(exhibitions["vi"])


def add_pages(model, parents, data, cataloguer, **fields) -> dict:
    """The page of `data` in both languages, each below its language's parent. What is there already stays as it is."""
    pages: dict[str, object] = {}
    for lang in LANGUAGES:
        words = in_language(data, lang)
        found = model.objects.child_of(parents[lang]).filter(slug=words["slug"]).first()
        pages[lang] = found or add_page(model, parents[lang], words, pages.get("vi"), cataloguer, fields)
    return pages


@transaction.atomic
def add_page(model, parent, words, original, cataloguer, fields):
    page = model(
        title=words["title"],
        slug=words["slug"],
        intro=words["intro"],
        body=json.dumps(words["body"]),
        show_in_menus=words.get("menu", False),
        locale_id=parent.locale_id,
        owner=cataloguer,
        **fields,
    )
    if original is not None:
        page.translation_key = original.translation_key
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision(user=cataloguer, log_action=True)
    return page


def fill_home(home, lang: str, exhibition, cataloguer):
    """Write the home page that ensure_site laid; one that somebody has written stays as it is."""
    if home.latest_revision_id is None:
        words = in_language(read("home"), lang)
        for name in ("title", "hero_title", "intro"):
            setattr(home, name, words[name])
        home.body = json.dumps(words["body"])
        home.featured = exhibition
        home.save_revision(user=cataloguer, log_action=True)
    return home


def clear(page, cataloguer, reviewer) -> None:
    """Submit and clear a page that no decision was made about and that the cataloguer alone has written."""
    page = type(page).objects.get(pk=page.pk)
    subject = PageSubject(page)
    written_by_others = page.revisions.exclude(user=cataloguer).exists()
    if written_by_others or Decision.objects.filter(subject=subject.key).exists():
        return
    clearance.submit(subject, cataloguer)
    _document, digest = clearance.preview(PageSubject(type(page).objects.get(pk=page.pk)))
    clearance.clear(PageSubject(page), digest, reviewer, clearance.CHECKLIST)


def add_kiosk(exhibition) -> None:
    data = read("kiosk")
    Kiosk.objects.get_or_create(
        slug=data["slug"],
        defaults={
            "title_vi": data["title"]["vi"],
            "title_en": data["title"]["en"],
            "exhibition": exhibition,
            "idle_seconds": data["idle_seconds"],
        },
    )
