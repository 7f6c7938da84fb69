"""A small exhibition: home pages, one exhibition with two sections, in both languages, still drafts."""

import json

import pytest
from wagtail.models import Page

from exhibits.models import ArticlePage, ExhibitionPage, HomePage, SectionPage
from tests import factories


def body(*blocks) -> str:
    return json.dumps(list(blocks))


def paragraph(text: str) -> dict:
    return {"type": "paragraph", "value": f"<p>{text}</p>"}


def record_block(identifier: str, caption: str = "") -> dict:
    return {"type": "record", "value": {"record": identifier, "caption": caption}}


def add(model, parent, user, **fields):
    page = model(locale_id=parent.locale_id, owner=user, **fields)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision(user=user)
    return page


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def clear(page, author, reviewer):
    return factories.clear(fresh(page), author, reviewer)


def clear_page(page, author, reviewer):
    """Clear a page. Out: the page as it stands then."""
    clear(page, author, reviewer)
    return fresh(page)


@pytest.fixture
def exhibition(homes, cataloguer):
    return add(
        ExhibitionPage,
        homes["vi"],
        cataloguer,
        title="Những bằng chứng",
        slug="trien-lam",
        intro="Bốn phần.",
        show_in_menus=True,
    )


@pytest.fixture
def section(exhibition, cataloguer):
    blocks = body(paragraph("Lời chú về Bãi Cát Vàng."), record_block("vn-map-1838", "Tờ bản đồ"))
    return add(
        SectionPage,
        exhibition,
        cataloguer,
        title="Ghi chép",
        slug="ghi-chep",
        number=1,
        intro="Phần mở đầu.",
        body=blocks,
    )


@pytest.fixture
def article(homes, cataloguer):
    return add(
        ArticlePage, homes["vi"], cataloguer, title="Giới thiệu", slug="gioi-thieu", body=body(paragraph("Lời."))
    )


@pytest.fixture
def public_section(exhibition, section, cataloguer, reviewer):
    """The exhibition and its section, cleared."""
    clear(exhibition, cataloguer, reviewer)
    clear(section, cataloguer, reviewer)
    return fresh(section)


@pytest.fixture
def edition(cataloguer, reviewer):
    return factories.make_edition(cataloguer, reviewer)


@pytest.fixture
def superuser(django_user_model):
    return django_user_model.objects.create_superuser("root", "root@example.org", "x" * 12)


@pytest.fixture
def public_home(homes, public_section, cataloguer, reviewer):
    """The Vietnamese home page with the exhibition and a strip of one map, cleared."""
    home = HomePage.objects.get(pk=homes["vi"].pk)
    entries = [{"record": "vn-map-1838", "name": "Paracel seu Cát Vàng", "focus": "40,20,25,25"}]
    strip = {"type": "strip", "value": {"title": "Cùng một nơi", "intro": "Theo năm.", "entries": entries}}
    home.intro, home.body, home.featured = "Lời dẫn.", body(strip), public_section.exhibition
    home.save_revision(user=cataloguer)
    clear(home, cataloguer, reviewer)
    return fresh(home)
