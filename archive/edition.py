"""Build the edition document of a record, and its canonical form.

The document (archive/edition_schema.json) is self-sufficient: authorities stand in it by value with
their keys, images by their public ids, and no host name. The digest covers all of it, so that a
renamed place or another picture needs a new clearance.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

import jsonschema
import rfc8785

from media.renditions import effective_limit

from . import described, relations, scan_parts
from .dates import parse
from .described import both, lines, named

SCHEMA_VERSION = 2
SCHEMA_FILE = Path(__file__).with_name("edition_schema.json")


@cache
def validator():
    """The JSON Schema validator of edition documents."""
    return jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def canonical(document: dict) -> tuple[str, str]:
    """A document as canonical JSON (RFC 8785) and its SHA-256, in hexadecimal digits."""
    data = rfc8785.dumps(document)
    return data.decode("utf-8"), hashlib.sha256(data).hexdigest()


def build(record, number: int) -> dict:
    """The document of edition `number` of a record, saved or in memory.

    Reads the record's children through their managers, so that a preview of unsaved changes works.
    A scan whose rendition isn't made yet is left out; archive.subjects names it as a problem.
    """
    return {
        "schema": SCHEMA_VERSION,
        "identifier": record.identifier,
        "number": number,
        "kind": record.kind,
        **_titles(record),
        "date": _date(record),
        "description": both(record, "description"),
        "significance": both(record, "significance"),
        "remarks": both(record, "remarks"),
        "provenance": both(record, "provenance"),
        "languages": record.languages.split(),
        "place_of_publication": both(record, "place_of_publication"),
        "physical": described.physical(record),
        "cartography": described.cartography(record),
        "legal": described.legal(record),
        "agents": [described.agent(use) for use in record.agents.all()],
        "places": [described.place(place) for place in _places(record)],
        "institution": _institution(record.institution),
        "shelfmarks": lines(record.shelfmarks),
        "shown_as": record.shown_as,
        "extent": _extent(record),
        "confidence": record.confidence,
        "rights": {
            "statement": record.rights_statement,
            "note": both(record, "rights_note"),
            "credit": both(record, "credit_line"),
        },
        "citations": [
            {**named(use.source), "url": use.source.url, "pages": use.pages} for use in record.citations.all()
        ],
        "tags": [named(use.tag) for use in record.tags.all()],
        "relations": relations.public(record),
        "scans": _scans(record),
    }


def _titles(record) -> dict:
    original = record.title_original.strip()
    return {
        "title": both(record, "title"),
        "title_original": [{"text": original, "lang": record.title_original_language or "und"}] if original else [],
        "reading": record.reading,
        "alternative_titles": lines(record.alternative_titles),
    }


def _date(record) -> dict | None:
    if not record.date_edtf:
        return None
    display = both(record, "date_display")
    if not all(display.values()):
        read = parse(record.date_text)
        display = {"vi": display["vi"] or read.display_vi, "en": display["en"] or read.display_en}
    return {
        "edtf": record.date_edtf,
        "from": record.date_from,
        "to": record.date_to,
        "display": display,
        "as_written": record.date_as_written,
    }


def _institution(institution) -> dict | None:
    return named(institution) | {"url": institution.url} if institution else None


def _places(record) -> list:
    """The record's places, then those that only its mentions name, each once."""
    named_by = [*record.places.all(), *record.mentions.all()]
    return list({use.place_id: use.place for use in named_by}.values())


def _extent(record) -> dict | None:
    if record.west is None:
        return None
    return {
        "bbox": [record.west, record.south, record.east, record.north],
        "approximate": record.extent_approximate,
    }


def _scans(record) -> list[dict]:
    """The scans whose picture is made, in order."""
    mentions = list(record.mentions.all())
    found = []
    for use in record.scans.all():
        rendition = rendition_of(use)
        if rendition is None:
            continue
        size = (rendition.width, rendition.height)
        found.append(
            {
                "image": rendition.image_id,
                "width": rendition.width,
                "height": rendition.height,
                "max_width": use.max_width,
                "side": use.side,
                "label": both(use, "label"),
                "note": both(use, "note"),
                "illustration": use.is_illustration,
                "mentions": [
                    described.mention(one, *size)
                    for one in mentions
                    if (one.scan_id, one.page) == (use.scan_id, use.page)
                ],
                "transcription": described.transcription(use),
                "lines": [scan_parts.line(one, *size) for one in scan_parts.text_lines(use)],
                "georeference": scan_parts.georeference(scan_parts.georeference_of(use), *size),
            }
        )
    return found


def rendition_of(use):
    """The rendition that a record's scan publishes (its limit by rights applied), or None while it is being made."""
    limit = effective_limit(use.scan, use.max_width, use.page)
    for rendition in use.scan.renditions.all():
        if (rendition.page, rendition.max_width) == (use.page, limit):
            return rendition
    return None
