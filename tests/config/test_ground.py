"""The ground the tests stand on holds: files, database between tests, browser log."""

import pytest
from django.conf import settings as django_settings
from django.utils import translation
from wagtail.models import Locale, Page

from tests.support.browser import foreign


def test_each_test_has_its_own_files(var_dir):
    assert var_dir in django_settings.PUBLIC_DIR.parents
    assert list(django_settings.PUBLIC_DIR.iterdir()) == []


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_begins_in_vietnamese(turn):
    assert translation.get_language() == "vi"
    translation.activate("en")


@pytest.mark.parametrize("turn", [1, 2])
def test_transactional_tests_find_what_the_migrations_left(transactional_db, turn):
    assert Page.objects.filter(depth=1).exists()
    assert Locale.objects.count() == 1
    Locale.objects.create(language_code="en")
    # A key handed out now collides with no row that was put back.
    Page.objects.get(depth=1).add_child(instance=Page(title="x", slug=f"x{turn}"))


@pytest.mark.parametrize(
    ("url", "leaves"),
    [
        ("http://localhost:1/a", False),
        ("data:image/png;base64,AA", False),
        ("blob:http://localhost:1/x", False),
        ("http://localhost:2/a", True),
        ("https://fonts.example.org/a.woff2", True),
        ("//localhost:1/a", False),
    ],
)
def test_a_request_to_another_host_is_seen(url, leaves):
    assert bool(foreign([url], "http://localhost:1")) is leaves


@pytest.mark.browser
def test_the_browser_reaches_the_live_server_and_logs(browser_page, live_server, request_log):
    browser_page.goto("/admin/login/")
    assert request_log[0] == f"{live_server.url}/admin/login/"
    assert any("/static/" in url for url in request_log)


@pytest.mark.browser
def test_a_planted_foreign_request_is_logged(browser, live_server, request_log):
    page = browser.new_page()
    page.on("request", lambda request: request_log.append(request.url))
    page.goto(live_server.url + "/admin/login/")
    page.evaluate("fetch('http://127.0.0.1:9/planted').catch(() => 0)")
    page.close()
    assert request_log.foreign_to(live_server.url) == ["http://127.0.0.1:9/planted"]
