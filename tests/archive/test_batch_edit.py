"""Batch edit: seen before, written with revisions and authors, undone as a whole."""

import pytest
from django.core.management import call_command

from archive import change_sets, clearance, subjects
from archive.batch_edit import fields, run
from archive.batch_edit.change import Change, Impossible
from archive.models import Agent, ChangeSet, ClearanceAuthor, Institution, Place, Record, RecordTag, Source, Tag
from archive.records import save_record
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(cataloguer):
    Tag.objects.create(key="chau-ban", name_vi="Châu bản", name_en="Records")
    Agent.objects.create(key="taberd", name_vi="Taberd", name_en="Taberd")
    Source.objects.create(key="sach", name_vi="Sách", name_en="Book")
    Institution.objects.create(key="vien", name_vi="Viện Hán Nôm", name_en="Institute")
    factories.make_place()
    for n in range(3):
        factories.make_record(
            cataloguer, identifier=f"do-{n}", description_vi=f"Hoàng sa {n}", description_en=f"Text {n}"
        )
    return Record.objects.order_by("identifier")


CHANGES = [
    (Change("kind", "set", "book"), lambda r: r.kind, "book"),
    (Change("description_vi", "replace", "Hoàng Sa", "Hoàng sa"), lambda r: r.description_vi, "Hoàng Sa 0"),
    (Change("description_en", "clear"), lambda r: r.description_en, ""),
    (Change("credit_line_vi", "set", "Ảnh: Viện"), lambda r: r.credit_line_vi, "Ảnh: Viện"),
    (Change("institution", "set", "vien"), lambda r: r.institution.key, "vien"),
    (Change("sheets", "set", "2"), lambda r: r.sheets, 2),
    (Change("tags", "add", "chau-ban"), lambda r: r.tags.get().tag.key, "chau-ban"),
    (Change("places", "add", "quan-dao-hoang-sa"), lambda r: r.places.count(), 1),
    (Change("agents", "add", "taberd", role="engraver"), lambda r: r.agents.get().role, "engraver"),
    (Change("citations", "add", "sach"), lambda r: r.citations.get().source.key, "sach"),
]


@pytest.mark.parametrize(("change", "read", "value"), CHANGES, ids=lambda value: getattr(value, "field", ""))
def test_each_kind_of_change_is_written_and_taken_back(three, cataloguer, change, read, value):
    before = [run.change_sets and str(read_or_none(read, record)) for record in three]
    seen = run.preview(three, change)
    assert (seen.changed, seen.refused) == (3, []) and len(seen.rows) == 3
    assert [str(read_or_none(read, record)) for record in Record.objects.order_by("identifier")] == before
    change_set = run.start(three, change, cataloguer)
    assert run.run(change_set, cataloguer) == {"updated": 3}
    record = Record.objects.get(identifier="do-0")
    assert read(record) == value and record.revisions.count() == 2
    assert run.preview(Record.objects.all(), change).changed == 0  # once more changes nothing
    assert change_sets.undo(change_set, cataloguer) == {"restored": 3}
    assert [str(read_or_none(read, record)) for record in Record.objects.order_by("identifier")] == before


def read_or_none(read, record):
    try:
        return read(record)
    except Exception:
        return None


def test_removing_leaves_the_others_in_order(three, cataloguer):
    record = three[0]
    for n in range(3):
        tag = Tag.objects.create(key=f"the-{n}", name_vi=f"Thẻ {n}", name_en=f"Tag {n}")
        record.tags.add(RecordTag(tag=tag, sort_order=n))
    save_record(record, cataloguer)
    change_set = run.start(three, Change("tags", "remove", "the-1"), cataloguer)
    assert run.run(change_set, cataloguer) == {"updated": 1, "skipped": 2}
    assert [use.tag.key for use in Record.objects.get(pk=record.pk).tags.all()] == ["the-0", "the-2"]


def test_what_is_under_review_is_spared_and_named(three, cataloguer, reviewer):
    clearance.submit(subjects.of(three[0]), cataloguer)
    clearance.hold(subjects.of(three[1]), reviewer, "kiểm tra")
    change = Change("kind", "set", "book")
    seen = run.preview(Record.objects.all(), change)
    assert seen.changed == 1 and [row["record"].identifier for row in seen.refused] == ["do-0", "do-1"]
    change_set = run.start(Record.objects.all(), change, cataloguer)
    assert run.run(change_set, cataloguer) == {"refused": 2, "updated": 1}
    for row in change_set.rows.filter(action="refused"):  # in the same words: nobody reads here of a hold
        assert f"“{row.identifier}” đang ở khâu duyệt" in row.problems[0]["message"]
    assert Record.objects.get(identifier="do-0").kind == "map"


