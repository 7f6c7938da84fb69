"""A page of a scan as something to work on: who may, which records lead there, the way from page to page.

Shared by the pages on which a sheet's lines are corrected (archive.lines) and on which it is placed on the earth
(archive.georeferencing). `route`: the name of the address of such a page, which takes the scan and the page's number.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from media import visibility
from media.models import Scan

from .admin.record_access import visible_records
from .models import Record, RecordScan
from .subjects import RecordSubject

READ, WRITE = "archive.view_record", "archive.change_record"


def find(request, scan_pk: int, page: int, right: str, refusal: str) -> Scan:
    """The scan, if this person may see it and it has that page. Raises PermissionDenied(refusal) and Http404."""
    if not request.user.has_perm(right):
        raise PermissionDenied(refusal)
    scan = visibility.find(request.user).filter(pk=scan_pk).first()
    if scan is None or not 1 <= page <= scan.pages:
        raise Http404(scan_pk)
    return scan


def to_first_of(request, record_pk: int, route: str):
    """Leads to the first page of a record; back to its editor, with a sentence, where it has no scan."""
    record = may_see(request, record_pk, READ)
    first = _uses(record_pk).first()
    if first is None:
        messages.warning(request, _("Bản ghi chưa có bản quét nào; hãy thêm bản quét trước."))
        return redirect(RecordSubject(record).edit_url)
    return redirect(address(route, first.scan_id, first.page, record_pk))


def may_see(request, record_pk: int, right: str) -> Record:
    """The record. Raises PermissionDenied and Http404."""
    if not request.user.has_perm(right):
        raise PermissionDenied(_("Tài khoản này không được xem bản ghi."))
    record = visible_records(request.user).filter(pk=record_pk).first()
    if record is None:
        raise Http404(record_pk)
    return record


def address(route: str, scan_pk: int, page: int, record: int | None = None) -> str:
    path = reverse(route, args=[scan_pk, page])
    return f"{path}?record={record}" if record else path


def strip(route: str, record: int | None, scan: Scan, page: int) -> list[dict]:
    """Links to the other pages: those of the record, else those of the file."""
    if record is None:
        pages = [(scan.pk, number) for number in range(1, scan.pages + 1)]
    else:
        pages = list(dict.fromkeys(_uses(record).values_list("scan_id", "page")))
    return [
        {"number": number, "url": address(route, *one, record), "here": one == (scan.pk, page)}
        for number, one in enumerate(pages, start=1)
    ]


def _uses(record_pk: int):
    return RecordScan.objects.filter(record=record_pk).order_by("sort_order", "pk")
