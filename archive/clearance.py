"""Clearance: the one act by which anything becomes public, and its opposites.

States (archive.models.Status): draft → submitted → cleared | refused; withdrawn; held. This module is
the sole writer of a subject's status and of decisions. What each act does to what is public is the
adapter's (archive.subjects). The database refuses a clearance by an author itself (archive.triggers).
"""

import hashlib
import json

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import workflow_cancelled, workflow_submitted

from media import jobs

from . import edition, notices, outbox, subjects
from .authorities import records_naming
from .changes import changes
from .models import ClearanceAuthor, Decision, Record, Status
from .roles import CLEAR, HOLD
from .signals import subject_edited

# What a reviewer must tick: Vietnamese text, English text, rights, names and boundaries, declaration.
CHECKLIST = ["vi", "en", "rights", "names", "declaration"]
NOTED_AT_ONCE = 500  # records a transaction: a query takes only so many parameters, and none lasts 200 ms
NOTE_JOB = "note_authors"
# The checklist of a submission that the words of an authority alone made necessary: nobody edited the record.
WORDS = ["words"]


class NotAllowed(PermissionDenied):
    """This person may not do this; the sentence says why."""


class Stale(Exception):
    """The digest shown is no longer the latest (409)."""


class NotReady(Exception):
    """The state or the content doesn't allow it; `problems` are sentences."""

    def __init__(self, problems):
        super().__init__(" ".join(problems))
        self.problems = list(problems)


def preview(subject) -> tuple[dict, str]:
    """The next edition's document, as it reads back from its canonical form, and its digest."""
    text, digest = edition.canonical(subject.document())
    return json.loads(text), digest


def is_author(subject, user) -> bool:
    """Whether this person had a hand in the next edition."""
    return ClearanceAuthor.objects.filter(subject=subject.key, number=subject.number + 1, user=user).exists()


def note_author(subject, user) -> None:
    """Remember that this person had a hand in the next edition, and so can't clear it."""
    ClearanceAuthor.objects.get_or_create(subject=subject.key, number=subject.number + 1, user=user)


def note_authority(authority, user) -> None:
    """An authority was changed: its words stand by value in the editions of all records that name it.

    Call inside the transaction that changed it. Who changed them can't clear those records' next editions. Where many
    name it a job notes them in batches; until it is done this person clears nothing (see clear).
    """
    pks = list(records_naming(authority).order_by("pk").values_list("pk", flat=True)[: NOTED_AT_ONCE + 1])
    if len(pks) <= NOTED_AT_ONCE:
        note_records(pks, user)
        return
    model = authority._meta.model_name
    jobs.enqueue(NOTE_JOB, f"{model}:{authority.pk}", {"model": model, "pk": authority.pk}, user)


def note_in_batches(job, progress) -> dict:
    """The handler of NOTE_JOB: note the job's person on each record that names the authority. Idempotent."""
    model = apps.get_model("archive", job.payload["model"])
    authority = model.objects.filter(pk=job.payload["pk"]).first()
    naming = records_naming(authority) if authority else Record.objects.none()  # who merged it noted them
    done, last = 0, 0
    while pks := list(naming.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:NOTED_AT_ONCE]):
        with transaction.atomic():
            note_records(pks, job.user)
        done, last = done + len(pks), pks[-1]
        progress(done)
    return {"records": done}


def is_being_noted(user) -> bool:
    """Whether it isn't yet written everywhere what this person changed in an authority."""
    return jobs.Job.objects.filter(kind=NOTE_JOB, user=user).exclude(state=jobs.Job.State.DONE).exists()


def note_records(pks, user) -> None:
    """This person has a hand in the next edition of each of these records (primary keys, a bounded number).

    Call inside the transaction that changed what their documents say.
    """
    pks = list(pks)
    for start in range(0, len(pks), NOTED_AT_ONCE):
        keys = [f"record:{pk}" for pk in pks[start : start + NOTED_AT_ONCE]]
        cleared = Decision.objects.filter(subject__in=keys, action=Decision.Action.CLEARED).order_by()
        last = dict(cleared.values_list("subject").annotate(Max("number")))
        rows = [ClearanceAuthor(subject=key, number=last.get(key, 0) + 1, user=user) for key in keys]
        ClearanceAuthor.objects.bulk_create(rows, ignore_conflicts=True)


