"""The answer to a request for an image that may be seen. Who may is asked by the callers: media.front, media.views."""

import contextlib
import hashlib

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from media import iiif, paths, tiles

PUBLIC = "/iiif/image"
PROFILE = "http://iiif.io/api/image/3/level2.json"
LD_JSON = f'application/ld+json;profile="{iiif.CONTEXT}"'
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link"}
FRESH = "private, max-age=3600, must-revalidate"


class NoFile(Exception):
    """The image's file is at neither of its places."""


def answer(request, image_id: str, rest: str, base: str) -> HttpResponse:
    """In: an image id; what follows it in the address; the path before it ("/iiif/image").

    Raises NoFile, iiif.BadRequest, one of tiles.BROKEN.
    """
    address = f"{settings.PUBLIC_BASE_URL}{base}/{image_id}"
    if not rest:
        return _to_info(address)
    for path in paths.readable_names(image_id):
        with contextlib.suppress(FileNotFoundError):
            return _from_file(request, path, rest, address)
    raise NoFile(image_id)


def picture(image_id: str, rest: str, base: str) -> tuple[dict[str, str], bytes]:
    """As answer(), for a plain question: the headers and the picture. Raises what answer() raises."""
    address = f"{settings.PUBLIC_BASE_URL}{base}/{image_id}"
    for path in paths.readable_names(image_id):
        with contextlib.suppress(FileNotFoundError), tiles.opened(path) as (pyramid, handle):
            wanted = iiif.parse(rest, pyramid.width, pyramid.height)
            body = tiles.answer(path, pyramid, handle, wanted)
            told = {"Content-Type": iiif.MEDIA_TYPES[wanted.format], "Content-Length": str(len(body))}
            return told | _headers(address, wanted), body
    raise NoFile(image_id)


def for_every_site(response: HttpResponse) -> HttpResponse:
    """CORS: whoever may see a public image may use it on a page of theirs."""
    for name, value in CORS.items():
        response.headers[name] = value
    return response


def _to_info(address: str) -> HttpResponse:
    response = HttpResponseRedirect(f"{address}/info.json")
    response.status_code = 303
    response["Cache-Control"] = "no-cache"
    return response


def _info(request, document: dict) -> HttpResponse:
    response = JsonResponse(document, content_type=_json_type(request))
    response["ETag"] = f'"{hashlib.sha256(response.content + response["Content-Type"].encode()).hexdigest()[:32]}"'
    response["Cache-Control"] = "no-cache"
    response["Link"] = f'<{PROFILE}>;rel="profile"'
    patch_vary_headers(response, ["Accept"])
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _json_type(request) -> str:
    """JSON-LD unless something else is asked for (5.1); plain JSON for a browser's window, which shows only that."""
    if request.accepts("text/html") and "text/html" in request.headers.get("Accept", ""):
        return "application/json"
    wanted = request.get_preferred_type(["application/ld+json", "application/json"])
    return "application/json" if wanted == "application/json" else LD_JSON


def _from_file(request, path: str, rest: str, address: str) -> HttpResponse:
    with tiles.opened(path) as (pyramid, handle):
        if rest == "info.json":
            return _info(request, iiif.info(address, pyramid.width, pyramid.height, pyramid.is_grey))
        wanted = iiif.parse(rest, pyramid.width, pyramid.height)
        return _image(request, address, wanted, lambda: tiles.answer(path, pyramid, handle, wanted))


def _image(request, address: str, wanted: iiif.Request, make) -> HttpResponse:
    told = _headers(address, wanted)
    response = get_conditional_response(request, etag=told["ETag"])
    if response is None:
        body = make()
        response = HttpResponse(body, content_type=iiif.MEDIA_TYPES[wanted.format])
        response.headers["Content-Length"] = str(len(body))
    for name, value in told.items():
        response.headers[name] = value
    return response


def _headers(address: str, wanted: iiif.Request) -> dict[str, str]:
    """What stands beside a picture, whether it is sent or the asker has it."""
    what = f"{address.rpartition('/')[2]}/{wanted.canonical}/{tiles.VERSION}"
    return {
        "ETag": f'"{hashlib.sha256(what.encode()).hexdigest()[:32]}"',
        "Cache-Control": FRESH,
        "Link": f'<{address}/{wanted.canonical}>;rel="canonical", <{PROFILE}>;rel="profile"',
    }
