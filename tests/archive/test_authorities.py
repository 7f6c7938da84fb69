"""The curators' lists and editors of authorities; where each is used; what can't be deleted."""

import pytest
from django.urls import reverse

from archive import authority_uses, clearance, language_codes, subjects
from archive.models import (
    Agent,
    Citation,
    Institution,
    MergedAuthority,
    Place,
    PlaceMention,
    PlaceName,
    Record,
    RecordAgent,
    RecordPlace,
    Source,
    Status,
    Tag,
)
from archive.records import save_record
from tests import factories

pytestmark = pytest.mark.django_db
MODELS = [Agent, Institution, Place, Source, Tag]


@pytest.fixture
def superuser(django_user_model):
    return django_user_model.objects.create_superuser("root", password="x" * 12)


@pytest.fixture
def editor(client, superuser):
    client.force_login(superuser)
    return client


def url(model, name, *args):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def names_form(*rows, stored=()) -> dict:
    """The fields of the formset of names: rows are dicts; `stored` are the names that are there already."""
    form = {
        "names-TOTAL_FORMS": len(rows), "names-INITIAL_FORMS": len(stored),
        "names-MIN_NUM_FORMS": 0, "names-MAX_NUM_FORMS": 1000,
    }  # fmt: skip
    for number, row in enumerate(rows):
        values = {"id": stored[number].pk if number < len(stored) else "", "ORDER": number + 1, "verified": "on"} | row
        form |= {f"names-{number}-{name}": value for name, value in values.items() if value is not None}
    return form


def place_form(*names, stored=(), **fields) -> dict:
    base = {"key": "quan-dao-hoang-sa", "name_vi": "Quần đảo Hoàng Sa", "name_en": "Paracels", "note": ""}
    base |= {"kind": "archipelago", "latitude": "", "longitude": "", "approximate": "on", "parent": ""}
    return base | fields | names_form(*names, stored=stored)


@pytest.mark.parametrize("model", MODELS)
def test_each_kind_has_its_list_and_its_editor(editor, model):
    form = {"key": "mot", "name_vi": "Một", "name_en": "", "other_names": "", "dates": "", "kind": "", "url": ""}
    form = place_form(key="mot", name_vi="Một") if model is Place else form
    response = editor.post(url(model, "add"), form)
    assert response.status_code == 302, response.context["form"].errors
    one = model.objects.get()
    for name, args in (("list", ()), ("edit", (one.pk,)), ("usage", (one.pk,)), ("history", (one.pk,))):
        assert editor.get(url(model, name, *args)).status_code == 200, name


@pytest.mark.parametrize(
    ("typed", "latitude"),
    [("16,5", 16.5), ("16°30′B", 16.5), ("16°30'00\"N", 16.5), ("-8.25", -8.25), ("", None)],
)
def test_coordinates_are_typed_as_people_write_them(editor, typed, latitude):
    form = place_form(latitude=typed, longitude="111°36′00″Đ" if typed else "")
    # "N" alone may be Nam or North: the Vietnamese admin reads Nam.
    expected = -16.5 if typed.endswith("N") else latitude
    response = editor.post(url(Place, "add"), form)
    assert response.status_code == 302, response.context["form"].errors
    place = Place.objects.get()
    assert (place.latitude, place.longitude) == (expected, 111.6 if typed else None)
    page = editor.get(url(Place, "edit", place.pk))
    shown = {name: page.context["form"][name].value() for name in ("latitude", "longitude")}
    again = form | {name: page.context["form"].fields[name].prepare_value(value) or "" for name, value in shown.items()}
    assert editor.post(url(Place, "edit", place.pk), again).status_code == 302
    place.refresh_from_db()
    assert (place.latitude, place.longitude) == (expected, 111.6 if typed else None)


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"latitude": "vĩ tuyến lạ", "longitude": "112"}, "latitude", "16"),
        ({"latitude": "16,5"}, "longitude", "cả vĩ độ và kinh độ"),
        ({"kind": "quần-đảo"}, "kind", ""),
        ({"key": "Hoàng Sa"}, "key", "chữ thường"),
        ({"name_vi": ""}, "name_vi", ""),
    ],
)
def test_what_cant_be_read_is_told_and_nothing_is_lost(editor, fields, field, sentence):
    response = editor.post(url(Place, "add"), place_form(**({"name_en": "Giữ lại"} | fields)))
    page = response.content.decode()
    assert response.status_code == 200 and field in response.context["form"].errors
    assert "Giữ lại" in page and sentence in page
    assert not Place.objects.exists()


