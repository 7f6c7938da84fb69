"""An edition document as a MARC 21 bibliographic record in MARCXML. Pure.

Sources: https://www.loc.gov/marc/bibliographic/ (fields), https://www.loc.gov/standards/marcxml/ (schema),
https://www.loc.gov/marc/relators/ (codes of roles). Data of maps follow ISBD area 3: 034 in coded form, 255 in words.
"""

from lxml import etree

from . import coordinates, display
from .addresses import Addresses
from .vocabulary import KINDS, RELATIONS, RIGHTS, ROLES, SHOWN_AS

NAMESPACE = "http://www.loc.gov/MARC21/slim"
# Leader 06, type of record.
TYPES = {
    "map": "e",
    "atlas_sheet": "e",
    "manuscript": "t",
    "photograph": "k",
    "object": "r",
}
# ISO 639-2/B, for 008 and 041. Literary Chinese has no code of its own there.
LANGUAGES = {
    "vi": "vie",
    "lzh": "chi",
    "zh": "chi",
    "en": "eng",
    "fr": "fre",
    "la": "lat",
    "pt": "por",
    "es": "spa",
    "nl": "dut",
    "de": "ger",
    "it": "ita",
    "ru": "rus",
    "ar": "ara",
    "ja": "jpn",
    "ko": "kor",
    "km": "khm",
    "ms": "may",
    "fil": "fil",
}


class Record:
    """Collects fields; `element` is the finished <record>."""

    def __init__(self):
        self.element = etree.Element(f"{{{NAMESPACE}}}record", nsmap={None: NAMESPACE})

    def leader(self, text: str) -> None:
        etree.SubElement(self.element, f"{{{NAMESPACE}}}leader").text = text

    def control(self, tag: str, text: str) -> None:
        etree.SubElement(self.element, f"{{{NAMESPACE}}}controlfield", tag=tag).text = text

    def data(self, tag: str, indicators: str, *subfields: tuple[str, str | None]) -> None:
        """A data field; subfields without text are left out, and the field with them when none has any."""
        told = [(code, text) for code, text in subfields if text]
        if not told:
            return
        field = etree.SubElement(
            self.element, f"{{{NAMESPACE}}}datafield", tag=tag, ind1=indicators[0], ind2=indicators[1]
        )
        for code, text in told:
            etree.SubElement(field, f"{{{NAMESPACE}}}subfield", code=code).text = clean(text)


def clean(text: str) -> str:
    """One line without what XML 1.0 can't hold."""
    return " ".join("".join(char for char in text if char >= " " or char in "\t\n\r").split())


def marcxml(document: dict, base: str):
    """In: an edition document, PUBLIC_BASE_URL. Out: a MARCXML <record> (lxml element), fields in the order of tags."""
    record, addresses = Record(), Addresses(base)
    record.leader(f"00000n{TYPES.get(document['kind'], 'a')}m a2200000 i 4500")
    record.control("001", document["identifier"])
    record.control("008", fixed(document))
    _coded(record, document, addresses)
    main, added = _agents(document)
    for tag, *rest in main:
        record.data(tag, *rest)
    _titles(record, document, bool(main))
    _described(record, document)
    _notes(record, document)
    _subjects(record, document, addresses)
    for tag, *rest in sorted(added):
        record.data(tag, *rest)
    _links(record, document, addresses)
    return record.element


def collection(records) -> etree._Element:
    """A <collection> of such records."""
    root = etree.Element(f"{{{NAMESPACE}}}collection", nsmap={None: NAMESPACE})
    root.extend(records)
    return root


def fixed(document: dict) -> str:
    """008, forty characters: dates in 07-14, place unknown, language in 35-37; what isn't coded is a fill character."""
    date = document["date"] or {}
    first, last = date.get("from"), date.get("to")
    if first is None and last is None:
        dates = "n" + "uuuu" * 2
    elif first == last:
        dates = f"s{first:04d}    "
    else:
        dates = f"q{first or 0:04d}{last or 9999:04d}"
    language = language_code(document["languages"][0]) if document["languages"] else "und"
    text = f"      {dates}xx {'|' * 17}{language} |"
    assert len(text) == 40
    return text


def language_code(tag: str) -> str:
    return LANGUAGES.get(tag.split("-")[0], "und")


def _coded(record: Record, document: dict, addresses: Addresses) -> None:
    record.data("024", "7 ", ("a", addresses.permanent(document["identifier"])), ("2", "uri"))
    scale, extent = (document["cartography"] or {}).get("denominator"), document["extent"]
    if scale or extent:
        corners = {}
        if extent:
            west, south, east, north = extent["bbox"]
            corners = {
                code: coordinates.marc034(value, axis)
                for code, value, axis in (
                    ("d", west, "lon"),
                    ("e", east, "lon"),
                    ("f", north, "lat"),
                    ("g", south, "lat"),
                )
            }
        record.data("034", "1 " if scale else "0 ", ("a", "a"), ("b", str(scale) if scale else None), *corners.items())
    record.data("040", "  ", ("b", "vie"), ("e", "isbd"))
    codes = list(dict.fromkeys(language_code(tag) for tag in document["languages"]))
    if len(codes) > 1:
        record.data("041", "0 ", *(("a", code) for code in codes))
    legal = document["legal"] or {}
    if legal.get("issued"):
        record.data("046", "  ", ("k", legal["issued"].replace("-", "")), ("2", "iso8601"))
    record.data("088", "  ", ("a", legal.get("number")))


