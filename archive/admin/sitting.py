"""One sitting: many waiting records, each with its own ticks; standing editions that authorities touched; decisions."""

from dataclasses import fields
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive import clearance, notices, sitting, subjects, touched
from archive.item_page import PRIVATE_IMAGES
from archive.models import ChangeSet, Decision, Kind
from archive.previews import keep_private

from . import change_rows
from .review import CHECKLIST_LABELS, paper_of, reviewers_only

ON_A_PAGE = 20
CHANGES_OPEN = 12  # rows; more are folded away
OFFERED = 50  # imports to choose from


def wanted_of(query) -> sitting.Wanted:
    """The filters of an address; what can't be read doesn't narrow."""
    return sitting.Wanted(
        kind=query.get("kind", "") if query.get("kind") in (*Kind.values, sitting.PAGE) else "",
        submitter=_number(query.get("submitter")),
        words=query.get("only") == "words",
        change_set=_number(query.get("import")),
        query=query.get("q", "")[:200],
    )


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


@reviewers_only
@require_http_methods(["GET", "POST"])
def page(request):
    """GET: what waits. POST: clear those whose five points are ticked; the others come back as they were."""
    wanted = wanted_of(request.GET)
    if request.method == "GET":
        return _shown(request, wanted)
    paper, errors = paper_of(request.POST)
    chosen = _chosen(request.POST)
    if errors:
        return _shown(request, wanted, status=422, errors=errors, chosen=chosen)
    whole = {key: one for key, one in chosen.items() if set(clearance.CHECKLIST) <= set(one[1])}
    outcomes = sitting.clear_many(whole, request.user, **paper)
    cleared = [outcome for outcome in outcomes if outcome.decision]
    if len(cleared) == len(chosen) and cleared:
        messages.success(request, _("Đã duyệt công bố %(n)d bản.") % {"n": len(cleared)})
        return redirect(f"{reverse('archive_review:sitting')}?{request.GET.urlencode()}")
    if not chosen:
        errors = [_("Chưa đánh dấu bản nào; hãy đánh dấu đủ năm mục của từng bản cần duyệt.")]
    return _shown(request, wanted, status=422, errors=errors, chosen=chosen, outcomes=outcomes)


def _chosen(data) -> dict:
    """{key: (digest, ticks)} of every record that has at least one tick."""
    keys = dict.fromkeys(name.partition("tick:")[2] for name in data if name.startswith("tick:"))
    return {key: (data.get(f"digest:{key}", ""), data.getlist(f"tick:{key}")) for key in keys}


