"""Why a result stands where it does, why a record isn't found, the curators' synonyms, and the warning about search."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from archive.models import Record
from search import explaining, labels, results
from search.expansion import Expansion
from search.models import Cursor, SynonymGroup
from search.plan import plan
from search.query import understand
from tests.search.factories import both, edition
from tests.search.standing import publish, withdraw

pytestmark = pytest.mark.django_db

COLLECTION = [
    edition("nhan-de", "Bãi Cát Vàng", years=(1838, 1838)),
    edition("mo-ta", "Bản đồ", description=both("Ngoài khơi ghi Bãi Cát Vàng"), places=["hoang-sa"]),
    edition("ten-goi", "Đảo", places=["hoang-sa"]),
    edition("khac", "Đá Bắc"),
]


def explain(q: str, identifier: str = "", **params):
    return explaining.explain({"q": q, **params}, "vi", identifier)


def test_each_result_has_its_tier_and_its_words(engine_name, stand):
    stand(*COLLECTION)
    rows = {row.identifier: row for row in explain("bãi cát vàng").rows}
    assert [row.position for row in rows.values()] == [1, 2, 3]
    assert rows["nhan-de"].tier == "đúng nguyên cụm từ, có dấu, trong nhan đề"
    assert rows["mo-ta"].tier == "đúng nguyên cụm từ, có dấu"
    assert rows["ten-goi"].tier == "tên gọi khác của địa danh, từ đồng nghĩa"
    assert rows["mo-ta"].found[1] == {"words": "cát", "places": ["mô tả, nội dung", "địa danh"]}
    assert [entry["places"] for entry in rows["ten-goi"].other] == [["địa danh"]]
    assert "Paracels, " in rows["ten-goi"].other[0]["words"]
    assert explain("bãi cát vàng").also[0]["place"] == "Quần đảo Hoàng Sa"
    assert all(0 <= row.score < 4096 for row in rows.values())


def test_it_explains_what_the_page_shows(engine_name, stand):
    stand(*COLLECTION)
    for q in ("cat vang", "Cats Vafng", "đảo", "", "dao OR bac"):
        shown = [item["identifier"] for item in results.find({"q": q, "sort": "relevance"}, "vi").items]
        assert [row.identifier for row in explain(q).rows] == shown


@pytest.mark.parametrize(
    "q, identifier, params, state, reasons",
    [
        ("cát vàng", "nhan-de", {}, "shown", []),
        ("cát vàng", "ten-goi", {"page_size": "1"}, "further", []),
        ("cát vàng bắc", "mo-ta", {}, "words", ["bắc"]),
        ("cát vàng thuyền", "mo-ta", {}, "shown", []),  # nothing holds "thuyền": it is left out
        ("cát vàng", "nhan-de", {"kind": "book"}, "filtered", ["bộ lọc loại"]),
        ("cát vàng", "nhan-de", {"from": "1900"}, "filtered", ["khoảng năm"]),
        ("cát vàng", "nhan-de", {"bbox": "1,1,2,2"}, "filtered", ["khung bản đồ"]),
        ("cát vàng 1900", "nhan-de", {}, "filtered", ["1900"]),
        ("cát -vàng", "nhan-de", {}, "filtered", ["-vàng"]),
        ("cát vàng -loại:bản_đồ", "nhan-de", {}, "filtered", ["-loại:bản_đồ"]),
        ("cát vàng", "khong-co", {}, "not_standing", []),
        ("cát vàng", "rut", {}, "withdrawn", []),
    ],
)
def test_why_a_record_is_not_found(engine_name, stand, q, identifier, params, state, reasons):
    from archive.models import Tombstone

    stand(*COLLECTION)
    Tombstone.objects.create(subject="record:999999", identifier="rut", number=1)
    sought = explain(q, identifier, **params).sought
    assert (sought["state"], sought["reasons"]) == (state, reasons)
    assert labels.verdict(sought)


def test_a_record_that_the_index_has_not_read_yet(engine_name, stand, reviewer):
    stand(*COLLECTION)
    publish(edition("moi", "Cát Vàng mới"), reviewer)
    assert explain("cát vàng", "moi").sought["state"] == "behind"


def test_a_draft_is_as_unknown_as_nothing(engine_name, stand):
    stand(*COLLECTION)
    Record.objects.create(identifier="nhap", kind="map", title_vi="Cát Vàng", title_en="Draft")
    assert explain("cát vàng", "nhap").sought["state"] == "not_standing"


def test_every_tier_has_a_label():
    other = (Expansion(0, 0, (("pracel",),), ("Pracel",)),)
    for q in ("bãi cát vàng", "143/NV", "cat", "hoàng sa 黃沙"):
        for params in ({}, {"literal": "1"}, {"bbox": "1,1,2,2"}):
            for text in (q, ""):
                query = understand({"q": text, **params}, "vi")
                for tier in plan(query, second=query, spelled=True, second_names=other).tiers:
                    label = labels.tier(tier.name)
                    assert label and ("lần" not in label or any(map(str.isdigit, tier.name))), tier.name


# --- pages ---------------------------------------------------------------------------------------------------


def test_the_page(client, cataloguer, stand):
    stand(*COLLECTION)
    client.force_login(cataloguer)
    address = reverse("search_admin:explain")
    assert client.get(address).status_code == 200
    page = client.get(address, {"q": "Cats Vafng", "id": "khac"}).content.decode()
    assert "Cát Vàng" in page and "đọc như phím Telex hoặc VNI" in page and "không có chữ:" in page
    assert "không phải là một năm" in client.get(address, {"q": "x", "from": "y"}).content.decode()


def test_the_page_is_for_those_who_may_see_records(client, hall_staff):
    client.force_login(hall_staff)
    assert client.get(reverse("search_admin:explain")).status_code in (302, 403)


def test_synonyms_are_edited_by_reviewers(client, reviewer, cataloguer, stand):
    stand(*COLLECTION)
    client.force_login(reviewer)
    address = reverse("wagtailsnippets_search_synonymgroup:add")
    client.post(address, {"words": "cồn\r\nbãi\r\n", "active": "on", "note": "thử"})
    group = SynonymGroup.objects.get(words="cồn\nbãi")
    assert group.changed_by == reviewer
    assert [item["identifier"] for item in results.find({"q": "cồn cát"}, "vi").items] == [
        "nhan-de",
        "mo-ta",
        "ten-goi",
    ]
    answer = client.post(address, {"words": "một", "active": "on"})
    assert "Cần từ 2 đến 20 dòng." in answer.content.decode()
    assert "cồn = bãi" in client.get(reverse("wagtailsnippets_search_synonymgroup:list")).content.decode()
    client.force_login(cataloguer)
    assert client.post(address, {"words": "a\nb"}).status_code in (302, 403)
    assert SynonymGroup.objects.filter(words="a\nb").count() == 0


# --- the warning -------------------------------------------------------------------------------------------------


def told(client) -> str:
    cache.clear()
    return client.get(reverse("search_admin:state")).json()["warning"]


def test_the_warning_says_what_visitors_notice(client, cataloguer, stand, settings, django_assert_max_num_queries):
    client.force_login(cataloguer)
    assert "chỉ mục chưa được dựng" in told(client) and "hãy báo người quản trị" in told(client)
    stand(*COLLECTION)
    assert told(client) == ""
    settings.ELASTICSEARCH_URL, settings.SEARCH_ENGINE = "http://127.0.0.1:9", "elasticsearch"
    assert "Máy dự phòng đang trả lời thay" in told(client)
    settings.SEARCH_ENGINE = "embedded"
    assert "Khách vẫn tìm được bình thường" in told(client)
    with django_assert_max_num_queries(5):  # the session and the person alone
        client.get(reverse("search_admin:state"))


def test_a_withdrawn_record_makes_no_warning(client, cataloguer, stand):
    client.force_login(cataloguer)
    stand(*COLLECTION)
    withdraw("khac")
    assert told(client) == ""  # it is on its way


def test_pages_of_the_administration_ask(client, cataloguer):
    client.force_login(cataloguer)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert f'data-search-state="{reverse("search_admin:state")}"' in page
    assert Cursor.objects.count() == 0  # the page itself asks for nothing
