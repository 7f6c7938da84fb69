"""Forms that can't be taken: too old in the administration; where the public reads there is nothing to send."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from archive.answers import SAFE, Problem, public_json

MACHINES = ("/api/", "/iiif/")  # whose errors are JSON


def csrf_failure(request, reason="") -> HttpResponse:
    """For settings.CSRF_FAILURE_VIEW: a form without a valid token. `reason` is Django's, for its log.

    403 below /admin/, with what to do: the token changes when a person logs in again in another tab.
    Elsewhere no page has a form that changes anything: 405, as JSON where machines read.
    """
    if request.path_info.startswith(reverse("wagtailadmin_home")):
        return render(request, "403_csrf.html", status=403)
    if request.path_info.startswith(MACHINES):
        return public_json(_no_view)(request)
    response = render(request, "405.html", {"method": request.method}, status=405)
    response["Allow"] = ", ".join(SAFE)
    return response


def _no_view(request):
    raise Problem(404, "not_found", "")  # never reached: public_json answers whatever isn't GET itself
