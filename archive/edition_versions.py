"""Edition documents of older versions, read as the newest. Pure.

A standing document is never rewritten (its digest covers each byte), so readers fill what its version didn't have.
"""

import json

EMPTY = {"vi": "", "en": ""}
SINCE_2 = {
    "significance": EMPTY,
    "provenance": EMPTY,
    "physical": None,
    "cartography": None,
    "legal": None,
    "tags": [],
    "relations": [],
}
AGENT_SINCE_2 = {"kind": "", "dates": "", "other_names": []}
NAME_SINCE_2 = {"script": "", "period": None, "source": None}
SCAN_SINCE_2 = {"side": "", "transcription": None}


def read(text: str) -> dict:
    """A document's canonical text as Python data, as the newest version reads."""
    return upgraded(json.loads(text))


def upgraded(document: dict) -> dict:
    """A document of any version with every key that the newest one has; `schema` goes on naming its own."""
    if document.get("schema") != 1 or "kind" not in document:  # pages have documents of their own
        return document
    institution = document["institution"]
    return (
        SINCE_2
        | document
        | {
            "agents": [AGENT_SINCE_2 | agent for agent in document["agents"]],
            "institution": {"url": ""} | institution if institution else None,
            "places": [
                place | {"names": [NAME_SINCE_2 | name for name in place["names"]]} for place in document["places"]
            ],
            "scans": [SCAN_SINCE_2 | scan for scan in document["scans"]],
        }
    )
