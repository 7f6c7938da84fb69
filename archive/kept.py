"""Answers given out again while nothing public has changed: this process's own cache, the only one there is.

A page is kept under the token of what is public (archive.public_state), which each request asks for by one query, so a
withdrawal takes it away in the moment in which it is decided. What depends on anything else (a person, the hour, an
engine that is down) isn't kept: its view calls `passing`.
"""

from collections import OrderedDict
from threading import Lock

from django.conf import settings
from django.core.signals import setting_changed
from django.http import HttpResponse
from django.utils.cache import set_response_etag

from . import public_state

_shelves: list["Shelf"] = []


class Shelf:
    """The `most` things asked for last, by key. Threads may share it; it lives as long as the process."""

    def __init__(self, most: int):
        self.most, self._things, self._lock = most, OrderedDict(), Lock()
        _shelves.append(self)

    def get(self, key):
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def put(self, key, thing) -> None:
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self.most:
                self._things.popitem(last=False)

    def under(self, token: int | None, key, make):
        """What is kept under this token of all that is public, or what make() gives, kept where there is a token."""
        found = self.get((token, key)) if token is not None else None
        if found is None:
            found = make()
            if token is not None:
                self.put((token, key), found)
        return found

    def clear(self) -> None:
        with self._lock:
            self._things.clear()


_pages = Shelf(settings.KEPT_PAGES)


def page(request, lang: str, make) -> HttpResponse:
    """The answer to this address in a language: the one kept, or a new one of make() that is kept if it is good (200).

    make() must read nothing of the request but its address.
    """
    token = token_of(request)
    key = (token, lang, request.method, request.get_host(), request.get_full_path())
    kept = _pages.get(key) if token is not None else None
    if kept is not None:
        content, headers = kept
        return HttpResponse(content, headers=headers)
    response = make()
    if token is not None and response.status_code == 200 and not getattr(request, "answer_passes", False):
        set_response_etag(response)
        _pages.put(key, (response.content, dict(response.items())))
    return response


def token_of(request) -> int | None:
    """What stands for all that was public when this request first asked."""
    if not hasattr(request, "public_token"):
        request.public_token = public_state.token()
    return request.public_token


def passing(request) -> None:
    """This answer is of the moment: it isn't kept."""
    request.answer_passes = True


def forget(**kwargs) -> None:
    """Keep nothing of what was: other settings make other pages."""
    _pages.most = settings.KEPT_PAGES
    for shelf in _shelves:
        shelf.clear()


setting_changed.connect(forget, dispatch_uid="archive.kept.forget")
