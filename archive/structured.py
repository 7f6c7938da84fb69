"""schema.org JSON-LD of an edition document, for search engines. Pure.

An item page embeds it as <script type="application/ld+json">, which browsers don't execute.
"""

from .addresses import Addresses
from .vocabulary import KINDS, both

TYPES = {
    "map": "Map",
    "atlas_sheet": "Map",
    "manuscript": "Manuscript",
    "official_document": "DigitalDocument",
    "legal_text": "Legislation",
    "book": "Book",
    "photograph": "Photograph",
    "press_item": "NewsArticle",
    "object": "CreativeWork",
}
ROLES = {
    "publisher": "publisher",
    "issuer": "publisher",
    "printer": "publisher",
    "translator": "translator",
    "editor": "editor",
    **dict.fromkeys(("surveyor", "engraver", "copyist", "signatory", "addressee", "former_owner"), "contributor"),
}
AGENTS = {"person": "Person", "body": "Organization", "family": "Organization"}
# What the other item is to this one; the rest is isRelatedTo's lesser kin, "isBasedOn" and "citation".
RELATED = {"copy_of": "isBasedOn", "derived_from": "isBasedOn", "cites": "citation", "same_area": "mentions"}


def structured(document: dict, lang: str, base: str) -> dict:
    """In: edition document, "vi" or "en", PUBLIC_BASE_URL. Out: one schema.org thing."""
    addresses = Addresses(base)
    identifier = document["identifier"]
    date = document["date"] or {}
    result = {
        "@context": "https://schema.org",
        "@type": TYPES.get(document["kind"], "CreativeWork"),
        "@id": addresses.permanent(identifier),
        "url": addresses.item(lang, identifier),
        "identifier": identifier,
        "name": both(document["title"], lang),
        "alternateName": _other_names(document, lang),
        "description": both(document["description"], lang),
        "genre": KINDS.get(document["kind"], {}).get(lang),
        "inLanguage": document["languages"],
        "temporalCoverage": _years(date),
        "dateCreated": date.get("edtf") if date.get("from") is not None and date["from"] == date.get("to") else None,
        "license": document["rights"]["statement"],
        "creditText": both(document["rights"]["credit"], lang),
        "spatialCoverage": [_place(place, lang, addresses) for place in document["places"]],
        "image": [_image(scan, lang, addresses) for scan in document["scans"]],
        "thumbnailUrl": addresses.thumbnail(document["scans"][0]["image"], min(400, document["scans"][0]["width"]))
        if document["scans"]
        else None,
        "citation": [_citation(citation, lang) for citation in document["citations"]],
        "holdingArchive": _organisation(document["institution"], lang),
        "keywords": [both(tag["name"], lang) for tag in document["tags"]],
        "abstract": both(document["significance"], lang),
        **_agents(document, lang),
        **_object(document, lang),
        **_law(document),
    }
    for relation in document["relations"]:
        other = {"@type": "CreativeWork", "@id": addresses.permanent(relation["identifier"])}
        result.setdefault(RELATED[relation["kind"]], []).append(other)
    return {name: value for name, value in result.items() if value not in (None, "", [], {})}


def _other_names(document: dict, lang: str) -> list[str]:
    other = document["title"]["en" if lang == "vi" else "vi"]
    names = [title["text"] for title in document["title_original"]]
    names += [document["reading"], *document["alternative_titles"], other]
    return [name for name in dict.fromkeys(names) if name and name != both(document["title"], lang)]


def _years(date: dict) -> str | None:
    first, last = date.get("from"), date.get("to")
    if first is None and last is None:
        return None
    if first == last:
        return _year(first)
    return f"{_year(first)}/{_year(last)}"


def _year(year: int | None) -> str:
    """ISO 8601; an open end is ".."."""
    if year is None:
        return ".."
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


def structured_place(place: dict, lang: str, base: str) -> dict:
    """In: a place as an edition document has it, "vi" or "en", PUBLIC_BASE_URL. Out: one schema.org Place."""
    result = {"@context": "https://schema.org", **_place(place, lang, Addresses(base))}
    result["url"] = result["@id"]
    names = [place["name"]["en" if lang == "vi" else "vi"], *(name["text"] for name in place["names"])]
    result["alternateName"] = [name for name in dict.fromkeys(names) if name and name != result["name"]]
    return {name: value for name, value in result.items() if value != []}


def _place(place: dict, lang: str, addresses: Addresses) -> dict:
    result = {"@type": "Place", "@id": addresses.place(lang, place["key"]), "name": both(place["name"], lang)}
    if place["lat"] is not None and place["lon"] is not None:
        result["geo"] = {"@type": "GeoCoordinates", "latitude": place["lat"], "longitude": place["lon"]}
    return result


def _image(scan: dict, lang: str, addresses: Addresses) -> dict:
    result = {
        "@type": "ImageObject",
        "contentUrl": f"{addresses.image(scan['image'])}/full/max/0/default.jpg",
        "encodingFormat": "image/jpeg",
        "width": scan["width"],
        "height": scan["height"],
        "name": both(scan["label"], lang),
        "caption": both(scan["note"], lang),  # says so where the picture is no scan
    }
    return {name: value for name, value in result.items() if value != ""}


def _citation(citation: dict, lang: str) -> dict:
    result = {"@type": "CreativeWork", "name": both(citation["name"], lang), "url": citation["url"]}
    result["pagination"] = citation["pages"]
    return {name: value for name, value in result.items() if value}


def _organisation(institution: dict | None, lang: str) -> dict | None:
    return {"@type": "ArchiveOrganization", "name": both(institution["name"], lang)} if institution else None


def _object(document: dict, lang: str) -> dict:
    """Size, pages and technique of the original; lengths with their UN/CEFACT unit code."""
    physical = document["physical"] or {}
    lengths = {
        name: {"@type": "QuantitativeValue", "value": physical[field], "unitCode": "MMT"}
        for name, field in (("height", "height_mm"), ("width", "width_mm"))
        if physical.get(field)
    }
    pages = {"numberOfPages": physical["pages"]} if document["kind"] == "book" and physical.get("pages") else {}
    return {**lengths, **pages, "material": both(physical.get("technique"), lang)}


def _law(document: dict) -> dict:
    """https://schema.org/Legislation; for other kinds the number alone."""
    legal = document["legal"] or {}
    if document["kind"] != "legal_text":
        return {}
    return {
        "legislationIdentifier": legal.get("number"),
        "legislationDate": legal.get("issued"),
        "legislationDateOfApplicability": legal.get("in_force_from"),
    }


def _agents(document: dict, lang: str) -> dict:
    """creator, publisher, contributor …; an agent whose kind isn't known is a Thing."""
    result: dict = {}
    for agent in document["agents"]:
        name = {"@type": AGENTS.get(agent["kind"], "Thing"), "name": both(agent["name"], lang)}
        result.setdefault(ROLES.get(agent["role"], "creator"), []).append(name)
    return result
