"""The document of a page: what of its text is cleared, without what changes by itself (keys, dates, locks, ids)."""

from wagtail.blocks import StreamValue
from wagtail.models import Page

SCHEMA_VERSION = 1
BASE_FIELDS = ("title", "slug", "seo_title", "search_description", "show_in_menus")


def page_document(page, number: int) -> dict:
    """A page, saved or from a revision, as the plain data that clearance digests.

    In: a specific page; the number of the edition it would become. Other pages stand in it by their address.
    """
    return {
        "schema": SCHEMA_VERSION,
        "kind": page._meta.model_name,
        "identifier": page.url_path,
        "number": number,
        "language": page.locale.language_code,
        **{name: getattr(page, name) for name in BASE_FIELDS},
        "content": {name: plain(getattr(page, name)) for name in page.content_fields},
    }


def plain(value):
    """A field's value as JSON data."""
    if isinstance(value, StreamValue):
        return without_ids(value.get_prep_value())
    if isinstance(value, Page):
        return value.url_path
    return "" if value is None else value


def without_ids(value):
    """Blocks as data without the ids that the editor gives them."""
    if isinstance(value, list):
        return [without_ids(item) for item in value]
    if isinstance(value, dict):
        is_block = set(value) >= {"type", "value"}
        return {key: without_ids(item) for key, item in value.items() if not (is_block and key == "id")}
    return "" if value is None else value


def record_keys(page) -> list[str]:
    """The identifiers of the records that a page names, each once, in the order of reading."""
    return _keys(page, "is_record_key")


def place_keys(page) -> list[str]:
    """The keys of the places that a page names, each once, in the order of reading."""
    return _keys(page, "is_place_key")


def _keys(page, mark: str) -> list[str]:
    found: list[str] = []
    for name in page.content_fields:
        value = getattr(page, name)
        if isinstance(value, StreamValue):
            collect(value.stream_block, value, found, mark)
    return list(dict.fromkeys(found))


def collect(block, value, found: list[str], mark: str) -> None:
    """Append the keys in a block's value to `found`: those of blocks that bear `mark`."""
    if getattr(block, mark, False):
        if value:
            found.append(value)
    elif isinstance(value, StreamValue):
        for child in value:
            collect(child.block, child.value, found, mark)
    elif hasattr(block, "child_blocks") and hasattr(value, "items"):
        for name, child in block.child_blocks.items():
            collect(child, value.get(name), found, mark)
    elif hasattr(block, "child_block"):
        for item in value or ():
            collect(block.child_block, item, found, mark)