def test_names_with_language_script_period_and_source(editor):
    source = Source.objects.create(key="phu-bien", name_vi="Phủ biên tạp lục")
    rows = [
        {"text": "黃沙渚", "language": "Hán văn", "script": "Hani", "period_text": "thế kỷ 17", "source": source.pk},
        {"text": "Pracel", "language": "pt", "historical": "on"},
    ]
    response = editor.post(url(Place, "add"), place_form(*rows))
    assert response.status_code == 302, response.context["form"].formsets["names"].errors
    first, second = Place.objects.get().names.all()
    assert (first.language, first.script, first.period_edtf, first.source) == ("lzh", "Hani", "16XX", source) or (
        first.period_edtf and first.source == source
    )
    assert (second.text, second.historical, second.verified) == ("Pracel", True, True)
    # turned round
    stored = [first, second]
    form = place_form(*[row | {"ORDER": 2 - n} for n, row in enumerate(rows)], stored=stored)
    assert editor.post(url(Place, "edit", Place.objects.get().pk), form).status_code == 302
    assert [name.text for name in Place.objects.get().names.all()] == ["Pracel", "黃沙渚"]


@pytest.mark.parametrize(
    ("row", "field", "sentence"),
    [
        ({"language": "tiếng cá heo"}, "language", "BCP 47"),
        ({"language": "vi", "period_text": "hồi xưa lắm"}, "period_text", "1838"),
    ],
)
def test_a_language_or_period_that_cant_be_read_is_refused_with_an_example(editor, row, field, sentence):
    response = editor.post(url(Place, "add"), place_form({"text": "Tên giữ lại"} | row))
    assert response.status_code == 200
    (errors,) = response.context["form"].formsets["names"].errors
    assert field in errors and sentence in response.content.decode()
    assert "Tên giữ lại" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("lzh", "lzh"), ("LZH", "lzh"), ("Hán văn", "lzh"), ("han van", "lzh"), ("chữ Nôm", "vi-Hani"),
        ("VI-HANI", "vi-Hani"), ("tiếng Pháp", "fr"), ("pháp", "fr"), ("Latin", "la"), ("zh-hant-tw", "zh-Hant-TW"),
        ("vi-historical", "vi-historical"), ("und", "und"), ("cy", "cy"),
    ],
)  # fmt: skip
def test_languages_are_read_from_codes_and_words(typed, code):
    assert language_codes.read(typed) == code


@pytest.mark.parametrize("typed", ["", "x", "tiếng", "1234", "vi_VN", "vi-"])
def test_what_names_no_language_is_refused(typed):
    with pytest.raises(ValueError):
        language_codes.read(typed)


def test_a_public_key_and_a_merged_key_are_kept(editor, cataloguer, reviewer, superuser):
    place = factories.make_place()
    factories.make_edition(cataloguer, reviewer, places=[place])
    stored = list(place.names.all())
    rows = [{"text": name.text, "language": name.language} for name in stored]
    response = editor.post(url(Place, "edit", place.pk), place_form(*rows, stored=stored, key="khac"))
    assert "key" in response.context["form"].errors
    MergedAuthority.objects.create(kind="place", key="cu", into="khac", old_id=999, user=superuser)
    response = editor.post(url(Place, "add"), place_form(key="cu"))
    assert "khac" in str(response.context["form"].errors["key"])


def test_the_heir_of_a_merge_may_still_be_renamed(editor, superuser):
    place = factories.make_place()
    MergedAuthority.objects.create(kind="place", key="cu", into=place.key, old_id=999, user=superuser)
    stored = list(place.names.all())
    rows = [{"text": name.text, "language": name.language} for name in stored]
    assert editor.post(url(Place, "edit", place.pk), place_form(*rows, stored=stored, key="khac")).status_code == 302
    assert MergedAuthority.objects.get().into == "khac"


def test_a_place_lies_not_in_its_own_part(editor):
    whole = factories.make_place(names=())
    part = Place.objects.create(key="dao", name_vi="Đảo", parent=whole)
    for parent in (whole, part):
        response = editor.post(url(Place, "edit", whole.pk), place_form(parent=parent.pk))
        assert "parent" in response.context["form"].errors


# --- lists -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["hoang sa", "HOÀNG SA", "黃沙渚", "pracel", "quan-dao", "paracel hoang"])
def test_a_list_finds_by_key_and_any_name_without_diacritics(editor, words):
    place = Place(key="quan-dao-hoang-sa", name_vi="Quần đảo Hoàng Sa", name_en="Paracel Islands")
    place.names = [PlaceName(text="黃沙渚", language="lzh"), PlaceName(text="I. de Pracel", language="nl")]
    place.save()
    Place.objects.create(key="ly-son", name_vi="Lý Sơn")
    page = editor.get(url(Place, "list"), {"q": words}).content.decode()
    assert "Quần đảo Hoàng Sa" in page and "Lý Sơn" not in page
    chooser = Place.snippet_viewset.chooser_viewset.get_url_name("choose_results")
    page = editor.get(reverse(chooser), {"q": words}).content.decode()
    assert "Quần đảo Hoàng Sa" in page and "Lý Sơn" not in page


