"""The ground that pages stand on: languages, a home page in each, the site's record. Safe to run again."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef
from wagtail.models import (
    Collection,
    GroupPagePermission,
    Locale,
    Page,
    PageLogEntry,
    Site,
    Task,
    TaskState,
    Workflow,
    WorkflowState,
)

from .models import HomePage

LANGUAGES = ("vi", "en")
SITE_NAME = "Cát Vàng"
MODERATION = "Moderators approval"  # what Wagtail's migrations call the workflow and the task they make
HOMES = {
    "vi": {"title": "Hoàng Sa, Trường Sa của Việt Nam", "hero_title": "Hoàng Sa,\nTrường Sa\ncủa Việt Nam"},
    "en": {"title": "Hoàng Sa and Trường Sa of Việt Nam", "hero_title": "Hoàng Sa\nand Trường Sa\nof Việt Nam"},
}


@transaction.atomic
def ensure_site() -> dict[str, HomePage]:
    """Make what is missing and remove what Wagtail brings that doesn't belong here. Out: home pages by language.

    A new home page is a draft without a revision: visitors see it once people have written and cleared it.
    """
    locales = {lang: Locale.objects.get_or_create(language_code=lang)[0] for lang in LANGUAGES}
    root = Page.get_first_root_node()
    homes = {"vi": home_of(locales["vi"]) or add_home(root, locales["vi"])}
    homes["en"] = home_of(locales["en"]) or add_home(root, locales["en"], homes["vi"].translation_key)
    ensure_site_record(homes["vi"])
    remove_welcome_pages()
    remove_publishers()
    remove_moderation()
    name_roots()
    return homes


def home_of(locale) -> HomePage | None:
    return HomePage.objects.filter(locale=locale).order_by("path").first()


def add_home(root, locale, translation_key=None) -> HomePage:
    lang = locale.language_code
    home = HomePage(slug=lang, locale=locale, **HOMES[lang])
    if translation_key:
        home.translation_key = translation_key
    return Page.objects.get(pk=root.pk).add_child(instance=home)


def ensure_site_record(home) -> None:
    """The one site record: host and port of PUBLIC_BASE_URL. Addresses never come from a request's host."""
    address = urlsplit(settings.PUBLIC_BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    host = address.hostname or "localhost"
    values = {"hostname": host, "port": port, "root_page_id": home.pk, "site_name": SITE_NAME}
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if any(getattr(site, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(site, name, value)
        site.save()


def remove_welcome_pages() -> None:
    """Delete the plain page that Wagtail's first migration lays."""
    plain = ContentType.objects.get_for_model(Page)
    for page in Page.objects.filter(depth=2, content_type=plain):
        pk = page.pk
        page.delete()
        PageLogEntry.objects.filter(page_id=pk).delete()  # the report of all changes begins with people's own


def remove_moderation() -> None:
    """Delete Wagtail's own workflow and its task, unless something ever went through them."""
    used = WorkflowState.objects.filter(workflow=OuterRef("pk"))
    Workflow.objects.filter(~Exists(used), name=MODERATION).delete()
    steps = TaskState.objects.filter(task=OuterRef("pk"))
    idle = Task.objects.filter(~Exists(steps), name=MODERATION, workflow_tasks=None)
    for task in list(idle):
        task.delete()


def name_roots() -> None:
    """Wagtail calls the root of pages, and of collections, "Root"; here they bear the site's name."""
    Page.objects.filter(depth=1, title="Root").update(title=SITE_NAME, draft_title=SITE_NAME)
    Collection.objects.filter(depth=1, name="Root").update(name=SITE_NAME)


def remove_publishers() -> None:
    """Nobody publishes but through archive.clearance: no group holds that right."""
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
    publish = Permission.objects.filter(codename__startswith="publish_")
    GroupPagePermission.objects.filter(permission__in=publish).delete()
    for group in Group.objects.filter(permissions__in=publish).distinct():
        group.permissions.remove(*publish)
