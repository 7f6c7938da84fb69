"""What becomes of each demonstration record: nearly all are cleared; a few show the other states.

The steps are taken only as far as a record's decisions are the beginning of its plan and nobody has edited it:
what people did stays.
"""

from archive import clearance, subjects
from archive.models import Decision, Record

Action = Decision.Action
CLEARED = (Action.SUBMITTED, Action.CLEARED)
PLANS = {
    "fr-1939-3282": (),  # a draft: its full text was not seen
    "cn-book-hai-ngoai-ky-su": (Action.SUBMITTED,),
    "lx-1977-tuyen-bo": (Action.SUBMITTED,),
    "fr-giay-khai-sinh-1940": (Action.SUBMITTED, Action.REFUSED),
    "cn-map-dai-thanh-1905": (*CLEARED, Action.WITHDRAWN),
}
REASONS = {
    "fr-giay-khai-sinh-1940": "Có dữ liệu cá nhân: cần văn bản đồng ý của gia đình hoặc cơ quan giữ trước khi công bố.",
    "cn-map-dai-thanh-1905": "Chưa xác minh được tên tập bản đồ gốc và nơi lưu giữ; rút để bổ sung nguồn.",
}


def plan(identifier: str) -> tuple:
    return PLANS.get(identifier, CLEARED)


def fulfil(record: Record, cataloguer, reviewer) -> int:
    """Take the steps of the record's plan that are still to be taken; gives how many were."""
    steps = plan(record.identifier)
    taken = tuple(
        Decision.objects.filter(subject=f"record:{record.pk}").order_by("pk").values_list("action", flat=True)
    )
    untouched = taken == steps[: len(taken)] and record.revisions.count() == 1
    if not untouched:
        return 0
    for action in steps[len(taken) :]:
        subject = subjects.get(f"record:{record.pk}")
        STEPS[action](subject, cataloguer, reviewer)
    return len(steps) - len(taken)


def _submit(subject, cataloguer, reviewer) -> None:
    clearance.submit(subject, cataloguer)


def _clear(subject, cataloguer, reviewer) -> None:
    _document, digest = clearance.preview(subject)
    clearance.clear(subject, digest, reviewer, clearance.CHECKLIST)


def _refuse(subject, cataloguer, reviewer) -> None:
    clearance.refuse(subject, reviewer, REASONS[subject.identifier])


def _withdraw(subject, cataloguer, reviewer) -> None:
    clearance.withdraw(subject, reviewer, REASONS[subject.identifier])


STEPS = {Action.SUBMITTED: _submit, Action.CLEARED: _clear, Action.REFUSED: _refuse, Action.WITHDRAWN: _withdraw}
