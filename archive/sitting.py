"""What waits for the reviewers, and clearing many in one sitting: each with its own ticks, in its own transaction."""

from dataclasses import dataclass, field

from django.db.models import Exists, Max, OuterRef, Q

from . import clearance, subjects
from .changes import changes
from .folding import fold
from .models import ChangeSetRow, ClearanceAuthor, Decision, Edition, Record, Status

PAGE = "page"  # as a choice of `kind`: pages of exhibitions


@dataclass
class Wanted:
    """Which of the waiting subjects to list; empty values don't narrow. kind: a Kind, or PAGE; change_set: its pk."""

    kind: str = ""
    submitter: int | None = None
    words: bool = False  # only those that the words of an authority made necessary
    change_set: int | None = None
    query: str = ""


@dataclass
class Entry:
    """A waiting subject as a reviewer meets it. `document` is the next edition's, `standing` what stands or None."""

    subject: subjects.Subject
    submission: Decision | None
    document: dict
    digest: str
    standing: dict | None
    changes: list
    problems: list
    is_author: bool
    ticked: list = field(default_factory=list)
    errors: list = field(default_factory=list)

    @property
    def can_clear(self) -> bool:
        return self.subject.status == Status.SUBMITTED and not self.is_author and not self.problems


def waiting(wanted: Wanted | None = None):
    """QuerySet of the submissions (Decision) of what waits now, the oldest first."""
    wanted = wanted or Wanted()
    keys = Q(pk=None)
    for adapter in subjects.adapters():
        found = _narrowed(adapter, wanted)
        if found is not None:
            keys |= Q(subject__in=adapter.keys_of(found))
    later = Decision.objects.filter(subject=OuterRef("subject"), pk__gt=OuterRef("pk"))
    found = Decision.objects.filter(keys, ~Exists(later), action=Decision.Action.SUBMITTED)
    if wanted.submitter:
        found = found.filter(user=wanted.submitter)
    if wanted.words:
        found = found.filter(checklist=clearance.WORDS)
    return found.select_related("user").order_by("pk")


def _narrowed(adapter, wanted):
    """The waiting instances of one kind of subject; None where none can match."""
    found = adapter.model._base_manager.filter(**{adapter.status_field: Status.SUBMITTED})
    if adapter.model is not Record:
        none = wanted.kind not in ("", PAGE) or wanted.change_set or wanted.query
        return None if none else found
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.change_set:
        rows = ChangeSetRow.objects.filter(change_set=wanted.change_set, record__isnull=False)
        found = found.filter(pk__in=rows.values("record"))
    for word in fold(wanted.query).split():
        found = found.filter(folded__contains=word)
    return found


def entries(submissions, user) -> list[Entry]:
    """What a reviewer must see of each of these submissions, in a bounded number of queries a record."""
    submissions = list(submissions)
    keys = [submission.subject for submission in submissions]
    found = subjects.load(keys)
    prime(found)
    standing = {row.subject: row.data for row in Edition.objects.filter(subject__in=keys)}
    mine = set(ClearanceAuthor.objects.filter(subject__in=keys, user=user).values_list("subject", "number"))
    made = []
    for submission in submissions:
        subject = found.get(submission.subject)
        if subject is None:
            continue
        is_record = isinstance(subject, subjects.RecordSubject)
        before = standing.get(subject.key) if is_record else subject.standing()
        document, digest = clearance.preview(subject)
        made.append(
            Entry(
                subject=subject,
                submission=submission,
                document=document,
                digest=digest,
                standing=before,
                changes=changes(before, document),
                problems=subject.problems(),
                is_author=(subject.key, subject.number + 1) in mine,
            )
        )
    return made


def prime(found: dict) -> None:
    """Give many subjects the number of their last edition with one query."""
    cleared = Decision.objects.filter(subject__in=list(found), action=Decision.Action.CLEARED).order_by()
    last = dict(cleared.values_list("subject").annotate(Max("number")))
    for key, subject in found.items():
        subject.number = last.get(key, 0)


@dataclass
class Outcome:
    """What became of one subject of a sitting: decision, or the sentences that say why there is none."""

    key: str
    title: str
    decision: Decision | None = None
    sentences: list = field(default_factory=list)
    stale: bool = False


def clear_many(chosen: dict, reviewer, **paper) -> list[Outcome]:
    """Clear each for itself. In: {key: (digest, ticks)}; paper: number, date and comment of the decision.

    What can't be cleared stays as it was and says why; it stops none of the others.
    """
    found = subjects.load(chosen)
    outcomes = []
    for key, (digest, ticks) in chosen.items():
        subject = found.get(key)
        if subject is None:
            continue
        outcome = Outcome(key, subject.title)
        try:
            outcome.decision = clearance.clear(subject, digest, reviewer, ticks, **paper)
        except clearance.NotReady as error:
            outcome.sentences = error.problems
        except (clearance.NotAllowed, clearance.Stale) as error:
            outcome.sentences = [str(error)]
            outcome.stale = isinstance(error, clearance.Stale)
        outcomes.append(outcome)
    return outcomes
