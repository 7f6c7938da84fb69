"""Which English is stale, how complete a record is, and that every way of writing keeps both."""

import unicodedata
from types import SimpleNamespace

import pytest
from django.utils import translation
from modeltranslation.translator import translator

from archive import completeness, two_languages
from archive.models import Agent, Record, RecordAgent, RecordArticle, RecordScan
from archive.records import save_record
from tests import factories


def row(vi="", en="", made_from=None):
    return SimpleNamespace(title_vi=vi, title_en=en, translated_from={"title": made_from} if made_from else {})


def stored(vi, en, made_from=None):
    return {"title_vi": vi, "title_en": en, "translated_from": {"title": made_from} if made_from else {}}


OLD, NEW = two_languages.digest("cũ"), two_languages.digest("mới")


@pytest.mark.parametrize(
    ("name", "before", "now", "is_stale"),
    [
        ("both are new", None, row("cũ", "old"), False),
        ("nothing changes", stored("cũ", "old", OLD), row("cũ", "old", OLD), False),
        ("only Vietnamese changes", stored("cũ", "old", OLD), row("mới", "old", OLD), True),
        ("still not translated again", stored("mới", "old", OLD), row("mới", "old", OLD), True),
        ("English follows", stored("mới", "old", OLD), row("mới", "new", OLD), False),
        ("both change at once", stored("cũ", "old", OLD), row("mới", "new", OLD), False),
        ("Vietnamese goes back", stored("mới", "old", OLD), row("cũ", "old", OLD), False),
        ("English goes", stored("cũ", "old", OLD), row("mới", "", OLD), False),
        ("only spaces change", stored("cũ", "old", OLD), row(" cũ  ", "old", OLD), False),
        ("stored before digests were kept", stored("cũ", "old"), row("mới", "old"), True),
        ("English came first", stored("", "old"), row("mới", "old"), False),
        ("confirmed", stored("mới", "old", OLD), row("mới", "old", NEW), False),
        ("an old revision comes back, stale as it was", stored("x", "y", OLD), row("mới", "old", "0" * 12), True),
        ("the Vietnamese goes", stored("cũ", "old", OLD), row("", "old", OLD), True),
    ],
)
def test_staleness(name, before, now, is_stale):
    two_languages.note(now, ["title"], before)
    assert two_languages.is_stale(now, "title") is is_stale


def test_a_digest_is_of_the_text_not_of_its_encoding():
    composed = "Hoàng Sa, Trường Sa"
    assert two_languages.digest(composed) == two_languages.digest(unicodedata.normalize("NFD", composed) + "\n")
    assert two_languages.digest(" ") == "" and len(two_languages.digest("x")) == 12


def test_confirming_ends_staleness():
    one = row("mới", "old", OLD)
    two_languages.confirm(one, "title")
    assert not two_languages.is_stale(one, "title")
    empty = row("mới", "")
    two_languages.confirm(empty, "title")
    assert empty.translated_from == {}


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Record, two_languages.RECORD),
        (RecordScan, two_languages.CHILDREN["scans"]),
        (RecordArticle, two_languages.CHILDREN["articles"]),
    ],
)
def test_every_translated_field_is_watched(model, fields):
    assert set(fields) == set(translator.get_options_for_model(model).all_fields)


# --- completeness -----------------------------------------------------------------------------


def gaps_of(record) -> set[str]:
    return set(completeness.codes(completeness.measure(record)[1]))


def whole_map() -> Record:
    """In memory, with everything that a map needs."""
    record = Record(
        **factories.HOANG_SA,
        institution_id=1,
        languages="lzh",
        rights_statement="https://creativecommons.org/publicdomain/mark/1.0/",
        scale_text="1:300.000",
        height_mm=500,
        width_mm=400,
    )
    record.scans.add(RecordScan(label_vi="Trang 1", label_en="Page 1"))
    record.agents.add(RecordAgent(role="cartographer"))
    record.places.add(Record._meta.get_field("places").related_model())
    record.citations.add(Record._meta.get_field("citations").related_model())
    return record


def test_a_whole_map_is_complete_without_a_query(django_assert_num_queries):
    assert completeness.measure(whole_map()) == (100, "")


@pytest.mark.parametrize(
    ("fields", "gaps"),
    [
        ({"title_en": ""}, {"title_en"}),
        ({"title_en": None, "title_vi": " "}, {"title_en", "title_vi"}),
        ({"description_vi": ""}, {"description_vi"}),
        ({"provenance_vi": "Thư viện"}, {"provenance_en"}),
        ({"significance_en": "Why"}, {"significance_vi"}),
        ({"scale_text": "", "west": None}, {"cartography"}),
        ({"scale_text": "", "west": 179.0, "east": -179.0, "south": 1.0, "north": 2.0}, set()),
        ({"height_mm": None}, {"size"}),
        ({"declared_not_secret": False}, {"declaration"}),
        ({"reading": ""}, {"reading"}),
        ({"reading": "", "title_original": "Carte"}, set()),
        ({"title_original_language": ""}, {"title_original_language"}),
        ({"date_text": "", "institution_id": None, "rights_statement": ""}, {"date", "institution", "rights"}),
    ],
)
def test_what_a_map_lacks(fields, gaps):
    record = whole_map()
    for name, value in fields.items():
        setattr(record, name, value)
    percent, found = completeness.measure(record)
    assert set(completeness.codes(found)) == gaps
    assert (percent < 100) is bool(gaps)
    assert found == "" or (found.startswith(" ") and found.endswith(" "))


