"""Merging two authorities: every link holds, nothing becomes public by it, what drafts alone know is not told."""

import json

import pytest

from archive import clearance, merged, merging, subjects
from archive.models import (
    Agent,
    Citation,
    ClearanceAuthor,
    Edition,
    Institution,
    MergedAuthority,
    Place,
    PlaceMention,
    PlaceName,
    Record,
    RecordAgent,
    RecordPlace,
    RecordTag,
    Source,
    Status,
    Tag,
)
from archive.records import save_record
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def hoang_sa():
    return factories.make_place()


@pytest.fixture
def cat_vang():
    place = Place.objects.create(key="bai-cat-vang", name_vi="Bãi Cát Vàng", name_en="Cát Vàng", kind="island group")
    PlaceName.objects.create(place=place, text="黃沙渚", language="lzh", script="Hani")
    PlaceName.objects.create(place=place, text="黃沙", language="lzh", sort_order=1)
    return place


@pytest.fixture
def superuser(django_user_model):
    return django_user_model.objects.create_superuser("root", password="x" * 12)


def full_record(user, scan, place, agent, source, tag, institution, **fields):
    record = Record(**{**factories.HOANG_SA, **fields}, institution=institution)
    record.places = [RecordPlace(place=place)]
    record.agents = [RecordAgent(agent=agent, role="creator"), RecordAgent(agent=agent, role="engraver")]
    record.citations = [Citation(source=source, pages="12")]
    record.tags = [RecordTag(tag=tag)]
    record.mentions = [
        PlaceMention(scan=scan, place=place, x=1, y=1, width=5, height=5, name_as_written="黃沙渚", language="lzh")
    ]
    save_record(record, user)
    return record


def pair(model, key="mot", other="hai"):
    return [model.objects.create(key=one, name_vi=f"Tên {one}", name_en=f"Name {one}") for one in (key, other)]


@pytest.mark.parametrize("model", [Agent, Institution, Place, Source, Tag])
def test_every_reference_moves_and_revisions_still_read(model, cataloguer, superuser):
    scan = factories.make_scan(cataloguer)
    duplicates = {one: one.objects.create(key="cu", name_vi="Cũ") for one in (Agent, Institution, Place, Source, Tag)}
    record = full_record(
        cataloguer, scan, *(duplicates[one] for one in (Place, Agent, Source, Tag, Institution)), identifier="vn-1"
    )
    before = record.get_latest_revision()
    duplicate, heir = duplicates[model], model.objects.create(key="moi", name_vi="Mới")
    PlaceName.objects.create(place=duplicates[Place], text="Tên", language="vi", source=duplicates[Source])
    child = Place.objects.create(key="dao-con", name_vi="Đảo con", parent=duplicates[Place])
    number = Record.objects.get().revisions.count()

    merging.merge(duplicate, heir, superuser)

    assert not model.objects.filter(key="cu").exists()
    from archive.authorities import records_naming

    assert list(records_naming(heir)) == [record]
    text = json.dumps(subjects.of(Record.objects.get()).document())
    assert '"key": "moi"' in text and Record.objects.get().revisions.count() == number
    if model is Place:
        child.refresh_from_db()
        assert child.parent == heir
    # The old revision holds the primary key of what is gone, and reads as the heir.
    old = before.as_object()
    named = {
        Agent: [use.agent for use in old.agents.all()],
        Place: [use.place for use in (*old.places.all(), *old.mentions.all())],
        Source: [use.source for use in old.citations.all()],
        Tag: [use.tag for use in old.tags.all()],
        Institution: [old.institution],
    }[model]
    assert named and set(named) == {heir}
    assert clearance.is_author(subjects.of(Record.objects.get()), superuser)
    save_record(Record.objects.get(), cataloguer)


