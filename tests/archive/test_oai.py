"""OAI-PMH 2.0: verbs, errors, datestamps, lists in parts, deleted records."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from archive.oai import views
from archive.oai.protocol import OaiError, Selection, arguments, read_token, write_token
from archive.oai.xml import clean

from .samples import bare, both, bury, document, publish, secrets_of_all_states

NS = {
    "o": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
}
PREFIX = "oai:testserver:"
DAY = datetime(2026, 11, 20, 8, 30, 15, 250_000, tzinfo=UTC)
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
ORDER = ["responseDate", "request"]


def ask(client, **arguments):
    """GET /oai. Out: the root, after checking what every answer must have."""
    response = client.get("/oai", arguments)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(response.content)
    check_envelope(root)
    return root


def check_envelope(root) -> None:
    """OAI-PMH.xsd: responseDate, request, then errors or one element named as the verb."""
    names = [etree.QName(child).localname for child in root]
    assert etree.QName(root).localname == "OAI-PMH" and names[:2] == ORDER
    assert STAMP.match(root[0].text)
    assert root[1].text == "http://testserver/oai"
    if "error" in names:
        assert set(names[2:]) == {"error"}
    else:
        assert names[2:] == [root[1].get("verb")]
    for header in root.iterfind(".//o:header", NS):
        inner = [etree.QName(child).localname for child in header]
        assert inner[:2] == ["identifier", "datestamp"] and set(inner[2:]) <= {"setSpec"}
        assert STAMP.match(header.findtext("o:datestamp", namespaces=NS))
        assert header.get("status") in (None, "deleted")
    for record in root.iterfind(".//o:record", NS):
        deleted = record[0].get("status") == "deleted"
        assert [etree.QName(child).localname for child in record] == ["header"] + ([] if deleted else ["metadata"])


def errors(root) -> list[str]:
    return [error.get("code") for error in root.iterfind("o:error", NS)]


def identifiers(root) -> list[str]:
    return [name.removeprefix(PREFIX) for name in root.xpath("//o:header/o:identifier/text()", namespaces=NS)]


def token(root) -> str | None:
    return root.findtext(".//o:resumptionToken", namespaces=NS)


# --- what is refused ------------------------------------------------------------------------------

REFUSED = [
    ({}, "badVerb"),
    ({"verb": "listrecords"}, "badVerb"),
    ({"verb": ["Identify", "Identify"]}, "badVerb"),
    ({"verb": "Identify", "set": "map"}, "badArgument"),
    ({"verb": "ListRecords"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": ""}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": ["oai_dc", "oai_dc"]}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": ""}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-30"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-01T00:00Z"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "٢٠٢٦-01-01"}, "badArgument"),
    (
        {
            "verb": "ListRecords",
            "metadataPrefix": "oai_dc",
            "from": "2026-01-01",
            "until": "2026-01-01T00:00:00Z",
        },
        "badArgument",
    ),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-01", "until": "2026-01-01"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "9999-12-31"}, None),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "cups"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "2001-01-01"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "resumptionToken": "x"}, "badArgument"),
    ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": "é"}, "badResumptionToken"),
    ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
    ({"verb": "GetRecord", "identifier": f"{PREFIX}vn-map-1838"}, "badArgument"),
    ({"verb": "GetRecord", "identifier": f"{PREFIX}none", "metadataPrefix": "oai_dc"}, "idDoesNotExist"),
    ({"verb": "GetRecord", "identifier": "vn-map-1838", "metadataPrefix": "oai_dc"}, "idDoesNotExist"),
    ({"verb": "GetRecord", "identifier": f"{PREFIX}a\0b", "metadataPrefix": "oai_dc"}, "idDoesNotExist"),
    ({"verb": "GetRecord", "identifier": f"{PREFIX}vn-map-1838", "metadataPrefix": "mods"}, "cannotDisseminateFormat"),
    ({"verb": "ListMetadataFormats", "identifier": f"{PREFIX}none"}, "idDoesNotExist"),
]


@pytest.mark.parametrize("given, code", REFUSED)
def test_errors_are_those_of_the_protocol(client, reviewer, given, code):
    publish(document(), reviewer, DAY)
    root = ask(client, **given)
    assert errors(root) == ([code] if code else [])
    if code in ("badVerb", "badArgument"):
        assert not root[1].attrib, "the request element must not repeat what couldn't be read"


def test_other_methods_are_refused(client, db):
    assert client.put("/oai").status_code == 405


# --- single answers --------------------------------------------------------------------------------


def test_identify(client, reviewer, settings):
    publish(document(), reviewer, DAY)
    bury("vn-gone", DAY - timedelta(days=3))
    root = ask(client, verb="Identify")
    names = [etree.QName(child).localname for child in root[2]]
    assert names == [
        "repositoryName",
        "baseURL",
        "protocolVersion",
        "adminEmail",
        "earliestDatestamp",
        "deletedRecord",
        "granularity",
    ]
    assert root.findtext(".//o:earliestDatestamp", namespaces=NS) == "2026-11-17T08:30:15Z"
    assert root.findtext(".//o:deletedRecord", namespaces=NS) == "persistent"
    assert root.findtext(".//o:protocolVersion", namespaces=NS) == "2.0"
    assert "@" in root.findtext(".//o:adminEmail", namespaces=NS)
    settings.PUBLIC_BASE_URL = "https://hoangsa.example.vn"
    described = client.get("/oai", {"verb": "Identify"}).content.decode()
    assert "<sampleIdentifier>oai:hoangsa.example.vn:vn-map-1838</sampleIdentifier>" in described


def test_identify_of_an_empty_archive(client, db):
    assert errors(ask(client, verb="Identify")) == []
    assert errors(ask(client, verb="ListRecords", metadataPrefix="oai_dc")) == ["noRecordsMatch"]


def test_formats_and_sets(client, reviewer):
    publish(document(), reviewer)
    root = ask(client, verb="ListMetadataFormats", identifier=f"{PREFIX}vn-map-1838")
    assert root.findtext(".//o:metadataPrefix", namespaces=NS) == "oai_dc"
    specs = ask(client, verb="ListSets").xpath("//o:setSpec/text()", namespaces=NS)
    assert "map" in specs and "legal_text" in specs
    assert all(re.match(r"[A-Za-z0-9\-_.!~*'()]+\Z", spec) for spec in specs)


def test_get_record_tells_it_in_dublin_core(client, reviewer):
    publish(document(), reviewer, DAY)
    root = ask(client, verb="GetRecord", identifier=f"{PREFIX}vn-map-1838", metadataPrefix="oai_dc")
    assert root.findtext(".//o:datestamp", namespaces=NS) == "2026-11-20T08:30:15Z"
    assert root.findtext(".//o:setSpec", namespaces=NS) == "map"
    dc = root.find(".//oai_dc:dc", NS)
    told = [(etree.QName(row).localname, row.text, row.get("{http://www.w3.org/XML/1998/namespace}lang")) for row in dc]
    assert ("title", "Đại Nam nhất thống toàn đồ", "vi") in told
    assert ("title", "大南一統全圖", "lzh") in told
    assert ("creator", "Phan Huy Chú", "en") in told
    assert ("publisher", "Quốc sử quán", "vi") in told
    assert ("date", "1838~", None) in told
    assert ("identifier", "http://testserver/id/vn-map-1838", None) in told
    assert ("coverage", "Paracel Islands", "en") in told
    assert ("rights", "https://creativecommons.org/publicdomain/mark/1.0/", None) in told
    elements = "title creator subject description publisher contributor date type format identifier source language"
    assert {row[0] for row in told} <= {*elements.split(), "relation", "coverage", "rights"}
    assert all(row[1] for row in told)


def test_post_is_as_good_as_get(client, reviewer):
    publish(document(), reviewer)
    given = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
    root = etree.fromstring(client.post("/oai", given).content)
    check_envelope(root)
    assert identifiers(root) == ["vn-map-1838"]
    assert root[1].get("metadataPrefix") == "oai_dc"


def test_what_xml_cannot_hold_is_left_out(client, reviewer):
    assert clean("a\x00b\x0bc\ud800d\uffffe\tf") == "abcde\tf"
    publish(document(description=both("mô\x0b tả <&>", ""), title=both("N\x1b", "T")), reviewer)
    root = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    assert root.findtext(".//dc:description", namespaces=NS) == "mô tả <&>"
    assert errors(ask(client, verb="ListRecords", metadataPrefix="oai_dc", set="a\x0bb")) == ["noRecordsMatch"]


# --- lists -----------------------------------------------------------------------------------------------


@pytest.fixture
def seven(reviewer):
    """Five editions, a day apart, and two tombstones between them."""
    for n in range(5):
        doc = bare(f"vn-{n}") if n == 3 else document(f"vn-{n}")
        publish(doc, reviewer, DAY + timedelta(days=n))
    bury("vn-1a", DAY + timedelta(days=1))
    bury("vn-9", DAY + timedelta(days=9))


@pytest.mark.parametrize("verb", ["ListIdentifiers", "ListRecords"])
@pytest.mark.parametrize("part", [1, 2, 3, 7, 100])
def test_parts_of_a_list_fit_together(client, seven, monkeypatch, verb, part, django_assert_num_queries):
    monkeypatch.setattr(views, "PART", part)
    found, asked, cursors = [], {"metadataPrefix": "oai_dc"}, []
    while True:
        root = ask(client, verb=verb, **asked)
        found += identifiers(root)
        element = root.find(".//o:resumptionToken", NS)
        if element is not None:
            cursors.append(int(element.get("cursor")))
            assert element.get("completeListSize") == "7"
        if not token(root):
            break
        asked = {"resumptionToken": token(root)}
    assert found == ["vn-0", "vn-1", "vn-1a", "vn-2", "vn-3", "vn-4", "vn-9"]
    assert cursors == ([] if part >= 7 else list(range(0, 7, part)))


def test_number_of_queries_does_not_grow(client, seven, django_assert_num_queries):
    with django_assert_num_queries(2):
        ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    with django_assert_num_queries(2):
        ask(client, verb="ListRecords", metadataPrefix="oai_dc", until="2026-11-20")


@pytest.mark.parametrize(
    "given, expected",
    [
        ({"from": "2026-11-23"}, ["vn-3", "vn-4", "vn-9"]),
        ({"until": "2026-11-21"}, ["vn-0", "vn-1", "vn-1a"]),
        ({"from": "2026-11-21", "until": "2026-11-21"}, ["vn-1", "vn-1a"]),
        ({"from": "2026-11-21T08:30:15Z", "until": "2026-11-21T08:30:15Z"}, ["vn-1", "vn-1a"]),
        ({"from": "2026-11-21T08:30:16Z", "until": "2026-11-22T08:30:14Z"}, []),
        ({"set": "object"}, ["vn-1a", "vn-3", "vn-9"]),
        ({"set": "map", "from": "2026-11-22"}, ["vn-2", "vn-4", "vn-9"]),
    ],
)
def test_selective_harvest(client, seven, given, expected):
    root = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc", **given)
    assert identifiers(root) == expected
    assert errors(root) == ([] if expected else ["noRecordsMatch"])


def test_a_part_stays_right_when_records_come_and_go(client, seven, reviewer, monkeypatch):
    monkeypatch.setattr(views, "PART", 3)
    root = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    publish(document("vn-0a"), reviewer)
    publish(document("vn-3a"), reviewer)
    rest = ask(client, verb="ListIdentifiers", resumptionToken=token(root))
    assert identifiers(root) + identifiers(rest) == ["vn-0", "vn-1", "vn-1a", "vn-2", "vn-3", "vn-3a"]


def test_deleted_records_say_no_more_than_that(client, seven):
    root = ask(client, verb="GetRecord", identifier=f"{PREFIX}vn-9", metadataPrefix="oai_dc")
    assert root.find(".//o:header", NS).get("status") == "deleted"
    assert root.find(".//o:metadata", NS) is None
    assert "rút" not in etree.tostring(root, encoding="unicode")


def test_nothing_without_an_edition_is_told(client, reviewer):
    publish(document(), reviewer)
    words = secrets_of_all_states()
    for verb in ("ListRecords", "ListIdentifiers", "Identify", "ListSets"):
        given = {"metadataPrefix": "oai_dc"} if verb.endswith(("Records", "Identifiers")) else {}
        text = client.get("/oai", {"verb": verb, **given}).content.decode()
        assert not [word for word in words if word in text]
    for word in words:
        root = ask(client, verb="GetRecord", identifier=f"{PREFIX}vn-{word}", metadataPrefix="oai_dc")
        assert errors(root) == ["idDoesNotExist"]


# --- tokens ---------------------------------------------------------------------------------------------


def test_token_carries_the_whole_selection():
    chosen = Selection("ListRecords", DAY.replace(microsecond=0), None, "map", "vn-1", 100)
    rest = read_token(write_token(chosen, "vn-2", 50), "ListRecords", {"map"})
    assert rest == Selection("ListRecords", DAY.replace(microsecond=0), None, "map", "vn-2", 150)


def test_token_of_another_verb_or_a_changed_one_is_refused():
    given = write_token(Selection("ListRecords", set="map"), "vn-2", 50)
    for text, verb, sets in (
        (given, "ListIdentifiers", {"map"}),
        (given, "ListRecords", {"book"}),
        (given[:-3], "ListRecords", {"map"}),
        ("W10", "ListRecords", {"map"}),
        ("bnVsbA", "ListRecords", {"map"}),
        ("W1tbW1tb", "ListRecords", {"map"}),
    ):
        with pytest.raises(OaiError) as caught:
            read_token(text, verb, sets)
        assert caught.value.code == "badResumptionToken"


def test_arguments_are_returned_as_given():
    assert arguments([("verb", "Identify")]) == {"verb": "Identify"}