@pytest.mark.parametrize(
    ("kind", "needs"),
    [
        ("legal_text", {"legal_number", "issued_on", "issuer", "signatory", "articles", "transcription"}),
        ("official_document", {"issuer", "transcription"}),
        ("photograph", {"credit_line"}),
        ("object", {"technique"}),
        ("manuscript", {"pages", "transcription"}),
        ("book", {"pages"}),
        ("press_item", set()),
        ("atlas_sheet", set()),
    ],
)
def test_what_a_kind_needs(kind, needs):
    record = whole_map()
    record.kind = kind
    assert gaps_of(record) == needs


def test_children_count_too():
    record = whole_map()
    scan = record.scans.get()
    scan.label_en, scan.translated_from = "", {"label": OLD}
    assert gaps_of(record) == {"scans_en"}
    scan.label_en = "Page 1"
    assert gaps_of(record) == {"stale:scans"}
    record.articles.add(RecordArticle(number="1", text_vi="Nội dung"))
    assert gaps_of(record) == {"stale:scans", "articles_en"}


def test_nothing_at_all_is_nothing():
    assert completeness.measure(Record(kind="photograph"))[0] < 10


def test_every_code_has_words_in_both_languages_and_a_place_to_mend_it():
    record_fields = {field.name for field in Record._meta.get_fields()}
    for code in completeness.all_codes():
        with translation.override("vi"):
            vi = str(completeness.words(code))
        with translation.override("en"):
            en = str(completeness.words(code))
        assert vi != code and en != vi, code
        assert completeness.field_of(code) in record_fields, code
    assert completeness.words("unknown") == "unknown"


# --- the ways of writing ----------------------------------------------------------------------


@pytest.mark.django_db
def test_each_save_keeps_them(cataloguer, django_assert_max_num_queries):
    record = factories.make_record(cataloguer)
    assert record.completeness and " scans " in record.gaps and "stale" not in record.gaps
    record = Record.objects.get(pk=record.pk)
    record.description_vi = "Mô tả khác hẳn."
    save_record(record, cataloguer)
    record = Record.objects.get(pk=record.pk)
    assert " stale:description " in record.gaps
    before = record.completeness
    two_languages.confirm(record, "description")
    save_record(record, cataloguer)
    record = Record.objects.get(pk=record.pk)
    assert "stale" not in record.gaps and record.completeness > before


@pytest.mark.django_db
def test_children_keep_theirs(cataloguer):
    scan = factories.make_scan(cataloguer)
    record = factories.make_record(cataloguer, scans=[scan])
    use = record.scans.get()
    assert use.translated_from == {"label": two_languages.digest("Trang 1")}
    record = Record.objects.get(pk=record.pk)
    use = record.scans.get()
    use.label_vi = "Tờ 1"
    record.scans = [use]
    save_record(record, cataloguer)
    record = Record.objects.get(pk=record.pk)
    assert " stale:scans " in record.gaps
    assert two_languages.is_stale(record.scans.get(), "label")


@pytest.mark.django_db
def test_a_restored_revision_brings_its_notes_back(cataloguer):
    record = factories.make_record(cataloguer)
    first = record.latest_revision
    record = Record.objects.get(pk=record.pk)
    record.title_vi = "Nhan đề mới"
    save_record(record, cataloguer)
    stale = record.latest_revision
    record.title_en = "A new title"
    save_record(record, cataloguer)
    assert "stale" not in record.gaps
    save_record(stale.as_object(), cataloguer)
    assert " stale:title " in Record.objects.get(pk=record.pk).gaps
    save_record(first.as_object(), cataloguer)
    assert "stale" not in Record.objects.get(pk=record.pk).gaps


@pytest.mark.django_db
def test_texts_of_many_are_read_at_once(cataloguer, django_assert_num_queries):
    records = [factories.make_record(cataloguer, identifier=f"so-{n}") for n in range(3)]
    records = list(Record.objects.order_by("pk"))
    for record in records:
        record.scans = list(record.scans.all())
        record.articles = [RecordArticle(number="1", text_vi="a", text_en="b")]
    with django_assert_num_queries(2):
        before = Record.stored_texts(records)
    assert {values["title_en"] for values in before.values()} == {"Map of the Great Land of Annam"}
    assert Record.stored_texts([Record()]) == {}
    with django_assert_num_queries(0):
        two_languages.note_record(records[0], before[records[0].pk])


@pytest.mark.django_db
def test_issuer_is_an_agent(cataloguer):
    record = Record(**{**factories.HOANG_SA, "kind": "official_document"})
    body = Agent.objects.create(key="bo-cong", name_vi="Bộ Công", name_en="Board of Works")
    record.agents.add(RecordAgent(agent=body, role="issuer"))
    save_record(record, cataloguer)
    assert " issuer " not in record.gaps and " transcription " in record.gaps
