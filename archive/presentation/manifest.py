"""A IIIF Presentation 3.0 manifest of an edition document. Pure.

Source: https://iiif.io/api/presentation/3.0/
"""

from ..addresses import Addresses
from .metadata import metadata
from .parts import CONTEXT, SEARCH_CONTEXT, collection_reference, language_map, page, provider, service, thumbnail
from .structures import canvas_label, structures
from .texts import has_text

ATTRIBUTION = {"vi": "Ghi công", "en": "Attribution"}
NOTE = {"vi": "Lưu ý", "en": "Note"}
ITEM = {"vi": "Bản ghi (JSON)", "en": "Record (JSON)"}
DUBLIN_CORE = {"vi": "Bản ghi (Dublin Core)", "en": "Record (Dublin Core)"}
GEOREFERENCE = {"vi": "Vị trí trên mặt đất", "en": "Place on the earth"}
MENTIONS = {"vi": "Địa danh trên bản quét", "en": "Place names on the scan"}
TEXT = {"vi": "Văn bản trên bản quét", "en": "Text on the scan"}
SEARCH_LABEL = {"vi": "Tìm trong tư liệu này", "en": "Search within this item"}
SEARCH_1_CONTEXT = "http://iiif.io/api/search/1/context.json"
EMPTY_CANVAS = 1000  # pixels: a manifest must hold a canvas, also while there is no scan
# Leaves that are turned; everything else is looked at one by one.
PAGED_KINDS = {"book", "manuscript"}


def manifest(document: dict, base: str) -> dict:
    """In: edition document, PUBLIC_BASE_URL. Out: the manifest as Python data."""
    addresses = Addresses(base)
    identifier = document["identifier"]
    result = {
        "@context": [SEARCH_CONTEXT, CONTEXT],
        "id": addresses.manifest(identifier),
        "type": "Manifest",
        "label": language_map(document["title"]) or {"none": [identifier]},
        "metadata": metadata(document),
        "summary": language_map(document["description"]),
        "rights": rights_uri(document["rights"]["statement"]),
        "requiredStatement": attribution(document),
        "provider": provider(addresses, document["institution"]),
        "thumbnail": thumbnail(document["scans"][0], addresses) if document["scans"] else [],
        "navDate": nav_date(document["date"]),
        "behavior": behavior(document),
        "homepage": [page(addresses.item(lang, identifier), document["title"], lang) for lang in ("vi", "en")],
        "seeAlso": see_also(identifier, addresses),
        "service": [
            {
                "id": addresses.content_search(identifier),
                "type": "SearchService2",
                "label": language_map(SEARCH_LABEL),
            },
            # For viewers that know 1.0 alone.
            {
                "@context": SEARCH_1_CONTEXT,
                "@id": addresses.content_search_1(identifier),
                "@type": "SearchService1",
                "profile": "http://iiif.io/api/search/1/search",
                "label": SEARCH_LABEL["vi"],
            },
        ],
        "partOf": [collection_reference(slug, addresses) for slug in ("all", document["kind"])],
        "items": canvases(document, addresses),
        "structures": structures(document, addresses),
    }
    return {name: value for name, value in result.items() if value not in (None, "", [], {})}


def rights_uri(statement: str) -> str:
    """IIIF names Creative Commons by http: URIs, as their RDF does."""
    return statement.replace("https://creativecommons.org/", "http://creativecommons.org/")


def attribution(document: dict) -> dict | None:
    """The credit line, else the holder."""
    credit = language_map(document["rights"]["credit"])
    if not credit and document["institution"]:
        credit = language_map(document["institution"]["name"])
    return {"label": language_map(ATTRIBUTION), "value": credit} if credit else None


def nav_date(date: dict | None) -> str | None:
    """First day of the first year, where it is a year that RFC 3339 can write."""
    if not date or date.get("from") is None or not 1 <= date["from"] <= 9999:
        return None
    return f"{date['from']:04d}-01-01T00:00:00Z"


def behavior(document: dict) -> list[str]:
    if len(document["scans"]) < 2:
        return []
    return ["paged" if document["kind"] in PAGED_KINDS else "individuals"]


def see_also(identifier: str, addresses: Addresses) -> list[dict]:
    return [
        {
            "id": addresses.api_item(identifier),
            "type": "Dataset",
            "label": language_map(ITEM),
            "format": "application/json",
        },
        {
            "id": addresses.oai_record(identifier),
            "type": "Dataset",
            "label": language_map(DUBLIN_CORE),
            "format": "text/xml",
            "profile": "http://www.openarchives.org/OAI/2.0/oai_dc/",
        },
    ]


def canvases(document: dict, addresses: Addresses) -> list[dict]:
    identifier = document["identifier"]
    if not document["scans"]:
        return [
            {
                "id": addresses.canvas(identifier, 1),
                "type": "Canvas",
                "label": language_map(document["title"]) or {"none": [identifier]},
                "height": EMPTY_CANVAS,
                "width": EMPTY_CANVAS,
            }
        ]
    return [canvas(scan, index, identifier, addresses) for index, scan in enumerate(document["scans"], start=1)]


def canvas(scan: dict, index: int, identifier: str, addresses: Addresses) -> dict:
    """Canvas of one scan, in the scan's own pixels."""
    address = addresses.canvas(identifier, index)
    image = addresses.image(scan["image"])
    body = {
        "id": f"{image}/full/max/0/default.jpg",
        "type": "Image",
        "format": "image/jpeg",
        "height": scan["height"],
        "width": scan["width"],
        "service": service(image),
    }
    painting = {
        "id": f"{address}/painting",
        "type": "Annotation",
        "motivation": "painting",
        "body": body,
        "target": address,
    }
    result = {
        "id": address,
        "type": "Canvas",
        "label": canvas_label(scan, index),
        "height": scan["height"],
        "width": scan["width"],
        "thumbnail": thumbnail(scan, addresses),
        "items": [{"id": f"{address}/page", "type": "AnnotationPage", "items": [painting]}],
    }
    if language_map(scan["note"]):
        result["requiredStatement"] = {"label": language_map(NOTE), "value": language_map(scan["note"])}
    annotations = annotation_pages(scan, index, identifier, addresses)
    return result | ({"annotations": annotations} if annotations else {})


def annotation_pages(scan: dict, index: int, identifier: str, addresses: Addresses) -> list[dict]:
    """The pages of annotations on a canvas, by reference, each where there is something in it.

    In the order in which viewers offer them: archive.annotations, archive.presentation.texts.
    """
    pages = [
        (bool(scan["mentions"]), addresses.annotations(identifier, index), MENTIONS),
        (has_text(scan), addresses.text(identifier, index), TEXT),
        (bool(scan["georeference"]), addresses.georeference(identifier, index), GEOREFERENCE),
    ]
    there = [(address, label) for given, address, label in pages if given]
    return [{"id": address, "type": "AnnotationPage", "label": language_map(label)} for address, label in there]