def test_who_edits_a_batch_cannot_clear_it(three, cataloguer, administrator):
    change_set = run.start(three, Change("kind", "set", "book"), administrator)
    run.run(change_set, administrator)
    assert ClearanceAuthor.objects.filter(user=administrator).count() == 3


def test_cut_off_it_goes_on(three, cataloguer):
    change_set = run.start(three, Change("kind", "set", "book"), cataloguer)

    class Killed(BaseException):
        pass

    def stop(done, total, stage):
        if done == 2:
            raise Killed

    with pytest.raises(Killed):
        run.run(change_set, cataloguer, stop)
    assert run.run(change_set, cataloguer) == {"updated": 3}
    assert all(record.revisions.count() == 2 for record in Record.objects.all())


IMPOSSIBLE = [
    Change("identifier", "set", "x"),
    Change("status", "set", "cleared"),
    Change("declared_not_secret", "set", "1"),
    Change("kind", "clear"),
    Change("tags", "set", "chau-ban"),
    Change("description_vi", "replace", "x", ""),
    Change("credit_line_vi", "set", "  "),
]


@pytest.mark.parametrize("change", IMPOSSIBLE, ids=lambda change: f"{change.field}-{change.act}")
def test_what_makes_no_sense_is_refused(three, cataloguer, change):
    with pytest.raises(Impossible):
        run.start(three, change, cataloguer)
    assert not ChangeSet.objects.exists()


def test_every_field_has_a_name_and_an_act():
    for name in fields.ALL:
        assert str(fields.label(name)) and fields.acts(name)
    assert fields.label("description_vi") == "Mô tả (tiếng Việt)"


# --- pages -----------------------------------------------------------------------------------------


def choose(client, *records) -> str:
    bulk = "/admin/bulk/archive/record/edit/?" + "&".join(f"id={record.pk}" for record in records)
    return client.get(bulk)["Location"].partition("selection=")[2]


def test_a_curator_looks_then_writes(client, three, cataloguer):
    client.force_login(cataloguer)
    token = choose(client, *three)
    assert "Đã chọn 3 bản ghi" in client.get(f"/admin/batch/?selection={token}").content.decode()
    data = {"selection": token, "field": "tags", "act": "add", "value": "châu bản", "step": "preview"}
    page = client.post("/admin/batch/", data).content.decode()
    assert "3 bản ghi sẽ đổi" in page and not ChangeSet.objects.exists()
    response = client.post("/admin/batch/", data | {"step": "apply"})
    call_command("worker", queue="heavy", once=True)
    assert Record.objects.filter(tags__tag__key="chau-ban").count() == 3
    assert "Từ khoá: thêm vào “chau-ban”" in client.get(response["Location"]).content.decode()


def test_bad_values_come_back_with_what_was_typed(client, three, cataloguer):
    client.force_login(cataloguer)
    token = choose(client, *three)
    data = {"selection": token, "field": "tags", "act": "add", "value": "thẻ lạ", "step": "apply"}
    response = client.post("/admin/batch/", data)
    page = response.content.decode()
    assert response.status_code == 400 and "thẻ lạ" in page and "Không có từ khoá nào" in page
    data = {"selection": token, "field": "sheets", "act": "set", "value": "nhiều", "step": "apply"}
    assert client.post("/admin/batch/", data).status_code == 400
    assert client.get(f"/admin/batch/?selection={token}&field=status").status_code == 404
    assert client.get("/admin/batch/?selection=la").status_code == 404


def test_only_who_may_change_records(client, three, reviewer, hall_staff):
    for user in (reviewer, hall_staff):
        client.force_login(user)
        assert client.get("/admin/batch/?selection=x").status_code in (302, 403)
        assert client.get(f"/admin/bulk/archive/record/edit/?id={three[0].pk}").status_code in (302, 403, 404)


def test_a_selection_never_holds_what_is_hidden(client, three, cataloguer, reviewer):
    clearance.hold(subjects.of(three[1]), reviewer, "kiểm tra")
    client.force_login(cataloguer)
    token = choose(client, *Record.objects.all())
    page = client.post(
        "/admin/batch/", {"selection": token, "field": "kind", "act": "set", "value": "book", "step": "preview"}
    ).content.decode()
    assert "do-0" in page and "do-1" not in page
    assert Place.objects.exists()
