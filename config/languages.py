"""The language of a request."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import trans_real


class LanguageMiddleware(LocaleMiddleware):
    """Django's, but only `/` leads to a language.

    Django would send every unknown address there (/api/…, /admin/…), turning a 404 into a detour.
    """

    def __init__(self, get_response):
        super().__init__(get_response)
        for code, _name in settings.LANGUAGES:
            join(trans_real.translation(code)._catalog)

    def process_response(self, request, response):
        if response.status_code == 404 and request.path_info != "/":
            response.headers.setdefault("Content-Language", translation.get_language())
            return response
        return super().process_response(request, response)


def join(catalogue: trans_real.TranslationCatalog) -> None:
    """Make one catalogue of those that count alike in a language: Django keeps one for each app, and looks through all
    of them for each word of ours that needs no translation. What is found stays the same."""
    catalogues, plurals = [], []
    for words, plural in zip(catalogue._catalogs, catalogue._plurals, strict=True):
        if plurals and plurals[-1].__code__ == plural.__code__:
            catalogues[-1] = {**words, **catalogues[-1]}  # the first that has a word gives it
        else:
            catalogues.append(words)
            plurals.append(plural)
    catalogue._catalogs, catalogue._plurals = catalogues, plurals
