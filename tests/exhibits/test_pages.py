"""What pages show: standing editions alone, in one query, in each language."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from archive import clearance, subjects
from archive.models import Record
from exhibits import contributors, panels
from exhibits.blocks import BodyBlock, cut_of, region_of_focus_is_inside
from exhibits.models import ExhibitionPage, HomePage, SectionPage
from exhibits.record_key import RecordKeyBlock
from exhibits.roman import roman
from exhibits.subjects import PageSubject
from tests import factories
from tests.archive.samples import document

from .conftest import add, body, clear, fresh, paragraph, record_block

pytestmark = pytest.mark.django_db


def text(client, page):
    response = client.get(page.url_path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_block_shows_nothing_until_an_edition_stands(client, public_section, cataloguer, reviewer):
    before = text(client, public_section)
    assert "Bãi Cát Vàng" in before and "Tờ bản đồ" not in before and "vn-map-1838" not in before
    record = factories.make_record(cataloguer)
    assert text(client, public_section) == before, "a draft shows nowhere"
    factories.clear(record, cataloguer, reviewer)
    shown = text(client, public_section)
    assert "An Nam đại quốc họa đồ" in shown and "Tờ bản đồ" in shown and "/vi/items/vn-map-1838/" in shown
    clearance.withdraw(subjects.of(Record.objects.get(pk=record.pk)), reviewer, "nhầm")
    assert text(client, public_section) == before


ALL_BLOCKS = [
    {"type": "heading", "value": "Đề mục"},
    paragraph('Lời <b>đậm</b> <embed embedtype="media" url="https://example.org/v"/>'),
    {"type": "claim", "value": {"text": "Một lời.", "source": "Theo triển lãm", "record": "map-1"}},
    record_block("map-1", "Chú thích riêng"),
    {"type": "records", "value": {"title": "Một dãy", "records": ["map-2", "map-1", "map-9"]}},
    {"type": "timeline", "value": {"title": "Dòng năm", "records": ["map-2", "map-1"]}},
    {
        "type": "strip",
        "value": {"title": "Cùng một nơi", "intro": "", "entries": [{"record": "map-2", "name": "黃沙", "focus": ""}]},
    },
]


@pytest.fixture
def full_section(exhibition, cataloguer, reviewer):
    for number, year in ((1, "1838"), (2, "1571")):
        fields = {"identifier": f"map-{number}", "title_vi": f"Bản đồ {number}", "date_text": year}
        factories.make_edition(cataloguer, reviewer, **fields)
    clear(exhibition, cataloguer, reviewer)
    section = add(
        SectionPage, exhibition, cataloguer, title="Đủ", slug="du", number=4, intro="Đủ khối.", body=body(*ALL_BLOCKS)
    )
    clear(section, cataloguer, reviewer)
    return fresh(section)


def test_every_block(client, full_section):
    html = text(client, full_section)
    for words in (
        "Đề mục",
        "Lời <b>đậm</b>",
        "Một lời.",
        "Theo triển lãm",
        "Chú thích riêng",
        "Dòng năm",
        "Cùng một nơi",
    ):
        assert words in html
    assert '<span class="no">IV</span>' in html
    assert "map-9" not in html and "example.org" not in html
    timeline = html[html.index("Dòng năm") : html.index("Cùng một nơi")]
    assert timeline.index("Bản đồ 2") < timeline.index("Bản đồ 1"), "by date, not by choice"
    row = html[html.index("Một dãy") : html.index("Dòng năm")]
    assert row.index("Bản đồ 2") < row.index("Bản đồ 1"), "by choice"
    assert "style=" not in html.split("<main", 1)[1].split("</main>")[0]


def test_all_editions_of_a_page_come_in_one_query(client, full_section):
    client.get(full_section.url_path)
    with CaptureQueriesContext(connection) as asked:
        client.get(full_section.url_path)
    editions = [query["sql"] for query in asked.captured_queries if 'FROM "archive_edition"' in query["sql"]]
    assert len(editions) == 1, editions


def test_queries_do_not_grow_with_sections_or_records(
    client, exhibition, cataloguer, reviewer, django_assert_num_queries
):
    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(exhibition.url_path).status_code == 200
        return len(asked)

    def add_section(number):
        section = add(
            SectionPage, exhibition, cataloguer, title=f"P{number}", slug=f"p{number}", number=number, intro="x"
        )
        clear(section, cataloguer, reviewer)

    clear(exhibition, cataloguer, reviewer)
    add_section(1)
    count()
    one = count()
    for number in range(2, 6):
        add_section(number)
    count()  # the menu is read anew
    with django_assert_num_queries(one):
        client.get(exhibition.url_path)
    assert one <= 16


def test_the_home_page(client, public_home, edition):
    html = text(client, public_home)
    assert "Hoàng Sa,<br>Trường Sa<br>của Việt Nam" in html
    assert "Paracel seu Cát Vàng" in html and "Ghi chép" in html
    assert client.get("/en/").status_code == 404, "the English home page isn't cleared"


def test_sections_stand_in_the_order_of_their_numbers(client, exhibition, cataloguer, reviewer):
    clear(exhibition, cataloguer, reviewer)
    for number, title in ((2, "Sau"), (1, "Trước")):
        section = add(SectionPage, exhibition, cataloguer, title=title, slug=f"s{number}", number=number, intro="x")
        clear(section, cataloguer, reviewer)
    html = text(client, exhibition)
    assert html.index("Trước") < html.index("Sau")
    assert 'rel="next"' in text(client, SectionPage.objects.get(slug="s1"))


def test_a_page_and_its_translation(client, public_section, homes, cataloguer, reviewer):
    english = add(
        ExhibitionPage,
        homes["en"],
        cataloguer,
        title="Evidence",
        slug="exhibition",
        intro="Four sections.",
        translation_key=public_section.exhibition.translation_key,
    )
    html = text(client, public_section.exhibition)
    assert "/en/exhibition/" not in html
    clear(english, cataloguer, reviewer)
    assert "/en/exhibition/" in text(client, public_section.exhibition)
    assert "Four sections." in text(client, english)


def test_the_panel_on_an_items_page(client, public_section, edition, section, reviewer):
    html = client.get("/vi/items/vn-map-1838/").content.decode()
    assert "Được dẫn trong triển lãm" in html and public_section.url_path in html
    assert "Được dẫn" not in client.get("/en/items/vn-map-1838/").content.decode()
    clearance.withdraw(PageSubject(public_section), reviewer, "nhầm")
    assert "Được dẫn trong triển lãm" not in client.get("/vi/items/vn-map-1838/").content.decode()


def test_the_panel_reads_only_public_pages(section, edition):
    request = RequestFactory().get("/")
    assert panels.shown_in(request, {"identifier": "vn-map-1838"}) is None


def test_what_the_index_is_told(section, exhibition, cataloguer, reviewer):
    assert contributors.exhibitions(["vn-map-1838"]) == {}
    clear(section, cataloguer, reviewer)
    assert contributors.exhibitions(["vn-map-1838"]) == {}, "its exhibition isn't cleared"
    clear(exhibition, cataloguer, reviewer)
    found = contributors.exhibitions(["vn-map-1838", "khac"])
    assert list(found) == ["vn-map-1838"]
    assert [(each["value"], set(each["label"])) for each in found["vn-map-1838"]["exhibit"]] == [("trien-lam", {"vi"})]
    clearance.withdraw(PageSubject(fresh(exhibition)), reviewer, "nhầm")
    assert contributors.exhibitions(["vn-map-1838"]) == {}


def test_asking_for_many_records_costs_the_same(public_section, django_assert_num_queries):
    with django_assert_num_queries(2):
        contributors.exhibitions([f"id-{n}" for n in range(500)] + ["vn-map-1838"])


def test_the_sitemap_names_public_pages_alone(public_section, article):
    assert public_section.get_sitemap_urls()
    assert article.get_sitemap_urls() == []


def test_rich_text_takes_no_embed(admin_client, exhibition):
    features = BodyBlock().child_blocks["paragraph"].features
    assert not {"embed", "image", "document-link"} & set(features)


def test_the_chooser_finds_by_folded_words(client, cataloguer, reviewer):
    factories.make_edition(cataloguer, reviewer)
    held = factories.make_record(cataloguer, identifier="giu-lai", title_vi="An Nam tạm giữ")
    clearance.hold(subjects.of(held), reviewer, "xem lại")
    client.force_login(cataloguer)
    found = client.get("/admin/record_chooser/results/?q=hoa+do+an+nam").content.decode()
    assert "vn-map-1838" in found and "giu-lai" not in found
    assert "vn-map-1838" not in client.get("/admin/record_chooser/results/?q=khong+co").content.decode()
    record = Record.objects.get(identifier="vn-map-1838")
    assert client.get(f"/admin/record_chooser/chosen/{record.pk}/").json()["result"]["id"] == "vn-map-1838"
    assert client.get(f"/admin/record_chooser/chosen/{held.pk}/").status_code == 404


def test_the_editor_names_the_record_that_a_block_holds(edition):
    block = RecordKeyBlock()
    assert block.get_form_state("vn-map-1838")["title"].startswith("vn-map-1838 – An Nam")
    assert block.get_form_state("vn-map-1838")["id"] == "vn-map-1838"
    assert block.get_form_state("da-mat") == {"id": "da-mat", "edit_url": None, "title": "da-mat"}
    assert not block.get_form_state("")
    with pytest.raises(ValidationError):
        block.clean("Không phải số hiệu")


@pytest.mark.parametrize(
    "value, good", [("", True), ("40,20,25,25", True), ("80,0,30,10", False), ("a", False), ("0,0,0,5", False)]
)
def test_the_part_of_an_image(value, good):
    assert region_of_focus_is_inside(value) is good


def test_a_cut_is_never_larger_than_its_pixels():
    sheet = document()
    assert cut_of(sheet, "") == {"region": "square", "width": 640}
    sheet["scans"][0] |= {"width": 1000, "height": 800, "max_width": 500}
    assert cut_of(sheet, "0,0,20,20") == {"region": "pct:0,0,20,20", "width": 100}
    assert cut_of(sheet, "") == {"region": "square", "width": 400}
    assert cut_of(sheet | {"scans": []}, "")["region"] == ""


@pytest.mark.parametrize("number, text_", [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (99, "XCIX"), (0, "0")])
def test_roman(number, text_):
    assert roman(number) == text_


def test_no_page_is_asked_of_the_welcome_page(homes):
    assert set(Page.objects.filter(depth=2).values_list("slug", flat=True)) == {"vi", "en"}
    assert HomePage.objects.count() == 2


def test_a_superuser_opens_the_list_of_pages(client, homes, superuser):
    """Wagtail links the site's first page to the list of sites, for whoever may change those."""
    client.force_login(superuser)
    response = client.get("/admin/pages/")
    assert response.status_code == 200
    assert reverse("wagtailsites:index") in response.content.decode()
