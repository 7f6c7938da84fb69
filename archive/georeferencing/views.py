"""The page on which a sheet is placed on the earth."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from archive import scan_page
from archive.admin.authority_forms import reader_language
from archive.admin.record_access import visible_records
from archive.item_page import PRIVATE_IMAGES
from archive.lines import guard
from archive.placed_sheets import km
from archive.previews import keep_private
from archive.subjects import RecordSubject
from media import georeferencing as acts
from media import renditions
from media.models import Transformation

from . import answers
from .access import READ, WRITE, page_of

PLAIN = 1200  # pixels
ROUTE = "archive_georeference:editor"
CHANGES = 12


@require_GET
def of_record(request, pk):
    """The first sheet of a record."""
    return scan_page.to_first_of(request, pk, ROUTE)


@require_GET
def editor(request, scan, page):
    """The sheet beside the basemap, and the pairs of points. ?record=: the pages of a record."""
    found = page_of(request, scan, page, READ)
    rendition = renditions.find(found, page=page)
    locked = guard.locked_sentence(scan, page, request.user)
    standing = acts.of_page(found, page)
    records = _records(request, scan, page)
    current = next((row for row in records if str(row["pk"]) == request.GET.get("record")), None)
    lang = reader_language()
    context = {
        "scan": found,
        "page": page,
        "service": PRIVATE_IMAGES.service(rendition.image_id) if rendition else "",
        "plain": PRIVATE_IMAGES.thumbnail(rendition.image_id, min(PLAIN, rendition.width)) if rendition else "",
        "locked": locked,
        "may_save": request.user.has_perm(WRITE) and not locked,
        "records": records,
        "strip": scan_page.strip(ROUTE, current["pk"] if current else None, found, page),
        "transformations": Transformation.choices,
        "begun": {
            "transformation": standing.transformation if standing else Transformation.AFFINE,
            "points": [answers.point_json(one, lang) for one in standing.points] if standing else [],
            "mask": standing.mask if standing else [],
            "seen": acts.digest(standing),
            "box": next((row["box"] for row in [*([current] if current else []), *records] if row["box"]), None),
            "lang": lang,
        },
        "by": answers.by(standing),
        "history": [
            {"change": change, "error": km(change.error_km, lang), "count": len(change.points)}
            for change in acts.history(found, page)[:CHANGES]
        ],
    }
    return keep_private(render(request, "archive/admin/georeference.html", context))


def _records(request, scan: int, page: int) -> list[dict]:
    """The records that use this page and that this person may see; "box": [west, south, east, north] or None."""
    seen = visible_records(request.user).filter(pk__in=guard.records_of(scan, page).order_by().values("pk"))
    return [
        {
            "pk": record.pk,
            "identifier": record.identifier,
            "title": str(record),
            "url": RecordSubject(record).edit_url,
            "box": None if record.west is None else [record.west, record.south, record.east, record.north],
        }
        for record in seen.order_by("identifier")
    ]
