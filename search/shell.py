"""The frame around the search page, written once for all searches: only what stands in it differs between them."""

from copy import copy

from django.template.loader import render_to_string
from django.utils.html import escape

from archive.kept import Shelf, token_of

# Stand in the frame for what is put there; a page can't hold them (fields.read_values takes control characters out,
# and these are of the private use area's last plane).
TITLE, MAIN, QUERY = "\U0010fff0", "\U0010fff1", "\U0010fff2"
TEMPLATE = "search/search.html"

_frames = Shelf(32)


def framed(request, lang: str, title: str, main: str) -> str:
    """The whole page. In: what its title begins with, as text ("" for none); what stands in <main>, as HTML."""
    frame = _frame(request, lang)
    query = request.META.get("QUERY_STRING", "")
    head, foot = frame.split(MAIN)
    head = head.replace(f"?{QUERY}", f"?{escape(query)}" if query else "")
    return "".join((head.replace(TITLE, f"{escape(title)} – " if title else "", 1), main, foot))


def _frame(request, lang: str) -> str:
    """The page with TITLE, MAIN and QUERY, kept while nothing public changes."""
    key = (lang, request.get_host(), request.path, bool(request.GET))
    return _frames.under(token_of(request), key, lambda: _write(request, lang))


def _write(request, lang: str) -> str:
    asked = copy(request)
    asked.META = request.META | {"QUERY_STRING": QUERY}
    context = {"lang": lang, "params": request.GET, "title": TITLE, "main": MAIN}
    return render_to_string(TEMPLATE, context, request=asked)
