"""IIIF collections of all manifests, and of those of a kind. Pure.

Presentation 3.0 pages nothing, and viewers fetch whole what a manifest says it is part of. So a collection of more than
PART manifests lists collections of PART each, and an answer stays below 100 KB at 100,000 items.
"""

from collections.abc import Iterable

from ..addresses import Addresses
from ..vocabulary import KINDS
from .parts import CONTEXT, collection_reference, language_map, provider

# What follows "all" are the kinds themselves, as search names them.
SLUGS = ["all", *KINDS]
PART = 200  # manifests in one answer

Row = tuple[str, str, str]  # identifier, title_vi, title_en


def collection(slug: str, rows: Iterable[Row], base: str) -> dict:
    """In: one of SLUGS; at most PART rows; PUBLIC_BASE_URL. Raises KeyError for another slug."""
    addresses = Addresses(base)
    result = _head(collection_reference(slug, addresses), addresses)
    result["items"] = [_manifest(row, addresses) for row in rows]
    return result | _part_of(slug, addresses)


def divided(slug: str, total: int, base: str) -> dict:
    """The collection of `total` manifests as its parts."""
    addresses = Addresses(base)
    result = _head(collection_reference(slug, addresses), addresses)
    result["items"] = [_part_reference(slug, number, total, addresses) for number in range(1, parts(total) + 1)]
    return result | _part_of(slug, addresses)


def part(slug: str, number: int, rows: Iterable[Row], total: int, base: str) -> dict:
    """The part `number`, counted from 1, of a collection of `total` manifests."""
    addresses = Addresses(base)
    result = _head(_part_reference(slug, number, total, addresses), addresses)
    result["items"] = [_manifest(row, addresses) for row in rows]
    return result | {"partOf": [collection_reference(slug, addresses)]}


def parts(total: int) -> int:
    """How many parts `total` manifests make."""
    return -(-total // PART)


def _head(reference: dict, addresses: Addresses) -> dict:
    return {"@context": CONTEXT, **reference, "provider": provider(addresses)}


def _part_of(slug: str, addresses: Addresses) -> dict:
    return {} if slug == "all" else {"partOf": [collection_reference("all", addresses)]}


def _part_reference(slug: str, number: int, total: int, addresses: Addresses) -> dict:
    first, last = (number - 1) * PART + 1, min(number * PART, total)
    label = {"vi": f"Tư liệu {first}–{last}", "en": f"Items {first}–{last}"}
    return {"id": addresses.collection_part(slug, number), "type": "Collection", "label": language_map(label)}


def _manifest(row: Row, addresses: Addresses) -> dict:
    identifier, vi, en = row
    label = language_map({"vi": vi, "en": en}) or {"none": [identifier]}
    return {"id": addresses.manifest(identifier), "type": "Manifest", "label": label}
