"""The XML of OAI-PMH answers. Pure."""

import re
from datetime import datetime

from lxml import etree

from .protocol import PREFIX, Selection, write_stamp

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LOCATION = f"{{{XSI}}}schemaLocation"
# What XML 1.0 can't hold, not even escaped.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*\Z")
# oai-identifier.xsd: a domain name with a dot.
DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+\Z")


def clean(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids."""
    return ILLEGAL.sub("", text)


def child(parent, name: str, text: str | None = None, namespace: str = OAI, **attributes):
    element = etree.SubElement(parent, f"{{{namespace}}}{name}", {k: clean(v) for k, v in attributes.items()})
    if text is not None:
        element.text = clean(text)
    return element


def envelope(now: datetime, address: str, given: dict[str, str]) -> etree._Element:
    """The root of an answer. `given`: the request's arguments, empty after badVerb and badArgument."""
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": XSI})
    root.set(LOCATION, f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd")
    child(root, "responseDate", write_stamp(now))
    child(root, "request", address, **given)
    return root


def serialize(root) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def add_error(root, code: str, message: str) -> None:
    child(root, "error", message, code=code)


def add_identify(root, *, name: str, address: str, email: str, earliest: datetime, host: str, sample: str) -> None:
    part = child(root, "Identify")
    child(part, "repositoryName", name)
    child(part, "baseURL", address)
    child(part, "protocolVersion", "2.0")
    child(part, "adminEmail", email)
    child(part, "earliestDatestamp", write_stamp(earliest))
    # A tombstone stays for ever, or until the same identifier is published again.
    child(part, "deletedRecord", "persistent")
    child(part, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    if DOMAIN.match(host):
        _describe_identifiers(child(part, "description"), host, sample)


def _describe_identifiers(description, host: str, sample: str) -> None:
    scheme = etree.SubElement(description, f"{{{OAI_IDENTIFIER}}}oai-identifier", nsmap={None: OAI_IDENTIFIER})
    scheme.set(LOCATION, f"{OAI_IDENTIFIER} http://www.openarchives.org/OAI/2.0/oai-identifier.xsd")
    for name, text in (
        ("scheme", "oai"),
        ("repositoryIdentifier", host),
        ("delimiter", ":"),
        ("sampleIdentifier", sample),
    ):
        child(scheme, name, text, OAI_IDENTIFIER)


def add_formats(root) -> None:
    part = child(child(root, "ListMetadataFormats"), "metadataFormat")
    child(part, "metadataPrefix", PREFIX)
    child(part, "schema", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    child(part, "metadataNamespace", OAI_DC)


def add_sets(root, sets: dict[str, str]) -> None:
    """In: {setSpec: name}."""
    part = child(root, "ListSets")
    for spec, name in sets.items():
        one = child(part, "set")
        child(one, "setSpec", spec)
        child(one, "setName", name)


def add_header(parent, name: str, moment: datetime, deleted: bool, sets=()):
    header = child(parent, "header")
    if deleted:
        header.set("status", "deleted")
    child(header, "identifier", name)
    child(header, "datestamp", write_stamp(moment))
    for spec in sets:
        child(header, "setSpec", spec)


def add_record(parent, name: str, moment: datetime, rows, sets=()) -> None:
    """`rows`: (element, text, language) of archive.dublin_core, or None for a deleted record."""
    record = child(parent, "record")
    add_header(record, name, moment, rows is None, sets)
    if rows is not None:
        add_dublin_core(child(record, "metadata"), rows)


def add_dublin_core(parent, rows) -> None:
    part = etree.SubElement(parent, f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC})
    part.set(LOCATION, f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    for element, text, lang in rows:
        one = child(part, element, text, DC)
        if lang and LANGUAGE.match(lang):
            one.set(XML_LANG, lang)


def add_token(parent, token: str, chosen: Selection, total: int) -> None:
    """The last part of a list in parts has an empty token; a list in one part has none."""
    if token or chosen.cursor:
        child(parent, "resumptionToken", token, completeListSize=str(total), cursor=str(chosen.cursor))
