"""What answers pictures before Django says what Django would: the same headers and bytes, to the same people."""

import io

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from media import paths, storage
from media.front import ImageFront

pytestmark = pytest.mark.django_db(transaction=True)


class Asked:
    """The front with Django behind it. `through` counts what Django had to answer."""

    def __init__(self, image_id: str):
        self.address, self.through, self._django = f"/iiif/image/{image_id}", 0, WSGIHandler()
        self._front = ImageFront(self._counted)

    def _counted(self, environ, start_response):
        self.through += 1
        return self._django(environ, start_response)

    def _environ(self, rest: str, method: str, **extra) -> dict:
        made = RequestFactory().generic(method, f"{self.address}{rest}", **extra).environ
        return made | {"wsgi.input": io.BytesIO()}

    @staticmethod
    def _said(application, environ) -> tuple[str, dict, bytes]:
        told = []
        body = application(environ, lambda status, headers: told.extend((status, dict(headers))))
        return told[0], told[1], b"".join(body)

    def front(self, rest: str, method: str = "GET", **extra):
        return self._said(self._front, self._environ(rest, method, **extra))

    def django(self, rest: str, method: str = "GET", **extra):
        return self._said(self._django, self._environ(rest, method, **extra))


@pytest.fixture
def asked(rendition):
    with transaction.atomic():
        storage.release([rendition.image_id])
    return Asked(rendition.image_id)


PICTURES = [
    "/0,0,512,512/512,512/0/default.jpg",  # stored
    "/1024,512,476,488/476,488/0/default.jpg",  # at the edge
    "/full/300,/90/gray.png",
    "/full/max/0/default.jpg",
]
OTHERS = ["", "/", "/info.json", "/full/9000,/0/default.jpg", "/full/max/45/default.jpg", "/full/max/0"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("rest", PICTURES)
def test_pictures_are_answered_as_django_does(asked, rest, method, settings):
    settings.SECURE_HSTS_SECONDS = 600
    asked = Asked(asked.address.rpartition("/")[2])  # Django's middleware reads the settings once
    for scheme in ("http", "https"):
        front = asked.front(rest, method, **{"wsgi.url_scheme": scheme})
        django = asked.django(rest, method, **{"wsgi.url_scheme": scheme})
        # Of a HEAD Django leaves it to the server to drop the body.
        assert front[:2] == django[:2] and front[2] in (django[2], b"")
        assert front[0] == "200 OK" and ("Strict-Transport-Security" in front[1]) == (scheme == "https")
        assert front[1]["X-Content-Type-Options"] == "nosniff" and front[1]["Access-Control-Allow-Origin"] == "*"
        assert bool(front[2]) == (method == "GET")
    assert asked.through == 0


@pytest.mark.parametrize("rest", OTHERS)
def test_all_else_is_djangos(asked, rest):
    assert asked.front(rest)[0] == asked.django(rest)[0] != "200 OK" or rest == "/info.json"
    assert asked.through == 1


@pytest.mark.parametrize("method", ["OPTIONS", "POST", "DELETE"])
def test_so_are_other_methods(asked, method):
    assert asked.front(PICTURES[0], method)[0] == {"OPTIONS": "204 No Content"}.get(method, "405 Method Not Allowed")
    assert asked.through == 1


def test_one_question_to_the_database_each_time(asked, rendition):
    for _time in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert asked.front(PICTURES[0])[0] == "200 OK"
        assert len(queries) == 1
    with transaction.atomic():
        storage.retract([rendition.image_id])
    assert asked.front(PICTURES[0])[0] == "404 Not Found"
    assert asked.front(PICTURES[0], HTTP_IF_NONE_MATCH="*")[0] == "404 Not Found"


def test_who_has_it_is_told_so(asked):
    etag = asked.front(PICTURES[0])[1]["ETag"]
    status, headers, body = asked.front(PICTURES[0], HTTP_IF_NONE_MATCH=etag)
    assert (status, body, headers["ETag"]) == ("304 Not Modified", b"", etag)


def test_the_host_and_the_scheme_are_djangos_to_judge(asked, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert asked.front(PICTURES[0])[0] == "200 OK"
    for _time in range(2):
        assert asked.front(PICTURES[0], HTTP_HOST="evil.example")[0] == "400 Bad Request"
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    django = Asked(asked.address.rpartition("/")[2])  # its middleware reads the settings once
    status, headers, _body = django.front(PICTURES[0])
    assert status == "301 Moved Permanently" and headers["Location"].startswith("https://testserver/iiif/image/")
    assert django.front(PICTURES[0], HTTP_X_FORWARDED_PROTO="https")[0] == "200 OK"


def test_a_file_that_is_gone_or_broken_is_djangos(asked, rendition, caplog):
    for path in (paths.private_path(rendition.image_id), paths.public_path(rendition.image_id)):
        path.unlink()
    assert asked.front(PICTURES[0])[0] == "503 Service Unavailable"
    paths.public_path(rendition.image_id).write_bytes(b"II*\0 nonsense")
    assert asked.front(PICTURES[0])[0] == "500 Internal Server Error"
    assert asked.through == 2
