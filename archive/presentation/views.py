"""Public addresses of IIIF Presentation and Content Search."""

import re

from django.utils.translation import gettext as _

from ..annotations import canvas_page
from ..answers import Problem, answer_json, base, public_json, standing
from ..models import Edition
from . import content_search, content_search_1
from .collection import PART, SLUGS, collection, divided, part
from .manifest import manifest
from .parts import CONTEXT, SEARCH_CONTEXT
from .texts import text_page

PRESENTATION = f'application/ld+json;profile="{CONTEXT}"'
SEARCH = f'application/ld+json;profile="{SEARCH_CONTEXT}"'
SEARCH_1 = "application/ld+json"
NUMBER = re.compile(r"[1-9]\d{0,6}", re.ASCII)
LONGEST_QUERY = 200  # characters
MOST_PARTS = 1_000_000


@public_json
def manifest_view(request, identifier):
    return answer_json(request, manifest(standing(identifier).data, base()), PRESENTATION)


@public_json
def annotations_view(request, identifier, index):
    """The place mentions on one scan."""
    return _of_a_scan(request, canvas_page, identifier, index)


@public_json
def text_view(request, identifier, index):
    """What is written on one scan: lines, transcription, translations."""
    return _of_a_scan(request, text_page, identifier, index)


def _of_a_scan(request, page, identifier: str, index: int):
    try:
        return answer_json(request, page(standing(identifier).data, index, base()), PRESENTATION)
    except IndexError as error:
        message = _("Tư liệu “%(id)s” không có bản quét thứ %(n)d.") % {"id": identifier, "n": index}
        raise Problem(404, "not_found", message) from error


@public_json
def collection_view(request, slug):
    rows = _listed(slug)
    first = list(rows[: PART + 1])
    found = collection(slug, first, base()) if len(first) <= PART else divided(slug, rows.count(), base())
    return answer_json(request, found, PRESENTATION)


@public_json
def collection_part_view(request, slug, number):
    """A part of a collection, also of one that is small enough to be told whole: it was larger once."""
    rows = _listed(slug)
    start = (number - 1) * PART
    found = list(rows[start : start + PART]) if 0 < number <= MOST_PARTS else []
    if not found and number != 1:
        message = _("Bộ sưu tập “%(slug)s” không có phần thứ %(n)d.") % {"slug": slug, "n": number}
        raise Problem(404, "not_found", message)
    return answer_json(request, part(slug, number, found, rows.count(), base()), PRESENTATION)


def _listed(slug: str):
    """(identifier, title_vi, title_en) of the collection's items, in their order."""
    if slug not in SLUGS:
        raise Problem(404, "not_found", _("Không có bộ sưu tập “%(slug)s”.") % {"slug": slug})
    editions = Edition.objects.order_by("identifier")
    if slug != "all":
        editions = editions.filter(kind=slug)
    return editions.values_list("identifier", "title_vi", "title_en")


@public_json
def content_search_view(request, identifier):
    """Content Search 2.0."""
    document, query = standing(identifier).data, _query(request, "q")
    motivation, number = _query(request, "motivation"), _query(request, "page") or "1"
    ignored = [name for name in content_search.IGNORABLE if name in request.GET]
    if not NUMBER.fullmatch(number):
        raise Problem(400, "bad_parameter", _("page phải là số nguyên từ 1 trở lên."), "page")
    try:
        page = content_search.search_page(document, query, base(), motivation, int(number), ignored)
    except content_search.NoSuchPage as error:
        raise Problem(404, "not_found", _("Kết quả tìm không có trang này."), "page") from error
    return answer_json(request, page, SEARCH)


@public_json
def content_search_1_view(request, identifier):
    """Content Search 1.0."""
    document, query = standing(identifier).data, _query(request, "q")
    ignored = [name for name in content_search_1.IGNORABLE if name in request.GET]
    found = content_search_1.annotation_list(document, query, base(), _query(request, "motivation"), ignored)
    return answer_json(request, found, SEARCH_1)


def _query(request, name: str) -> str:
    text = request.GET.get(name, "").strip()
    if len(text) > LONGEST_QUERY:
        message = _("%(name)s dài quá %(n)d ký tự.") % {"name": name, "n": LONGEST_QUERY}
        raise Problem(400, "bad_parameter", message, name)
    return text
