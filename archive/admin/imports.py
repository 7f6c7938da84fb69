"""Upload a spreadsheet with its scans, watch the import, read what became of each row."""

import tempfile
from functools import wraps
from pathlib import Path

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from media import jobs
from media.models import Job
from media.sentences import say

from ..importing import report_sheet, uploads
from ..importing import template as sheet_template
from ..importing.run import Options
from ..models import ChangeSet

PERMISSION = "archive.add_record"
RECENT = 20
SHOWN = 50  # refused rows on the report's own page; all of them stand in the change set
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files; cleaned to a list."""

    widget = ManyFiles

    def clean(self, data, initial=None):
        return [super(ManyFilesField, self).clean(one, initial) for one in data or []]


class ImportForm(forms.Form):
    sheet = forms.FileField(label=_("Bảng tính"), help_text=_("Tệp .xlsx hoặc .csv, dòng đầu là tiêu đề cột."))
    scans = ManyFilesField(
        label=_("Tệp quét"),
        required=False,
        widget=ManyFiles(attrs={"accept": ".tif,.tiff,.jpg,.jpeg,.png"}),
        help_text=_("Chọn nhiều tệp cùng lúc. Bảng tính cũng có thể nhắc tên bản quét đã có trong kho."),
    )
    mapping = forms.FileField(
        label=_("Tệp ánh xạ"),
        required=False,
        help_text=_("TOML, cho bảng tính có tiêu đề cột khác."),
    )
    existing = forms.ChoiceField(
        label=_("Dòng có số hiệu đã có trong kho"),
        choices=[
            ("refuse", _("Không nhận, nêu trong báo cáo")),
            ("skip", _("Bỏ qua, giữ bản ghi đang có")),
            ("update", _("Cập nhật bản ghi; ô để trống trong cột có mặt thì xoá giá trị cũ")),
        ],
        widget=forms.RadioSelect,
        initial="refuse",
        required=False,
    )
    create_missing = forms.BooleanField(
        label=_("Tạo tác nhân, cơ quan lưu giữ, nguồn, từ khoá chưa có"),
        required=False,
    )
    convert_legacy = forms.BooleanField(
        label=_("Chuyển mã chữ cũ"),
        required=False,
        help_text=_(
            "Chữ TCVN3 (ABC), VNI, VISCII được đổi sang Unicode. Không chọn thì những ô ấy được nêu trong báo cáo."
        ),
    )
    dry_run = forms.BooleanField(label=_("Chỉ kiểm tra, chưa ghi gì"), required=False)


def allowed(view):
    """Only for those who may add records. Others' imports are shown too: curators work on one catalogue."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapped


@allowed
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        try:
            job = _start(request, form.cleaned_data)
        except uploads.UploadRefused as error:
            form.add_error(None, str(error))
        else:
            return redirect("archive_import:job", job.pk)
    recent = Job.objects.filter(kind=uploads.KIND).select_related("user", "change_set__job")[:RECENT]
    status = 400 if form.is_bound else 200
    return render(request, "archive/import.html", {"form": form, "recent": recent}, status=status)


def _start(request, given: dict) -> Job:
    scans = given["scans"]
    if scans and not request.user.has_perm("media.add_scan"):
        raise PermissionDenied
    existing = given["existing"]
    options = Options(
        update=existing == "update",
        skip=existing == "skip",
        create_missing=given["create_missing"],
        convert_legacy=given["convert_legacy"],
        dry_run=given["dry_run"],
    )
    return uploads.start(given["sheet"], scans, given["mapping"], options, request.user)


@allowed
@require_GET
def template(request):
    """A sheet to fill in, with every heading in the reader's language, examples, lists of values and a guide."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        sheet_template.write(path, "en" if get_language() == "en" else "vi")
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="cat-vang.xlsx"'
    return response


@allowed
@require_GET
def job_page(request, pk):
    return render(request, "archive/import_job.html", _context(pk))


@allowed
@require_GET
def progress(request, pk):
    """The part of the page that changes while the import runs."""
    response = render(request, "archive/import_progress.html", _context(pk))
    response["Cache-Control"] = "no-store"
    return response


@allowed
@require_GET
def report_file(request, pk):
    """The sheet as it was uploaded, with its faults as comments."""
    job = _job(pk)
    path = _report_path(job)
    if path is None:
        raise Http404
    name = Path(job.payload.get("name") or "import").stem
    response = FileResponse(open(path, "rb"), as_attachment=True, filename=f"{name} - {gettext('kết quả')}.xlsx")
    response["Cache-Control"] = "no-store"
    return response


def _report_path(job: Job) -> Path | None:
    path = report_sheet.kept_at(uploads.folder_of(job).name)
    return path if path.is_file() else None


@allowed
@require_POST
def retry(request, pk):
    jobs.retry(_job(pk), request.user)
    return redirect("archive_import:job", pk)


@allowed
@require_POST
def cancel(request, pk):
    jobs.cancel(_job(pk))
    return redirect("archive_import:job", pk)


def _job(pk: int) -> Job:
    return get_object_or_404(Job, pk=pk, kind=uploads.KIND)


def _context(pk: int) -> dict:
    job = _job(pk)
    live = job.state in (Job.State.QUEUED, Job.State.RUNNING)
    change_set = ChangeSet.objects.filter(job=job).first()
    return {
        "job": job,
        "live": live,
        "reason": say(job.reason, job.reason_params),
        "stage": say(job.stage, {}),
        "change_set": change_set,
        "told": change_set.rows.count() if change_set and not change_set.options.get("dry_run") else job.done,
        "shown": SHOWN,
        "has_sheet": job.state == Job.State.DONE and _report_path(job) is not None,
        "report": job.result if job.state == Job.State.DONE else None,
        "waiting_for_worker": live and not jobs.alive("heavy"),
    }