@receiver(subject_edited, dispatch_uid="clearance.note_edit")
def note_edit(sender, instance, user, **kwargs):
    """A revision was saved: note its author; a decided subject is a draft again."""
    subject = subjects.of(instance)
    note_author(subject, user)
    if subject.status in (Status.CLEARED, Status.REFUSED, Status.WITHDRAWN, ""):
        _set_status(subject, Status.DRAFT)


def submit(subject, user) -> None:
    """Hand a subject to the reviewers. Raises NotReady."""
    with transaction.atomic():
        subject = subject.locked()
        if subject.status in (Status.SUBMITTED, Status.HELD):
            raise NotReady([_("Bản này đang chờ duyệt hoặc tạm giữ.")])
        # A renamed authority changes what a cleared text would say, without a draft of the text itself.
        if subject.status == Status.CLEARED and not changes(subject.standing(), preview(subject)[0]):
            raise NotReady([_("Không có gì mới so với bản đang công bố.")])
        if problems := subject.problems():
            raise NotReady(problems)
        workflow = subject.instance.get_workflow()
        if workflow is None:
            raise NotReady([_("Chưa có quy trình duyệt; quản trị viên hãy chạy lệnh setup_site.")])
        workflow.start(subject.instance, user)  # → note_submission


@receiver(workflow_submitted, dispatch_uid="clearance.note_submission")
def note_submission(sender, instance, user, **kwargs):
    """A workflow began, by whatever route: inside its transaction."""
    subject = _subject_of(instance)
    if subject is None:
        return
    if problems := subject.problems():
        raise NotReady(problems)
    note_author(subject, user)
    checklist = WORDS if subject.status == Status.CLEARED else []
    _decide(subject, Decision.Action.SUBMITTED, subject.number + 1, user, checklist=checklist)
    _set_status(subject, Status.SUBMITTED)


@receiver(workflow_cancelled, dispatch_uid="clearance.note_cancellation")
def note_cancellation(sender, instance, user, **kwargs):
    subject = _subject_of(instance)
    if subject is not None and subject.status == Status.SUBMITTED:
        _set_status(subject, Status.DRAFT)


def clear(
    subject, digest: str, reviewer, checklist, decision_number: str = "", decision_date=None, comment: str = ""
) -> Decision:
    """Make the shown state public, in one transaction.

    In: the digest that the reviewer was shown; every name of CHECKLIST, ticked; number and date of the paper that
    orders it, where there is one.
    Raises NotAllowed (no right, or an author), Stale (the text has changed since), NotReady.
    """
    _require(reviewer, CLEAR)
    with transaction.atomic():
        subject = subject.locked()
        if subject.status != Status.SUBMITTED:
            raise NotReady([_("Chỉ duyệt được bản đang chờ duyệt.")])
        if is_being_noted(reviewer):
            raise NotReady(
                [_("Hệ thống đang ghi việc bạn sửa danh mục vào các bản ghi liên quan; hãy duyệt sau ít phút.")]
            )
        if is_author(subject, reviewer):
            raise NotAllowed(_("Người đã soạn hoặc trình thì không được duyệt; cần một người khác."))
        problems = subject.problems()
        if set(CHECKLIST) - set(checklist):
            problems.append(_("Cần đánh dấu đủ các mục kiểm tra."))
        if problems:
            raise NotReady(problems)
        document = subject.document()
        text, current = edition.canonical(document)
        if current != digest:
            raise Stale(_("Nội dung đã thay đổi sau khi mở trang duyệt; hãy xem lại bản mới."))
        decision = _decide(
            subject,
            Decision.Action.CLEARED,
            subject.number + 1,
            reviewer,
            digest=digest,
            checklist=sorted(checklist),
            decision_number=decision_number,
            decision_date=decision_date,
            reason=comment,
        )
        _end_workflow(subject, reviewer, approved=True)
        subject.put(document, text, decision)
        _set_status(subject, Status.CLEARED)
    return decision


def refuse(subject, reviewer, reason: str) -> Decision:
    """Send a submitted subject back with a reason. What stood before goes on standing."""
    _require(reviewer, CLEAR)
    with transaction.atomic():
        subject = subject.locked()
        if subject.status != Status.SUBMITTED:
            raise NotReady([_("Chỉ từ chối được bản đang chờ duyệt.")])
        _need_reason(reason)
        decision = _decide(subject, Decision.Action.REFUSED, subject.number + 1, reviewer, reason=reason)
        _end_workflow(subject, reviewer, approved=False)
        _set_status(subject, Status.REFUSED)
    return decision


