"""Fixtures of every test. Rooms add their own in tests/<room>/conftest.py."""

import os
import shutil
import tempfile
from importlib import import_module
from pathlib import Path

import pytest

from tests.node.fixtures import elasticsearch_url  # noqa: F401 - the run's node, else one started here

# Playwright's event loop stands in the thread of the tests, which use the ORM in that thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
UNDER_CI = os.environ.get("CI") == "true"


def pytest_configure(config):
    from tests.support import database

    database.install()
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # whitenoise warns of its absence
    # As a server does, in Vietnamese: some labels of Wagtail speak for ever what they were imported in, and the
    # migrations of the test database import everything while no language is active.
    import_module(settings.ROOT_URLCONF)


def pytest_collection_modifyitems(config, items):
    """On the second database: what may hang on it. Tests that reach none, and those marked `browser` or `once`, ran on
    the first."""
    if not os.environ.get("TESTS_SECOND_DATABASE"):
        return
    again = [item for item in items if _hangs_on_the_database(item)]
    kept = set(again)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = again


def _hangs_on_the_database(item) -> bool:
    if item.get_closest_marker("browser") or item.get_closest_marker("once"):
        return False
    fixtures = {"db", "transactional_db", "live_server", "postgres"}
    return bool(item.get_closest_marker("django_db")) or bool(fixtures & set(item.fixturenames))


def pytest_unconfigure(config):
    """Remove the run's data folder, which config.settings.test made."""
    from django.conf import settings

    folder = Path(settings.STATIC_ROOT).parent
    if folder.name.startswith("catvang-test-") and folder.parent == Path(tempfile.gettempdir()):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_sessionfinish(session, exitstatus):
    """Under CI a skipped test is a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if UNDER_CI and reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        reporter.write_line(f"CI=true: {len(reporter.stats['skipped'])} skipped, none may be", red=True)
        session.exitstatus = 1


def missing(what: str):
    """Skip loudly; under CI, where nothing may be skipped, fail."""
    if UNDER_CI:
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from archive.roles import ensure_roles
    from tests.support import database

    with django_db_blocker.unblock():
        ensure_roles()  # once, and remembered: every test has the four roles and the workflow
        database.remember("default")


@pytest.fixture(autouse=True)
def vietnamese():
    """Each test begins in Vietnamese: a request to an English page leaves the thread speaking English."""
    from django.utils import translation

    translation.activate("vi")


# --- files: each test has its own, and never sees another's ------------------------------------


@pytest.fixture(autouse=True)
def var_dir(tmp_path, settings):
    """A fresh VAR_DIR with masters, private, public and index below it; made when first written."""
    from django.core.cache import cache

    from archive import kept

    var = tmp_path / "var"
    for name in ("masters", "private", "public", "index", "wagtail"):
        (var / name).mkdir(parents=True)
    settings.VAR_DIR = var
    settings.MASTERS_DIR = var / "masters"
    settings.PRIVATE_DIR = var / "private"
    settings.PUBLIC_DIR = var / "public"
    settings.SEARCH_INDEX_DIR = var / "index"
    settings.MEDIA_ROOT = str(var / "wagtail")
    # The run's node is for the tests that ask for it (elasticsearch_url): no other feeds it.
    settings.ELASTICSEARCH_URL = ""
    cache.clear()
    kept.forget()
    return var


@pytest.fixture
def process_env(var_dir, transactional_db, settings):
    """Environment of a `manage.py` child process that sees this test's database and files."""
    from django.db import connection

    values = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{values['NAME']}"
    else:
        url = f"postgres://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"
    inherited = {key: value for key, value in os.environ.items() if key not in {"ELASTICSEARCH_URL", "SEARCH_ENGINE"}}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "CATVANG_VAR": str(var_dir),
        "DATABASE_URL": url,
        "PYTHONDONTWRITEBYTECODE": "1",
    }


# --- people ---------------------------------------------------------------------------------------

PASSWORD = "Mat-khau-thu-nghiem-1974"


def _person(django_user_model, name: str, role: str):
    from django.contrib.auth.models import Group

    from archive.roles import NAMES

    user = django_user_model.objects.create_user(name, f"{name}@example.org", PASSWORD)
    user.groups.add(Group.objects.get(name=NAMES[role]))
    return user


@pytest.fixture
def cataloguer(db, django_user_model):
    return _person(django_user_model, "cataloguer", "cataloguer")


@pytest.fixture
def reviewer(db, django_user_model):
    return _person(django_user_model, "reviewer", "reviewer")


@pytest.fixture
def administrator(db, django_user_model):
    return _person(django_user_model, "administrator", "administrator")


@pytest.fixture
def hall_staff(db, django_user_model):
    return _person(django_user_model, "hall_staff", "hall_staff")


@pytest.fixture
def password() -> str:
    """The password of the people above."""
    return PASSWORD


@pytest.fixture
def homes(db):
    """The home page of each language, still a draft, with roles and workflow: what `setup_site` makes."""
    from archive.roles import ensure_roles
    from exhibits.site_setup import ensure_site

    ensure_roles()
    homes = ensure_site()
    ensure_roles()
    return homes


# --- services --------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres():
    """URL of a real PostgreSQL: the run's own (POSTGRES_URL), else one started here."""
    from tests.support.postgres import Missing, Postgres

    given = os.environ.get("POSTGRES_URL")
    if given:
        yield given
        return
    server = Postgres()
    try:
        url = server.start()
    except Missing:
        missing("PostgreSQL")
    yield url
    server.stop()


# --- browser ---------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser():
    """Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    from tests.support.browser import ARGUMENTS, executable

    path = executable()
    if path is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def request_log():
    """Every address that `browser_page` asked for; the test fails when one is on another host."""
    from tests.support.browser import RequestLog

    return RequestLog()


@pytest.fixture
def browser_page(browser, live_server, request_log, settings):
    """A page of a fresh browser session; relative addresses go to `live_server`.

    Its locale is Vietnamese, its window 1440 × 900. `page.context.browser.new_context()` gives a second person.
    """
    settings.PUBLIC_BASE_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    context = browser.new_context(
        base_url=live_server.url,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": 1440, "height": 900},
    )
    context.on("request", lambda request: request_log.append(request.url))
    context.set_default_timeout(15_000)
    page = context.new_page()
    yield page
    context.close()
    left = request_log.foreign_to(live_server.url)
    assert not left, f"asked another host: {left}"
