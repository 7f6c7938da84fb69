"""Public images, answered before what pages need.

A map on a large screen is some forty tiles. Sessions, languages, forms, sign-in and the policy for scripts have
nothing to do with a picture and take several times what a stored tile does; even Django's own request does. So a plain
question for a picture is answered by ImageFront, before Django; one that the browser has already by ImageMiddleware,
before the other middleware. What isn't a plain picture (a fault that wants a sentence in the reader's language,
info.json, OPTIONS) goes on to media.views and answers as any page does.

Each asks the database whether the image is public, for each request.
"""

import logging
from collections import OrderedDict

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import setting_changed
from django.db import Error, connection
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware

from media import iiif, serving, storage, tiles

log = logging.getLogger(__name__)

PREFIX = serving.PUBLIC + "/"
# Without an answer of ours, the request goes on.
REFUSED = (DisallowedHost, serving.NoFile, iiif.BadRequest, *tiles.BROKEN)


class ImageMiddleware:
    """Stands right after SecurityMiddleware, whose headers an image keeps."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        asked = _asked(request.path_info, request.method)
        if asked is not None:
            try:
                request.get_host()
                if storage.is_public(asked[0]):
                    return serving.for_every_site(serving.answer(request, *asked, serving.PUBLIC))
            except REFUSED:
                pass
        return self.get_response(request)


def _asked(path: str, method: str) -> tuple[str, str] | None:
    """(image id, what follows it) of a GET or HEAD for an image."""
    if not path.startswith(PREFIX) or method not in ("GET", "HEAD"):
        return None
    image_id, _slash, rest = path[len(PREFIX) :].partition("/")
    return (image_id, rest) if "/" in rest and storage.IMAGE_ID.match(image_id) else None


# --- before Django -------------------------------------------------------------------------------------

# What SecurityMiddleware and the check of the host read of a request for an image.
_READ = ["wsgi.url_scheme", "HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "SERVER_NAME", "SERVER_PORT"]
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE")
_VERDICTS = 256
_verdicts: OrderedDict[tuple, list[tuple[str, str]] | None] = OrderedDict()


class ImageFront:
    """WSGI: answers plain questions for pictures, hands on all others to `application`."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        answer = _answer(environ)
        if answer is None:
            return self.application(environ, start_response)
        headers, body = answer
        start_response("200 OK", headers)
        return [body] if environ["REQUEST_METHOD"] == "GET" else []


def _answer(environ) -> tuple[list[tuple[str, str]], bytes] | None:
    """Headers and picture; None where Django has to say something."""
    asked = _asked(environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"])
    if asked is None or any(name in environ for name in _CONDITIONS):
        return None
    secure = _security(environ)
    if secure is None or not _is_public(asked[0]):
        return None
    try:
        headers, body = serving.picture(*asked, serving.PUBLIC)
    except (*REFUSED, OSError):
        return None
    return [*headers.items(), *serving.CORS.items(), *secure], body


def _is_public(image_id: str) -> bool:
    """As Django's handler does: a connection that is too old or broken is closed before it is used."""
    try:
        connection.close_if_unusable_or_obsolete()
        return storage.is_public(image_id)
    except Error:
        log.warning("whether an image is public couldn't be asked", exc_info=True)
        connection.close()
        return False  # Django's own answer follows


def _security(environ) -> list[tuple[str, str]] | None:
    """The headers of SecurityMiddleware; None where it or the check of the host wouldn't let the request pass.

    They are asked once for each kind of request, and remembered.
    """
    proxy = settings.SECURE_PROXY_SSL_HEADER
    key = (environ.get(proxy[0]) if proxy else None, *map(environ.get, _READ))
    if key in _verdicts:
        return _verdicts[key]
    try:
        request = WSGIRequest(environ | {"PATH_INFO": PREFIX})
        response = SecurityMiddleware(lambda request: HttpResponse(content=request.get_host()[:0]))(request)
        found = None if response.status_code != 200 else [one for one in response.items() if one[0] != "Content-Type"]
    except DisallowedHost:
        found = None
    _verdicts[key] = found
    while len(_verdicts) > _VERDICTS:
        _verdicts.popitem(last=False)
    return found


def _forget(**kwargs) -> None:
    _verdicts.clear()


setting_changed.connect(_forget, dispatch_uid="media.front.forget")
