"""Who may open the page on which a sheet is placed, and the sheet itself."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from media import visibility
from media.models import Scan

READ, WRITE = "archive.view_record", "archive.change_record"


def page_of(request, scan_pk: int, page: int, right: str) -> Scan:
    """The scan, if this person may see it and it has that page. Raises PermissionDenied and Http404."""
    if not request.user.has_perm(right):
        raise PermissionDenied(_("Tài khoản này không được xem hay sửa vị trí tờ bản đồ."))
    scan = visibility.find(request.user).filter(pk=scan_pk).first()
    if scan is None or not 1 <= page <= scan.pages:
        raise Http404(scan_pk)
    return scan
