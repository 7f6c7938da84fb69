"""Health of the process and of the parts it stands on."""

import logging
import tempfile

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from media import jobs
from media.ocr import tesseract
from search import indexer

log = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request):
    """200 as long as the process answers; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """200 when every part is well, else 503: {"ready": bool, "parts": {name: {"ok": bool, "reason": sentence}}}.

    "optional" names parts that a site can do without, in the same way.
    """
    parts = {name: _tried(name, check) for name, check in CHECKS.items()}
    optional = {name: _tried(name, check) for name, check in OPTIONAL.items()}
    ready = all(part["ok"] for part in parts.values())
    answer = {"ready": ready, "parts": parts, "optional": optional}
    return JsonResponse(answer, status=200 if ready else 503, json_dumps_params={"ensure_ascii": False})


def _tried(name: str, check) -> dict:
    """A check's answer. Details of a fault go to the log: the address is public."""
    try:
        reason = check()
    except Exception:
        log.exception("readyz: %s", name)
        reason = _("không dùng được; xem nhật ký máy chủ")
    return {"ok": not reason, "reason": reason or ""}


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return ""


def index() -> str:
    status = indexer.status()
    return "" if status["ok"] else str(status.get("reason") or _("chỉ mục tìm kiếm chưa sẵn sàng"))


def storage() -> str:
    for folder in (settings.MASTERS_DIR, settings.PRIVATE_DIR, settings.PUBLIC_DIR):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
            file.flush()
    return ""


def worker(queue: str) -> str:
    return "" if jobs.alive(queue) else _("tiến trình nền “%(queue)s” không chạy") % {"queue": queue}


def text_recognition() -> str:
    return "" if tesseract.program() else _("chưa cài chương trình nhận dạng chữ (tesseract)")


CHECKS = {
    "database": database,
    "index": index,
    "storage": storage,
    "worker-index": lambda: worker("index"),
    "worker-heavy": lambda: worker("heavy"),
}
OPTIONAL = {"text-recognition": text_recognition}
