"""Tags of the search page: addresses that differ from this one in one thing, chips, bars, the map's data."""

from functools import lru_cache

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from archive.display import number
from archive.templatetags.archive_tags import set_text
from search import page

register = template.Library()


@register.filter
def facet_title(name):
    """The heading of a facet."""
    titles = {
        "kind": gettext("Loại hình"),
        "period": gettext("Thế kỷ"),
        "place": gettext("Địa danh"),
        "holder": gettext("Nơi lưu giữ"),
        "agent": gettext("Người và cơ quan"),
        "language": gettext("Ngôn ngữ"),
        "exhibit": gettext("Trong triển lãm"),
        "original": gettext("Hiện vật trưng bày"),
        "has": gettext("Có kèm"),
    }
    return titles.get(name, name)


@register.simple_tag(takes_context=True)
def facet_values(context, name, entries):
    """A box to tick for each value. Not a template: a page has hundreds of them."""
    lang = context["LANGUAGE_CODE"]
    return mark_safe("".join(_facet_value(escape(name), entry, lang) for entry in entries))


def _facet_value(name: str, entry: dict, lang: str) -> str:
    box, words = _box(name, str(entry["value"]), entry["label"])
    ticked = " checked" if entry["selected"] else ""
    return f'{box}{ticked}>{words}<span class="count num">{number(entry["count"], lang)}</span></label>'


@lru_cache(maxsize=5_000)
def _box(name: str, value: str, label: str) -> tuple[str, str]:
    """What is the same on every page of a value's box."""
    value = escape(value)
    box = f'<label class="value"><input type="checkbox" name="{name}" id="f-{name}-{value}" value="{value}"'
    return f'{box} form="search-form"', f"<span>{set_text(label)}</span>"


@register.simple_tag
def query_without(params, name, value=None):
    return page.without(params, name, value)


@register.simple_tag
def query_with(params, **values):
    return page.with_values(params, **values)


@register.simple_tag
def kept_parameters(params, facets):
    return page.kept(params, facets)


@register.simple_tag
def has_filters(params):
    return page.filtered(params)


@register.simple_tag
def chips(params, results, lang):
    return page.chips(params, results, lang)


@register.simple_tag
def year_bars(results):
    return page.bars(results.histogram, results.query.get("from"), results.query.get("to"))


@register.simple_tag
def axis(found):
    """Bars as they are drawn: [{"x", "width" (percent of the axis), …bar}], and the years below: [{"x", "year"}]."""
    unit = 100 / found["wide"]
    # As text: a template would write 4.4 as "4,4" in Vietnamese.
    drawn = [bar | {"x": f"{unit * bar['at']:.3f}", "width": f"{unit * 0.84:.3f}"} for bar in found["bars"]]
    years = page.ticks(found["first"], found["last"])
    marks = [{"x": f"{unit * (year - found['first']) / found['span']:.3f}", "year": str(year)} for year in years]
    return {"bars": drawn, "ticks": marks}


@register.simple_tag
def rects(drawn):
    """Bars of `axis` as <rect> elements. Not a template: there may be sixty."""
    return mark_safe("".join(_rect(bar) for bar in drawn))


def _rect(bar: dict) -> str:
    place = f'x="{bar["x"]}%" y="{bar["top"]}" width="{bar["width"]}%" height="{bar["height"]}"'
    within = ' class="on"' if bar["on"] else ""
    return f'<rect {place} data-from="{bar["from"]}" data-to="{bar["to"]}"{within}/>'


@register.filter
def by_decade(items):
    return page.by_decade(items)


@register.filter
def map_data(results):
    return page.map_data(results)


@register.filter
def page_window(number, pages):
    return page.window(number, pages)


@register.filter
def split_bar(text):
    """Cut at bars: "a|b" → ["a", "b"]."""
    return text.split("|")
