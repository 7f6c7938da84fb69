"""What people should know of what others decided: in the admin, and by e-mail. The sole writer of Notice.

`write` runs in the deciding transaction and touches the database alone; the worker mails later (`mail_next`). Several
notices of one person go in one mail. A notice never says more than a record's identifier and title, and of a held
record no more than its identifier.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.users.models import UserProfile

from . import subjects
from .models import ClearanceAuthor, Decision, Notice, Status
from .roles import CLEAR

GATHER = timedelta(seconds=60)  # how long a notice waits for others before it is mailed; doubled at each attempt
MAX_ATTEMPTS = 9  # the last one after some four hours
LISTED = 20  # notices that a mail spells out
MAILED_AT_ONCE = 2000
COUNTED = 100
MANY = "words"  # "words:120" as a notice's subject: so many editions were submitted at once
# What of Wagtail's account settings says whether a person wants the mail.
PREFERENCES = {
    Notice.Kind.SUBMITTED: "submitted_notifications",
    Notice.Kind.CLEARED: "approved_notifications",
    Notice.Kind.RELEASED: "approved_notifications",
    Notice.Kind.REFUSED: "rejected_notifications",
    Notice.Kind.WITHDRAWN: "rejected_notifications",
    Notice.Kind.HELD: "rejected_notifications",
}
_gathered: ContextVar[bool] = ContextVar("notices_gathered", default=False)

# --- writing -----------------------------------------------------------------------------------------


def write(decision) -> None:
    """Tell whom a decision concerns. Inside the transaction that decides."""
    submitted = decision.action == Decision.Action.SUBMITTED
    if submitted and _gathered.get():
        return
    people = _reviewers_for(decision) if submitted else _authors_of(decision)
    Notice.objects.bulk_create(
        Notice(recipient_id=person, kind=decision.action, subject=decision.subject, decision=decision)
        for person in people
    )
    if decision.action in (Decision.Action.CLEARED, Decision.Action.REFUSED, Decision.Action.HELD):
        # Nobody needs to be told any more that it waits.
        waiting = Notice.objects.filter(subject=decision.subject, kind=Notice.Kind.SUBMITTED, seen_at=None)
        waiting.update(seen_at=timezone.now(), attempts=MAX_ATTEMPTS)


@contextmanager
def gathered():
    """Within this block submissions are told by nobody; whoever submits many calls `write_many` at the end."""
    token = _gathered.set(True)
    try:
        yield
    finally:
        _gathered.reset(token)


def write_many(count: int, user) -> None:
    """One notice a reviewer for `count` editions that this person submitted at once."""
    people = _reviewers().exclude(pk=user.pk).values_list("pk", flat=True)
    Notice.objects.bulk_create(
        Notice(recipient_id=person, kind=Notice.Kind.SUBMITTED, subject=f"{MANY}:{count}") for person in people
    )


def _reviewers():
    """Active people whose role it is; superusers only where they bear it too."""
    return get_user_model().objects.with_perm(
        CLEAR, include_superusers=False, backend="django.contrib.auth.backends.ModelBackend"
    )


def _reviewers_for(decision):
    authors = ClearanceAuthor.objects.filter(subject=decision.subject, number=decision.number)
    return _reviewers().exclude(pk__in=authors.values("user")).order_by("pk").values_list("pk", flat=True)


def _authors_of(decision):
    """Who had a hand in the edition; of one that ends, also in the draft after it."""
    made = decision.action in (Decision.Action.CLEARED, Decision.Action.REFUSED)
    numbers = [decision.number] if made else [decision.number, decision.number + 1]
    authors = ClearanceAuthor.objects.filter(subject=decision.subject, number__in=numbers, user__is_active=True)
    return authors.exclude(user=decision.user_id).order_by("user").values_list("user", flat=True).distinct()


# --- reading -----------------------------------------------------------------------------------------


def unseen(user) -> int:
    """How many notices this person hasn't seen; COUNTED when there are as many or more."""
    return Notice.objects.filter(recipient=user, seen_at=None)[:COUNTED].count()


def mark_seen(user, pks=None) -> None:
    """These notices of a person, or all, were seen now."""
    mine = Notice.objects.filter(recipient=user, seen_at=None)
    (mine if pks is None else mine.filter(pk__in=pks)).update(seen_at=timezone.now())


def described(notices, user) -> list[dict]:
    """Notices with the words for `user` in the active language: {notice, what, sentence, next, reason, url}.

    `url` begins with a slash. In: notices with their decisions loaded.
    """
    notices = list(notices)
    found = subjects.load({notice.subject for notice in notices})
    reviews = user.has_perm(CLEAR)
    return [_described(notice, found.get(notice.subject), reviews) for notice in notices]


