"""/api/v1/items/ and /api/v1/openapi.json."""

import re

from django.utils.translation import gettext as _

from .. import relations
from ..answers import Problem, answer_json, base, language, public_json, standing
from ..models import Edition
from ..openapi import openapi
from .items import brief, page_of, whole

PAGE_SIZE, LARGEST_PAGE_SIZE, LAST_PAGE = 20, 100, 1_000_000
NUMBER = re.compile(r"[0-9]{1,9}\Z")


@public_json
def items(request):
    lang = language(request)
    page = number(request, "page", 1, LAST_PAGE)
    size = number(request, "page_size", PAGE_SIZE, LARGEST_PAGE_SIZE)
    editions = Edition.objects.order_by("identifier")
    rows = [brief(edition.data, about(edition), lang, base()) for edition in editions[(page - 1) * size : page * size]]
    return answer_json(request, page_of(rows, editions.count(), page, size, lang, base()))


@public_json
def item(request, identifier):
    lang = language(request)
    edition = standing(identifier)
    return answer_json(request, whole(relations.current(edition.data), about(edition), lang, base()))


@public_json
def openapi_view(request):
    return answer_json(request, openapi(base()))


def about(edition: Edition) -> dict:
    return {"number": edition.number, "digest": edition.digest, "cleared_at": edition.cleared_at.isoformat()}


def number(request, name: str, default: int, largest: int) -> int:
    """A whole number from 1 to `largest` among the parameters. Raises Problem 400."""
    text = request.GET.get(name)
    if text is None:
        return default
    if not NUMBER.match(text) or not 1 <= int(text) <= largest:
        sentence = _("%(name)s phải là số nguyên từ 1 đến %(largest)d.") % {"name": name, "largest": largest}
        raise Problem(400, "bad_parameter", sentence, name)
    return int(text)
