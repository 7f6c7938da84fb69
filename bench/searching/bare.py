"""The least that Django can do in place of a page: read rows, render a template. No middleware."""

from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

LIST = """<!doctype html><title>{{ total }}</title><ol>{% for row in rows %}<li><a href="/items/{{ row.identifier }}/">
{{ row.title_vi }}</a> <span>{{ row.kind }}</span> {{ row.date_from }}–{{ row.date_to }}</li>{% endfor %}</ol>"""
ITEM = "<!doctype html><title>{{ row.title_vi }}</title><p>{{ row.identifier }}</p>{{ padding }}"
_templates: dict = {}


def _template(text: str):
    return _templates.setdefault(text, engines["django"].from_string(text))


def listed(request):
    """Twenty rows of editions as a list."""
    from archive.models import Edition

    columns = ("identifier", "title_vi", "kind", "date_from", "date_to")
    rows = Edition.objects.order_by("identifier").values(*columns)[:20]
    return HttpResponse(_template(LIST).render({"rows": rows, "total": 20}))


def item(request, identifier: str, size: int):
    """One row, and a page of `size` bytes."""
    from archive.models import Edition

    row = Edition.objects.values("identifier", "title_vi", "document").get(identifier=identifier)
    return HttpResponse(_template(ITEM).render({"row": row, "padding": "x" * size}))


def nothing(request):
    return JsonResponse({"suggestions": []})


urlpatterns = [
    path("list/", listed),
    path("item/<str:identifier>/<int:size>/", item),
    path("nothing/", nothing),
]
