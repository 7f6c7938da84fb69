"""The reviewer's pages: what waits, what would become public, and the acts of clearance."""

from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods

from archive import clearance, subjects
from archive.changes import changes
from archive.models import Decision, Status
from archive.previews import keep_private

CHECKLIST_LABELS = {
    "vi": gettext_lazy("Văn bản tiếng Việt đúng và đủ"),
    "en": gettext_lazy("Văn bản tiếng Anh đúng và khớp với tiếng Việt"),
    "rights": gettext_lazy("Được phép công bố hình ảnh và văn bản này"),
    "names": gettext_lazy("Tên gọi và đường ranh giới trên ảnh và bản đồ nền đúng quy định"),
    "declaration": gettext_lazy("Không thuộc danh mục bí mật nhà nước"),
}

# Fields of a document that bear another name in the model, and lists.
MODEL_FIELDS = {"date": "date_text", "rights": "rights_statement"}
LISTS = {
    "agents": gettext_lazy("tác nhân"),
    "places": gettext_lazy("địa danh"),
    "citations": gettext_lazy("nguồn"),
    "scans": gettext_lazy("bản quét"),
    "extent": gettext_lazy("Phạm vi (độ)"),
}
STANDING_SHOWN = 30  # of each kind of subject; the search narrows it


def reviewers_only(view):
    def guarded(request, *args, **kwargs):
        if not request.user.has_perm(clearance.CLEAR):
            raise PermissionDenied(_("Tài khoản này không có quyền duyệt công bố."))
        return view(request, *args, **kwargs)

    return guarded


def find(key: str) -> subjects.Subject:
    try:
        return subjects.get(key)
    except LookupError as error:
        raise Http404(key) from error


@reviewers_only
@require_GET
def queue(request):
    """What waits for a reviewer, the oldest first; what is held; and, to withdraw it, what is public."""
    waiting, held, standing = [], [], []
    query = request.GET.get("q", "")[:200]
    for adapter in subjects.adapters():
        column = adapter.status_field
        for status, rows in ((Status.SUBMITTED, waiting), (Status.HELD, held)):
            rows += [adapter(instance) for instance in adapter.model._base_manager.filter(**{column: status})]
        standing += [adapter(instance) for instance in adapter.standing_instances(query)[:STANDING_SHOWN]]
    submissions = Decision.objects.filter(
        action=Decision.Action.SUBMITTED, subject__in=[subject.key for subject in waiting]
    ).select_related("user")
    last = {decision.subject: decision for decision in submissions}
    entries = [{"subject": subject, "submission": last.get(subject.key)} for subject in waiting]
    entries.sort(key=lambda entry: entry["submission"].pk if entry["submission"] else 0)
    context = {"entries": entries, "held": held, "standing": standing, "query": query, "most": STANDING_SHOWN}
    return render(request, "archive/admin/queue.html", context)


@reviewers_only
@require_http_methods(["GET", "POST"])
def review(request, key):
    """GET: what would become public and what changed. POST `act`: clear or refuse."""
    subject = find(key)
    if request.method == "POST":
        return _act(request, subject)
    return _page(request, subject)


def field_label(instance, field: str) -> str:
    """What the editor calls a field of the document; its own name where the editor has none."""
    if field in LISTS:
        return capfirst(LISTS[field])
    try:
        return capfirst(instance._meta.get_field(MODEL_FIELDS.get(field, field)).verbose_name)
    except FieldDoesNotExist:
        return field


def _page(request, subject, status=200, errors=()):
    document, digest = clearance.preview(subject)
    is_author = clearance.is_author(subject, request.user)
    context = {
        "subject": subject,
        "digest": digest,
        "changes": [
            row | {"label": field_label(subject.instance, row["field"])}
            for row in changes(subject.standing(), document)
        ],
        "standing": subject.standing(),
        "problems": subject.problems(),
        "notes": subject.notes(),
        "errors": errors,
        "is_author": is_author,
        "can_decide": subject.status == Status.SUBMITTED and not is_author,
        "can_hold": request.user.has_perm(clearance.HOLD) and subject.status != Status.HELD,
        "is_held": subject.status == Status.HELD,
        "status_label": Status(subject.status).label if subject.status else Status.DRAFT.label,
        "checklist": [(name, CHECKLIST_LABELS[name]) for name in clearance.CHECKLIST],
        "ticked": request.POST.getlist("checklist"),
        "posted": request.POST,
        "decisions": Decision.objects.filter(subject=subject.key).select_related("user").order_by("-pk"),
    }
    return keep_private(render(request, "archive/admin/review.html", context, status=status))


def _act(request, subject):
    """Carry out the act that was posted; on refusal show the page again with the sentence and what was typed."""
    data = request.POST
    reason = data.get("reason", "").strip()
    acts = {
        "clear": lambda: clearance.clear(
            subject,
            data.get("digest", ""),
            request.user,
            data.getlist("checklist"),
            decision_number=data.get("decision_number", "").strip()[:120],
            comment=data.get("comment", "").strip(),
        ),
        "refuse": lambda: clearance.refuse(subject, request.user, reason),
        "withdraw": lambda: clearance.withdraw(subject, request.user, reason),
        "hold": lambda: clearance.hold(subject, request.user, reason),
        "release": lambda: clearance.release_hold(subject, request.user, reason),
    }
    act = acts.get(data.get("act", ""))
    if act is None:
        return _page(request, subject, 400, [_("Không rõ việc cần làm.")])
    try:
        decision = act()
    except clearance.Stale as error:
        return _page(request, find(subject.key), 409, [str(error)])
    except clearance.NotReady as error:
        return _page(request, find(subject.key), 422, error.problems)
    except clearance.NotAllowed as error:
        return _page(request, find(subject.key), 403, [str(error)])
    messages.success(
        request,
        _("%(what)s: %(title)s") % {"what": decision.get_action_display().capitalize(), "title": subject.title},
    )
    return redirect(reverse("archive_review:queue"))


@reviewers_only
@xframe_options_sameorigin
@require_GET
def preview(request, key, lang):
    """The public page as it would become, for the review page's frames."""
    if lang not in ("vi", "en"):
        raise Http404(lang)
    return keep_private(find(key).preview(request, lang))
