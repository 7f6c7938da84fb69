"""Related records: public only while both are."""

import pytest

from archive import clearance, relations, subjects
from archive.models import Edition, Record, RecordRelation
from archive.records import save_record
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def original(cataloguer, reviewer):
    return factories.make_edition(cataloguer, reviewer, identifier="ban-goc", title_vi="Bản gốc Hồng Đức")


@pytest.fixture
def copy(cataloguer, reviewer, original):
    """A public copy of a public original."""
    record = factories.make_record(cataloguer, identifier="ban-sao", title_vi="Bản sao Hồng Đức")
    record.relations.add(RecordRelation(kind="copy_of", related=original.record))
    save_record(record, cataloguer)
    factories.clear(record, cataloguer, reviewer)
    return Edition.objects.get(identifier="ban-sao")


def test_both_pages_name_the_other_one(client, copy, original):
    assert copy.data["relations"] == [{"identifier": "ban-goc", "kind": "copy_of"}]
    page = client.get("/vi/items/ban-sao/").content.decode()
    assert "Là bản sao của" in page and "/vi/items/ban-goc/" in page and "Bản gốc Hồng Đức" in page
    page = client.get("/en/items/ban-goc/").content.decode()
    assert "Copied as" in page and "/en/items/ban-sao/" in page


def test_a_draft_is_named_nowhere(client, cataloguer, reviewer):
    draft = factories.make_record(cataloguer, identifier="ban-thao-kin", title_vi="Nháp kín")
    record = factories.make_record(cataloguer, identifier="ban-sao")
    record.relations.add(RecordRelation(kind="cites", related=draft))
    save_record(record, cataloguer)
    factories.clear(record, cataloguer, reviewer)
    assert Edition.objects.get().data["relations"] == []
    for address in ("/vi/items/ban-sao/", "/api/v1/items/ban-sao/"):
        assert "ban-thao-kin" not in client.get(address).content.decode()


def test_a_withdrawal_takes_effect_on_the_other_page_at_once(client, copy, original, reviewer):
    clearance.withdraw(subjects.of(original.record), reviewer, "sai nguồn")
    for address in ("/vi/items/ban-sao/", "/api/v1/items/ban-sao/", "/oai?verb=ListRecords&metadataPrefix=oai_dc"):
        page = client.get(address).content.decode()
        assert "Bản gốc Hồng Đức" not in page and "/id/ban-goc" not in page and '"identifier":"ban-goc"' not in page
    clearance.withdraw(subjects.of(copy.record), reviewer, "sai nguồn")
    assert relations.shown({"identifier": "ban-goc", "relations": []}) == []


def test_a_relation_that_becomes_public_needs_a_new_clearance(cataloguer, reviewer):
    other = factories.make_record(cataloguer, identifier="muon")
    record = factories.make_record(cataloguer, identifier="som")
    record.relations.add(RecordRelation(kind="cites", related=other))
    save_record(record, cataloguer)
    factories.clear(record, cataloguer, reviewer)
    factories.clear(other, cataloguer, reviewer)
    record = Record.objects.get(identifier="som")
    document, _digest = clearance.preview(subjects.of(record))
    assert document["relations"] == [{"identifier": "muon", "kind": "cites"}]
    assert Edition.objects.get(identifier="som").data["relations"] == []
    clearance.submit(subjects.of(record), cataloguer)  # something is new: it may be submitted
