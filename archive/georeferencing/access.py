"""Who may open the page on which a sheet is placed, and the sheet itself."""

from django.utils.translation import gettext as _

from archive import scan_page
from archive.scan_page import READ, WRITE
from media.models import Scan

__all__ = ["READ", "WRITE", "page_of"]


def page_of(request, scan_pk: int, page: int, right: str) -> Scan:
    """The scan, if this person may see it and it has that page. Raises PermissionDenied and Http404."""
    return scan_page.find(request, scan_pk, page, right, _("Tài khoản này không được xem hay sửa vị trí tờ bản đồ."))
