"""Imports and batch edits as a whole: what became of each row, and undoing them."""

import json
from collections import Counter

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from archive import change_sets, clearance
from archive.models import ChangeSet, ChangeSetRow, Record, Status
from archive.previews import keep_private
from media import jobs
from media.sentences import say

from .record_access import readers_only

PAGE = 50
NAMED_AT_ONCE = 200  # identifiers of one fate on the page before an undo
FATES = {
    change_sets.DELETED: gettext_lazy("đã xoá"),
    change_sets.RESTORED: gettext_lazy("đã trả về bản trước"),
    change_sets.SPARED: gettext_lazy("giữ nguyên"),
}


@readers_only
@require_GET
def index(request):
    """All imports and batch edits, the newest first."""
    found = ChangeSet.objects.select_related("user", "undone_by", "job").annotate(
        written=Count("rows", filter=Q(rows__action__in=change_sets.WRITTEN)),
        refused=Count("rows", filter=Q(rows__action=ChangeSetRow.Action.REFUSED)),
    )
    found = found.order_by("-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("p"))
    may_undo = request.user.has_perms(change_sets.RIGHTS)
    return render(request, "archive/admin/change_sets.html", {"page": page, "may_undo": may_undo})


def _visible(request, change_set):
    """Rows but those of records that are held, for those who may not hold.

    A refused row has no record, but names one: whoever's sheet it is reads it, others don't.
    """
    rows = change_set.rows.select_related("record")
    if request.user.has_perm(clearance.HOLD):
        return rows
    rows = rows.exclude(record__status=Status.HELD)
    if change_set.user_id == request.user.pk:
        return rows
    return rows.exclude(identifier__in=Record.objects.filter(status=Status.HELD).order_by().values("identifier"))


@readers_only
@require_GET
def detail(request, pk):
    """Rows of one change set, by what became of them, and for refused ones by column."""
    change_set = get_object_or_404(ChangeSet.objects.select_related("user", "undone_by", "job"), pk=pk)
    counts = change_sets.counts(change_set)
    action, fate = request.GET.get("action", ""), request.GET.get("undone", "")
    if action not in ChangeSetRow.Action.values:
        action = ChangeSetRow.Action.REFUSED if counts.get(ChangeSetRow.Action.REFUSED) and not fate else ""
    rows = _visible(request, change_set)
    if action:
        rows = rows.filter(action=action)
    if fate:
        rows = rows.filter(undone=fate[:10])
    columns = _columns(rows) if not fate else []
    column = request.GET.get("column", "")[:200]
    if column:
        rows = rows.annotate(said=Cast("problems", TextField())).filter(said__contains=_named(column))
    undone = change_sets.undone_counts(change_set)
    context = {
        "change_set": change_set,
        "actions": [(value, label, counts.get(value, 0)) for value, label in ChangeSetRow.Action.choices],
        "action": action,
        "column": column,
        "columns": columns,
        "fate": fate,
        "fates": [(name, FATES[name], number) for name, number in undone.items()],
        "query": urlencode({k: v for k, v in (("action", action), ("undone", fate), ("column", column)) if v}),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("p")),
        "told": bool(columns),
        "edit_url": Record.snippet_viewset.get_url_name("edit"),
        "may_undo": request.user.has_perms(change_sets.RIGHTS) and change_sets.can_be_undone(change_set),
        "running": change_sets.is_running(change_set),
    }
    return keep_private(render(request, "archive/admin/change_set.html", context | _undo_of(pk)))


@readers_only
@require_GET
def progress(request, pk):
    """The part of the page that changes while an undo runs."""
    get_object_or_404(ChangeSet, pk=pk)
    return keep_private(render(request, "archive/admin/change_set_progress.html", _undo_of(pk)))


def _undo_of(pk: int) -> dict:
    undo = jobs.latest_for(f"change_set:{pk}", change_sets.UNDO_JOB)
    live = bool(undo) and undo.is_live
    return {
        "undo": undo,
        "undo_reason": say(undo.reason, undo.reason_params) if undo else "",
        "waiting_for_worker": live and not jobs.alive("heavy"),
    }


def _columns(rows) -> list[tuple[str, int]]:
    """Columns that these rows' problems name, and in how many rows, the most first."""
    found = Counter()
    for problems in rows.exclude(problems=[]).values_list("problems", flat=True).iterator():
        found.update({problem.get("column", "") for problem in problems})
    return [(name, count) for name, count in found.most_common() if name]


def _named(column: str) -> str:
    """A column as the text of a JSON value names it: PostgreSQL keeps letters, SQLite their escapes."""
    return f'"column": {json.dumps(column, ensure_ascii=connection.vendor != "postgresql")}'


@readers_only
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request, pk):
    """GET: what an undo would do now. POST: ask for it."""
    change_set = get_object_or_404(ChangeSet, pk=pk)
    if not request.user.has_perms(change_sets.RIGHTS):
        raise PermissionDenied(_("Hoàn tác cần quyền sửa và xoá bản ghi."))
    if not change_sets.can_be_undone(change_set):
        raise Http404(pk)
    if request.method == "POST":
        change_sets.start_undo(change_set, request.user)
        return redirect("archive_changes:detail", pk)
    outlook = change_sets.outlook(change_set)
    context = {
        "change_set": change_set,
        "fates": [(fate, len(rows), _identifiers(request, rows)) for fate, rows in outlook.items()],
        "most": NAMED_AT_ONCE,
    }
    return keep_private(render(request, "archive/admin/change_set_undo.html", context))


def _identifiers(request, rows: list[dict]) -> list[str]:
    """The first of them by their rows, without held records for those who may not hold."""
    may_see = request.user.has_perm(clearance.HOLD)
    return [row["identifier"] for row in reversed(rows) if may_see or row["record__status"] != Status.HELD][
        :NAMED_AT_ONCE
    ]
