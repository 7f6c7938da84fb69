"""robots.txt and sitemaps: every public address, in both languages, absolute by PUBLIC_BASE_URL."""

import pytest
from lxml import etree
from wagtail.models import Locale, Page, Site

from archive.models import EditionPlace

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
def pages():
    root = Page.objects.get(depth=1)
    vi = Locale.objects.get(language_code="vi")
    en, _ = Locale.objects.get_or_create(language_code="en")
    home = root.add_child(instance=Page(title="Trang chủ", slug="trang-chu", locale=vi))
    home_en = root.add_child(
        instance=Page(title="Home", slug="home-en", locale=en, translation_key=home.translation_key)
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="elsewhere.example", root_page=home, is_default_site=True)
    home.add_child(instance=Page(title="Nháp", slug="nhap", live=False, locale=vi))
    return home, home_en


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
