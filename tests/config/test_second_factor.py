"""Reviewers, administrators and superusers show a second factor before any admin page."""

import time

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.roles import NAMES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_GROUPS = [NAMES["reviewer"], NAMES["administrator"]]


def token(device) -> str:
    """What the person's telephone shows now."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time()
    return f"{totp.token():06d}"


ADMIN_PAGES = ["/admin/", "/admin/pages/", "/admin/account/", "/admin/2fa/devices/1", "/admin/no-such-page/"]


@pytest.mark.parametrize("address", ADMIN_PAGES)
@pytest.mark.parametrize("who", ["reviewer", "administrator", "superuser"])
def test_without_a_device_every_admin_page_leads_to_setting_one_up(client, request, django_user_model, who, address):
    user = (
        django_user_model.objects.create_superuser("root", password="x")
        if who == "superuser"
        else request.getfixturevalue(who)
    )
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtail_2fa_device_new"))


def test_a_post_is_refused_too(client, reviewer):
    client.force_login(reviewer)
    assert client.post("/admin/account/", {}).status_code == 302


def test_setting_up_a_device_opens_the_admin(client, reviewer, password):
    client.force_login(reviewer)
    new = reverse("wagtail_2fa_device_new")
    assert client.get(new).status_code == 200
    assert client.get(reverse("wagtail_2fa_device_qrcode"))["Content-Type"] == "image/svg+xml"
    device = TOTPDevice.objects.get(user=reviewer)
    wrong = client.post(new, {"name": "máy", "otp_token": "000000", "password": password})
    assert wrong.status_code == 200 and not TOTPDevice.objects.get(user=reviewer).confirmed
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    done = client.post(new, {"name": "máy", "otp_token": token(device), "password": password})
    assert done.status_code == 302
    assert client.get("/admin/").status_code == 200


def test_the_next_sign_in_asks_for_the_code(client, reviewer):
    device = TOTPDevice.objects.create(user=reviewer, name="máy")
    client.force_login(reviewer)
    response = client.get("/admin/pages/")
    assert response.status_code == 302 and response.url.startswith(reverse("wagtail_2fa_auth"))
    # Whoever knows only the password can't set up a second device of their own.
    assert client.get(reverse("wagtail_2fa_device_new")).url.startswith(reverse("wagtail_2fa_auth"))
    assert client.post(reverse("wagtail_2fa_auth"), {"otp_token": "000000"}).status_code == 200
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    done = client.post(reverse("wagtail_2fa_auth"), {"otp_token": token(device), "next": "/admin/pages/"})
    assert (done.status_code, done.url) == (302, "/admin/pages/")
    assert client.get("/admin/").status_code == 200


def test_with_two_devices_the_form_asks_which(client, reviewer):
    old, new = [TOTPDevice.objects.create(user=reviewer, name=name) for name in ("cũ", "mới")]
    client.force_login(reviewer)
    auth = reverse("wagtail_2fa_auth")
    assert 'name="otp_device"' in client.get(auth).content.decode()
    other = {"otp_token": token(new), "otp_device": old.persistent_id}
    assert client.post(auth, other).status_code == 200
    right = {"otp_token": token(new), "otp_device": new.persistent_id, "next": "https://evil.example/"}
    assert client.post(auth, right).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_nobody_uses_the_device_of_another(client, reviewer, cataloguer):
    foreign = TOTPDevice.objects.create(user=cataloguer, name="x")
    TOTPDevice.objects.create(user=reviewer, name="y")
    client.force_login(reviewer)
    client.post(reverse("wagtail_2fa_auth"), {"otp_token": token(foreign), "otp_device": foreign.persistent_id})
    assert client.get("/admin/").status_code == 302


def test_the_code_page_is_for_the_signed_in(client, db):
    assert client.get(reverse("wagtail_2fa_auth")).url.startswith(reverse("wagtailadmin_login"))


def test_others_and_public_pages_are_not_asked(client, cataloguer, reviewer):
    client.force_login(cataloguer)
    assert client.get("/admin/").status_code == 200
    client.force_login(reviewer)
    assert client.get("/healthz").status_code == 200


def test_a_cataloguer_with_a_device_is_asked(client, cataloguer):
    TOTPDevice.objects.create(user=cataloguer, name="máy")
    client.force_login(cataloguer)
    assert client.get("/admin/").url.startswith(reverse("wagtail_2fa_auth"))


def test_the_demonstration_asks_nobody(client, reviewer, settings):
    settings.SECOND_FACTOR_GROUPS = []
    client.force_login(reviewer)
    assert client.get("/admin/").status_code == 200


def test_the_settings_name_groups_that_exist(db):
    from config.settings import base

    assert Group.objects.filter(name__in=base.SECOND_FACTOR_GROUPS).count() == len(base.SECOND_FACTOR_GROUPS) == 2