def test_what_a_record_would_say_twice_is_said_once(cataloguer, superuser):
    duplicate, heir = pair(Agent)
    record = Record(**factories.HOANG_SA)
    record.agents = [
        RecordAgent(agent=heir, role="creator", sort_order=0),
        RecordAgent(agent=duplicate, role="creator", sort_order=1),
        RecordAgent(agent=duplicate, role="engraver", sort_order=2),
    ]
    save_record(record, cataloguer)
    merging.merge(duplicate, heir, superuser)
    uses = [(use.agent, use.role) for use in Record.objects.get().agents.all()]
    assert uses == [(heir, "creator"), (heir, "engraver")]


def test_names_of_the_duplicate_are_kept(hoang_sa, cat_vang, superuser):
    hoang_sa.latitude = hoang_sa.longitude = None
    hoang_sa.save()
    Place.objects.filter(pk=cat_vang.pk).update(latitude=16.0, longitude=112.5)
    cat_vang.refresh_from_db()
    told = merging.plan(cat_vang, hoang_sa)
    assert told.names == ("Bãi Cát Vàng", "Cát Vàng", "黃沙渚") and told.taken == ("latitude",)
    merging.merge(cat_vang, hoang_sa, superuser)
    place = Place.objects.get()
    names = [(name.text, name.language) for name in place.names.all()]
    assert names[2:] == [("Bãi Cát Vàng", "vi"), ("Cát Vàng", "en"), ("黃沙渚", "lzh")] and len(names) == 5
    assert place.names.get(text="黃沙渚").script == "Hani"
    assert (place.latitude, place.longitude, place.kind) == (16.0, 112.5, "archipelago")


def test_a_name_alike_in_both_languages_is_said_once_and_both_notes_stay(superuser):
    heir = Place.objects.create(key="cham", name_vi="Cù Lao Chàm", name_en="Chàm Islands", note="gần Hội An")
    duplicate = Place.objects.create(key="pulo", name_vi="Pulo Champello", name_en="Pulo Champello", note="Linschoten")
    assert merging.plan(duplicate, heir).names == ("Pulo Champello",)
    assert "note" in merging.plan(duplicate, heir).taken
    merging.merge(duplicate, heir, superuser)
    heir = Place.objects.get()
    assert [name.text for name in heir.names.all()] == ["Pulo Champello"]
    assert heir.note == "gần Hội An\n\nLinschoten"


def test_an_agents_names_become_lines_and_gaps_are_filled(superuser):
    duplicate = Agent.objects.create(
        key="cu", name_vi="Phan Huy Chú", name_en="Chú", other_names="Lâm Khanh", dates="1782–1840"
    )
    heir = Agent.objects.create(key="moi", name_vi="Phan Huy Chú", kind="person", other_names="Lâm Khanh\nMai Phong")
    merging.merge(duplicate, heir, superuser)
    heir = Agent.objects.get()
    assert (heir.other_names, heir.dates, heir.kind) == ("Lâm Khanh\nMai Phong", "1782–1840", "person")
    assert heir.name_en == "Chú"
    third = Agent.objects.create(key="ba", name_vi="Huy Chú", name_en="Chu")
    merging.merge(third, heir, superuser)
    assert Agent.objects.get().other_names.splitlines()[2:] == ["Huy Chú", "Chu"]


@pytest.mark.parametrize("deep", [0, 1])
def test_a_place_merged_into_its_own_part_makes_no_ring(superuser, deep):
    sea = Place.objects.create(key="bien", name_vi="Biển")
    whole = Place.objects.create(key="ca", name_vi="Cả", parent=sea)
    part = Place.objects.create(key="phan", name_vi="Phần", parent=whole)
    heir = Place.objects.create(key="nho", name_vi="Nhỏ", parent=part) if deep else part
    merging.merge(whole, heir, superuser)
    heir.refresh_from_db()
    assert heir.parent == sea
    if deep:
        part.refresh_from_db()
        assert part.parent == heir


