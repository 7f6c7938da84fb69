"""How the archive's machine-readable addresses answer: ETag, no-cache, CORS, errors as JSON."""

import hashlib
import json
from functools import wraps

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override

from . import limits
from .models import Edition, Tombstone

LANGUAGES = ("vi", "en")
SAFE = ("GET", "HEAD", "OPTIONS")


class Problem(Exception):
    """An answer that isn't 200: status, code (a fixed word), message (a sentence), field (or None)."""

    def __init__(self, status: int, code: str, message: str, field: str | None = None, **extra):
        super().__init__(message)
        self.status, self.code, self.message, self.field, self.extra = status, code, message, field, extra


def standing(identifier: str) -> Edition:
    """The standing edition. Raises Problem 410 where one was withdrawn, else 404: a draft is as unknown as nothing."""
    edition = Edition.objects.filter(identifier=identifier).first()
    if edition:
        return edition
    tombstone = Tombstone.objects.filter(identifier=identifier).first()
    if tombstone:
        raise Problem(
            410,
            "gone",
            _("Tư liệu “%(id)s” đã được rút, không còn công bố.") % {"id": identifier},
            withdrawn_at=tombstone.withdrawn_at.isoformat(),
        )
    raise Problem(404, "not_found", _("Không có tư liệu công bố nào mang số hiệu “%(id)s”.") % {"id": identifier})


def language(request) -> str:
    """The language asked for by ?lang=, else Vietnamese. Raises Problem 400 for a language we don't have."""
    asked = request.GET.get("lang", "")
    if asked in LANGUAGES:
        return asked
    if asked:
        raise Problem(400, "bad_parameter", _("lang chỉ nhận vi hoặc en."), "lang")
    return "vi"


def answer(request, body: bytes, content_type: str, status: int = 200, sameness: bytes | None = None) -> HttpResponse:
    """`body` with an ETag; 304 when the asker has it already. `sameness`: what the ETag is made of instead of the
    body, where parts of that change without meaning anything; the ETag is then a weak one."""
    response = HttpResponse(body, content_type=content_type, status=status)
    if status == 200:
        tag = hashlib.sha256(body if sameness is None else sameness).hexdigest()[:32]
        response["ETag"] = f'"{tag}"' if sameness is None else f'W/"{tag}"'
        response["Cache-Control"] = "no-cache"
        response = get_conditional_response(request, etag=response["ETag"], response=response)
    else:
        response["Cache-Control"] = "no-store"
    return open_to_all(response)


def answer_json(
    request, data, content_type: str = "application/json", status: int = 200, passing: tuple[str, ...] = ()
) -> HttpResponse:
    """`passing`: keys of `data` that the ETag doesn't heed, such as how long the answer took."""
    sameness = _as_json({key: data[key] for key in data if key not in passing}) if passing else None
    return answer(request, _as_json(data), content_type, status, sameness)


def _as_json(data) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Any site's scripts may read what is public."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def allow(request, what: str) -> None:
    """Raises Problem 429 for a reader who asks `what` too often."""
    if seconds := limits.wait(request, what):
        message = _("Địa chỉ của bạn đã hỏi quá nhiều trong một phút. Xin thử lại sau %(seconds)s giây.")
        raise Problem(429, "too_many_requests", message % {"seconds": seconds}, retry_after=seconds)


def preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join(SAFE)
    response["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return open_to_all(response)


def public_json(view):
    """Decorator of views that answer JSON: other methods get 405, Problems become the error document.

    Messages are in the language of ?lang=.
    """

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        asked = request.GET.get("lang")
        lang = asked if asked in LANGUAGES else "vi"
        with override(lang):
            try:
                response = _answer(view, request, *args, **kwargs)
            except Problem as problem:
                response = refusal(request, problem)
        response.headers.setdefault("Content-Language", lang)
        return response

    return wrapped


def _answer(view, request, *args, **kwargs) -> HttpResponse:
    if request.method == "OPTIONS":
        return preflight()
    if request.method not in SAFE:
        raise Problem(405, "method_not_allowed", _("Địa chỉ này chỉ đọc được (GET, HEAD)."))
    return view(request, *args, **kwargs)


def refusal(request, problem: Problem) -> HttpResponse:
    error = {"code": problem.code, "message": problem.message, "field": problem.field, **problem.extra}
    response = answer_json(request, {"error": error}, status=problem.status)
    if problem.status == 429:
        response["Retry-After"] = str(problem.extra["retry_after"])
    if problem.status == 405:
        response["Allow"] = ", ".join(SAFE)
    return response


def base() -> str:
    """PUBLIC_BASE_URL: the only source of absolute addresses."""
    return settings.PUBLIC_BASE_URL
