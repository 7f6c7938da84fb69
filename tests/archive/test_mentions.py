"""The mentions' page by request: with numbers alone, refused, in conflict, private; and its download."""

import pytest
from django.urls import reverse

from archive import clearance, subjects
from archive.mentions import places
from archive.models import Place, PlaceMention, PlaceName, Record, Status
from archive.records import save_record
from tests import factories

from .test_annotations import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def hoang_sa():
    place = Place(key="quan-dao-hoang-sa", name_vi="Quần đảo Hoàng Sa", name_en="Paracel Islands", kind="archipelago")
    place.names = [PlaceName(text="黃沙渚", language="lzh"), PlaceName(text="Bãi Cát Vàng", language="vi")]
    place.save()
    return place


@pytest.fixture
def record(cataloguer):
    return factories.make_record(cataloguer, scans=[factories.make_scan(cataloguer)])


@pytest.fixture
def curator(client, cataloguer):
    client.force_login(cataloguer)
    return client


def address(record, name="editor"):
    return reverse(f"archive_mentions:{name}", args=[record.pk])


def fresh() -> Record:
    return Record.objects.get()


def row(record, **values) -> dict:
    filled = {"x": "10", "y": "20", "width": "30", "height": "5.5", "place": "quan-dao-hoang-sa"}
    return {"scan": record.scans.first().scan_id, "name_as_written": "黃沙渚", "language": "lzh"} | filled | values


def form(client, record, *rows, stored=0) -> dict:
    """What the page sends, opened now."""
    data = {"seen": client.get(address(record)).context["seen"]}
    data |= {"mentions-TOTAL_FORMS": len(rows), "mentions-INITIAL_FORMS": stored}
    for number, one in enumerate(rows):
        data |= {f"mentions-{number}-{name}": value for name, value in one.items()}
    return data


def test_numbers_alone_make_a_mention(curator, record, hoang_sa, cataloguer):
    extra = {"reading": "Hoàng Sa chử", "meaning_vi": "bãi cát vàng", "meaning_en": "yellow sandbank"}
    data = form(curator, record, row(record, **extra), {"scan": record.scans.first().scan_id})
    response = curator.post(address(record), data, follow=True)
    assert response.status_code == 200 and "Đã lưu" in response.content.decode()
    mention = PlaceMention.objects.get()
    assert (mention.x, mention.y, mention.width, mention.height) == (10, 20, 30, 5.5)
    assert (mention.place, mention.reading, mention.meaning_en) == (hoang_sa, "Hoàng Sa chử", "yellow sandbank")
    assert fresh().revisions.count() == 2 and fresh().revisions.latest("pk").user == cataloguer
    document = subjects.of(fresh()).document()
    assert document["scans"][0]["mentions"][0]["region"] == [64, 96, 192, 26]
    assert [place["key"] for place in document["places"]] == ["quan-dao-hoang-sa"]


def test_thirty_mentions_in_any_script_come_back_as_they_were_typed(curator, record, hoang_sa):
    names = ["𡗶坦黃沙", "جزر باراسيل", "איי פאראסל", "🏝️ Cát Vàng 🇻🇳", "I. de Pracel o‘ Parcel ‹Bassos›", "𰀀𪚥"]
    names = [f"{names[number % len(names)]} {number}" for number in range(30)]
    data = form(curator, record, *(row(record, name_as_written=name, reading=name, language="") for name in names))
    assert curator.post(address(record), data, follow=True).status_code == 200
    stored = list(PlaceMention.objects.order_by("sort_order").values_list("name_as_written", "reading"))
    assert stored == [(name, name) for name in names]
    written = subjects.of(fresh()).document()["scans"][0]["mentions"]
    assert [one["name"] for one in written] == names
    page = curator.get(address(record))
    assert [one["name_as_written"].value() for one in page.context["formset"].initial_forms] == names


@pytest.mark.parametrize(
    "typed", ["quan-dao-hoang-sa", "Hoàng Sa (Paracel)", "bai cat vang", "黃沙渚", "paracel islands"]
)
def test_a_place_is_named_by_key_or_any_name(curator, record, hoang_sa, typed):
    if "(" in typed:
        PlaceName.objects.create(place=hoang_sa, text=typed, language="vi")
        hoang_sa.save()
    assert places.find(typed) == hoang_sa


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"place": "nơi không có"}, "place", "Danh mục không có"),
        ({"place": "hai noi"}, "place", "nhiều địa danh (mot, hai)"),
        ({"place": ""}, "place", ""),
        ({"name_as_written": ""}, "name_as_written", ""),
        ({"x": "80"}, "__all__", "trong ảnh"),
        ({"width": "0"}, "__all__", "lớn hơn 0"),
        ({"x": "-1"}, "x", ""),
        ({"x": "abc"}, "x", ""),
        ({"language": "tiếng cá heo"}, "language", "BCP 47"),
        ({"scan": "999"}, "scan", ""),
    ],
)
def test_what_cant_be_is_told_and_nothing_is_lost(curator, record, hoang_sa, values, field, sentence):
    for key in ("mot", "hai"):
        Place.objects.create(key=key, name_vi="Hai nơi")
    data = form(curator, record, row(record, reading="giữ lại") | values)
    response = curator.post(address(record), data)
    page = response.content.decode()
    assert response.status_code == 422 and field in response.context["formset"].forms[0].errors
    assert "giữ lại" in page and (sentence in page or sentence == "nhiều địa danh (mot, hai)")
    assert not PlaceMention.objects.exists() and fresh().revisions.count() == 1


