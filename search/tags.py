"""What the templates in search/jinja2 may call: addresses that differ in one thing, chips, facets, bars."""

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from archive.display import number
from archive.templatetags.archive_tags import set_text

from . import hit_html, page

SHOWN = 6  # values of a facet that stand open


def _facet_title(name: str) -> str:
    match name:
        case "kind":
            return gettext("Loại hình")
        case "period":
            return gettext("Thế kỷ")
        case "place":
            return gettext("Địa danh")
        case "holder":
            return gettext("Nơi lưu giữ")
        case "agent":
            return gettext("Người và cơ quan")
        case "language":
            return gettext("Ngôn ngữ")
        case "exhibit":
            return gettext("Trong triển lãm")
        case "original":
            return gettext("Hiện vật trưng bày")
        case "has":
            return gettext("Có kèm")
    return name


def facet_fields(results, lang: str) -> str:
    """A group of boxes to tick for each facet that parts the results. Not a template: a page has hundreds of them."""
    return mark_safe(
        "".join(
            _facet(name, entries, lang)
            for name, entries in results.facets.items()
            if len(entries) > 1 or (entries and (entries[0]["selected"] or entries[0]["count"] != results.total))
        )
    )


def _facet(name: str, entries: list[dict], lang: str) -> str:
    values = [_facet_value(name, entry, lang) for entry in entries]
    further = ""
    if len(values) > SHOWN:
        words = gettext("Thêm %(n)s") % {"n": number(len(values) - SHOWN, lang)}
        further = f'<details class="more"><summary>{words}</summary>{"".join(values[SHOWN:])}</details>'
    title = _facet_title(name)
    return f'<fieldset class="facet"><legend>{title}</legend>{"".join(values[:SHOWN])}{further}</fieldset>'


def _facet_value(name: str, entry: dict, lang: str) -> str:
    box, words = _box(name, entry["value"], entry["label"])
    ticked = " checked" if entry["selected"] else ""
    return f'{box}{ticked}>{words}<span class="count num">{number(entry["count"], lang)}</span></label>'


@lru_cache(maxsize=5_000)
def _box(name: str, value: str, label: str) -> tuple[str, str]:
    """What is the same on every page of a value's box."""
    name, value = escape(name), escape(value)
    box = f'<label class="value"><input type="checkbox" name="{name}" id="f-{name}-{value}" value="{value}"'
    return f'{box} form="search-form"', f"<span>{set_text(label)}</span>"


def year_bars(results):
    return page.bars(results.histogram, results.query.get("from"), results.query.get("to"))


def axis(found):
    """Bars as they are drawn: [{"x", "width" (percent of the axis), …bar}], and the years below: [{"x", "year"}]."""
    unit = 100 / found["wide"]
    # As text, to three places.
    drawn = [bar | {"x": f"{unit * bar['at']:.3f}", "width": f"{unit * 0.84:.3f}"} for bar in found["bars"]]
    years = page.ticks(found["first"], found["last"])
    marks = [{"x": f"{unit * (year - found['first']) / found['span']:.3f}", "year": str(year)} for year in years]
    return {"bars": drawn, "ticks": marks}


def rects(drawn):
    """Bars of `axis` as <rect> elements. Not a template: there may be sixty."""
    return mark_safe("".join(_rect(bar) for bar in drawn))


def _rect(bar: dict) -> str:
    place = f'x="{bar["x"]}%" y="{bar["top"]}" width="{bar["width"]}%" height="{bar["height"]}"'
    within = ' class="on"' if bar["on"] else ""
    return f'<rect {place} data-from="{bar["from"]}" data-to="{bar["to"]}"{within}/>'


TAGS = {
    "axis": axis,
    "by_decade": page.by_decade,
    "chips": page.chips,
    "facet_fields": facet_fields,
    "has_filters": page.filtered,
    "hit": hit_html.hit,
    "hit_list": hit_html.hit_list,
    "kept_parameters": page.kept,
    "map_data": page.map_data,
    "page_window": page.window,
    "query_with": page.with_values,
    "rects": rects,
    "says_nothing": page.says_nothing,
    "year_bars": year_bars,
}
