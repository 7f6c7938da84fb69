"""Addresses below /admin/scans/files/: tus 1.0 for who may add scans, each for their own uploads."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from media import jobs, states, visibility
from media.admin import progress
from media.ingest import Refused
from media.models import Job, Upload
from media.sentences import say

from . import protocol, store
from .protocol import Wrong

ADD = "media.add_scan"
MOST_POLLED = 200

FORBIDDEN = noop("Tài khoản này không có quyền tải bản quét lên.")
NO_LENGTH = noop("Yêu cầu phải nói trước độ dài của phần gửi lên (Content-Length).")
WRONG_TYPE = noop("Phần gửi lên phải có kiểu nội dung %(type)s.")


def collection(request):
    """OPTIONS: what this server can. POST: announce a file, perhaps with its first bytes. GET: see `progress_of`."""
    return _answer(request, {"OPTIONS": _options, "POST": _create, "GET": progress_of})


def item(request, token: str):
    """HEAD: how far an upload is. PATCH: its next bytes. DELETE: end it."""
    return _answer(request, {"OPTIONS": _options, "HEAD": _head, "PATCH": _patch, "DELETE": _delete}, token)


def _answer(request, methods: dict, *arguments):
    method = request.method
    if method == "POST":
        # Only of a POST, which has been checked against forgery.
        method = request.headers.get("X-HTTP-Method-Override", method).upper()
    try:
        if not request.user.has_perm(ADD):
            raise Wrong(403, FORBIDDEN)
        if method not in methods:
            response = HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
        elif method not in ("OPTIONS", "GET") and request.headers.get("Tus-Resumable") != protocol.VERSION:
            response = HttpResponse(status=412, headers={"Tus-Version": protocol.VERSION})
        else:
            response = methods[method](request, *arguments)
    except (Wrong, store.Unwelcome) as error:
        response = JsonResponse({"error": {"code": error.status, "message": str(error)}}, status=error.status)
        if error.status == 413:
            response["Tus-Max-Size"] = str(settings.SCAN_MAX_BYTES)
    response["Tus-Resumable"] = protocol.VERSION
    response["Cache-Control"] = "no-store"
    return response


def _options(request, *_token):
    return HttpResponse(
        status=204,
        headers={
            "Tus-Version": protocol.VERSION,
            "Tus-Extension": ",".join(protocol.EXTENSIONS),
            "Tus-Max-Size": str(settings.SCAN_MAX_BYTES),
            "Tus-Checksum-Algorithm": ",".join(protocol.ALGORITHMS),
        },
    )


def _create(request):
    length = protocol.number(request.headers, "Upload-Length")
    about = protocol.metadata(request.headers)
    size = _body_size(request) if request.content_type == protocol.BODY else 0
    checksum = protocol.checksum(request.headers) if size else None
    upload = store.create(request.user, about.get("filename", ""), length, protocol.sha256_of(about))
    if size:
        try:
            store.append(upload, 0, request, size, checksum)
        except Wrong:
            store.remove(upload)  # its address has been told to nobody
            raise
    response = HttpResponse(status=201, headers=_standing(upload))
    response["Location"] = reverse("media_uploads:item", args=[upload.token])
    return response


def _head(request, token):
    upload = _own(request, token)
    return HttpResponse(status=200, headers=_standing(upload) | {"Upload-Length": str(upload.length)})


def _patch(request, token):
    upload = _own(request, token)
    if request.content_type != protocol.BODY:
        raise Wrong(415, WRONG_TYPE, type=protocol.BODY)
    offset = protocol.number(request.headers, "Upload-Offset")
    store.append(upload, offset, request, _body_size(request), protocol.checksum(request.headers))
    return HttpResponse(status=204, headers=_standing(upload))


def _delete(request, token):
    store.remove(_own(request, token))
    return HttpResponse(status=204)


def _body_size(request) -> int:
    if not request.META.get("CONTENT_LENGTH"):
        raise Wrong(411, NO_LENGTH)
    return protocol.number(request.headers, "Content-Length")


def _own(request, token) -> Upload:
    upload = store.find(request.user, token)
    if upload is None:
        raise Wrong(404, store.GONE)
    if store.is_over(upload):
        raise Wrong(410, store.GONE)
    return upload


def _standing(upload: Upload) -> dict:
    """Where an upload stands, as headers."""
    headers = {"Upload-Offset": str(store.offset_of(upload))}
    if upload.state == Upload.State.RECEIVING:
        headers["Upload-Expires"] = protocol.expires(upload.expires_at)
    return headers


# --- after the last byte -----------------------------------------------------------------------------


def progress_of(request):
    """?token=…&token=…: {"uploads": [{"token", "state", "label", "percent", "reason", "may_retry", "scan"}]}."""
    tokens = request.GET.getlist("token")[:MOST_POLLED]
    uploads = list(store.mine(request.user, tokens).select_related("scan"))
    scans = {upload.scan_id for upload in uploads if upload.scan_id}
    found = states.of(visibility.find(request.user).filter(pk__in=scans))
    work: dict[str, Job] = {}
    for job in Job.objects.filter(subject__in=[store.subject_of(one) for one in uploads], kind=store.KIND):
        work.setdefault(job.subject, job)  # the newest comes first
    return JsonResponse({"uploads": [_as_json(one, work.get(store.subject_of(one)), found) for one in uploads]})


def _as_json(upload: Upload, job: Job | None, found: dict) -> dict:
    label, reason, may_retry = upload.get_state_display(), "", False
    if upload.state == Upload.State.REFUSED:
        reason = str(Refused(upload.reason, upload.name, **upload.reason_params))
    elif upload.state == Upload.State.RECEIVED and job:
        label = job.stage_text or label
        may_retry = job.state in (Job.State.FAILED, Job.State.CANCELLED)
        if may_retry:
            label, reason = job.get_state_display(), job.reason_text
    elif upload.scan_id in found:
        reason = progress.known_as(found[upload.scan_id].scan, upload.name)
    return {
        "token": upload.token,
        "state": upload.state,
        "label": str(label),
        "percent": job.percent if job else 0,
        "reason": reason,
        "may_retry": may_retry,
        "scan": progress.as_json(found[upload.scan_id]) if upload.scan_id in found else None,
    }


@require_POST
def retry(request, token: str):
    """Check a whole upload once more, after the check broke."""
    upload = store.find(request.user, token) if request.user.has_perm(ADD) else None
    if upload is None:
        return JsonResponse({"error": {"code": 404, "message": say(store.GONE, {})}}, status=404)
    job = jobs.latest_for(store.subject_of(upload), store.KIND)
    if job:
        jobs.retry(job, request.user)
    return JsonResponse({"message": _("Đã xếp “%(name)s” vào hàng đợi để kiểm tra lại.") % {"name": upload.name}})
