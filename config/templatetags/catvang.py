"""Tags of the page frame: menu, language switch, canonical addresses."""

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext, override
from wagtail.models import Page

from archive import kept
from exhibits.models import ClearedPage

register = template.Library()

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
HOME_CHILD_DEPTH = 3  # root, home page of a language, its children


def current_language() -> str:
    """The active language, "vi" when it is one that the site doesn't have."""
    code = (get_language() or "vi")[:2]
    return code if code in LANGUAGES else "vi"


def other(lang: str) -> str:
    return "en" if lang == "vi" else "vi"


def path_of(page, request) -> str | None:
    """A page's path without host, or None when it lies outside the site."""
    parts = page.get_url_parts(request)
    return parts[2] if parts else None


def named(name: str, lang: str) -> str:
    """The address of a named page in a language, or "" where that page isn't installed."""
    with override(lang):
        try:
            return reverse(name)
        except NoReverseMatch:
            return ""


@register.simple_tag(takes_context=True)
def main_menu(context):
    """Entries {title, url, current, exact}: the menu's first page, then search and places, then its other pages."""
    request, lang = context.get("request"), current_language()
    here = request.path if request else ""
    return [
        {"title": title, "url": url, "current": here.startswith(url), "exact": here == url}
        for title, url in _menu(request, lang)
    ]


_menus = kept.Shelf(16)


def _menu(request, lang: str) -> list[tuple[str, str]]:
    """(title, address) of each entry, kept while nothing public changes: it stands on every page."""
    token = kept.token_of(request) if request else None
    return _menus.under(token, (lang, request and request.get_host()), lambda: _read_menu(request, lang))


def _read_menu(request, lang: str) -> list[tuple[str, str]]:
    pages = ClearedPage.objects.public().in_menu().filter(depth=HOME_CHILD_DEPTH, locale__language_code=lang)
    entries = [(page.title, path_of(page, request)) for page in pages.select_related("locale").order_by("path")]
    entries[1:1] = [
        (gettext("Tra cứu"), named("search_pages:search", lang)),
        (gettext("Địa danh"), named("archive_pages:places", lang)),
    ]
    return [(title, url) for title, url in entries if url]


def translated_path(context, lang: str) -> str:
    """The path of the page being shown in language `lang`; the home page where there is no such page."""
    home = f"/{lang}/"
    request, page = context.get("request"), context.get("page")
    if context.get("other_lang_url") and lang != current_language():
        return context["other_lang_url"]
    if isinstance(page, Page):
        if page.locale.language_code == lang:
            return path_of(page, request) or home
        twin = ClearedPage.objects.public().filter(translation_key=page.translation_key, locale__language_code=lang)
        twin = twin.select_related("locale").first()
        return (twin and path_of(twin, request)) or home
    # `exception` and `request_path` are what Django's error views hand over: there is no page to translate.
    if request is None or "request_path" in context or "exception" in context:
        return home
    prefix, _, rest = request.path.lstrip("/").partition("/")
    return f"/{lang}/{rest}" if prefix in LANGUAGES else home


@register.inclusion_tag("config/languages.html", takes_context=True)
def language_switch(context):
    """Both languages; the other one leads to the same page with the same query."""
    lang, request = current_language(), context.get("request")
    query = request.META.get("QUERY_STRING", "") if request else ""
    url = translated_path(context, other(lang))
    return {
        "current": lang,
        "languages": LANGUAGES.items(),
        "url": f"{url}?{query}" if query and "?" not in url else url,
    }


@register.inclusion_tag("config/addresses.html", takes_context=True)
def page_addresses(context):
    """Canonical and hreflang addresses, from PUBLIC_BASE_URL alone; none for what has no public address."""
    request, lang = context.get("request"), current_language()
    nothing = {"canonical": ""}
    if not settings.PUBLIC_BASE_URL or request is None or context.get("private") or "request_path" in context:
        return nothing
    if request.path.lstrip("/").partition("/")[0] not in LANGUAGES:
        return nothing
    paths = {code: translated_path(context, code) for code in LANGUAGES}
    return {
        "canonical": settings.PUBLIC_BASE_URL + paths[lang],
        "alternates": [(code, settings.PUBLIC_BASE_URL + path) for code, path in paths.items()],
        "default": settings.PUBLIC_BASE_URL + paths["vi"],
    }


@register.simple_tag
def absolute(path: str) -> str:
    """A path as an absolute address of the public site."""
    return f"{settings.PUBLIC_BASE_URL}{path}"
