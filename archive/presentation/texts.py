"""What is written on a scan as Web Annotations: its lines in their boxes, transcription and translations. Pure.

Sources: https://iiif.io/api/presentation/3.0/#58-annotations and its table of values for motivation: "supplementing" is
what comes from the canvas, such as a transcription. A line stands at its box; what has none, on the whole canvas.
"""

from ..addresses import Addresses
from ..annotations import page_of, textual_body


def text_page(document: dict, index: int, base: str) -> dict:
    """AnnotationPage of the text on one scan.

    In: edition document; index of the scan, counted from 1; PUBLIC_BASE_URL. Raises IndexError for another scan.
    """
    if not 1 <= index <= len(document["scans"]):
        raise IndexError(index)
    addresses = Addresses(base)
    return page_of(addresses.text(document["identifier"], index), text_items(document, index, addresses))


def text_items(document: dict, index: int, addresses: Addresses) -> list[dict]:
    """Lines in their order, then the transcription, then the translations."""
    scan = document["scans"][index - 1]
    page, canvas = addresses.text(document["identifier"], index), addresses.canvas(document["identifier"], index)
    items = []
    for number, line in enumerate(scan["lines"], start=1):
        if line["text"]:
            items.append(_annotation(f"{page}#line-{number}", line["text"], line["lang"], canvas, line["region"]))
    written = scan["transcription"]
    if written and written["text"]:
        items.append(_annotation(f"{page}#transcription", written["text"], written["lang"], canvas))
    for lang in ("vi", "en"):
        if written and written["translation"].get(lang):
            items.append(_annotation(f"{page}#translation-{lang}", written["translation"][lang], lang, canvas))
    return items


def has_text(scan: dict) -> bool:
    return bool(scan["transcription"]) or any(line["text"] for line in scan["lines"])


def _annotation(address: str, text: str, lang: str, canvas: str, region=None) -> dict:
    return {
        "id": address,
        "type": "Annotation",
        "motivation": "supplementing",
        "body": textual_body(text, lang),
        "target": f"{canvas}#xywh={','.join(map(str, region))}" if region else canvas,
    }
