"""Standing editions that words of an authority have changed: what the next edition would say differs, though nobody
edited the record.

Such a record is still cleared, and somebody is noted as an author of its next edition (clearance.note_authority):
that is what finds them, without building a document. Each is submitted by a cataloguer and cleared like any other.
"""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_noop as noop

from media import jobs

from . import clearance, notices, subjects
from .changes import changes
from .models import ClearanceAuthor, Edition, Status

JOB = "submit_touched"
AT_ONCE = 20  # editions that are submitted while a person waits
BATCH = 200
COUNTED = 1000
NOT_ALLOWED = noop("Tài khoản này không còn quyền trình duyệt.")
SUBMIT = "archive.change_record"


def touched(authority=None):
    """QuerySet of the standing editions that an authority touched (perhaps only those that name it), by identifier."""
    authors = ClearanceAuthor.objects.filter(subject=OuterRef("subject"), number=OuterRef("number") + 1)
    found = Edition.objects.filter(Exists(authors), record__status=Status.CLEARED)
    if authority is not None:
        found = found.filter(record__in=clearance.records_naming(authority).order_by().values("pk"))
    return found.order_by("identifier")


def count(authority=None) -> int:
    """How many there are; COUNTED when there are as many or more."""
    return touched(authority)[:COUNTED].count()


def compared(editions) -> list[dict]:
    """[{edition, subject, document, changes}] for a page of editions; `changes` is empty where the words are back."""
    editions = list(editions)
    found = subjects.load({edition.subject for edition in editions})
    rows = []
    for edition in editions:
        subject = found[edition.subject]
        subject.number = edition.number
        document, _digest = clearance.preview(subject)
        rows.append(
            {"edition": edition, "subject": subject, "document": document, "changes": changes(edition.data, document)}
        )
    return rows


def submit(keys, user) -> tuple[int, list[str]]:
    """Submit these editions ("record:12"), each in a transaction of its own. Out: how many, and why others weren't."""
    done, refused = 0, []
    found = subjects.load(set(keys))
    with notices.gathered():
        for key in keys:
            if key not in found:
                continue
            try:
                clearance.submit(found[key], user)
                done += 1
            except clearance.NotReady as error:
                refused.append(f"{found[key].identifier}: {error}")
    return done, refused


def start(user):
    """Queue the submission of all of them. Out: the Job."""
    return running() or jobs.enqueue(JOB, "editions", {}, user)


def running():
    """The job that submits all of them, while there is one."""
    return jobs.live(JOB, "editions", {})


def work(job, progress) -> dict:
    """The handler of JOB: submit all. Cut off, it goes on: what was submitted is no longer among them."""
    user = job.user
    if not (user and user.is_active and user.has_perm(SUBMIT)):
        raise jobs.Failed(NOT_ALLOWED)
    done, refused, last = 0, [], ""
    while True:
        page = touched().filter(identifier__gt=last)[:BATCH]
        rows = list(page.values_list("subject", "identifier"))
        if not rows:
            break
        for key, identifier in rows:
            submitted, why = submit([key], user)
            done, last = done + submitted, identifier
            refused += why[: max(0, 100 - len(refused))]
            progress(done)
    if done:
        notices.write_many(done, user)
    return {"submitted": done, "refused": refused}
