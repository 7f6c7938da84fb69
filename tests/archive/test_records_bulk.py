"""Many records at once are written exactly as one by one."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from archive.models import ClearanceAuthor, Record, RecordTag, Tag
from archive.records import create_records, measure_old, save_record
from tests import factories

pytestmark = pytest.mark.django_db
VOLATILE = {"id", "created_at", "updated_at", "timestamp", "latest_revision_created_at"}


def drafts(prefix: str, count: int = 3) -> list[Record]:
    tag = Tag.objects.get_or_create(key="the", name_vi="Thẻ", name_en="Tag")[0]
    records = []
    for n in range(count):
        texts = {"description_en": "" if n else "Stale or not", "title_en": f"One {n}"}
        record = Record(**factories.HOANG_SA | {"identifier": f"{prefix}-{n}"} | texts)
        record.tags.add(RecordTag(tag=tag, sort_order=0))
        record.full_clean(validate_unique=False)
        records.append(record)
    return records


def rows_of(record: Record) -> dict:
    """All that every table holds about a record, but for keys and times."""
    found = {}
    for model in apps.get_models():
        names = {field.attname for field in model._meta.concrete_fields}
        if model is Record:
            rows = model.objects.filter(pk=record.pk)
        elif "record_id" in names:
            rows = model.objects.filter(record_id=record.pk)
        elif {"object_id", "content_type_id"} <= names:
            rows = model.objects.filter(object_id=str(record.pk), content_type__model="record")
        elif model is ClearanceAuthor:
            rows = model.objects.filter(subject=f"record:{record.pk}")
        else:
            continue
        told = [plain(row, record) for row in rows.order_by("pk").values()]
        if told:
            found[model._meta.label] = told
    return found


def plain(row: dict, record: Record) -> dict:
    row = {name: value for name, value in row.items() if name not in VOLATILE}
    text = str(row)
    for own in (record.identifier, f"record:{record.pk}"):
        text = text.replace(own, "X")
    for name in ("record_id", "object_id", "latest_revision_id", "revision_id", "uuid"):
        if row.get(name) is not None:
            row[name] = "set"
    if isinstance(row.get("content"), dict):
        row["content"] = neutral(row["content"], record)
    return {name: str(value).replace(record.identifier, "X") for name, value in row.items()} | {"n": len(row)}


def neutral(content, record):
    if isinstance(content, dict):
        skip = VOLATILE | {"pk", "record"}
        return {name: neutral(value, record) for name, value in sorted(content.items()) if name not in skip}
    return [neutral(value, record) for value in content] if isinstance(content, list) else content


def test_every_table_holds_the_same(cataloguer):
    singly, together = drafts("a"), drafts("b")
    for record in singly:
        save_record(record, cataloguer)
    create_records(together, cataloguer)
    for one, other in zip(singly, together, strict=True):
        one, other = rows_of(one), rows_of(other)
        for table in sorted(set(one) | set(other)):
            assert neutral_authors(one.get(table)) == neutral_authors(other.get(table)), table
    assert "wagtailcore.Revision" in one and "archive.RecordTag" in one and "archive.ClearanceAuthor" in one


def neutral_authors(rows):
    return [{name: value for name, value in row.items() if name != "subject"} for row in rows or []]


def test_a_bulk_record_can_be_edited_submitted_and_read_back(cataloguer, reviewer):
    (record,) = drafts("c", 1)
    create_records([record], cataloguer)
    record = Record.objects.get(pk=record.pk)
    assert record.latest_revision.as_object().title_vi == record.title_vi
    factories.clear(record, cataloguer, reviewer)
    record = Record.objects.get(pk=record.pk)
    record.title_vi = "Khác"
    save_record(record, cataloguer)
    assert record.revisions.count() == 2


def test_a_taken_identifier_writes_nothing(cataloguer):
    factories.make_record(cataloguer, identifier="d-1")
    with pytest.raises(IntegrityError):
        create_records(drafts("d"), cataloguer)


def test_a_batch_costs_the_same_queries_whatever_its_size(cataloguer):
    create_records(drafts("warm", 2), cataloguer)
    counts = []
    for prefix, count in (("few", 5), ("many", 50)):
        records = drafts(prefix, count)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            create_records(records, cataloguer)
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 8  # SQLite parts a statement of too many values


def test_records_of_before_are_measured_once(cataloguer):
    record = factories.make_record(cataloguer, identifier="cu")
    wanted = (record.completeness, record.gaps)
    assert record.completeness
    Record.objects.update(completeness=0, gaps="", translated_from={})
    assert measure_old() == 1 and measure_old() == 0
    record.refresh_from_db()
    assert (record.completeness, record.gaps) == wanted
