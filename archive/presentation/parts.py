"""Small parts that manifests and collections share. Pure."""

from ..addresses import Addresses
from ..vocabulary import KINDS, SITE

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
SEARCH_CONTEXT = "http://iiif.io/api/search/2/context.json"
THUMBNAIL_WIDTH = 400  # pixels


def language_map(pair: dict | None) -> dict:
    """{"vi": ["…"], "en": ["…"]} of a {vi, en} pair, without what is empty."""
    return {lang: [pair[lang]] for lang in ("vi", "en") if pair and pair.get(lang)}


def entry(label: dict, value: dict) -> dict:
    """One label and value of `metadata`."""
    return {"label": language_map(label), "value": value}


def service(address: str) -> list[dict]:
    """The image service at `address`."""
    return [{"id": address, "type": "ImageService3", "profile": "level2"}]


def thumbnail(scan: dict, addresses: Addresses) -> list[dict]:
    """Thumbnail of a scan, never wider than the scan itself."""
    width = min(THUMBNAIL_WIDTH, scan["width"])
    return [
        {
            "id": addresses.thumbnail(scan["image"], width),
            "type": "Image",
            "format": "image/jpeg",
            "width": width,
            "height": max(1, round(width * scan["height"] / scan["width"])),
            "service": service(addresses.image(scan["image"])),
        }
    ]


def provider(addresses: Addresses, institution: dict | None = None) -> list[dict]:
    """Who gives it out: the site; and who holds it, where the holder has an address."""
    site = {
        "id": f"{addresses.base}/",
        "type": "Agent",
        "label": language_map(SITE),
        "homepage": [page(addresses.home(lang), SITE, lang) for lang in ("vi", "en")],
    }
    if not institution or not institution.get("url"):
        return [site]
    name, address = institution["name"], institution["url"]
    home = {"id": address, "type": "Text", "label": language_map(name), "format": "text/html"}
    return [site, {"id": address, "type": "Agent", "label": language_map(name), "homepage": [home]}]


def collection_reference(slug: str, addresses: Addresses) -> dict:
    """A collection: "all", or a kind."""
    label = SITE if slug == "all" else KINDS[slug]
    return {"id": addresses.collection(slug), "type": "Collection", "label": language_map(label)}


def page(address: str, label: dict, lang: str) -> dict:
    """An HTML page in `lang`."""
    return {
        "id": address,
        "type": "Text",
        "label": {lang: [label.get(lang) or label.get("vi") or label.get("en")]},
        "format": "text/html",
        "language": [lang],
    }