def _agents(document: dict) -> tuple[list, list]:
    """The first creator as main entry (100, 110), the others as added entries (700, 710)."""
    main, added = [], []
    for agent in document["agents"]:
        creates = agent["role"] in ("creator", "cartographer", "compiler", "photographer") and not main
        person = agent["kind"] == "person"
        tag = ("1" if creates else "7") + ("00" if person else "10")
        name = agent["name"]["vi"] or agent["name"]["en"]
        role = ROLES[agent["role"]]
        field = [tag, "1 " if person else "2 ", ("a", name), ("d", agent["dates"] if person else "")]
        field += [("e", role["vi"].lower()), ("4", role["marc"])]
        (main if creates else added).append(tuple(field))
    return main, added


def _titles(record: Record, document: dict, has_main: bool) -> None:
    title = document["title"]
    record.data("245", "10" if has_main else "00", ("a", title["vi"] or title["en"]))
    if title["vi"]:
        record.data("246", "31", ("a", title["en"]))
    for original in document["title_original"]:
        record.data("246", "30", ("i", "Nhan đề gốc"), ("a", original["text"]))
    if document["reading"] != title["vi"]:
        record.data("246", "3 ", ("i", "Âm Hán-Việt"), ("a", document["reading"]))
    for other in document["alternative_titles"]:
        record.data("246", "3 ", ("a", other))


def _described(record: Record, document: dict) -> None:
    cartography, extent, physical = document["cartography"], document["extent"], document["physical"] or {}
    if cartography or extent:
        box = ""
        if extent:
            west, south, east, north = extent["bbox"]
            lon = [coordinates.dms(value, "lon", "en") for value in (west, east)]
            lat = [coordinates.dms(value, "lat", "en") for value in (north, south)]
            box = f"({'–'.join(lon)}/{'–'.join(lat)})"
        scale = display.scale(cartography, "vi")
        projection = (cartography or {}).get("projection", {}).get("vi")
        record.data("255", "  ", ("a", f"Tỷ lệ {scale}" if scale else None), ("b", projection), ("c", box))
    publishers = [
        agent["name"]["vi"] or agent["name"]["en"] for agent in document["agents"] if agent["role"] == "publisher"
    ]
    date = document["date"]["display"]["vi"] if document["date"] else ""
    place = document["place_of_publication"]
    record.data("264", " 1", ("a", place["vi"] or place["en"]), *(("b", name) for name in publishers), ("c", date))
    technique = physical.get("technique", {})
    record.data(
        "300",
        "  ",
        ("a", display.counts(physical, "vi")),
        ("b", technique.get("vi") or technique.get("en")),
        ("c", display.size(physical, "vi")),
    )


def _notes(record: Record, document: dict) -> None:
    for lang in ("vi", "en"):
        record.data("500", "  ", ("a", document["remarks"][lang]))
    if document["date"] and document["date"]["as_written"]:
        record.data("500", "  ", ("a", f"Niên hiệu như ghi: {document['date']['as_written']}"))
    articles = (document["legal"] or {}).get("articles", [])
    record.data(
        "505",
        "0 ",
        ("a", " -- ".join(" ".join(filter(None, (one["number"], one["heading"]["vi"]))) for one in articles)),
    )
    for citation in document["citations"]:
        name = citation["name"]["vi"] or citation["name"]["en"]
        record.data(
            "510", "4 " if citation["pages"] else "3 ", ("a", name), ("c", citation["pages"]), ("u", citation["url"])
        )
    for lang in ("vi", "en"):
        record.data("520", "  ", ("a", document["description"][lang]))
        record.data("520", "  ", ("a", document["significance"][lang]))
    if document["shown_as"]:
        record.data("530", "  ", ("a", SHOWN_AS[document["shown_as"]]["vi"]))
    rights = document["rights"]
    name = RIGHTS.get(rights["statement"], {}).get("vi")
    record.data("540", "  ", ("a", name or rights["note"]["vi"]), ("u", rights["statement"]))
    record.data("546", "  ", ("a", display.languages(document["languages"], "vi") if document["languages"] else ""))
    for lang in ("vi", "en"):
        record.data("561", "1 ", ("a", document["provenance"][lang]))


def _subjects(record: Record, document: dict, addresses: Addresses) -> None:
    for place in document["places"]:
        record.data(
            "651",
            " 7",
            ("a", place["name"]["vi"] or place["name"]["en"]),
            ("0", addresses.place("vi", place["key"])),
            ("2", "local"),
        )
    for tag in document["tags"]:
        record.data("653", "0 ", ("a", tag["name"]["vi"] or tag["name"]["en"]))
    record.data("655", " 7", ("a", KINDS.get(document["kind"], {}).get("vi")), ("2", "local"))


def _links(record: Record, document: dict, addresses: Addresses) -> None:
    for relation in document["relations"]:
        record.data(
            "787",
            "08",
            ("i", RELATIONS[relation["kind"]]["vi"]),
            ("o", addresses.permanent(relation["identifier"])),
            ("w", relation["identifier"]),
        )
    holder = document["institution"]
    name = (holder["name"]["vi"] or holder["name"]["en"]) if holder else ""
    record.data("852", "  ", ("a", name), *(("j", mark) for mark in document["shelfmarks"]))
    record.data("856", "40", ("u", addresses.permanent(document["identifier"])))
    record.data("856", "42", ("3", "IIIF"), ("u", addresses.manifest(document["identifier"])))
