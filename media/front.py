"""Public images, answered before the middleware that pages need.

A map on a large screen is some forty tiles. Sessions, languages, forms, sign-in and the policy for scripts have
nothing to do with a picture and take several times what a stored tile does. What isn't a plain picture (a fault that
wants a sentence in the reader's language, info.json, OPTIONS) goes on to media.views and answers as any page does.
"""

from django.core.exceptions import DisallowedHost

from media import iiif, serving, storage, tiles

PREFIX = serving.PUBLIC + "/"


class ImageMiddleware:
    """Stands right after SecurityMiddleware, whose headers an image keeps."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(PREFIX) and request.method in ("GET", "HEAD"):
            response = _picture(request)
            if response is not None:
                return response
        return self.get_response(request)


def _picture(request):
    """The image asked for; None for whatever else the request deserves."""
    image_id, _slash, rest = request.path_info[len(PREFIX) :].partition("/")
    if "/" not in rest or not storage.IMAGE_ID.match(image_id):
        return None
    try:
        request.get_host()
        if not storage.is_public(image_id):
            return None
        return serving.for_every_site(serving.answer(request, image_id, rest, serving.PUBLIC))
    except (DisallowedHost, serving.NoFile, iiif.BadRequest, *tiles.BROKEN):
        return None
