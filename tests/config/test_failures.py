"""What can't be taken is refused in the reader's language: forms whose token is old, and writing where one reads."""

import json

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
ADMIN = "/admin/login/"
ENGLISH = ("CSRF", "Forbidden", "verification failed")


@pytest.fixture
def strict(homes):
    """A browser whose forms are checked for their token, as the site checks them."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("accept", "sentence"), [("vi", "Biểu mẫu đã cũ nên chưa lưu được gì."), ("en", "nothing was saved")]
)
def test_an_old_form_of_the_administration_says_what_to_do(strict, accept, sentence):
    answer = strict.post(ADMIN, {"username": "a", "password": "b"}, headers={"accept-language": accept})
    text = answer.content.decode()
    assert answer.status_code == 403 and sentence in text
    assert not any(word in text for word in ENGLISH)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/vi/", "Trang này chỉ để xem."),
        ("/vi/search/", "Trang này chỉ để xem."),
        ("/en/search/", "This page is for reading only."),
        ("/vi/items/none/", "Trang này chỉ để xem."),
        ("/en/places/", "This page is for reading only."),
        ("/kiosk/none/", "Trang này chỉ để xem."),
        ("/robots.txt", "Trang này chỉ để xem."),
    ],
)
def test_public_pages_only_read(strict, method, path, sentence):
    answer = getattr(strict, method)(path, headers={"accept-language": "vi"})
    assert answer.status_code == 405 and answer["Allow"] == "GET, HEAD, OPTIONS"
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/api/v1/search/", "Địa chỉ này chỉ đọc được (GET, HEAD)."),
        ("/api/v1/items/?lang=en", "This address can only be read (GET, HEAD)."),
        ("/iiif/presentation/none/manifest.json", "Địa chỉ này chỉ đọc được (GET, HEAD)."),
        ("/iiif/image/aaaaaaaaaaaa/info.json", "Địa chỉ này chỉ đọc được (GET, HEAD)."),
    ],
)
def test_machines_read_the_same_in_json(strict, path, sentence):
    answer = strict.post(path)
    error = json.loads(answer.content)["error"]
    assert answer.status_code == 405 and error["code"] == "method_not_allowed"
    assert error["message"] == sentence


def test_the_login_itself_still_works(strict, cataloguer, password):
    strict.get(ADMIN)
    token = strict.cookies["csrftoken"].value
    form = {"username": cataloguer.username, "password": password, "csrfmiddlewaretoken": token}
    assert strict.post(ADMIN, form)["Location"] == reverse("wagtailadmin_home")
