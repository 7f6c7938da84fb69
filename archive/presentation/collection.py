"""IIIF collections of all manifests, and of those of a kind. Pure."""

from ..addresses import Addresses
from ..vocabulary import KINDS
from .parts import CONTEXT, collection_reference, language_map, provider

# What follows "all" are the kinds themselves, as search names them.
SLUGS = ["all", *KINDS]


def collection(slug: str, rows, base: str) -> dict:
    """In: one of SLUGS; rows (identifier, title_vi, title_en); PUBLIC_BASE_URL. Raises KeyError for another slug."""
    addresses = Addresses(base)
    result = {
        "@context": CONTEXT,
        **collection_reference(slug, addresses),
        "provider": provider(addresses),
        "items": [
            {
                "id": addresses.manifest(identifier),
                "type": "Manifest",
                "label": language_map({"vi": vi, "en": en}) or {"none": [identifier]},
            }
            for identifier, vi, en in rows
        ],
    }
    if slug != "all":
        result["partOf"] = [collection_reference("all", addresses)]
    return result
