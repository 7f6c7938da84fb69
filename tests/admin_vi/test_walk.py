"""Every role walks the admin in Vietnamese and reads no English, whatever the page, dialog, error or letter."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import trans_real

from archive.roles import NAMES
from config.login import LoginForm

from .english import english
from .walk import Walk
from .world import PASSWORD, World

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.filterwarnings("ignore:`UserListingButton` is deprecated"),  # wagtail-2fa's own
]


@pytest.fixture(autouse=True)
def small(settings, monkeypatch):
    """Hosts without words of their own; no copies of every template's context, which nobody reads here."""
    settings.PUBLIC_BASE_URL = settings.WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)


def told(walks: dict[str, Walk]) -> list[str]:
    """What was read in English or broke, a line each."""
    lines = []
    for name, walk in walks.items():
        lines += [f"{name}: {text!r} has {words} ({where})" for text, (where, words) in walk.faults.items()]
        lines += [f"{name}: {where}" for where in walk.broken]
    return lines


def test_nobody_reads_english(mailoutbox):
    world, forms = World(), set()
    walks = {"khách": Walk(None, world, forms).go()}
    for name, person in world.people.items():
        walks[name] = Walk(person, world, forms).go()
    lines = told(walks)
    assert lines == [], "\n".join(lines)
    assert all(walk.visits > 150 for walk in walks.values()) and len(forms) > 20
    seen = {route for walk in walks.values() for route in walk.routes}
    assert {
        "archive_review:review",
        "wagtailadmin_pages:history",
        "scan_chooser:choose",
        "wagtail_2fa_device_new",
    } <= seen


def test_a_planted_sentence_is_found(monkeypatch):
    monkeypatch.setattr(LoginForm.base_fields["password"], "label", "Your password")
    walk = Walk(None, None, set())
    walk.visit("/admin/login/", most=1)
    assert [words for _where, words in walk.faults.values()] == [["Your", "password"]]


def test_a_missing_translation_is_found(monkeypatch):
    """Take one message out of the Vietnamese catalogue: its page is found out."""
    catalogue = trans_real.translation("vi")._catalog
    sources = [one for one in catalogue._catalogs if "Forgotten password?" in one]
    assert sources
    for one in sources:
        monkeypatch.delitem(one, "Forgotten password?")
    walk = Walk(None, None, set())
    walk.visit("/admin/login/", most=1)
    assert any("Forgotten" in words for _where, words in walk.faults.values())


# --- what a walk doesn't come across --------------------------------------------------------------------


def read(answers) -> list[str]:
    walk = Walk(None, None, set())
    for answer in answers:
        walk.read(answer, f"GET {answer.request['PATH_INFO']} {answer.status_code}")
    return told({"": walk})


def sign_in(client, word: str):
    return client.post(reverse("wagtailadmin_login"), {"username": "reviewer", "password": word})


def test_signing_in_and_being_locked_out(reviewer, settings):
    settings.AXES_FAILURE_LIMIT = 2
    client = Client(headers={"accept-language": "vi"})
    answers = [sign_in(client, "sai"), sign_in(client, "sai"), sign_in(client, "sai")]
    assert [answer.status_code for answer in answers] == [200, 429, 429]
    strict = Client(headers={"accept-language": "vi"}, enforce_csrf_checks=True)
    answers.append(sign_in(strict, "sai"))
    assert answers[-1].status_code == 403
    assert read(answers) == []


def test_a_forgotten_password(reviewer, mailoutbox):
    client = Client(headers={"accept-language": "vi"})
    answers = [client.post(reverse("wagtailadmin_password_reset"), {"email": reviewer.email}, follow=True)]
    [letter] = mailoutbox
    assert english(f"{letter.subject} {letter.body}".replace(reviewer.username, "")) == [], letter.body
    link = next(word for word in letter.body.split() if "/confirm/" in word)
    page = client.get(link[link.index("/admin/") :], follow=True)
    broken = {"new_password1": "password", "new_password2": "khac"}
    same = {"new_password1": "password", "new_password2": "password"}
    address = page.redirect_chain[-1][0]
    answers += [page, client.post(address, broken), client.post(address, same)]
    done = {"new_password1": PASSWORD + "x", "new_password2": PASSWORD + "x"}
    answers += [client.post(address, done, follow=True), client.get(link[link.index("/admin/") :], follow=True)]
    assert read(answers) == []


def test_the_second_factor(reviewer, settings, password):
    settings.SECOND_FACTOR_GROUPS = [NAMES["reviewer"]]
    client = Client(headers={"accept-language": "vi"})
    client.force_login(reviewer, backend="django.contrib.auth.backends.ModelBackend")
    new, code = reverse("wagtail_2fa_device_new"), reverse("wagtail_2fa_auth")
    answers = [client.get("/admin/", follow=True)]
    for data in ({}, {"name": "máy", "otp_token": "000000", "password": "sai"}):
        answers.append(client.post(new, data))
    reviewer.totpdevice_set.update(confirmed=True, throttling_failure_count=0, throttling_failure_timestamp=None)
    answers.append(client.get("/admin/", follow=True))
    for data in ({}, {"otp_token": "000000"}, {"otp_token": "000000"}):
        answers.append(client.post(code, data))
    assert read(answers) == []


@pytest.mark.parametrize("address", ["/admin/failwhale/", "/admin/khong-co/", "/admin/pages/999/edit/"])
def test_pages_of_errors(client, cataloguer, address):
    client.force_login(cataloguer, backend="django.contrib.auth.backends.ModelBackend")
    client.raise_request_exception = False
    answer = client.get(address, headers={"accept-language": "vi"})
    assert answer.status_code in {404, 500}
    walk = Walk(None, None, set())
    walk.read(answer, f"GET {address}")
    assert walk.faults == {}
