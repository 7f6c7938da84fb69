"""The reviewer's pages: what waits, what would become public, and the acts of clearance."""

import re
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods

from archive import clearance, sitting, subjects, touched
from archive.changes import changes
from archive.models import Decision, Status
from archive.previews import keep_private

from . import change_rows

CHECKLIST_LABELS = {
    "vi": gettext_lazy("Văn bản tiếng Việt đúng và đủ"),
    "en": gettext_lazy("Văn bản tiếng Anh đúng và khớp với tiếng Việt"),
    "rights": gettext_lazy("Được phép công bố hình ảnh và văn bản này"),
    "names": gettext_lazy("Tên gọi và đường ranh giới trên ảnh và bản đồ nền đúng quy định"),
    "declaration": gettext_lazy("Không thuộc danh mục bí mật nhà nước"),
}

DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
WAITING_SHOWN = 40
HELD_SHOWN = 200
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
    held, standing = [], []
    query = request.GET.get("q", "")[:200]
    for adapter in subjects.adapters():
        rows = adapter.model._base_manager.filter(**{adapter.status_field: Status.HELD})
        held += [adapter(instance) for instance in rows.order_by("pk")[:HELD_SHOWN]]
        standing += [adapter(instance) for instance in adapter.standing_instances(query)[:STANDING_SHOWN]]
    waiting = Paginator(sitting.waiting(), WAITING_SHOWN)
    shown = waiting.get_page(request.GET.get("page"))
    submissions = list(shown.object_list)
    found = subjects.load([submission.subject for submission in submissions])
    context = {
        "entries": [{"subject": found[one.subject], "submission": one} for one in submissions if one.subject in found],
        "shown": shown,
        "total": waiting.count,
        "touched": touched.count(),
        "counted": touched.COUNTED,
        "held": held,
        "standing": standing,
        "query": query,
        "most": STANDING_SHOWN,
    }
    return render(request, "archive/admin/queue.html", context)


@reviewers_only
@require_http_methods(["GET", "POST"])
def review(request, key):
    """GET: what would become public and what changed. POST `act`: clear or refuse."""
    subject = find(key)
    if request.method == "POST":
        return _act(request, subject)
    return _page(request, subject)


def paper_of(data) -> tuple[dict, list[str]]:
    """What a form says of the paper that orders a clearance: ({decision_number, decision_date, comment}, sentences)."""
    paper = {
        "decision_number": data.get("decision_number", "").strip()[:120],
        "decision_date": None,
        "comment": data.get("comment", "").strip(),
    }
    text = data.get("decision_date", "").strip()
    if not text:
        return paper, []
    try:
        paper["decision_date"] = _day(text)
    except ValueError:
        sentence = _("Ngày quyết định “%(text)s” không đọc được; hãy ghi ngày/tháng/năm, ví dụ 15/5/2017.")
        return paper, [sentence % {"text": text[:40]}]
    if paper["decision_date"] > timezone.localdate():
        return paper, [_("Ngày quyết định %(text)s ở sau hôm nay; hãy kiểm tra lại.") % {"text": text}]
    return paper, []


def _day(text: str) -> date:
    """15/5/2017, 15-5-2017 or 2017-05-15. Raises ValueError."""
    if found := DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    return date.fromisoformat(text)


def _page(request, subject, status=200, errors=()):
    document, digest = clearance.preview(subject)
    standing = subject.standing()
    is_author = clearance.is_author(subject, request.user)
    context = {
        "subject": subject,
        "digest": digest,
        "changes": change_rows.rows(changes(standing, document), subject.instance, standing, document),
        "standing": standing,
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


DONE = {
    Decision.Action.CLEARED: gettext_lazy("Đã duyệt công bố “%(title)s”."),
    Decision.Action.REFUSED: gettext_lazy("Đã từ chối “%(title)s”; người soạn được báo lý do."),
    Decision.Action.WITHDRAWN: gettext_lazy("Đã rút “%(title)s” khỏi nơi công bố."),
    Decision.Action.HELD: gettext_lazy("Đã tạm giữ “%(title)s”: chỉ người duyệt còn thấy."),
    Decision.Action.RELEASED: gettext_lazy("Đã thôi tạm giữ “%(title)s”."),
}


def _act(request, subject):
    """Carry out the act that was posted; on refusal show the page again with the sentence and what was typed."""
    data = request.POST
    reason = data.get("reason", "").strip()
    paper, errors = paper_of(data)
    if errors and data.get("act") == "clear":
        return _page(request, subject, 422, errors)
    acts = {
        "clear": lambda: clearance.clear(
            subject,
            data.get("digest", ""),
            request.user,
            data.getlist("checklist"),
            **paper,
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
    messages.success(request, DONE[decision.action] % {"title": subject.title})
    return redirect(reverse("archive_review:queue"))


@reviewers_only
@xframe_options_sameorigin
@require_GET
def preview(request, key, lang):
    """The public page as it would become, for the review page's frames."""
    if lang not in ("vi", "en"):
        raise Http404(lang)
    return keep_private(find(key).preview(request, lang))
