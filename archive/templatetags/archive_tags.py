"""What templates need to write an edition document down; the words are archive.display's, the letters archive.han's."""

import json
import re
from functools import cache

from django import template
from django.conf import settings
from django.template import engines
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from archive import display, han, viewer
from archive.citing.apa import apa
from archive.citing.meta import PREFIXES, meta_tags
from archive.citing.runs import as_html
from archive.citing.vietnamese import vietnamese
from archive.cut_outs import small_cut
from archive.structured import structured, structured_place
from archive.vocabulary import both

register = template.Library()

COVERAGE_FILE = "static/vendor/fonts/han-coverage.json"
HAN_LANGUAGES = {"lzh", "zh", "ja", "ko"}


@cache
def coverage() -> han.Coverage:
    """What the served fonts cover, as the front-end build wrote it down."""
    try:
        return han.Coverage(json.loads((settings.BASE_DIR / COVERAGE_FILE).read_text()))
    except FileNotFoundError:
        return han.Coverage()


def set_text(text, lang: str = "lzh") -> str:
    return mark_safe(han.mark_up(str(text or ""), coverage(), lang or "lzh"))


@register.filter(name="han")
def han_filter(text, lang="lzh"):
    """{{ text|han }}: escaped, with Hán runs in <span class="han" lang="…">."""
    return set_text(text, lang if lang not in {"", "und"} else "lzh")


@register.filter
def plain(pair, lang):
    """A {vi, en} pair as bare text, for attributes and titles; in the other language when there is none."""
    return both(pair, lang)


@register.filter
def in_lang(pair, lang):
    """A {vi, en} pair as HTML; text that exists in the other language alone is marked with its lang."""
    return _in_lang(pair, lang, set_text)


@register.filter
def prose(pair, lang):
    """As in_lang, for long text: blank lines part paragraphs."""
    return _in_lang(pair, lang, paragraphs, "div")


def paragraphs(text) -> str:
    pieces = [piece.strip() for piece in re.split(r"\n\s*\n|\r\n\s*\r\n", text or "") if piece.strip()]
    return mark_safe("".join(f"<p>{set_text(piece)}</p>" for piece in pieces))


def _in_lang(pair, lang: str, write, element: str = "span") -> str:
    pair = pair or {}
    if pair.get(lang):
        return write(pair[lang])
    other = "en" if lang == "vi" else "vi"
    return mark_safe(f'<{element} lang="{other}">{write(pair[other])}</{element}>') if pair.get(other) else ""


@register.filter
def name_text(name):
    """One name of a place, with its language and, where it is Hán or Nôm, its font."""
    return _named(name["text"], name["lang"])


@register.filter
def name_written(mention):
    """A place's name as a sheet writes it, with its language and, where it is Hán or Nôm, its font."""
    return _named(mention["name"], mention["lang"])


def _named(words: str, lang: str) -> str:
    text = set_text(words, lang if lang in HAN_LANGUAGES or lang.endswith("Hani") else "lzh")
    if lang in {"und", "vi-historical"}:
        lang = "vi" if lang == "vi-historical" else ""
    return mark_safe(f'<span lang="{escape(lang)}">{text}</span>')


@register.filter
def snippet(text):
    """A hit's words: everything escaped but <mark> and </mark>, which the search puts around what it found."""
    told = han.mark_up(str(text or ""), coverage())
    return mark_safe(told.replace("&lt;mark&gt;", "<mark>").replace("&lt;/mark&gt;", "</mark>"))


# --- words of values: {{ document.kind|kind:lang }} ---------------------------------------------
for _filter in (
    display.kind,
    display.role,
    display.shown_as,
    display.confidence,
    display.rights,
    display.place_kind,
    display.language,
    display.languages,
    display.number,
    display.date_alone,
    display.date_within,
    display.day,
    display.extent,
    display.in_short,
    display.grouped_places,
    display.counts,
    display.meridian,
    display.relation,
    display.scale,
    display.side,
    display.size,
    display.years,
    display.other_names,
):
    register.filter(_filter.__name__, _filter)


@register.simple_tag
def approximate(lang):
    return display.approximate(lang)


@register.simple_tag
def point(place, lang):
    return display.point(place["lat"], place["lon"], lang)


def citations(document, lang):
    """[{"style", "name", "html"}] of how to cite the item, in words."""
    base = settings.PUBLIC_BASE_URL
    styles = (("vietnamese", gettext("Kiểu Việt Nam"), vietnamese), ("apa", "APA 7", apa))
    return [
        {"style": style, "name": name, "html": mark_safe(as_html(write(document, lang, base), set_text))}
        for style, name, write in styles
    ]


