"""The ground and the demonstration: made once, never undone by a second run."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Locale, Page, Site

from exhibits import demo
from exhibits.models import ClearedPage, ExhibitionPage, HomePage, Kiosk, SectionPage
from exhibits.site_setup import ensure_site

from .conftest import fresh

pytestmark = pytest.mark.django_db


def everything():
    return (
        list(Page.objects.order_by("path").values_list("pk", "path", "url_path", "locale__language_code")),
        list(Site.objects.values_list("hostname", "port", "root_page", "site_name")),
        list(Locale.objects.values_list("language_code", flat=True)),
    )


def test_ensure_site(settings):
    settings.PUBLIC_BASE_URL = "https://trienlam.example:8443"
    group, _ = Group.objects.get_or_create(name="Người duyệt")
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=publish)
    homes = ensure_site()
    before = everything()
    assert ensure_site() == homes and everything() == before
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_page_id) == ("trienlam.example", 8443, homes["vi"].pk)
    assert homes["vi"].get_translations().get().pk == homes["en"].pk
    assert [page.url_path for page in Page.objects.filter(depth=2).order_by("path")] == ["/vi/", "/en/"]
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()
    assert not HomePage.objects.filter(live=True).exists()
    assert not Page.find_problems()[0]


@pytest.fixture
def loaded(homes, cataloguer, reviewer):
    demo.load(cataloguer, reviewer)


def test_the_demonstration_is_public_in_both_languages(client, loaded):
    assert not ClearedPage.objects.exclude(pk__in=ClearedPage.objects.public().values("pk")).exists()
    for lang in ("vi", "en"):
        exhibition = ExhibitionPage.objects.get(locale__language_code=lang)
        assert len(exhibition.public_sections()) >= 4
        for page in ClearedPage.objects.filter(locale__language_code=lang):
            response = client.get(page.url_path)
            assert response.status_code == 200, page.url_path
    assert [section.number for section in SectionPage.objects.filter(locale__language_code="vi")] == [1, 2, 3, 4]
    assert Kiosk.objects.get().slug == "sanh-chinh"


def test_both_languages_have_the_same_blocks(loaded):
    for page in SectionPage.objects.filter(locale__language_code="vi"):
        twin = page.get_translations().get()
        assert [block.block_type for block in page.body] == [block.block_type for block in twin.specific.body]


def test_two_persons_cleared_it(loaded, cataloguer, reviewer):
    from archive.models import ClearanceAuthor, Decision

    cleared = Decision.objects.filter(subject__startswith="page:", action="cleared")
    assert {decision.user for decision in cleared} == {reviewer}
    assert set(ClearanceAuthor.objects.values_list("user", flat=True)) == {cataloguer.pk}


def test_a_second_run_keeps_what_people_did(loaded, cataloguer, reviewer):
    edited = SectionPage.objects.filter(locale__language_code="vi").first()
    edited.title = "Do người sửa"
    edited.save_revision(user=cataloguer)
    kiosk = Kiosk.objects.get()
    kiosk.idle_seconds = 33
    kiosk.save()
    pages = ClearedPage.objects.count()
    revisions = sum(page.revisions.count() for page in ClearedPage.objects.all())
    demo.load(cataloguer, reviewer)
    assert fresh(edited).get_latest_revision().content["title"] == "Do người sửa"
    assert fresh(edited).has_unpublished_changes
    assert Kiosk.objects.get().idle_seconds == 33
    assert ClearedPage.objects.count() == pages
    assert sum(page.revisions.count() for page in ClearedPage.objects.all()) == revisions


def test_its_words_name_no_machine_and_stand_in_both_languages():
    def walk(value, path=""):
        if isinstance(value, dict):
            if "vi" in value or "en" in value:
                assert set(value) == {"vi", "en"}, path
                assert bool(value["vi"]) == bool(value["en"]), path
            for key, item in value.items():
                walk(item, f"{path}.{key}")
        elif isinstance(value, list):
            for item in value:
                walk(item, path)

    for name in ("home", "exhibition", "sections", "about", "kiosk"):
        walk(demo.read(name), name)