def test_a_list_is_filtered_by_kind_in_words(editor):
    factories.make_place()
    Place.objects.create(key="ly-son", name_vi="Lý Sơn", kind="island")
    page = editor.get(url(Place, "list"), {"kind": "island"}).content.decode()
    assert "Lý Sơn" in page and "Quần đảo Hoàng Sa" not in page and "Nhóm đảo" in page


def many(cataloguer, number: int):
    scan = factories.make_scan(cataloguer)
    for n in range(number):
        place = Place.objects.create(key=f"dia-danh-{n}", name_vi=f"Địa danh {n}")
        for m in range(n % 3):
            record = factories.make_record(cataloguer, identifier=f"vn-{n}-{m}", places=[place])
            region = {"x": 1, "y": 1, "width": 2, "height": 2, "name_as_written": "Tên"}
            PlaceMention.objects.create(record=record, scan=scan, place=place, **region)
            PlaceMention.objects.create(record=record, scan=scan, place=place, **region)


def test_uses_are_counted_in_a_constant_number_of_queries(editor, cataloguer, django_assert_max_num_queries):
    many(cataloguer, 9)
    editor.get(url(Place, "list"))
    with django_assert_max_num_queries(22):
        page = editor.get(url(Place, "list"))
    counts = {place.key: place.uses_found for place in page.context["page_obj"].object_list}
    assert counts == {f"dia-danh-{n}": n % 3 for n in range(9)}


def test_counts_leave_out_what_is_held_for_those_who_may_not_see_it(cataloguer, reviewer):
    place, institution = factories.make_place(), factories.make_institution()
    scan = factories.make_scan(cataloguer)
    for number in range(3):
        record = factories.make_record(cataloguer, identifier=f"vn-{number}", institution=institution)
        PlaceMention.objects.create(
            record=record, scan=scan, place=place, x=1, y=1, width=2, height=2, name_as_written="Tên"
        )
    clearance.hold(subjects.of(Record.objects.get(identifier="vn-1")), reviewer, "cần xác minh")
    for kind, pk in (("place", place.pk), ("institution", institution.pk)):
        assert authority_uses.counts(kind, [pk], True)[pk] == 3
        assert authority_uses.counts(kind, [pk], False)[pk] == 2


# --- where used ---------------------------------------------------------------------------------------------------


def test_where_used_lists_records_with_state_edition_and_how(editor, cataloguer, reviewer):
    agent = Agent.objects.create(key="taberd", name_vi="Taberd")
    for number, roles in enumerate((["cartographer"], ["creator", "engraver"])):
        record = Record(**{**factories.HOANG_SA, "identifier": f"vn-{number}"})
        record.agents = [RecordAgent(agent=agent, role=role) for role in roles]
        save_record(record, cataloguer)
    factories.clear(Record.objects.get(identifier="vn-0"), cataloguer, reviewer)
    page = editor.get(url(Agent, "usage", agent.pk)).content.decode()
    for word in ("vn-0", "vn-1", "người vẽ bản đồ", "tác giả, người khắc", "bản số 1", "bản thảo"):
        assert word in page
    assert page.index("vn-0") < page.index("vn-1")


def test_where_used_hides_what_is_held(client, cataloguer, reviewer):
    place = factories.make_place()
    factories.make_record(cataloguer, places=[place], identifier="vn-giu")
    clearance.hold(subjects.of(Record.objects.get()), reviewer, "cần xác minh")
    client.force_login(cataloguer)
    assert "vn-giu" not in client.get(url(Place, "usage", place.pk)).content.decode()
    uses = authority_uses.of(place, cataloguer)
    assert uses.keep and "vn-giu" not in authority_uses.sentence(place, uses)


def test_where_used_is_paged_in_a_constant_number_of_queries(editor, cataloguer, django_assert_max_num_queries):
    place = factories.make_place()
    for number in range(45):
        record = Record(**{**factories.HOANG_SA, "identifier": f"vn-{number:02}"})
        record.places = [RecordPlace(place=place)]
        save_record(record, cataloguer)
    editor.get(url(Place, "usage", place.pk))
    with django_assert_max_num_queries(24):
        page = editor.get(url(Place, "usage", place.pk)).content.decode()
    assert "vn-39" in page and "vn-40" not in page
    assert "vn-44" in editor.get(url(Place, "usage", place.pk), {"p": 2}).content.decode()


