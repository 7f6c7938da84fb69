"""The language of a request."""

from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class LanguageMiddleware(LocaleMiddleware):
    """Django's, but only `/` leads to a language.

    Django would send every unknown address there (/api/…, /admin/…), turning a 404 into a detour.
    """

    def process_response(self, request, response):
        if response.status_code == 404 and request.path_info != "/":
            response.headers.setdefault("Content-Language", translation.get_language())
            return response
        return super().process_response(request, response)
