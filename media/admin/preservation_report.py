"""The page that says how the masters are: last check, faults, and every event."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from media import preservation, visibility
from media.models import PreservationEvent, Scan

SEE = "media.view_scan"
PER_PAGE = 50
MOST_FAULTS = 200


@require_GET
def report(request):
    """?scan=… shows one scan's events alone; ?p= is the page of them."""
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    scan = _asked_for(request)
    events = _shown(PreservationEvent.objects.select_related("scan", "user"), request.user)
    if scan:
        events = events.filter(scan=scan)
    context = {
        "scan": scan,
        "events": Paginator(events.order_by("-pk"), PER_PAGE).get_page(request.GET.get("p")),
        "faults": _shown(preservation.faults(), request.user).order_by("-pk")[:MOST_FAULTS],
        "last_checked": preservation.last_checked(),
        "total": Scan.objects.count(),
        "days": settings.FIXITY_EVERY_DAYS,
        "due": _due(),
        "has_copy": bool(settings.MASTERS_COPY_DIR),
        "uncopied": preservation.uncopied().count() if settings.MASTERS_COPY_DIR else 0,
        "page_title": _("Bảo quản tệp gốc"),
        "header_title": _("Bảo quản tệp gốc"),
        "header_icon": "history",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Trang chủ")},
            {"url": reverse("media_scans:index"), "label": _("Bản quét")},
            {"url": "", "label": _("Bảo quản tệp gốc")},
        ],
    }
    return TemplateResponse(request, "media/admin/preservation.html", context)


def _asked_for(request) -> Scan | None:
    asked = request.GET.get("scan", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 18):
        return None
    return visibility.find(request.user).filter(pk=int(asked)).first()


def _shown(events, user):
    """Without the events of scans that are hidden from this person."""
    scans = visibility.find(user)
    return events.filter(scan__in=scans) if scans.query.where else events


def _due() -> int:
    """How many masters wait for being read again."""
    days = settings.FIXITY_EVERY_DAYS
    return preservation.unchecked(timezone.now() - timedelta(days=days)).count() if days else 0