def _described(notice, subject, reviews: bool) -> dict:
    if notice.subject.startswith(f"{MANY}:"):
        count = notice.subject.partition(":")[2]
        sentence = _("%(count)s bản công bố khác danh mục đang chờ duyệt.") % {"count": count}
        url = reverse("archive_review:sitting") + "?only=words"
        return {"notice": notice, "what": "", "sentence": sentence, "next": "", "reason": "", "url": url}
    hidden = not reviews and (notice.kind == Notice.Kind.HELD or subject is None or subject.status == Status.HELD)
    identifier = notice.decision.identifier if notice.decision else notice.subject
    what = identifier if hidden or subject is None else f"{identifier} · {subject.title}"
    if reviews and subject is not None:
        url = reverse("archive_review:review", args=[notice.subject])
    else:
        url = "" if hidden or subject is None else subject.edit_url
    reason = "" if hidden or notice.decision is None else notice.decision.reason
    sentence = f"{what}: {notice.get_kind_display()}."
    return {
        "notice": notice,
        "what": what,
        "sentence": sentence,
        "next": _next(notice.kind),
        "reason": reason,
        "url": url,
    }


def _next(kind: str) -> str:
    """What the recipient should do."""
    return {
        Notice.Kind.SUBMITTED: _("Hãy xem hai ngôn ngữ rồi duyệt hoặc từ chối."),
        Notice.Kind.REFUSED: _("Hãy sửa theo lý do người duyệt ghi rồi trình lại."),
        Notice.Kind.WITHDRAWN: _("Hãy xem lý do; cần công bố lại thì sửa rồi trình lại."),
        Notice.Kind.HELD: _(
            "Hãy ngừng dùng và không gửi bản này cho ai; người phụ trách bảo vệ bí mật nhà nước của cơ quan "
            "sẽ kết luận, rồi người duyệt báo lại."
        ),
        Notice.Kind.RELEASED: _("Bản này trở lại là bản thảo; có thể sửa và trình lại."),
    }.get(kind, "")


# --- mailing -----------------------------------------------------------------------------------------


def mail_next(now=None) -> bool:
    """Mail what is due to the person who has waited longest. Out: whether there was anything to do.

    Raises what the mail server raised, after counting the attempt: the notice is tried again later, at most
    MAX_ATTEMPTS times, and stays in the admin in any case.
    """
    now = now or timezone.now()
    first = Notice.objects.filter(_due(now)).select_related("recipient").order_by("pk").first()
    if first is None:
        return False
    person = first.recipient
    rows = Notice.objects.filter(_due(now) | Q(mailed_at=None, attempts=0), recipient=person).order_by("pk")
    rows = list(rows.select_related("decision")[:MAILED_AT_ONCE])
    wanted = _wanted(rows, person)
    refused = {row.pk for row in rows} - {row.pk for row in wanted}
    with transaction.atomic():
        Notice.objects.filter(pk__in=refused).update(attempts=MAX_ATTEMPTS)  # never looked at again
        Notice.objects.filter(pk__in=[row.pk for row in wanted]).update(attempts=F("attempts") + 1)
    if wanted:
        _mail(wanted, person).send()  # outside any transaction
        Notice.objects.filter(pk__in=[row.pk for row in wanted]).update(mailed_at=timezone.now())
    return True


def _due(now) -> Q:
    due = Q()
    for attempts in range(MAX_ATTEMPTS):
        due |= Q(attempts=attempts, created_at__lte=now - GATHER * 2**attempts)
    return Q(mailed_at=None) & due


def _wanted(rows, person) -> list:
    if not (person.is_active and person.email):
        return []
    profile = UserProfile.get_for_user(person)
    return [row for row in rows if getattr(profile, PREFERENCES[row.kind])]


def _mail(rows, person) -> EmailMessage:
    """Plain text in the language in which this person uses the admin."""
    language = UserProfile.get_for_user(person).preferred_language or settings.LANGUAGE_CODE
    with override(language):
        base = settings.WAGTAILADMIN_BASE_URL
        shown = [row | {"url": base + row["url"] if row["url"] else ""} for row in described(rows[:LISTED], person)]
        if len(rows) == 1:
            subject = shown[0]["sentence"]
        else:
            subject = _("%(count)d thông báo của kho tư liệu") % {"count": len(rows)}
        context = {
            "person": person.get_full_name() or person.get_username(),
            "rows": shown,
            "more": len(rows) - len(shown),
            "page": base + reverse("archive_notices:index"),
        }
        body = render_to_string("archive/admin/notices_mail.txt", context)
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(" ".join(subject.split()), body, None, [person.email], headers=headers)
