"""What the templates in search/jinja2 may call: addresses that differ in one thing, chips, facets, bars."""

from django.utils.safestring import mark_safe

from . import facet_html, hit_html, page


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
    "facet_fields": facet_html.facet_fields,
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