def store(record, user, place, *names):
    other = Record.objects.get(pk=record.pk)
    scan = other.scans.first().scan
    other.mentions = [
        PlaceMention(scan=scan, place=place, x=n, y=n, width=5, height=5, name_as_written=name, sort_order=n)
        for n, name in enumerate(names)
    ]
    save_record(other, user)
    return list(Record.objects.get(pk=record.pk).mentions.all())


def test_rows_are_ordered_and_deleted_and_the_rest_keep_their_rows(curator, record, hoang_sa, cataloguer):
    first, second, third = store(record, cataloguer, hoang_sa, "một", "hai", "ba")
    rows = [
        row(record, id=one.pk, name_as_written=one.name_as_written, ORDER=order)
        for one, order in ((first, 3), (second, 1), (third, 2))
    ]
    rows[2]["DELETE"] = "on"
    curator.post(address(record), form(curator, record, *rows, stored=3))
    assert [(one.pk, one.name_as_written) for one in fresh().mentions.all()] == [(second.pk, "hai"), (first.pk, "một")]


def test_saving_without_a_change_writes_nothing(curator, record, hoang_sa, cataloguer):
    (one,) = store(record, cataloguer, hoang_sa, "một")
    same = {"x": 0, "y": 0, "width": 5, "height": 5, "name_as_written": "một", "language": "", "id": one.pk}
    response = curator.post(address(record), form(curator, record, row(record, **same), stored=1), follow=True)
    assert "Không có gì thay đổi" in response.content.decode() and fresh().revisions.count() == 2


def test_a_colleagues_mentions_are_shown_beside_mine_and_saved_over_only_knowingly(
    curator, record, hoang_sa, administrator, cataloguer
):
    data = form(curator, record, row(record, name_as_written="của tôi"))
    store(record, administrator, hoang_sa, "của họ")
    response = curator.post(address(record), data)
    page = response.content.decode()
    assert response.status_code == 409 and "của họ" in page and "của tôi" in page and str(administrator) in page
    assert [one.name_as_written for one in fresh().mentions.all()] == ["của họ"]
    curator.post(address(record), data | {"seen": response.context["seen"]})
    assert [one.name_as_written for one in fresh().mentions.all()] == ["của tôi"]


def test_a_colleagues_other_changes_stay(curator, record, hoang_sa, administrator):
    data = form(curator, record, row(record))
    other = fresh()
    other.title_vi = "Nhan đề mới của đồng nghiệp"
    save_record(other, administrator)
    assert curator.post(address(record), data).status_code == 302
    assert fresh().title_vi == "Nhan đề mới của đồng nghiệp" and fresh().mentions.count() == 1


def test_refused_under_review_with_what_was_typed_kept(curator, record, hoang_sa, cataloguer):
    data = form(curator, record, row(record, reading="giữ lại"))
    clearance.submit(subjects.of(record), cataloguer)
    response = curator.post(address(record), data)
    page = response.content.decode()
    assert response.status_code == 409 and "giữ lại" in page and "đang chờ duyệt" in page
    assert not PlaceMention.objects.exists() and fresh().status == Status.SUBMITTED
    assert "data-locked" in curator.get(address(record)).content.decode()


def test_only_who_may_write_records_saves_and_what_is_held_is_hidden(
    client, record, hoang_sa, cataloguer, reviewer, hall_staff
):
    client.force_login(cataloguer)
    data = form(client, record, row(record))
    client.force_login(reviewer)
    assert client.get(address(record)).status_code == 200
    assert client.post(address(record), data).status_code in (302, 403)
    client.force_login(hall_staff)
    for name in ("editor", "annotations"):
        assert client.get(address(record, name)).status_code in (302, 403)
    assert client.get(reverse("archive_mentions:places"), {"q": "hoang"}).status_code in (302, 403)
    assert not PlaceMention.objects.exists()
    clearance.hold(subjects.of(record), reviewer, "cần xác minh")
    client.force_login(cataloguer)
    for name in ("editor", "annotations"):
        assert client.get(address(record, name)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hoang sa", "hoang-sa"),
        ("黃沙", "quan-dao-hoang-sa"),
        ("cat vang", "quan-dao-hoang-sa"),
        ("", None),
        ("xyz", None),
    ],
)
def test_places_are_suggested_by_any_name_the_exact_one_first(curator, hoang_sa, typed, first):
    Place.objects.create(key="hoang-sa", name_vi="Hoàng Sa")
    response = curator.get(reverse("archive_mentions:places"), {"q": typed})
    found = response.json()["places"]
    assert "no-store" in response["Cache-Control"]
    assert (found[0]["key"] if found else None) == first


def test_the_download_is_private_and_as_the_model_asks(curator, record, hoang_sa, cataloguer, settings):
    settings.PUBLIC_BASE_URL = "https://hoangsa.example.vn"
    store(record, cataloguer, hoang_sa, "黃沙渚")
    response = curator.get(address(record, "annotations"))
    assert "no-store" in response["Cache-Control"] and "attachment" in response["Content-Disposition"]
    assert response["Content-Type"].startswith("application/ld+json")
    assert faults(response.json()) == [] and len(response.json()["items"]) == 1


def test_a_page_of_many_mentions_takes_few_queries(
    curator, record, hoang_sa, cataloguer, django_assert_max_num_queries
):
    store(record, cataloguer, hoang_sa, *[f"tên {n}" for n in range(60)])
    curator.get(address(record))
    with django_assert_max_num_queries(24):
        assert "tên 59" in curator.get(address(record)).content.decode()


def test_the_records_editor_leads_here(curator, record):
    edit = reverse(Record.snippet_viewset.get_url_name("edit"), args=[record.pk])
    assert address(record) in curator.get(edit).content.decode()
