"""Images over HTTP, after the IIIF Image API 3.0: for the public, and for staff before clearance."""

import logging

from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from media import iiif, serving, storage, tiles, visibility
from media.models import Rendition
from media.sentences import say

log = logging.getLogger(__name__)

STAFF = ("wagtailadmin.access_admin", "media.view_scan")
PRIVATE = "/admin/iiif"
SENTENCES = {
    ("request", "syntax"): noop("Địa chỉ ảnh phải có dạng {vùng}/{cỡ}/{góc xoay}/{kiểu màu}.{định dạng}."),
    ("region", "syntax"): noop("Vùng ảnh phải là full, square, x,y,w,h hoặc pct:x,y,w,h."),
    ("region", "empty"): noop("Vùng ảnh phải rộng và cao hơn 0."),
    ("region", "outside"): noop("Vùng ảnh nằm ngoài ảnh."),
    ("size", "syntax"): noop("Cỡ ảnh phải là max, w, hoặc ,h hoặc pct:n hoặc w,h hoặc !w,h, có thể thêm ^ đứng trước."),
    ("size", "empty"): noop("Cỡ ảnh phải lớn hơn 0."),
    ("size", "upscaled"): noop("Cỡ ảnh lớn hơn vùng ảnh; muốn phóng to thì thêm ^ đứng trước."),
    ("size", "limit"): noop("Cỡ ảnh vượt giới hạn maxWidth, maxHeight hoặc maxArea ghi trong info.json."),
    ("rotation", "syntax"): noop("Góc xoay phải là một số từ 0 đến 360, có thể thêm ! đứng trước."),
    ("rotation", "range"): noop("Góc xoay phải từ 0 đến 360 độ."),
    ("rotation", "degrees"): noop("Chỉ xoay được 0, 90, 180 hoặc 270 độ."),
    ("quality", "unknown"): noop("Kiểu màu phải là default, color, gray hoặc bitonal."),
    ("format", "syntax"): noop("Thiếu định dạng ảnh: jpg hoặc png."),
    ("format", "unknown"): noop("Định dạng ảnh phải là jpg hoặc png."),
    ("format", "unsupported"): noop("Định dạng này chưa được hỗ trợ; hãy dùng jpg hoặc png."),
}


def public_image(request, path: str):
    """/iiif/image/{id}/…: answers while a standing edition lists the image, looked up for each request.

    What can be answered without a word is answered before, by media.front.
    """
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
        response["Access-Control-Max-Age"] = "86400"
    elif request.method not in ("GET", "HEAD"):
        response = HttpResponseNotAllowed(["GET", "HEAD", "OPTIONS"])
    else:
        image_id = path.partition("/")[0]
        allowed = bool(storage.IMAGE_ID.match(image_id)) and storage.is_public(image_id)
        response = _answer(request, path, serving.PUBLIC) if allowed else _not_found()
    return serving.for_every_site(response)


def staff_image(request, path: str):
    """/admin/iiif/{id}/…: any rendition, for those who may see scans; never stored."""
    image_id = path.partition("/")[0]
    if request.method not in ("GET", "HEAD"):
        response = HttpResponseNotAllowed(["GET", "HEAD"])
    elif not request.user.is_active or not all(map(request.user.has_perm, STAFF)):
        response = _error(403, "forbidden", _("Bạn cần đăng nhập vào phần quản trị để xem ảnh này."))
    elif not storage.IMAGE_ID.match(image_id) or not Rendition.objects.filter(image_id=image_id).exists():
        response = _not_found()
    elif visibility.is_hidden_image(image_id, request.user):
        response = _not_found()
    else:
        response = _answer(request, path, PRIVATE)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _answer(request, path: str, base: str) -> HttpResponse:
    """Answer for an image that may be seen, or a sentence that says why not."""
    image_id, _slash, rest = path.partition("/")
    try:
        return serving.answer(request, image_id, rest, base)
    except serving.NoFile:
        log.error("image %s has no file", image_id)
        return _error(503, "unavailable", _("Tệp ảnh tạm thời không đọc được. Xin thử lại sau."))
    except iiif.BadRequest as error:
        return _error(error.status, error.code, say(SENTENCES[error.field, error.code], {}), error.field)
    except tiles.BROKEN:
        log.exception("image %s can't be read", image_id)
        return _error(500, "damaged", _("Tệp ảnh bị hỏng. Lỗi đã được ghi lại cho người vận hành."))


def _not_found() -> HttpResponse:
    return _error(404, "not_found", _("Không có ảnh này, hoặc ảnh không còn được công bố."))


def _error(status: int, code: str, message: str, field: str | None = None) -> HttpResponse:
    response = JsonResponse({"error": {"code": code, "message": message, "field": field}}, status=status)
    response["Cache-Control"] = "no-cache"
    return response
