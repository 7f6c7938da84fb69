"""The page on which a record's place mentions are drawn, and their download as Web Annotations."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.models import Revision

from archive import language_codes
from archive.admin.authority_forms import reader_language
from archive.admin.records import visible_records
from archive.annotations import whole_page
from archive.item_page import PRIVATE_IMAGES
from archive.models import Record, Status
from archive.previews import keep_private
from archive.records import UnderReview
from archive.subjects import RecordSubject

from . import places as gazetteer
from . import saving
from .forms import Formset, initial, sheet_key

READ, WRITE = "archive.view_record", "archive.change_record"
PREFIX = "mentions"


def find(request, pk: int, right: str = READ) -> Record:
    """The record, if this person may see it. Raises PermissionDenied and Http404."""
    if not request.user.has_perm(right):
        raise PermissionDenied(_("Tài khoản này không được xem bản ghi."))
    record = visible_records(request.user).filter(pk=pk).first()
    if record is None:
        raise Http404(pk)
    return record


@require_http_methods(["GET", "POST"])
def editor(request, pk):
    """GET: the sheets and the rows. POST: store the rows; on refusal the page comes back with all that was typed."""
    record = find(request, pk, WRITE if request.method == "POST" else READ)
    scans = sheets(record)
    if request.method == "GET":
        mentions = list(record.mentions.select_related("place"))
        formset = Formset(initial=list(map(initial, mentions)), prefix=PREFIX, form_kwargs={"scans": _choices(scans)})
        return _page(request, record, scans, formset, saving.digest(mentions))
    formset = Formset(request.POST, prefix=PREFIX, form_kwargs={"scans": _choices(scans)})
    seen = request.POST.get("seen", "")
    if not formset.is_valid():
        return _page(request, record, scans, formset, seen, 422, [_("Chưa lưu: xem các chỗ báo lỗi bên dưới.")])
    try:
        written = saving.store(record.pk, formset.mentions(), request.user, seen)
    except saving.Conflict as conflict:
        return _conflict(request, conflict.record, scans, formset)
    except UnderReview as error:
        return _page(request, record, scans, formset, seen, 409, [_("Chưa lưu: %(why)s") % {"why": error}])
    except ValidationError as error:
        sentences = [_("Bản ghi còn lỗi ở phần khác nên chưa lưu được; hãy mở trang sửa bản ghi."), *error.messages]
        return _page(request, record, scans, formset, seen, 422, sentences)
    if written:
        messages.success(request, _("Đã lưu các chỗ nhắc địa danh của %(id)s.") % {"id": record.identifier})
    else:
        messages.info(request, _("Không có gì thay đổi."))
    return redirect("archive_mentions:editor", record.pk)


def sheets(record: Record) -> list[dict]:
    """The record's pages in order, each once: {key, label, name, service …}; service "" until a picture is made."""
    found = {}
    for use in record.scans.select_related("scan").prefetch_related("scan__renditions"):
        made = [one for one in use.scan.renditions.all() if one.page == use.page]
        made.sort(key=lambda rendition: rendition.max_width)
        key = sheet_key(use.scan_id, use.page)
        number = len(found) + 1
        found.setdefault(
            key,
            {
                "key": key,
                "number": number,
                "label": use.label_vi or _("Bản quét %(n)d") % {"n": number},
                "name": use.scan.original_name,
                "service": PRIVATE_IMAGES.service(made[0].image_id) if made else "",
                "thumbnail": f"{PRIVATE_IMAGES.service(made[0].image_id)}/full/!96,72/0/default.jpg" if made else "",
                "plain": PRIVATE_IMAGES.thumbnail(made[0].image_id, min(1200, made[0].width)) if made else "",
            },
        )
    return list(found.values())


def _choices(scans: list[dict]) -> list[tuple]:
    return [(scan["key"], f"{scan['number']}. {scan['label']}") for scan in scans]


def _page(request, record, scans, formset, seen, status=200, errors=(), theirs=None, latest=None):
    locked = record.status in (Status.SUBMITTED, Status.HELD)
    context = {
        "record": record,
        "scans": scans,
        "formset": formset,
        "seen": seen,
        "errors": errors,
        "theirs": theirs,
        "latest": latest,
        "locked": RecordSubject(record).locked_sentence(request.user) if locked else "",
        "may_save": request.user.has_perm(WRITE) and not locked,
        "languages": language_codes.offered(reader_language()),
        "places": _names(formset),
        "edit_url": RecordSubject(record).edit_url,
    }
    return keep_private(render(request, "archive/admin/mentions.html", context, status=status))


def _names(formset) -> dict[str, dict]:
    """{key: place for the tool} of the places that the rows name."""
    keys = {form["place"].value() for form in formset.forms}
    found = gazetteer.Place.objects.filter(key__in=keys - {None, ""}).prefetch_related("names")
    return {place.key: gazetteer.as_json(place, reader_language()) for place in found}


def _conflict(request, record, scans, formset):
    """Both versions: what is stored now, as it is; what was typed, in the form, to be saved over it or given up."""
    theirs = list(record.mentions.select_related("place", "scan"))
    latest = Revision.objects.filter(pk=record.latest_revision_id).select_related("user").first()
    return _page(request, record, scans, formset, saving.digest(theirs), 409, (), theirs, latest)


@require_GET
def places(request):
    """JSON {"places": […]} of the places that fit ?q=, or the one of ?key=."""
    if not request.user.has_perm(WRITE):
        raise PermissionDenied
    found = gazetteer.suggest(request.GET.get("q", "")[:200])
    answer = JsonResponse({"places": [gazetteer.as_json(place, reader_language()) for place in found]})
    return keep_private(answer)


@require_GET
def download(request, pk):
    """The working copy's mentions as Web Annotations."""
    record = find(request, pk)
    page = whole_page(RecordSubject(record).document(), settings.PUBLIC_BASE_URL)
    response = JsonResponse(page, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Type"] = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    response["Content-Disposition"] = f'attachment; filename="{record.identifier}-annotations.json"'
    return keep_private(response)


def editor_url(record: Record) -> str:
    return reverse("archive_mentions:editor", args=[record.pk])
