"""Too many wrong passwords lock the login, in a sentence of the reader's language."""

import pytest
from django.test import RequestFactory

from config.lockout import client_address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(settings):
    settings.AXES_FAILURE_LIMIT = 3
    settings.AXES_LOCKOUT_CALLABLE = "config.lockout.answer"


def sign_in(client, name, word, **extra):
    return client.post("/admin/login/", {"username": name, "password": word}, **extra)


def test_the_right_password_is_refused_after_too_many_wrong_ones(client, cataloguer, password):
    answers = [sign_in(client, "cataloguer", f"sai-{n}") for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    locked = sign_in(client, "cataloguer", password)
    assert locked.status_code == 429
    assert "Đã nhập sai mật khẩu quá nhiều lần" in locked.content.decode()
    # Another place isn't locked with it.
    assert sign_in(client, "cataloguer", password, REMOTE_ADDR="192.0.2.7").status_code == 302


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({"REMOTE_ADDR": "192.0.2.1"}, "192.0.2.1"),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "192.0.2.9"}, "192.0.2.9"),
    ],
)
def test_the_address_counted(headers, address):
    assert client_address(RequestFactory().get("/", **headers)) == address