@pytest.mark.parametrize(
    "make", [lambda: (pair(Agent)[0], pair(Tag)[0]), lambda: [Agent.objects.create(key="a", name_vi="A")] * 2]
)
def test_two_kinds_and_one_and_the_same_are_refused(superuser, make):
    with pytest.raises(merging.Refused):
        merging.merge(*make(), superuser)
    assert not MergedAuthority.objects.exists()


def test_each_state_keeps_its_state_and_nothing_public_changes(cataloguer, reviewer, superuser, hoang_sa, cat_vang):
    records = {
        status: factories.make_record(cataloguer, places=[cat_vang], identifier=f"vn-{status}")
        for status in ("draft", "submitted", "cleared", "held")
    }
    factories.clear(records["cleared"], cataloguer, reviewer)
    clearance.submit(subjects.of(records["submitted"]), cataloguer)
    clearance.hold(subjects.of(records["held"]), reviewer, "cần xác minh")
    shown = clearance.preview(subjects.of(Record.objects.get(identifier="vn-submitted")))[1]
    document = Edition.objects.get().document

    told = merging.plan(cat_vang, hoang_sa, sees_held=False)
    assert told.records == 3 and told.under_review == 1 and Status.HELD not in told.statuses and told.editions == 1
    assert merging.plan(cat_vang, hoang_sa).records == 4
    merging.merge(cat_vang, hoang_sa, superuser)

    assert {record.identifier: record.status for record in Record.objects.all()} == {
        f"vn-{status}": status for status in records
    }
    assert Edition.objects.get().document == document
    assert all(record.places.get().place == hoang_sa for record in Record.objects.all())
    with pytest.raises(clearance.Stale):  # the reviewer has to look again
        clearance.clear(subjects.get(f"record:{records['submitted'].pk}"), shown, reviewer, clearance.CHECKLIST)
    authors = ClearanceAuthor.objects.filter(user=superuser).values_list("subject", "number")
    cleared = records["cleared"].pk
    assert set(authors) == {(f"record:{one.pk}", 2 if one.pk == cleared else 1) for one in records.values()}


def test_a_merge_that_was_cut_off_goes_on(cataloguer, superuser, monkeypatch):
    duplicate, heir = pair(Tag)
    monkeypatch.setattr(merging, "BATCH", 2)
    for number in range(5):
        record = Record(**{**factories.HOANG_SA, "identifier": f"vn-{number}"})
        record.tags = [RecordTag(tag=duplicate)]
        save_record(record, cataloguer)

    def stop(done, total):
        assert total == 5
        raise RuntimeError("cut off")

    with pytest.raises(RuntimeError):
        merging.merge(duplicate, heir, superuser, stop)
    assert (heir.uses.count(), duplicate.uses.count()) == (2, 3)
    job = merging.start(duplicate, heir, superuser)
    assert merging.start(duplicate, heir, superuser) == job
    from media import jobs

    done = jobs.run(jobs.claim("heavy", "test"))
    assert done.state == "done", done.reason
    assert heir.uses.count() == 5 and not Tag.objects.filter(pk=duplicate.pk).exists()
    assert jobs.run(jobs.claim("heavy", "test")).state == "done" if jobs.retry(job).state == "queued" else True


def test_one_that_is_named_again_meanwhile_is_moved_too(cataloguer, superuser):
    duplicate, heir = pair(Tag)
    record = factories.make_record(cataloguer)
    other = factories.make_record(cataloguer, identifier="vn-2")
    RecordTag.objects.create(record=record, tag=duplicate)

    def meanwhile(done, total):
        if not other.tags.exists():
            RecordTag.objects.create(record=other, tag=duplicate)

    moving = merging._move

    def move(*args):
        yield from moving(*args)
        meanwhile(0, 0)

    merging._move, before = move, merging._move
    try:
        assert merging.merge(duplicate, heir, superuser) == 2
    finally:
        merging._move = before
    assert heir.uses.count() == 2


# --- addresses and filters ------------------------------------------------------------------------------------


def place_page(client, key, lang="vi"):
    return client.get(f"/{lang}/places/{key}/")


