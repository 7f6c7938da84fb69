"""Many documents in one file, written one by one: JSON-LD, Dublin Core, MARCXML."""

import json
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from ..dublin_core import dublin_core
from ..marcxml import NAMESPACE, marcxml
from ..oai.xml import DC, OAI_DC, add_dublin_core
from ..structured import structured


def write_json_ld(path: Path, documents: Iterable[dict], base: str, lang: str) -> int:
    """One schema.org graph, its words in `lang`. Out: how many records."""
    count = 0
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"@context": "https://schema.org", "@graph": [')
        for document in documents:
            thing = structured(document, lang, base)
            thing.pop("@context")
            file.write(("," if count else "") + "\n" + json.dumps(thing, ensure_ascii=False))
            count += 1
        file.write("\n]}\n")
    return count


def write_dublin_core(path: Path, documents: Iterable[dict], base: str, lang: str) -> int:
    """A <records> element that holds one oai_dc:dc a record, texts in both languages. Out: how many records."""
    count = 0
    with open(path, "wb") as file, etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("records", nsmap={"oai_dc": OAI_DC, "dc": DC}):
            for document in documents:
                holder = etree.Element("holder")
                add_dublin_core(holder, dublin_core(document, base))
                xml.write(holder[0], pretty_print=True)
                count += 1
    return count


def write_marcxml(path: Path, documents: Iterable[dict], base: str, lang: str) -> int:
    """A MARCXML <collection>. Out: how many records."""
    count = 0
    with open(path, "wb") as file, etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(f"{{{NAMESPACE}}}collection", nsmap={None: NAMESPACE}):
            for document in documents:
                xml.write(marcxml(document, base), pretty_print=True)
                count += 1
    return count
