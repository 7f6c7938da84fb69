"""The environment of the templates in a room's `jinja2/` folder: the search page and the item page (docs/templates.md).

They may call what the Django templates may: the filters of `archive_tags`, and as functions its tags and those of
`search.tags`. Sentences stand as `_("…", name=value)`: the value is escaped, the sentence isn't.
"""

from functools import lru_cache

from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_urlconf
from django.urls import reverse as find
from django.utils.html import json_script
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import ChainableUndefined, Environment
from markupsafe import Markup

from archive.templatetags import archive_tags
from config.templatetags.catvang import absolute
from search import tags as search_tags


def reverse(name: str, *args) -> str:
    """The address of a named page in the reader's language. Raises NoReverseMatch."""
    return _found(name, args, get_language(), get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=5_000)  # a page holds dozens, most of them on every page
def _found(name: str, args: tuple, _language: str, urlconf) -> str:
    return find(name, urlconf, args)


def address_of(name: str, *args) -> str:
    """As reverse; "" where the site has no such page."""
    try:
        return reverse(name, *args)
    except NoReverseMatch:
        return ""


def sentence(text: str, **values) -> Markup:
    """In the reader's language, as HTML; the values are escaped as they are put in."""
    found = _told(text, get_language())
    return found % values if values else found


@lru_cache(maxsize=5_000)  # a page holds dozens
def _told(text: str, _language: str) -> Markup:
    return Markup(gettext(text))


def counted(one: str, several: str, number: int, **values) -> Markup:
    """As sentence, of a number of things."""
    return Markup(ngettext(one, several, number)) % values


def environment(**options) -> Environment:
    """In: what Django's Jinja2 backend sets (loader, autoescape). Out: with our words."""
    # A document's parts may be None: what is asked of them is nothing too, as in a Django template.
    options["undefined"] = ChainableUndefined
    made = Environment(**options)
    made.filters |= archive_tags.register.filters | {"json_script": json_script}
    made.globals |= {"_": sentence, "ngettext": counted}
    made.globals |= {"absolute": absolute, "address_of": address_of, "reverse": reverse, "static": static}
    made.globals |= {tag.__name__: tag for tag in archive_tags.TAGS} | search_tags.TAGS
    return made
