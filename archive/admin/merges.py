"""Merge two authorities: choose the other one, see both side by side and what will happen, confirm."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive import authority_uses, display, merging
from archive.folding import fold
from archive.merged import MODELS, kind_of
from archive.models import Place, Status
from media import jobs
from media.models import Job
from media.sentences import say

from .authority_forms import reader_language
from .authority_views import edit_url, use_url

SHOWN = 20  # candidates
ALIKE = 3  # letters from which words of a name propose candidates


def allowed(view):
    """Only for those who may change authorities of this kind. The view gets the kind's model."""

    @wraps(view)
    def wrapped(request, kind, *args, **kwargs):
        if kind not in MODELS:
            raise Http404(kind)
        if not request.user.has_perm(f"archive.change_{kind}"):
            raise PermissionDenied(_("Tài khoản này không được gộp danh mục chuẩn."))
        return view(request, MODELS[kind], *args, **kwargs)

    return wrapped


@allowed
@require_GET
def choose(request, model, pk):
    """The one to be merged, and others of its kind: those that are found, at first those that look alike."""
    authority = get_object_or_404(model, pk=pk)
    query = request.GET.get("q", "").strip()
    others = model.objects.exclude(pk=pk)
    found = authority_uses.search(others, query) if query else alike(authority, others)
    found = list(found.order_by("key")[:SHOWN])
    sees = authority_uses.sees_held(request.user)
    counts = authority_uses.counts(kind_of(authority), [one.pk for one in found], sees) if found else {}
    context = {
        "authority": authority,
        "kind": kind_of(authority),
        "query": query,
        "found": [(one, counts[one.pk]) for one in found],
        "most": SHOWN,
        "edit_url": edit_url(authority),
    }
    return render(request, "archive/admin/merge_choose.html", context)


def alike(authority, others):
    """Those whose words hold the first words of this one's name."""
    words = [word for word in fold(authority.name_vi or "").split() if len(word) >= ALIKE][:2]
    return authority_uses.search(others, " ".join(words)) if words else others.none()


@allowed
@require_http_methods(["GET", "POST"])
def confirm(request, model, pk, other):
    """GET: both side by side, and what happens when `?keep=` stays. POST `keep`: do it."""
    pair = model.objects.in_bulk([pk, other])
    if len(pair) != 2:
        raise Http404(other)
    keep = (request.POST if request.method == "POST" else request.GET).get("keep", "")
    if request.method == "POST" and keep not in (str(pk), str(other)):
        return _page(request, pair, other, error=_("Hãy chọn mục được giữ lại."), status=422)
    heir = pair[int(keep)] if keep in (str(pk), str(other)) else pair[other]
    if request.method == "POST":
        return _merge(request, pair, heir)
    return _page(request, pair, heir.pk)


def _merge(request, pair, heir):
    duplicate = next(one for one in pair.values() if one.pk != heir.pk)
    name = str(duplicate)
    try:
        # Counted with what the person may not see: it is about how long it takes.
        if merging.plan(duplicate, heir).in_background:
            return redirect("archive_merge:job", kind_of(heir), merging.start(duplicate, heir, request.user).pk)
        merging.merge(duplicate, heir, request.user)
    except merging.Refused as error:
        return _page(request, pair, heir.pk, error=str(error), status=409)
    messages.success(
        request, _("Đã gộp “%(old)s” vào “%(new)s”; mọi liên kết đã chuyển theo.") % {"old": name, "new": heir}
    )
    return redirect(use_url(heir))


def _page(request, pair, kept, error="", status=200):
    heir = pair[kept]
    duplicate = next(one for one in pair.values() if one.pk != kept)
    plan = merging.plan(duplicate, heir, authority_uses.sees_held(request.user))
    context = {
        "kind": kind_of(heir),
        "heir": heir,
        "duplicate": duplicate,
        "pair": list(pair.values()),
        "rows": side_by_side(list(pair.values())),
        "plan": plan,
        "statuses": [(Status(name).label, count) for name, count in sorted(plan.statuses.items())],
        "taken": [capfirst(label(type(heir), name)) for name in plan.taken],
        "error": error,
    }
    return render(request, "archive/admin/merge_confirm.html", context, status=status)


def label(model, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


def side_by_side(pair: list) -> list[tuple]:
    """(heading, what the one says, what the other says) of the fields that say anything."""
    rows = [(_("Khoá"), *(one.key for one in pair)), (_("Tên tiếng Việt"), *(one.name_vi for one in pair))]
    rows.append((_("Tên tiếng Anh"), *(one.name_en for one in pair)))
    fields = {
        "place": ("kind", "parent", "latitude", "note"),
        "agent": ("kind", "dates", "other_names"),
    }.get(kind_of(pair[0]), ("url",) if hasattr(pair[0], "url") else ())
    for name in fields:
        heading = _("Toạ độ") if name == "latitude" else capfirst(label(type(pair[0]), name))
        rows.append((heading, *(_value(one, name) for one in pair)))
    if isinstance(pair[0], Place):
        rows.append((_("Các tên gọi"), *("\n".join(name.text for name in one.names.all()) for one in pair)))
    return [row for row in rows if any(row[1:])]


def _value(authority, name: str) -> str:
    lang = reader_language()
    if name == "latitude":
        return display.point(authority.latitude, authority.longitude, lang)
    if name == "kind" and isinstance(authority, Place):
        return display.place_kind(authority.kind, lang) if authority.kind else ""
    if name == "kind":
        return str(authority.get_kind_display())
    return str(getattr(authority, name) or "")


@allowed
@require_GET
def job(request, model, pk):
    return render(request, "archive/admin/merge_job.html", _job_context(model, pk))


@allowed
@require_GET
def progress(request, model, pk):
    """The part of the page that changes while the merge runs."""
    response = render(request, "archive/admin/merge_progress.html", _job_context(model, pk))
    response["Cache-Control"] = "no-store"
    return response


@allowed
@require_POST
def retry(request, model, pk):
    found = _job(model, pk)
    jobs.retry(found, request.user)
    return redirect("archive_merge:job", model._meta.model_name, pk)


def _job(model, pk) -> Job:
    found = get_object_or_404(Job, pk=pk, kind=merging.KIND)
    if found.payload.get("kind") != model._meta.model_name:
        raise Http404(pk)
    return found


def _job_context(model, pk) -> dict:
    found = _job(model, pk)
    live = found.state in (Job.State.QUEUED, Job.State.RUNNING)
    heir = model.objects.filter(pk=found.payload["heir"]).first()
    return {
        "job": found,
        "kind": model._meta.model_name,
        "names": found.payload["names"],
        "live": live,
        "reason": say(found.reason, found.reason_params),
        "uses_url": use_url(heir) if heir else "",
        "waiting_for_worker": live and not jobs.alive("heavy"),
    }
