"""robots.txt and sitemaps: every public address, in both languages, absolute by PUBLIC_BASE_URL."""

import pytest
from lxml import etree

from archive.models import EditionPlace
from exhibits.models import ArticlePage, HomePage
from tests.exhibits.conftest import add, clear_page

pytestmark = pytest.mark.django_db
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def address(settings):
    settings.PUBLIC_BASE_URL = "https://hoangsa.example.vn"


def locations(response) -> list[str]:
    assert response.status_code == 200
    return etree.fromstring(response.content).xpath("//s:loc/text()", namespaces=NS)


def test_robots_keeps_crawlers_from_the_admin(client):
    text = client.get("/robots.txt", HTTP_HOST="evil.example").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: https://hoangsa.example.vn/sitemap.xml" in text


@pytest.fixture
def pages(homes, cataloguer, reviewer):
    """Both home pages cleared, a draft below one."""
    for home in homes.values():
        page = HomePage.objects.get(pk=home.pk)
        page.intro = "Lời."
        page.save_revision(user=cataloguer)
        clear_page(page, cataloguer, reviewer)
    add(ArticlePage, homes["vi"], cataloguer, title="Nháp", slug="nhap")


def test_pages_stand_with_their_other_language_and_drafts_stay_out(client, pages):
    index = locations(client.get("/sitemap.xml", HTTP_HOST="evil.example"))
    assert index == ["https://hoangsa.example.vn/sitemap/pages-1.xml"]
    response = client.get("/sitemap/pages-1.xml")
    assert locations(response) == ["https://hoangsa.example.vn/vi/", "https://hoangsa.example.vn/en/"]
    links = etree.fromstring(response.content).xpath("//s:url[1]/x:link/@hreflang", namespaces=NS)
    assert links == ["vi", "en"]


@pytest.mark.parametrize("address", ["/sitemap/items-2.xml", "/sitemap/none-1.xml", "/sitemap/items-0.xml"])
def test_no_such_file(client, address):
    assert client.get(address).status_code == 404


def test_places_come_from_standing_editions(client):
    assert EditionPlace.objects.count() == 0
    assert locations(client.get("/sitemap/places-1.xml")) == []
