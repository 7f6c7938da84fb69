"""Place mentions as Web Annotations, of an edition document or of a working copy's. Pure.

Sources: https://www.w3.org/TR/annotation-model/ (annotation, bodies, FragmentSelector, page) and
https://iiif.io/api/presentation/3.0/#58-annotations (targets that are parts of a canvas, motivation "supplementing").
"""

from .addresses import Addresses

W3C_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
IIIF_CONTEXT = "http://iiif.io/api/presentation/3/context.json"
MOTIVATIONS = ["identifying", "tagging"]  # of a mention
MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"


def canvas_page(document: dict, index: int, base: str) -> dict:
    """AnnotationPage of the mentions on one scan.

    In: edition document; index of the scan, counted from 1; PUBLIC_BASE_URL. Raises IndexError for another scan.
    """
    if not 1 <= index <= len(document["scans"]):
        raise IndexError(index)
    addresses = Addresses(base)
    return page_of(addresses.annotations(document["identifier"], index), mention_items(document, index, addresses))


def whole_page(document: dict, base: str) -> dict:
    """AnnotationPage of the mentions on all scans of a document, in their order."""
    addresses, items = Addresses(base), []
    for index in range(1, len(document["scans"]) + 1):
        items += mention_items(document, index, addresses)
    return page_of(addresses.all_annotations(document["identifier"]), items)


def page_of(address: str, items: list[dict]) -> dict:
    """AnnotationPage that stands by itself. IIIF wants its own context last."""
    return {"@context": [W3C_CONTEXT, IIIF_CONTEXT], "id": address, "type": "AnnotationPage", "items": items}


def mention_items(document: dict, index: int, addresses: Addresses) -> list[dict]:
    """The mentions on the scan at `index`, counted from 1, as annotations.

    Viewers show "tagging" by default; "identifying" says that it is no tag alone: which place it is stands in a body.
    """
    scan, page = document["scans"][index - 1], addresses.annotations(document["identifier"], index)
    names = {place["key"]: place["name"] for place in document["places"]}
    return [
        {
            "id": f"{page}#{number}",
            "type": "Annotation",
            "motivation": MOTIVATIONS,
            "body": bodies(mention, names.get(mention["place"], {}), addresses),
            "target": target(mention["region"], document["identifier"], index, addresses),
        }
        for number, mention in enumerate(scan["mentions"], start=1)
    ]


def bodies(mention: dict, name: dict, addresses: Addresses) -> list[dict]:
    """What stands there, how it reads, what it means, and which place it is.

    In: a mention of a document; the place's name {vi, en}.
    """
    found = [textual_body(mention["name"], mention["lang"], "supplementing")]
    if mention["reading"]:
        found.append(textual_body(mention["reading"], "vi", "describing"))
    for lang in ("vi", "en"):
        if mention["meaning"].get(lang):
            found.append(textual_body(mention["meaning"][lang], lang, "describing"))
    found += [textual_body(name[lang], lang, "tagging") for lang in ("vi", "en") if name.get(lang)]
    place = {"id": addresses.place("vi", mention["place"]), "type": "Text", "format": "text/html", "language": "vi"}
    return [*found, {"type": "SpecificResource", "source": place, "purpose": "identifying"}]


def textual_body(value: str, lang: str, purpose: str = "") -> dict:
    """Plain text. lang: BCP 47, as the catalogue writes it; "und" or "": not known."""
    body = {"type": "TextualBody", "value": value, "format": "text/plain"} | ({"purpose": purpose} if purpose else {})
    # BCP 47 has no subtag of more than eight letters; the catalogue's "vi-historical" has.
    tag = "-".join(part for part in lang.split("-") if len(part) <= 8)
    return body if tag in ("", "und") else body | {"language": tag}


def target(region: list[int], identifier: str, index: int, addresses: Addresses) -> dict:
    """The part of a canvas at region [x, y, w, h] in its pixels."""
    manifest = {"id": addresses.manifest(identifier), "type": "Manifest"}
    return {
        "type": "SpecificResource",
        "source": {"id": addresses.canvas(identifier, index), "type": "Canvas", "partOf": [manifest]},
        "selector": {
            "type": "FragmentSelector",
            "conformsTo": MEDIA_FRAGMENTS,
            "value": f"xywh={','.join(map(str, region))}",
        },
    }