def withdraw(subject, user, reason: str) -> Decision:
    """Take the standing edition off every page, file, list and search result."""
    _require(user, CLEAR)
    with transaction.atomic():
        subject = subject.locked()
        _need_reason(reason)
        decision = _decide(subject, Decision.Action.WITHDRAWN, subject.number, user, reason=reason)
        if not subject.take_down(decision):
            raise NotReady([_("Không có bản công bố nào để rút.")])
        if subject.status == Status.CLEARED:
            _set_status(subject, Status.WITHDRAWN)
    return decision


def hold(subject, user, reason: str) -> Decision:
    """Hide a subject from all but reviewers and withdraw what stands of it."""
    _require(user, HOLD)
    with transaction.atomic():
        subject = subject.locked()
        if subject.status == Status.HELD:
            raise NotReady([_("Đang tạm giữ rồi.")])
        _need_reason(reason)
        decision = _decide(subject, Decision.Action.HELD, subject.number, user, reason=reason)
        _end_workflow(subject, user, approved=False)
        _set_status(subject, Status.HELD)
        subject.take_down(decision)
    return decision


def release_hold(subject, user, reason: str = "") -> Decision:
    """Make a held subject a draft again; nothing of it becomes public."""
    _require(user, HOLD)
    with transaction.atomic():
        subject = subject.locked()
        if subject.status != Status.HELD:
            raise NotReady([_("Không ở tình trạng tạm giữ.")])
        decision = _decide(subject, Decision.Action.RELEASED, subject.number, user, reason=reason)
        _set_status(subject, Status.DRAFT)
        subject.take_down(decision)
    return decision


def _require(user, permission: str) -> None:
    if not (user and user.is_active and user.has_perm(permission)):
        raise NotAllowed(_("Tài khoản này không có quyền duyệt công bố."))


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise NotReady([_("Cần ghi lý do.")])


def _subject_of(workflow_state):
    instance = workflow_state.content_object
    instance = getattr(instance, "specific", instance)
    try:
        return subjects.of(instance)
    except LookupError:
        return None


def _set_status(subject, status: str) -> None:
    subject.model._base_manager.filter(pk=subject.instance.pk).update(**{subject.status_field: status})
    setattr(subject.instance, subject.status_field, status)


def _end_workflow(subject, user, approved: bool) -> None:
    state = subject.instance.current_workflow_state
    if state is None or state.status not in (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES):
        return
    if approved:
        _approve(subject, state, user)
    else:
        state.cancel(user=user)


def _approve(subject, state, user) -> None:
    """What Wagtail's approve() writes. It would read the whole revision again three times, while others wait."""
    task = state.current_task_state
    TaskState.objects.filter(pk=task.pk).update(
        status=TaskState.STATUS_APPROVED, finished_at=timezone.now(), finished_by=user
    )
    WorkflowState.objects.filter(pk=state.pk).update(status=WorkflowState.STATUS_APPROVED)
    about = {
        "id": state.workflow_id,
        "title": state.workflow.name,
        "status": TaskState.STATUS_APPROVED,
        "task_state_id": task.pk,
        "task": {"id": task.task_id, "title": task.task.name},
        "next": None,
    }
    data = {"workflow": about, "comment": ""}
    log(subject.instance, "wagtail.workflow.approve", user=user, data=data, revision=task.revision)


def _decide(subject, action, number, user, **fields) -> Decision:
    """Append a decision, chained to the one before it by hash."""
    outbox.lock()  # one chain, so one writer at a time
    last = Decision.objects.order_by("-pk").first()
    decision = Decision(
        subject=subject.key,
        identifier=subject.identifier,
        number=number,
        action=action,
        user=user,
        at=timezone.now(),
        previous_hash=last.hash if last else "",
        **fields,
    )
    decision.hash = decision_hash(decision)
    decision.save(force_insert=True)
    notices.write(decision)
    return decision


def decision_hash(decision) -> str:
    """SHA-256 over a decision's content and the hash of the one before it, in hexadecimal digits."""
    content = [
        decision.previous_hash,
        decision.subject,
        decision.identifier,
        decision.number,
        str(decision.action),
        decision.digest,
        decision.user_id,
        decision.reason,
        decision.decision_number,
        decision.checklist,
        decision.at.isoformat(),
    ]
    if decision.decision_date:  # absent from the hashes of before the column
        content.append(decision.decision_date.isoformat())
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
