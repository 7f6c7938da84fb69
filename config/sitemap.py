"""robots.txt and the sitemaps (https://www.sitemaps.org/protocol.html), absolute by PUBLIC_BASE_URL.

Each address stands with its other language (xhtml:link, hreflang).
"""

import math
from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from archive.models import Edition, EditionPlace
from exhibits.models import ClearedPage

PER_FILE = 10_000  # the protocol allows 50,000
LANGUAGES = ("vi", "en")


@require_safe
def robots(request):
    """What crawlers leave alone, and where the sitemap is."""
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.PUBLIC_BASE_URL}{reverse('site:sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def index(request):
    """The sitemap index: files of items, places and pages."""
    names = []
    for kind, section in SECTIONS.items():
        names += [(kind, number + 1) for number in range(math.ceil(section.count() / PER_FILE))]
    files = "".join(
        f"<sitemap><loc>{escape(settings.PUBLIC_BASE_URL + reverse('site:sitemap_part', args=name))}</loc></sitemap>"
        for name in names
    )
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{files}</sitemapindex>')


@require_safe
def part(request, kind: str, number: int):
    """One file of addresses. 404 beyond the last."""
    section = SECTIONS.get(kind)
    if section is None or number < 1 or (number > 1 and (number - 1) * PER_FILE >= section.count()):
        raise Http404
    entries = section.entries((number - 1) * PER_FILE, number * PER_FILE)
    body = "".join(_url(addresses, at) for addresses, at in entries)
    return _xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
        f"{body}</urlset>"
    )


def _xml(body: str) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n', content_type="application/xml")


def _url(addresses: dict[str, str], at: datetime | None) -> str:
    """One <url> for each language of the same thing."""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href={quoteattr(settings.PUBLIC_BASE_URL + path)}/>'
        for lang, path in addresses.items()
    )
    changed = f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""
    return "".join(
        f"<url><loc>{escape(settings.PUBLIC_BASE_URL + path)}</loc>{changed}{links}</url>"
        for path in addresses.values()
    )


def _in_both(name: str, *args) -> dict[str, str]:
    addresses = {}
    for lang in LANGUAGES:
        with override(lang):
            addresses[lang] = reverse(name, args=args)
    return addresses


class Items:
    @staticmethod
    def count() -> int:
        return Edition.objects.count()

    @staticmethod
    def entries(start: int, end: int) -> Iterable:
        for identifier, at in Edition.objects.order_by("pk").values_list("identifier", "cleared_at")[start:end]:
            yield _in_both("archive_pages:item", identifier), at


class Places:
    @staticmethod
    def _keys():
        return EditionPlace.objects.order_by("key").values_list("key", flat=True).distinct()

    @classmethod
    def count(cls) -> int:
        return cls._keys().count()

    @classmethod
    def entries(cls, start: int, end: int) -> Iterable:
        for key in cls._keys()[start:end]:
            yield _in_both("archive_pages:place", key), None


class Pages:
    """Public pages, each with its translations; one entry a translation key."""

    @staticmethod
    def _live():
        return ClearedPage.objects.public().select_related("locale").order_by("path")

    @classmethod
    def count(cls) -> int:
        return cls._live().values("translation_key").distinct().count()

    @classmethod
    def entries(cls, start: int, end: int) -> Iterable:
        groups: dict = {}
        for page in cls._live():
            parts = page.get_url_parts()
            if parts and parts[2]:
                groups.setdefault(page.translation_key, []).append((page.locale.language_code, parts[2], page))
        for found in list(groups.values())[start:end]:
            latest = [page.last_published_at for _lang, _path, page in found if page.last_published_at]
            yield {lang: path for lang, path, _page in found}, max(latest, default=None)


SECTIONS = {"items": Items, "places": Places, "pages": Pages}
