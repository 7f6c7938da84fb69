"""Public addresses of IIIF Presentation and Content Search."""

from django.utils.translation import gettext as _

from ..annotations import canvas_page
from ..answers import Problem, answer_json, base, public_json, standing
from ..models import Edition
from .collection import SLUGS, collection
from .content_search import IGNORABLE, search_page
from .manifest import manifest
from .parts import CONTEXT, SEARCH_CONTEXT

PRESENTATION = f'application/ld+json;profile="{CONTEXT}"'
SEARCH = f'application/ld+json;profile="{SEARCH_CONTEXT}"'
LONGEST_QUERY = 200  # characters


@public_json
def manifest_view(request, identifier):
    return answer_json(request, manifest(standing(identifier).data, base()), PRESENTATION)


@public_json
def annotations_view(request, identifier, index):
    """The place mentions on one scan."""
    try:
        page = canvas_page(standing(identifier).data, index, base())
    except IndexError as error:
        message = _("Tư liệu “%(id)s” không có bản quét thứ %(n)d.") % {"id": identifier, "n": index}
        raise Problem(404, "not_found", message) from error
    return answer_json(request, page, PRESENTATION)


@public_json
def collection_view(request, slug):
    if slug not in SLUGS:
        raise Problem(404, "not_found", _("Không có bộ sưu tập “%(slug)s”.") % {"slug": slug})
    editions = Edition.objects.order_by("identifier")
    if slug != "all":
        editions = editions.filter(kind=slug)
    rows = editions.values_list("identifier", "title_vi", "title_en")
    return answer_json(request, collection(slug, rows, base()), PRESENTATION)


@public_json
def content_search_view(request, identifier):
    document = standing(identifier).data
    query = request.GET.get("q", "").strip()
    if len(query) > LONGEST_QUERY:
        raise Problem(400, "bad_parameter", _("q dài quá %(n)d ký tự.") % {"n": LONGEST_QUERY}, "q")
    ignored = [name for name in IGNORABLE if name in request.GET]
    return answer_json(request, search_page(document, query, base(), ignored), SEARCH)