def test_where_used_names_children_place_names_and_older_editions(editor, cataloguer, reviewer):
    source, place = Source.objects.create(key="sach", name_vi="Sách"), factories.make_place()
    Place.objects.create(key="dao-con", name_vi="Đảo con", parent=place)
    PlaceName.objects.create(place=place, text="Cồn Vàng", language="vi", source=source)
    record = factories.make_record(cataloguer, places=[place])
    record.citations = [Citation(source=source, pages="7")]
    save_record(record, cataloguer)
    page = editor.get(url(Source, "usage", source.pk)).content.decode()
    assert "Cồn Vàng" in page and "trích dẫn, trang 7, nguồn của tên địa danh" in page
    factories.clear(record, cataloguer, reviewer)
    record = Record.objects.get()
    record.places = []
    save_record(record, cataloguer)
    page = editor.get(url(Place, "usage", place.pk)).content.decode()
    assert "Đảo con" in page and "/vi/items/vn-map-1838/" in page


# --- deleting -------------------------------------------------------------------------------------------------------


def test_deleting_one_that_is_used_says_where(editor, cataloguer):
    place = factories.make_place()
    Place.objects.create(key="dao-con", name_vi="Đảo con", parent=place)
    for number in range(7):
        factories.make_record(cataloguer, places=[place], identifier=f"vn-{number}")
    address = url(Place, "delete", place.pk)
    for response, status in ((editor.get(address), 200), (editor.post(address), 409)):
        page = response.content.decode()
        assert response.status_code == status
        assert "7 bản ghi (vn-0, vn-1, vn-2, vn-3, vn-4…)" in page and "Đảo con" in page
    assert Place.objects.filter(pk=place.pk).exists()


@pytest.mark.parametrize("model", MODELS)
def test_one_that_nothing_uses_is_deleted(editor, model):
    one = model.objects.create(key="mot", name_vi="Một")
    assert editor.post(url(model, "delete", one.pk)).status_code == 302
    assert not model.objects.exists()


def test_none_goes_in_bulk(editor):
    place = factories.make_place()
    editor.post(f"/admin/bulk/archive/place/delete/?id={place.pk}")
    assert Place.objects.exists()


# --- the pages of a merge -----------------------------------------------------------------------------------------


@pytest.fixture
def pair():
    duplicate = Place(key="bai-cat-vang", name_vi="Bãi Cát Vàng")
    duplicate.names = [PlaceName(text="黃沙渚", language="lzh")]
    duplicate.save()
    return duplicate, factories.make_place()


def test_a_merge_shows_both_and_what_happens_then_does_it(editor, cataloguer, pair):
    duplicate, heir = pair
    record = factories.make_record(cataloguer, places=[duplicate])
    clearance.submit(subjects.of(record), cataloguer)
    choose = reverse("archive_merge:choose", args=["place", duplicate.pk])
    assert heir.key in editor.get(choose, {"q": "hoang sa"}).content.decode()
    confirm = reverse("archive_merge:confirm", args=["place", duplicate.pk, heir.pk])
    page = editor.get(confirm, {"keep": heir.pk}).content.decode()
    for word in ("黃沙渚", "Quần đảo Hoàng Sa", "1 bản ghi", "chờ duyệt: 1", "người duyệt đang mở trang"):
        assert word in page
    assert editor.post(confirm).status_code == 422
    assert editor.post(confirm, {"keep": 0}).status_code == 422
    assert Place.objects.count() == 2
    response = editor.post(confirm, {"keep": heir.pk}, follow=True)
    assert response.redirect_chain[0][0] == url(Place, "usage", heir.pk)
    assert "vn-map-1838" in response.content.decode()
    assert list(Place.objects.all()) == [heir]


def test_a_large_merge_goes_into_the_background(editor, cataloguer, pair, monkeypatch):
    from archive import merging
    from media import jobs

    monkeypatch.setattr(merging, "AT_ONCE", 0)
    duplicate, heir = pair
    factories.make_record(cataloguer, places=[duplicate])
    confirm = reverse("archive_merge:confirm", args=["place", duplicate.pk, heir.pk])
    address = editor.post(confirm, {"keep": heir.pk})["Location"]
    assert "data-live" in editor.get(address).content.decode() and Place.objects.count() == 2
    jobs.run(jobs.claim("heavy", "test"))
    page = editor.get(f"{address}progress/").content.decode()
    assert "data-live" not in page and url(Place, "usage", heir.pk) in page
    assert Place.objects.get() == heir
    assert editor.get(address.replace("/place/", "/agent/")).status_code == 404


def test_only_who_may_change_authorities_merges(client, reviewer, hall_staff, cataloguer, pair):
    duplicate, heir = pair
    confirm = reverse("archive_merge:confirm", args=["place", duplicate.pk, heir.pk])
    for user in (reviewer, hall_staff):
        client.force_login(user)
        assert client.get(confirm).status_code in (302, 403)
        client.post(confirm, {"keep": heir.pk})
    assert Place.objects.count() == 2
    client.force_login(cataloguer)
    assert client.get(confirm).status_code == 200
    assert client.get(reverse("archive_merge:choose", args=["record", 1])).status_code == 404
    assert Record.objects.filter(status=Status.DRAFT).count() == 0
