"""One result as HTML. Not a template: twenty of them are half of the page's time."""

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from archive import display
from archive.templatetags.archive_tags import set_text, snippet, star


def hit_list(items: list[dict], lang: str) -> str:
    """In: items of the results. Out: an <li> for each."""
    return mark_safe("".join([f'<li data-hit="{escape(one["identifier"])}">{_hit(one, lang)}</li>' for one in items]))


def hit(found: dict, lang: str) -> str:
    """In: an item of the results (search.items). Out: its <article>, with the star that keeps it."""
    return mark_safe(_hit(found, lang))


def _hit(found: dict, lang: str) -> str:
    parts = ("identifier", "kind", "title", "title_original", "date", "thumbnail", "url", "in_short")
    before, after = _frame(lang, *(found[part] for part in parts))
    return f"{before}{_words(found, lang)}{after}"


@lru_cache(maxsize=5_000)
def _frame(lang, identifier, kind, title, original, date, thumbnail, url, in_short) -> tuple[str, str]:
    """What stands around the snippet, the same in every search that finds the record."""
    url, word = escape(url), display.kind(kind, lang)
    picture = f'<img src="{escape(thumbnail)}" loading="lazy" alt="">' if thumbnail else ""
    original = f' <span class="original">{set_text(original)}</span>' if original else ""
    date = display.date_within(date)
    when = f" · {set_text(date)}" if date else ""
    return (
        f'<article class="hit"><a class="pic" href="{url}" tabindex="-1" aria-hidden="true">{picture}</a>'
        f'<div><p class="kind">{escape(word)}{when}</p>'
        f'<h2><a href="{url}">{set_text(title)}{original}</a></h2>',
        f"</div>{star(identifier, title, in_short)}</article>",
    )


def _words(found: dict, lang: str) -> str:
    """The snippet, in the language that it is in, and the page of the sheet that bears it."""
    if not found["snippet"]:
        return ""
    said = found["snippet_lang"]
    attribute = f' lang="{escape(said)}"' if said and said != lang else ""
    page = ""
    if found["sheet"]:
        words = gettext("Chữ trên ảnh, trang %(number)s:") % {"number": found["sheet"]}
        page = f'<span class="soft" lang="{lang}">{words}</span> '
    return f'<p class="words"{attribute}>{page}{snippet(found["snippet"])}</p>'
