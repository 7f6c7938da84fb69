"""One result as HTML. Not a template: twenty of them are half of the page's time."""

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from archive import display
from archive.templatetags.archive_tags import set_text, snippet, star

register = template.Library()


@register.simple_tag(takes_context=True)
def hit(context, found):
    """In: an item of the results (search.items). Out: its <article>, with the star that keeps it."""
    lang, url = context["lang"], escape(found["url"])
    kind, date = display.kind(found["kind"], lang), found["date"]
    title = found["title"].replace("<mark>", "").replace("</mark>", "")
    picture = f'<img src="{escape(found["thumbnail"])}" loading="lazy" alt="">' if found["thumbnail"] else ""
    original = f' <span class="original">{set_text(found["title_original"])}</span>' if found["title_original"] else ""
    when = f" · {set_text(display.date_within(date))}" if date else ""
    return mark_safe(
        f'<article class="hit"><a class="pic" href="{url}" tabindex="-1" aria-hidden="true">{picture}</a>'
        f'<div><p class="kind">{escape(kind)}{when}</p>'
        f'<h2><a href="{url}">{snippet(found["title"])}{original}</a></h2>{_words(found, lang)}</div>'
        f"{star(found['identifier'], title, kind, date)}</article>"
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
