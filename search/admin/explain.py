"""The page that says why results stand where they do. For whoever may see records; it shows standing editions alone."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search import labels
from search.asking import Unavailable
from search.explaining import explain
from search.fields import SearchError


@never_cache
@require_safe
def page(request):
    """/admin/search/explain/?q=…&id=…, with the filters of a search address."""
    if not request.user.has_perm("archive.view_record"):
        raise PermissionDenied
    sought = request.GET.get("id", "").strip()[:80].replace("\x00", "")
    context = {"q": request.GET.get("q", ""), "sought": sought, "found": None, "error": ""}
    if context["q"].strip():
        try:
            context["found"] = explain(request.GET, "en" if get_language() == "en" else "vi", sought)
        except (SearchError, Unavailable) as error:
            context["error"] = str(error)
    if context["found"] and context["found"].sought:
        context["verdict"] = labels.verdict(context["found"].sought)
    return render(request, "search/admin/explain.html", context)
