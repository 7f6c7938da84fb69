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

from .dates import parse

SCHEMA_VERSION = 1
SCHEMA_FILE = Path(__file__).with_name("edition_schema.json")


@cache
def validator():
    """The JSON Schema validator of edition documents."""
    return jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def canonical(document: dict) -> tuple[str, str]:
    """A document as canonical JSON (RFC 8785) and its SHA-256, in hexadecimal digits."""
    data = rfc8785.dumps(document)
    return data.decode("utf-8"), hashlib.sha256(data).hexdigest()


def both(instance, field: str) -> dict:
    """A translated field as {"vi", "en"}; a gap is an empty string."""
    return {lang: getattr(instance, f"{field}_{lang}") or "" for lang in ("vi", "en")}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


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
        "remarks": both(record, "remarks"),
        "languages": record.languages.split(),
        "place_of_publication": both(record, "place_of_publication"),
        "agents": [
            {"key": use.agent.key, "name": both(use.agent, "name"), "role": use.role} for use in record.agents.all()
        ],
        "places": [_place(use.place) for use in record.places.all()],
        "institution": _named(record.institution),
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
            {**_named(use.source), "url": use.source.url, "pages": use.pages} for use in record.citations.all()
        ],
        "scans": [scan for scan in map(_scan, record.scans.all()) if scan],
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


def _named(authority) -> dict | None:
    return {"key": authority.key, "name": both(authority, "name")} if authority else None


def _place(place) -> dict:
    return {
        "key": place.key,
        "kind": place.kind,
        "name": both(place, "name"),
        "lat": place.latitude,
        "lon": place.longitude,
        "approximate": place.approximate,
        "names": [
            {"text": name.text, "lang": name.language, "historical": name.historical, "verified": name.verified}
            for name in place.names.all()
        ],
    }


def _extent(record) -> dict | None:
    if record.west is None:
        return None
    return {
        "bbox": [record.west, record.south, record.east, record.north],
        "approximate": record.extent_approximate,
    }


def _scan(use) -> dict | None:
    rendition = rendition_of(use)
    if rendition is None:
        return None
    return {
        "image": rendition.image_id,
        "width": rendition.width,
        "height": rendition.height,
        "max_width": use.max_width,
        "label": both(use, "label"),
        "note": both(use, "note"),
        "illustration": use.is_illustration,
        "mentions": [],
        "lines": [],
        "georeference": None,
    }


def rendition_of(use):
    """The rendition that a record's scan publishes (its limit by rights applied), or None while it is being made."""
    limit = effective_limit(use.scan, use.max_width)
    for rendition in use.scan.renditions.all():
        if rendition.max_width == limit:
            return rendition
    return None
