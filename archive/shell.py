"""The frame around a page (menu, addresses, foot), written once: only what stands in it differs from page to page."""

import re
from copy import copy

from django.template.loader import render_to_string
from django.utils.html import escape

from .kept import Shelf, token_of

# Hold places in a frame: of the private use area's last plane, which no page of ours writes.
FIRST = 0x10FF00
_HOLES = re.compile("(\\??[\U0010ff00-\U0010ffef])")

_frames = Shelf(64)


def framed(request, template: str, context: dict, holes: dict[str, str], part: str = "") -> str:
    """The whole page as HTML.

    In: the frame's template; its context, the same for every page that shares the frame; what is put into it, by the
    name that the template has for it, as HTML; the part of the path that tells one such page from another. A page of
    "private" context, or without a request, has a frame of its own.
    """
    names = ("query", "part", *holes)
    marks = {name: chr(FIRST + place) for place, name in enumerate(names)}

    def cut() -> list[str]:
        asked = request and _apart(request, marks, part)
        return _HOLES.split(render_to_string(template, context | marks, request=asked))

    query = escape(request.META.get("QUERY_STRING", "")) if request else ""
    if request is None or context.get("private"):
        pieces = cut()
    else:
        key = (template, *context.items(), request.get_host(), _path(request, marks, part))
        pieces = _frames.under(token_of(request), key, cut)
    filled = {marks[name]: text for name, text in ({"query": query, "part": escape(part)} | holes).items()}
    filled["?" + marks["query"]] = query and f"?{query}"
    # Every second piece is a hole; one that isn't ours stands in somebody's title.
    return "".join([filled.get(piece, piece) if place % 2 else piece for place, piece in enumerate(pieces)])


def _apart(request, marks: dict[str, str], part: str):
    """The request as the frame sees it: with a hole for its query, and one for its part."""
    asked = copy(request)
    asked.META = request.META | {"QUERY_STRING": marks["query"]}
    asked.path = _path(request, marks, part)
    return asked


def _path(request, marks: dict[str, str], part: str) -> str:
    return marks["part"].join(request.path.rsplit(part, 1)) if part else request.path
