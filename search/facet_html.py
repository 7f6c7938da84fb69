"""The facets as HTML: a group of boxes to tick for each that parts the results. Not a template: there may be hundreds
of boxes."""

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from archive.display import number
from archive.templatetags.archive_tags import set_text

from .page import with_values
from .sorting import alphabetical

SHOWN = 6  # values of a facet that stand open
LISTED = 30  # values of a facet that are on the page at all, before somebody asks for the whole list
WHOLE = "facet"  # the parameter that names the facet that is listed whole


def facet_fields(params, results, lang: str) -> str:
    return mark_safe(
        "".join(
            _facet(name, entries, params, lang)
            for name, entries in results.facets.items()
            if len(entries) > 1 or (entries and (entries[0]["selected"] or entries[0]["count"] != results.total))
        )
    )


def _facet(name: str, entries: list[dict], params, lang: str) -> str:
    long = len(entries) > LISTED
    whole = long and params.get(WHOLE) == name
    if whole and name != "period":
        entries = sorted(entries, key=lambda entry: alphabetical(entry["label"]))
    # What is ticked stays on the form, wherever it comes in the order.
    ticked = [entry for entry in entries[LISTED:] if entry["selected"]] if long and not whole else []
    values = [_value(name, entry, lang) for entry in (entries if whole else [*entries[:LISTED], *ticked])]
    shown = "".join(values if whole else values[:SHOWN])
    if not whole and len(values) > SHOWN:
        words = gettext("Thêm %(n)s") % {"n": number(len(values) - SHOWN, lang)}
        shown += f'<details class="more"><summary>{words}</summary>{"".join(values[SHOWN:])}</details>'
    if long:
        words = gettext("Thu gọn") if whole else gettext("Xem cả %(n)s, theo vần") % {"n": number(len(entries), lang)}
        address = escape(with_values(params, **{WHOLE: None if whole else name}))
        shown += f'<a class="whole" id="whole-{name}" href="{address}">{words}</a>'
    return f'<fieldset class="facet"><legend>{_title(name)}</legend>{shown}</fieldset>'


def _value(name: str, entry: dict, lang: str) -> str:
    box, words = _box(name, entry["value"], entry["label"])
    ticked = " checked" if entry["selected"] else ""
    return f'{box}{ticked}>{words}<span class="count num">{number(entry["count"], lang)}</span></label>'


@lru_cache(maxsize=5_000)
def _box(name: str, value: str, label: str) -> tuple[str, str]:
    """What is the same on every page of a value's box."""
    name, value = escape(name), escape(value)
    box = f'<label class="value"><input type="checkbox" name="{name}" id="f-{name}-{value}" value="{value}"'
    return f'{box} form="search-form"', f"<span>{set_text(label)}</span>"


def _title(name: str) -> str:
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
