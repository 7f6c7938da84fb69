"""Images over HTTP, after the IIIF Image API 3.0: for the public, and for staff before clearance."""

import hashlib
import logging

import pyvips
from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from media import iiif, storage, tiles, visibility
from media.models import Rendition
from media.sentences import say

log = logging.getLogger(__name__)

STAFF = ("wagtailadmin.access_admin", "media.view_scan")
PUBLIC, PRIVATE = "/iiif/image", "/admin/iiif"
PROFILE = "http://iiif.io/api/image/3/level2.json"
LD_JSON = f'application/ld+json;profile="{iiif.CONTEXT}"'
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
    """/iiif/image/{id}/…: answers while a standing edition lists the image, looked up for each request."""
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
        response = _answer(request, path, PUBLIC) if allowed else _not_found()
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link"
    return response


def staff_image(request, path: str):
    """/admin/iiif/{id}/…: any rendition, for those who may see scans; never stored."""
    image_id = path.partition("/")[0]
    if request.method not in ("GET", "HEAD"):
        response = HttpResponseNotAllowed(["GET", "HEAD"])
    elif not request.user.is_active or not all(map(request.user.has_perm, STAFF)):
        response = _error(403, "forbidden", _("Bạn cần đăng nhập vào phần quản trị để xem ảnh này."))
    elif not Rendition.objects.filter(image_id=image_id).exists() or visibility.is_hidden_image(image_id, request.user):
        response = _not_found()
    else:
        response = _answer(request, path, PRIVATE)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _answer(request, path: str, base: str) -> HttpResponse:
    """Answer for an image that may be seen."""
    image_id, _slash, rest = path.partition("/")
    address = f"{settings.PUBLIC_BASE_URL}{base}/{image_id}"
    if not rest:
        response = HttpResponseRedirect(f"{address}/info.json")
        response.status_code = 303
        response["Cache-Control"] = "no-cache"
        return response
    file = storage.readable_path(image_id)
    if file is None:
        log.error("image %s has no file", image_id)
        return _error(503, "unavailable", _("Tệp ảnh tạm thời không đọc được. Xin thử lại sau."))
    try:
        width, height = tiles.size_of(file)
        if rest == "info.json":
            return _info(request, iiif.info(address, width, height))
        return _image(request, file, address, iiif.parse(rest, width, height))
    except iiif.BadRequest as error:
        return _error(error.status, error.code, say(SENTENCES[error.field, error.code], {}), error.field)
    except pyvips.Error:
        log.exception("image %s can't be read", image_id)
        return _error(500, "damaged", _("Tệp ảnh bị hỏng. Lỗi đã được ghi lại cho người vận hành."))


def _info(request, document: dict) -> HttpResponse:
    asks_ld = "application/ld+json" in request.headers.get("Accept", "")
    response = JsonResponse(document, content_type=LD_JSON if asks_ld else "application/json")
    response["ETag"] = f'"{hashlib.sha256(response.content + response["Content-Type"].encode()).hexdigest()[:32]}"'
    response["Cache-Control"] = "no-cache"
    response["Link"] = f'<{PROFILE}>;rel="profile"'
    patch_vary_headers(response, ["Accept"])
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _image(request, file, address: str, wanted: iiif.Request) -> HttpResponse:
    what = f"{address.rpartition('/')[2]}/{wanted.canonical}/{tiles.VERSION}/{pyvips.version(0)}.{pyvips.version(1)}"
    etag = f'"{hashlib.sha256(what.encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(tiles.cut(file, wanted), content_type=iiif.MEDIA_TYPES[wanted.format])
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=3600, must-revalidate"
    response["Link"] = f'<{address}/{wanted.canonical}>;rel="canonical", <{PROFILE}>;rel="profile"'
    return response


def _not_found() -> HttpResponse:
    return _error(404, "not_found", _("Không có ảnh này, hoặc ảnh không còn được công bố."))


def _error(status: int, code: str, message: str, field: str | None = None) -> HttpResponse:
    response = JsonResponse({"error": {"code": code, "message": message, "field": field}}, status=status)
    response["Cache-Control"] = "no-cache"
    return response
