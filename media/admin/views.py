"""The curators' pages of scans: list with progress, upload, retry."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin.views.generic import IndexView
from wagtail.permission_policies import ModelPermissionPolicy

from media import jobs, renditions, states, visibility
from media.admin import columns, progress
from media.admin.forms import ACCEPT, HELP, UploadForm
from media.admin.upload_words import strings
from media.ingest import Refused, ingest
from media.models import Job, Scan

ADD = "media.add_scan"
SEE = ("media.view_scan", ADD)
MOST_POLLED = 100
# What the page sends at a time: it is checked as a whole, and lost as a whole when the line breaks.
PIECE = 16 * 2**20


def may_see(user) -> bool:
    return any(user.has_perm(permission) for permission in SEE)


class ScanIndexView(IndexView):
    """All scans, the newest first."""

    model = Scan
    permission_policy = ModelPermissionPolicy(Scan)
    any_permission_required = ["add", "view"]
    page_title = gettext_lazy("Bản quét")
    header_icon = "image"
    template_name = "media/admin/index.html"
    index_url_name = "media_scans:index"
    index_results_url_name = "media_scans:index_results"
    add_url_name = "media_scans:upload"
    add_item_label = gettext_lazy("Tải bản quét lên")
    search_fields = ["original_name"]
    default_ordering = "-created_at"
    paginate_by = 24
    _show_breadcrumbs = True

    @cached_property
    def columns(self):
        return columns.listing()

    def get_base_queryset(self):
        return visibility.find(self.request.user).select_related("uploaded_by")

    def paginate_queryset(self, queryset, page_size):
        paginator, page, scans, more = super().paginate_queryset(queryset, page_size)
        page.object_list = scans = list(scans)
        found = states.of(scans)
        for scan in scans:
            scan.state = found[scan.pk]
            scan.state_may_retry = self.user_has_permission("add")
        return paginator, page, scans, more


@require_GET
def state(request):
    """JSON: {"scans": [{"id", "state", "label", "percent", "stage", "reason", "thumbnail"}]} for ?id=…&id=…"""
    if not may_see(request.user):
        raise PermissionDenied
    wanted = [int(pk) for pk in request.GET.getlist("id")[:MOST_POLLED] if pk.isascii() and pk.isdigit()]
    found = states.of(visibility.find(request.user).filter(pk__in=wanted))
    response = JsonResponse({"scans": [progress.as_json(found[pk]) for pk in wanted if pk in found]})
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
def upload(request):
    """Take in any number of files: each that is refused is named with its reason, the good ones are kept."""
    if not request.user.has_perm(ADD):
        raise PermissionDenied
    results = []
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        results = [_take(file, request.user) for file in form.cleaned_data["files"]]
        form = UploadForm()
    context = {
        "form": form,
        "strings": strings(),
        "accept": ACCEPT,
        "piece": PIECE,
        "help": HELP,
        "results": results,
        "taken": [result for result in results if result["scan"]],
        "refused": [result for result in results if not result["scan"]],
        "page_title": _("Tải bản quét lên"),
        "header_title": _("Tải bản quét lên"),
        "header_icon": "upload",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Trang chủ")},
            {"url": reverse("media_scans:index"), "label": _("Bản quét")},
            {"url": "", "label": _("Tải lên")},
        ],
    }
    status = 422 if results and not context["taken"] else 200
    return TemplateResponse(request, "media/admin/upload.html", context, status=status)


def _take(file, user) -> dict:
    """{"name", "scan": Scan | None, "state", "reason"} of one uploaded file."""
    try:
        scan = ingest(file, file.name, user)
    except Refused as error:
        return {"name": file.name, "scan": None, "state": None, "reason": str(error)}
    seen = visibility.find(user).filter(pk=scan.pk).exists()
    known = progress.known_as(scan, file.name) if seen else ""
    return {"name": file.name, "scan": scan, "state": states.of([scan])[scan.pk], "reason": known}


@require_POST
def retry(request, pk: int):
    """Put a scan's failed work back into the queue."""
    if not request.user.has_perm(ADD):
        raise PermissionDenied
    scan = get_object_or_404(visibility.find(request.user), pk=pk)
    job = states.of([scan])[scan.pk].job
    if job and job.state in (Job.State.FAILED, Job.State.CANCELLED):
        jobs.retry(job, request.user)
    else:
        renditions.ensure_all(scan, request.user)
    messages.success(request, _("Đã xếp “%(name)s” vào hàng đợi để xử lý lại.") % {"name": scan.original_name})
    return redirect("media_scans:index")
