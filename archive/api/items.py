"""What the JSON addresses of items say. Pure."""

from ..addresses import Addresses
from ..vocabulary import KINDS, both

THUMBNAIL_WIDTH = 400  # pixels


def links(identifier: str, lang: str, addresses: Addresses) -> dict:
    """Where else this item is."""
    return {
        "self": addresses.api_item(identifier),
        "permanent": addresses.permanent(identifier),
        "page": addresses.item(lang, identifier),
        "manifest": addresses.manifest(identifier),
        "dublin_core": addresses.oai_record(identifier),
    }


def whole(document: dict, about: dict, lang: str, base: str) -> dict:
    """One item: the edition document beside what is known of it.

    In: document; about: {"number", "digest", "cleared_at"}; "vi" or "en"; PUBLIC_BASE_URL.
    """
    addresses = Addresses(base)
    images = [
        {
            "image": scan["image"],
            "service": addresses.image(scan["image"]),
            "thumbnail": addresses.thumbnail(scan["image"], min(THUMBNAIL_WIDTH, scan["width"])),
        }
        for scan in document["scans"]
    ]
    return {**about, "document": document, "images": images, "links": links(document["identifier"], lang, addresses)}


def brief(document: dict, about: dict, lang: str, base: str) -> dict:
    """One row of the list."""
    addresses = Addresses(base)
    identifier = document["identifier"]
    scan = document["scans"][0] if document["scans"] else None
    return {
        "identifier": identifier,
        "kind": document["kind"],
        "kind_label": KINDS.get(document["kind"], {}).get(lang, document["kind"]),
        "title": both(document["title"], lang),
        "title_original": document["title_original"],
        "date": both(document["date"]["display"], lang) if document["date"] else "",
        "thumbnail": addresses.thumbnail(scan["image"], min(THUMBNAIL_WIDTH, scan["width"])) if scan else None,
        **about,
        "links": links(identifier, lang, addresses),
    }


def page_of(items: list[dict], total: int, page: int, size: int, lang: str, base: str) -> dict:
    """The list: `next` and `previous` are absolute addresses or None."""

    def address(number: int) -> str:
        return f"{Addresses(base).api_items()}?lang={lang}&page={number}&page_size={size}"

    return {
        "total": total,
        "page": page,
        "page_size": size,
        "next": address(page + 1) if page * size < total else None,
        "previous": address(page - 1) if page > 1 else None,
        "items": items,
    }
