"""Public addresses of sheets that have a place on the earth."""

from django.utils.translation import gettext as _

from .answers import Problem, answer_json, base, public_json, standing
from .placed_sheets import CONTEXT, annotation_page, mesh

GEOREFERENCE = f'application/ld+json;profile="{CONTEXT[-1]}"'


@public_json
def georeference_view(request, identifier, index):
    """The IIIF Georeference annotation of one scan."""
    return _told(request, identifier, index, lambda document: annotation_page(document, index, base()), GEOREFERENCE)


@public_json
def mesh_view(request, identifier, index):
    """How our own pages lay the scan on the basemap."""
    return _told(request, identifier, index, lambda document: mesh(document, index), "application/json")


def _told(request, identifier: str, index: int, tell, content_type: str):
    try:
        return answer_json(request, tell(standing(identifier).data), content_type)
    except IndexError as error:
        message = _("Bản quét thứ %(n)d của “%(id)s” chưa được định vị trên mặt đất.") % {"id": identifier, "n": index}
        raise Problem(404, "not_found", message) from error
