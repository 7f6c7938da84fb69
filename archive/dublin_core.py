"""An edition document as simple Dublin Core. Pure.

Source: https://www.dublincore.org/specifications/dublin-core/dces/
"""

from . import display
from .addresses import Addresses
from .vocabulary import KINDS, RIGHTS

# DCMI Type Vocabulary.
TYPES = {
    "map": "StillImage",
    "atlas_sheet": "StillImage",
    "photograph": "StillImage",
    "object": "PhysicalObject",
}
# Which element an agent's role becomes.
ELEMENTS = {
    "publisher": "publisher",
    "issuer": "publisher",
    "printer": "publisher",
    **dict.fromkeys(
        ("surveyor", "engraver", "editor", "translator", "copyist", "signatory", "addressee", "former_owner"),
        "contributor",
    ),
}


def dublin_core(document: dict, base: str) -> list[tuple[str, str, str]]:
    """(element, text, language or "") in the order of the elements' common listing; no empty text."""
    addresses = Addresses(base)
    identifier = document["identifier"]
    rows: list[tuple[str, str, str]] = []

    def add(element: str, text: str, lang: str = "") -> None:
        if text:
            rows.append((element, text, lang))

    def add_pair(element: str, pair: dict | None) -> None:
        for lang in ("vi", "en"):
            add(element, (pair or {}).get(lang, ""), lang)

    add_pair("title", document["title"])
    for title in document["title_original"]:
        add("title", title["text"], title["lang"])
    for title in document["alternative_titles"]:
        add("title", title)
    for agent in document["agents"]:
        add_pair(ELEMENTS.get(agent["role"], "creator"), agent["name"])
    for place in document["places"]:
        add_pair("coverage", place["name"])
    if document["extent"]:
        west, south, east, north = document["extent"]["bbox"]
        add("coverage", f"westlimit={west}; southlimit={south}; eastlimit={east}; northlimit={north}; units=degrees")
    for tag in document["tags"]:
        add_pair("subject", tag["name"])
    add_pair("description", document["description"])
    add_pair("description", document["significance"])
    add_pair("description", document["remarks"])
    add("date", document["date"]["edtf"] if document["date"] else "")
    add("type", TYPES.get(document["kind"], "Text"))
    add_pair("type", KINDS.get(document["kind"]))
    if document["scans"]:
        add("format", "image/jpeg")
    for tell in (display.counts, display.size):
        add_pair("format", {lang: tell(document["physical"], lang) for lang in ("vi", "en")})
    add_pair("format", (document["physical"] or {}).get("technique"))
    add("identifier", addresses.permanent(identifier))
    add("identifier", identifier)
    add("identifier", (document["legal"] or {}).get("number", ""))
    _add_source(document, add, add_pair)
    for language in document["languages"]:
        add("language", language)
    add("relation", addresses.manifest(identifier))
    for relation in document["relations"]:
        add("relation", addresses.permanent(relation["identifier"]))
    _add_rights(document["rights"], add, add_pair)
    return rows


def _add_source(document, add, add_pair) -> None:
    """Where the original is kept, and what the catalogue text rests on."""
    if document["institution"]:
        add_pair("source", document["institution"]["name"])
    for shelfmark in document["shelfmarks"]:
        add("source", shelfmark)
    add_pair("source", document["provenance"])
    for citation in document["citations"]:
        add_pair("relation", citation["name"])


def _add_rights(rights, add, add_pair) -> None:
    add("rights", rights["statement"])
    add_pair("rights", RIGHTS.get(rights["statement"]))
    add_pair("rights", rights["note"])
    add_pair("rights", rights["credit"])