STAR = (
    '<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M12 3.2l2.7 5.6 6.1.9-4.4 4.3 1 '
    '6.1-5.4-2.9-5.4 2.9 1-6.1-4.4-4.3 6.1-.9z"/></svg>'
)


@register.simple_tag
def star(identifier, title, words, wide=False):
    """The button that keeps an item in the visitor's own collection (my-collection.js). words: display.in_short, under
    which it is kept. Twenty of them stand on a page of results: it is written without a template."""
    name = escape(title)
    hidden = "" if wide else ' class="visually-hidden"'
    return mark_safe(
        f'<button type="button" class="star{" star-wide" if wide else ""}" data-star="{escape(identifier)}" '
        f'data-words="{escape(words)}" aria-pressed="false" hidden>{STAR}<span{hidden}>'
        f'{gettext("Lưu vào bộ sưu tập của tôi")}<span class="visually-hidden">: {name}</span></span></button>'
    )


def metadata(document, lang):
    """The tags of the page's head that reference managers read."""
    tags = [f'<link rel="schema.{prefix}" href="{escape(address)}">' for prefix, address in PREFIXES.items()]
    for name, content, language in meta_tags(document, lang, settings.PUBLIC_BASE_URL):
        attribute = f' lang="{escape(language)}"' if language else ""
        tags.append(f'<meta name="{name}" content="{escape(content)}"{attribute}>')
    return mark_safe("\n  ".join(tags))


@register.filter
def has_texts(scans) -> bool:
    """Whether any page has its words written down, translated or read."""
    return any(scan["transcription"] or scan["lines"] for scan in scans)


@register.filter
def has_lines(scans) -> bool:
    """Whether any page has lines of text with their places."""
    return any(scan["lines"] for scan in scans)


@register.filter
def by_machine(lines) -> bool:
    """Whether any line was read by a machine and looked at by nobody."""
    return any(line["confidence"] is not None and not line["corrected"] for line in lines)


@register.filter
def line_text(line):
    """A line of text on a sheet, with its language and, where it is Hán or Nôm, its font."""
    return _named(line["text"], line["lang"])


@register.filter
def written(transcription):
    """What stands on a page, with its language, its lines and, where it is Hán or Nôm, its font."""
    lang = transcription["lang"]
    lines = [set_text(line, "lzh" if lang == "und" else lang) for line in transcription["text"].splitlines()]
    attribute = "" if lang == "und" else f' lang="{escape(lang)}"'
    return mark_safe(f'<div class="written"{attribute}>{"<br>".join(lines)}</div>')


@register.simple_tag
def service(images, image_id):
    """The IIIF service of an image."""
    return images.service(image_id)


@register.simple_tag
def plain_image(images, scan, width):
    """A JPEG for browsers without JavaScript: `width` pixels, or what may be published when that is less."""
    return images.thumbnail(scan["image"], min(width, display.public_width(scan)))


def downloads(images, scan):
    """[{width, url}] of the sizes offered."""
    return [{"width": width, "url": images.thumbnail(scan["image"], width)} for width in viewer.sizes(scan)]


def viewer_data(document, images, lang, private=False):
    """What viewer.js reads: the scans in order, with their addresses and labels."""
    return viewer.stage_data(document, images, lang, private)


def cutout(images, scan, mention):
    """{"url", "width", "height"} of a small picture of where a name stands on a scan."""
    cut, width, height = small_cut(mention["region"], scan["width"], scan["height"])
    address = f"{images.service(scan['image'])}/{cut.iiif}/{width},/0/default.jpg"
    return {"url": address, "width": width, "height": height}


@register.filter
def has_mentions(scans) -> bool:
    return any(scan["mentions"] for scan in scans)


def place_named(document, key):
    """The place {"key", "name", …} of a document that a mention speaks of, or None."""
    return next((place for place in document["places"] if place["key"] == key), None)


def structured_data(document, lang):
    """schema.org JSON-LD in a script element that browsers don't execute."""
    return _json_ld(structured(document, lang, settings.PUBLIC_BASE_URL))


@register.simple_tag
def structured_data_of_place(place, lang):
    """As structured_data, of a place."""
    return _json_ld(structured_place(place, lang, settings.PUBLIC_BASE_URL))


def _json_ld(data: dict) -> str:
    text = json.dumps(data, ensure_ascii=False)
    text = text.translate({ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"})
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@register.simple_tag(takes_context=True)
def part(context, template, **more):
    """A template of the `jinja2/` folders within a Django template, which shares its names and these."""
    return mark_safe(engines["jinja2"].get_template(template).render(context.flatten() | more))


# What a Jinja template calls by its name; those that Django templates use too are registered above.
TAGS = (
    approximate,
    citations,
    cutout,
    downloads,
    metadata,
    place_named,
    plain_image,
    point,
    service,
    star,
    structured_data,
    viewer_data,
)
