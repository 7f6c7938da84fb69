"""Export a selection: choose a form, watch it being written, fetch the file."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.exporting import run
from archive.exporting.formats import FORMATS
from archive.previews import keep_private
from media import jobs
from media.models import Job
from media.sentences import say

from . import selection
from .record_access import readers_only, visible_records

RECENT = 20


class ExportAction(selection.SelectionAction):
    display_name = _("Xuất")
    action_type = "export"
    aria_label = _("Xuất các bản ghi đã chọn")
    action_priority = 10
    target = "archive_export:index"
    permission = "archive.view_record"


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=_("Dạng tệp"),
        choices=[(name, name) for name in FORMATS],  # worded in __init__, in the reader's language
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    lang = forms.ChoiceField(
        label=_("Ngôn ngữ của tiêu đề cột và của lời"),
        choices=[("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))],
    )
    working = forms.BooleanField(
        label=_("Cả bản làm việc chưa công bố"),
        required=False,
        help_text=_(
            "Cho JSON-LD, Dublin Core, MARCXML. Không tích thì chỉ xuất các bản đang công bố. Không phát hành tệp này."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [(name, f"{one.name}: {one.about}") for name, one in FORMATS.items()]


@readers_only
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """GET: what to export and in which form; earlier exports. POST: start one."""
    token = request.POST.get("selection") or request.GET.get("selection") or ""
    records = selection.found(request, token) if token else visible_records(request.user)
    form = ExportForm(request.POST or None, initial={"lang": "en" if get_language() == "en" else "vi"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        job = run.start(records, given["format"], given["lang"], given["working"], request.user)
        return redirect("archive_export:job", job.pk)
    mine = Job.objects.filter(kind=run.KIND, subject=f"user:{request.user.pk}")[:RECENT]
    context = {
        "form": form,
        "token": token,
        "count": records.count(),
        "recent": [{"job": job, "there": _there(job), "name": FORMATS[job.payload["format"]].name} for job in mine],
    }
    return render(request, "archive/admin/export.html", context, status=400 if form.is_bound else 200)


@readers_only
@require_GET
def job_page(request, pk):
    return render(request, "archive/admin/export_job.html", _context(request, pk))


@readers_only
@require_GET
def progress(request, pk):
    """The part of the page that changes while the export runs."""
    return keep_private(render(request, "archive/admin/export_progress.html", _context(request, pk)))


@readers_only
@require_POST
def cancel(request, pk):
    jobs.cancel(_job(request, pk))
    return redirect("archive_export:job", pk)


@readers_only
@require_POST
def retry(request, pk):
    jobs.retry(_job(request, pk), request.user)
    return redirect("archive_export:job", pk)


@readers_only
@require_GET
def download(request, pk):
    """The file, for whoever asked for it, while they may still see all that is in it."""
    job = _job(request, pk)
    if not _there(job):
        raise Http404(pk)
    if run.wanted(job, visible_records(request.user)).count() < job.result["count"]:
        raise PermissionDenied(_("Có bản ghi trong tệp này nay bạn không được xem nữa. Hãy xuất lại."))
    path = run.file_of(job)
    return keep_private(FileResponse(open(path, "rb"), as_attachment=True, filename=path.name))


def _job(request, pk) -> Job:
    """Only one's own: the file holds what its owner may see."""
    return get_object_or_404(Job, pk=pk, kind=run.KIND, subject=f"user:{request.user.pk}")


def _there(job) -> bool:
    return job.state == Job.State.DONE and run.file_of(job).is_file()


def _context(request, pk) -> dict:
    job = _job(request, pk)
    return {
        "job": job,
        "live": job.is_live,
        "name": FORMATS[job.payload["format"]].name,
        "reason": say(job.reason, job.reason_params),
        "there": _there(job),
        "waiting_for_worker": job.is_live and not jobs.alive("heavy"),
    }