def _shown(request, wanted, status=200, errors=(), chosen=None, outcomes=()):
    chosen = chosen or {}
    failed = {outcome.key: outcome for outcome in outcomes if outcome.decision is None}
    pages = Paginator(sitting.waiting(wanted), ON_A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    entries = sitting.entries(shown.object_list, request.user)
    for entry in entries:
        key = entry.subject.key
        if key in failed:
            entry.errors = failed[key].sentences
        elif key in chosen:
            entry.errors = [_("Chưa đánh dấu đủ năm mục nên chưa duyệt.")]
        if key in chosen and not (key in failed and failed[key].stale):  # a new text is looked at anew
            entry.ticked = chosen[key][1]
    context = {
        "entries": [_row(entry) for entry in entries],
        "shown": shown,
        "errors": errors,
        "cleared": [outcome for outcome in outcomes if outcome.decision],
        "failed": list(failed.values()),
        "checklist": [(name, CHECKLIST_LABELS[name]) for name in clearance.CHECKLIST],
        "posted": request.POST,
        "wanted": wanted,
        "narrowed": wanted != sitting.Wanted(),
        "kinds": [*Kind.choices, (sitting.PAGE, _("Trang triển lãm"))],
        "submitters": _submitters(),
        "imports": ChangeSet.objects.order_by("-pk")[:OFFERED],
        "query": urlencode([(k, v) for k, v in request.GET.items() if k != "page"]),
    }
    return keep_private(render(request, "archive/admin/sitting.html", context, status=status))


def _submitters():
    waiting = sitting.waiting().order_by().values("user").distinct()
    return get_user_model().objects.filter(pk__in=waiting).order_by("username")


def _row(entry) -> dict:
    """A waiting record for the template."""
    scans = entry.document.get("scans") or []
    rows = change_rows.rows(entry.changes, entry.subject.instance, entry.standing, entry.document)
    values = {each.name: getattr(entry, each.name) for each in fields(entry)}
    return values | {
        "can_clear": entry.can_clear,
        "thumbnail": PRIVATE_IMAGES.thumbnail(scans[0]["image"], 320) if scans else "",
        "changes": rows,
        "open": bool(entry.standing) and len(rows) <= CHANGES_OPEN,
        "words": entry.submission.checklist == clearance.WORDS,
    }


# --- what authorities touched -----------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def touched_page(request):
    """Standing editions whose words an authority has changed; a cataloguer submits them, chosen ones or all."""
    may_submit = request.user.has_perm(touched.SUBMIT)
    if not (may_submit or request.user.has_perm(clearance.CLEAR)):
        raise PermissionDenied(_("Tài khoản này không có quyền xem trang này."))
    if request.method == "POST":
        if not may_submit:
            raise PermissionDenied(_("Tài khoản này không có quyền trình duyệt."))
        return _submit(request)
    pages = Paginator(touched.touched(), ON_A_PAGE)
    pages.count = touched.count()  # of very many it is enough to know that there are more
    shown = pages.get_page(request.GET.get("page"))
    rows = touched.compared(shown.object_list)
    for row in rows:
        row["rows"] = change_rows.rows(row["changes"], row["subject"].instance, row["edition"].data, row["document"])
    context = {
        "rows": rows,
        "shown": shown,
        "count": pages.count,
        "many": pages.count >= touched.COUNTED,
        "may_submit": may_submit,
        "job": touched.running(),
    }
    return keep_private(render(request, "archive/admin/touched.html", context))


def _submit(request):
    if request.POST.get("which") == "all" and touched.count() > touched.AT_ONCE:
        touched.start(request.user)
        messages.success(request, _("Đang trình duyệt tất cả ở chế độ nền; người duyệt được báo khi xong."))
        return redirect("archive_review:touched")
    if request.POST.get("which") == "all":
        keys = list(touched.touched().values_list("subject", flat=True))
    else:
        keys = request.POST.getlist("key")[: touched.AT_ONCE]
    done, refused = touched.submit(keys, request.user)
    if done:
        notices.write_many(done, request.user)
        messages.success(request, _("Đã trình duyệt %(n)d bản.") % {"n": done})
    for sentence in refused:
        messages.warning(request, sentence)
    if not keys:
        messages.warning(request, _("Chưa chọn bản nào."))
    return redirect("archive_review:touched")


# --- the record of decisions -------------------------------------------------------------------------------


def decisions(request):
    """Every decision, the newest first. Those about what is held now are for reviewers alone; of former holds only
    they read why."""
    if not request.user.has_perm("archive.view_decision"):
        raise PermissionDenied(_("Tài khoản này không có quyền xem sổ quyết định."))
    rows = Decision.objects.select_related("user").order_by("-pk")
    if not request.user.has_perm(clearance.HOLD):
        rows = rows.exclude(subject__in=subjects.held_keys())
    query = request.GET.get("q", "").strip()[:200]
    if query:
        rows = rows.filter(identifier__icontains=query)
    shown = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "q": query,
        "query": urlencode({"q": query}) if query else "",
        "reviews": request.user.has_perm(clearance.CLEAR),
        "hidden": {Decision.Action.HELD, Decision.Action.RELEASED},
    }
    return keep_private(render(request, "archive/admin/decisions.html", context))
