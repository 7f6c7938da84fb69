"""/id/{identifier}: what QR codes hold. It sends a visitor to the item in the visitor's own language."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

from .models import Edition
from .views import gone


@require_safe
def permanent(request, identifier):
    """302 by the language cookie or Accept-Language, else Vietnamese; 410 or 404 where no edition stands."""
    lang = get_language_from_request(request)
    if not Edition.objects.filter(identifier=identifier).exists():
        return _vary(gone(request, identifier))
    with override(lang):
        response = HttpResponseRedirect(reverse("archive_pages:item", args=[identifier]))
    # The item may be withdrawn at any time, and one browser may change its language.
    response["Cache-Control"] = "private, no-cache"
    return _vary(response)


def _vary(response):
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
