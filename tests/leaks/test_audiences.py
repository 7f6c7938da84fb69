"""Whoever adds a route says for whom it is."""

from fnmatch import fnmatchcase

import pytest
from django.http import HttpResponse
from django.urls import get_resolver, include, path

from . import audiences
from .routes import routes

WAGTAILS = ("wagtail", "simple_translation")


def undeclared(found) -> list[str]:
    return [route.label for route in found if audiences.of(route) is None]


def test_every_route_has_an_audience():
    assert undeclared(routes()) == []


@pytest.mark.parametrize("name", ["", "planted"])
def test_a_route_without_one_is_found(name):
    """The control: a planted route, with and without a name, deep in an include."""
    planted = path("planted/<int:pk>/", lambda request, pk: HttpResponse(), **({"name": name} if name else {}))
    resolver = get_resolver(type("urls", (), {"urlpatterns": [path("admin/", include([planted]))]}))
    assert undeclared(routes(resolver)) == [name or "admin/planted/{pk}/"]


def test_no_audience_is_left_of_a_route_that_is_gone():
    labels = [route.label for route in routes()]
    stale = [name for name in audiences.AUDIENCES if not any(fnmatchcase(label, name) for label in labels)]
    assert stale == []


def test_our_own_routes_are_named_one_by_one():
    """A pattern would take in a route that nobody thought of."""
    for name in audiences.AUDIENCES:
        assert "*" not in name or name.startswith(WAGTAILS), name
