"""The frame of every public page: menu, language switch, addresses."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from exhibits.models import ArticlePage, ExhibitionPage
from search.page import with_values, without
from tests.exhibits.conftest import add, clear_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(homes, cataloguer, reviewer):
    """Home pages in both languages, with Triển lãm in both and Giới thiệu, draft and hidden pages in Vietnamese."""

    def page(model, lang, title, slug, public=True, **fields):
        made = add(model, homes[lang], cataloguer, title=title, slug=slug, intro="Lời.", **fields)
        return clear_page(made, cataloguer, reviewer) if public else made

    show = page(ExhibitionPage, "vi", "Triển lãm", "trien-lam", show_in_menus=True)
    twin = {"translation_key": show.translation_key, "show_in_menus": True}
    page(ExhibitionPage, "en", "Exhibition", "exhibition", **twin)
    about = page(ArticlePage, "vi", "Giới thiệu", "gioi-thieu", show_in_menus=True)
    page(ArticlePage, "vi", "Nháp", "nhap", public=False, show_in_menus=True)
    page(ArticlePage, "vi", "Ẩn", "an")
    return {"show": show, "about": about, "home": homes["vi"]}


def render(source: str, path: str, lang: str, **context) -> str:
    request = RequestFactory().get(path)
    with translation.override(lang):
        return Template("{% load catvang %}" + source).render(Context({"request": request, **context}))


MENU = "{% main_menu as menu %}{% for e in menu %}[{{ e.title }} {{ e.url }} {{ e.current }}]{% endfor %}"


def test_the_menu_lists_what_is_live_and_in_menu(pages):
    text = render(MENU, "/vi/trien-lam/i/", "vi")
    assert "[Triển lãm /vi/trien-lam/ True]" in text
    assert text.index("Triển lãm") < text.index("Giới thiệu")
    assert "Nháp" not in text and "Ẩn" not in text and "Exhibition" not in text


def test_the_menu_of_the_other_language(pages):
    text = render(MENU, "/en/", "en")
    assert "[Exhibition /en/exhibition/ False]" in text and "Triển lãm" not in text


def test_the_menu_takes_one_query_once_the_site_is_known(pages, django_assert_max_num_queries):
    render(MENU, "/vi/", "vi")
    with django_assert_max_num_queries(2):
        render(MENU, "/vi/", "vi")


@pytest.mark.parametrize(
    ("path", "lang", "wanted"),
    [
        ("/vi/items/x/", "vi", "/en/items/x/"),
        ("/en/search/?q=hoang+sa&kind=map", "en", "/vi/search/?q=hoang+sa&amp;kind=map"),
        ("/admin/records/1/", "vi", "/en/"),
    ],
)
def test_the_switch_leads_to_the_same_page(pages, path, lang, wanted):
    assert f'href="{wanted}"' in render("{% language_switch %}", path, lang)


def test_the_switch_of_a_page_leads_to_its_translation_or_home(pages):
    assert 'href="/en/exhibition/"' in render("{% language_switch %}", "/vi/trien-lam/", "vi", page=pages["show"])
    assert 'href="/en/"' in render("{% language_switch %}", "/vi/gioi-thieu/", "vi", page=pages["about"])


def test_an_error_page_has_no_translation(pages):
    text = render("{% language_switch %}{% page_addresses %}", "/vi/khong-co/", "vi", request_path="/vi/khong-co/")
    assert 'href="/en/"' in text and "canonical" not in text


def test_addresses_come_from_the_public_base_alone(pages, settings):
    settings.PUBLIC_BASE_URL = "https://hoangsa.example"
    text = render("{% page_addresses %}", "/vi/places/?x=1", "vi")
    assert '<link rel="canonical" href="https://hoangsa.example/vi/places/">' in text
    assert 'hreflang="en" href="https://hoangsa.example/en/places/"' in text
    assert "testserver" not in text


def test_one_filter_is_taken_away_and_the_rest_stays():
    params = RequestFactory().get("/?q=a&kind=map&kind=book&page=3&x=1").GET
    assert without(params, "kind", "map") == "?q=a&kind=book&x=1"
    assert with_values(params, view="grid") == "?q=a&kind=map&kind=book&x=1&view=grid"


@pytest.mark.parametrize(
    ("number", "pages_", "window"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 12, [1, None, 4, 5, 6, None, 12]),
        (12, 12, [1, None, 11, 12]),
    ],
)
def test_page_numbers(number, pages_, window):
    from search.page import window as offered

    assert offered(number, pages_) == window