def test_the_old_address_shows_what_stands_then_leads_to_the_heir(
    client, cataloguer, reviewer, hoang_sa, cat_vang, superuser
):
    record = factories.make_record(cataloguer, places=[cat_vang])
    factories.clear(record, cataloguer, reviewer)
    merging.merge(cat_vang, hoang_sa, superuser)
    assert "Bãi Cát Vàng" in place_page(client, "bai-cat-vang").content.decode()
    assert place_page(client, "quan-dao-hoang-sa").status_code == 404, "no edition names the heir yet"
    factories.clear(Record.objects.get(), cataloguer, reviewer)
    for lang in ("vi", "en"):
        response = place_page(client, "bai-cat-vang", lang)
        assert response.status_code == 301 and response["Location"] == f"/{lang}/places/quan-dao-hoang-sa/"
    further = Place.objects.create(key="hoang-sa-2", name_vi="Hoàng Sa")
    merging.merge(hoang_sa, further, superuser)
    factories.clear(Record.objects.get(), cataloguer, reviewer)
    assert place_page(client, "bai-cat-vang")["Location"] == "/vi/places/hoang-sa-2/"
    assert place_page(client, "quan-dao-hoang-sa")["Location"] == "/vi/places/hoang-sa-2/"
    clearance.withdraw(subjects.of(Record.objects.get()), reviewer, "rút")
    assert place_page(client, "bai-cat-vang").status_code == 404


def test_a_key_that_only_drafts_used_leads_nowhere(client, cataloguer, reviewer, hoang_sa, cat_vang, superuser):
    factories.make_record(cataloguer, places=[cat_vang], identifier="vn-nhap")
    merging.merge(cat_vang, hoang_sa, superuser)
    record = factories.make_record(cataloguer, places=[hoang_sa])
    factories.clear(record, cataloguer, reviewer)
    assert place_page(client, "quan-dao-hoang-sa").status_code == 200
    assert place_page(client, "bai-cat-vang").status_code == 404
    assert merged.keys_of("place", ["bai-cat-vang"]) == ("bai-cat-vang",)
    assert merged.keys_of("place", ["quan-dao-hoang-sa"]) == ("quan-dao-hoang-sa",)


def test_keys_of_follows_merges_both_ways(superuser):
    rows = [("a", "b", True), ("b", "c", False), ("d", "c", True), ("e", "d", False)]
    MergedAuthority.objects.bulk_create(
        MergedAuthority(kind="agent", key=key, into=into, public=public, old_id=number, user=superuser)
        for number, (key, into, public) in enumerate(rows)
    )
    assert set(merged.keys_of("agent", ["a"])) == {"a", "c", "d"}
    assert set(merged.keys_of("agent", ["c"])) == {"a", "c", "d"}
    assert merged.keys_of("agent", ["b"]) == ("b", "a")
    assert merged.keys_of("place", ["a"]) == ("a",)
    assert merged.keys_of("agent", []) == ()


def test_search_goes_on_finding_by_the_old_key(
    client, cataloguer, reviewer, hoang_sa, cat_vang, superuser, embedded_index
):
    for number, place in enumerate((cat_vang, hoang_sa)):
        record = factories.make_record(cataloguer, places=[place], identifier=f"vn-{number}")
        factories.clear(record, cataloguer, reviewer)
    merging.merge(cat_vang, hoang_sa, superuser)
    for key in ("bai-cat-vang", "quan-dao-hoang-sa"):
        embedded_index()
        answer = client.get("/api/v1/search/", {"place": key}).json()
        assert answer["total"] == 2 and answer["query"]["place"] == [key]
    factories.clear(Record.objects.get(identifier="vn-0"), cataloguer, reviewer)
    embedded_index()
    assert client.get("/api/v1/search/", {"place": "bai-cat-vang"}).json()["total"] == 2


@pytest.fixture
def embedded_index():
    from search import indexer

    def feed():
        indexer.rebuild("embedded")

    return feed
