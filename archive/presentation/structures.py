"""The parts of a document of several scans, as IIIF ranges: https://iiif.io/api/presentation/3.0/#54-range. Pure."""

from ..addresses import Addresses
from ..vocabulary import SIDES
from .parts import language_map

PAGE = {"vi": "Trang {}", "en": "Page {}"}
CONTENTS = {"vi": "Mục lục", "en": "Contents"}


def canvas_label(scan: dict, index: int) -> dict:
    """What the catalogue calls a scan, else its side, else its number."""
    return (
        language_map(scan["label"])
        or language_map(SIDES.get(scan["side"]))
        or {lang: [text.format(index)] for lang, text in PAGE.items()}
    )


def structures(document: dict, addresses: Addresses) -> list[dict]:
    """One range of ranges: each begins at a scan with a label and goes on to the next with another one.

    Nothing for a single scan. Scans before the first label are parts of their own, as are all where none has a label.
    """
    scans, identifier = document["scans"], document["identifier"]
    if len(scans) < 2:
        return []
    parts: list[tuple[dict, list[int]]] = []
    labelled = None
    for index, scan in enumerate(scans, start=1):
        own = language_map(scan["label"])
        if labelled is not None and own in ({}, labelled):
            parts[-1][1].append(index)
        else:
            labelled = own or None
            parts.append((canvas_label(scan, index), [index]))
    return [
        {
            "id": addresses.range(identifier, 0),
            "type": "Range",
            "label": language_map(CONTENTS),
            "items": [
                {
                    "id": addresses.range(identifier, number),
                    "type": "Range",
                    "label": label,
                    "items": [{"id": addresses.canvas(identifier, index), "type": "Canvas"} for index in indexes],
                }
                for number, (label, indexes) in enumerate(parts, start=1)
            ],
        }
    ]
