"""Accepted rows become records: new ones in batches, changed ones one by one, with their fates in one transaction."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as noop
from django.utils.translation import override

from media import renditions
from media.models import Scan
from media.sentences import Sentence

from ..models import ChangeSet, ChangeSetRow, Record, RecordScan
from ..records import AT_REVIEWERS, UnderReview, create_records, save_record
from ..scan_pages import COPIED
from .rows import EXISTS, Draft, Problem, state_of

AT_ONCE = 30  # new records a transaction: others write meanwhile
Action = ChangeSetRow.Action
TAKEN = noop("Vừa có người ghi một mục mà dòng này cũng cần (tác nhân, nguồn, bản quét …). Hãy nhập lại dòng này.")
EDITED = noop(
    "Bản ghi “%(id)s” vừa có người sửa trong lúc nhập, nên giữ nguyên bản của người ấy. Hãy nhập lại dòng này."
)


class Edited(Sentence):
    """Somebody saved a record between the reading of its row and the writing."""


class Writer:
    """Writes drafts that have no problems. told(draft, outcome) hears of each row once it is written or refused.

    change_set: where fates are kept; None for a run that keeps none.
    """

    def __init__(self, user, change_set: ChangeSet | None, told):
        self.user, self.change_set, self.told = user, change_set, told
        self.waiting: list[Draft] = []

    def add(self, draft: Draft) -> None:
        if not draft.is_new:
            self.flush()
            self._update(draft)
            return
        self.waiting.append(draft)
        if len(self.waiting) >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what waits; where the batch is refused, row by row, so that one row's fault is its own."""
        drafts, self.waiting = self.waiting, []
        if not drafts:
            return
        try:
            self._create(drafts)
        except (IntegrityError, ValidationError):
            for draft in drafts:
                _forget_keys(draft)
            for draft in drafts:
                try:
                    self._create([draft])
                except (IntegrityError, ValidationError) as error:
                    _forget_keys(draft)  # those that follow may name what it named first
                    draft.problems.append(Problem("", _readable(error, draft)))
                    self.told(draft, "refused")

    def _create(self, drafts: list[Draft]) -> None:
        with transaction.atomic():
            for draft in drafts:
                save_authorities(draft)
                put_children(draft)
            revisions = create_records([draft.record for draft in drafts], self.user)
            self.keep(
                [
                    self.row(draft, Action.CREATED, record=draft.record, after=revision)
                    for draft, revision in zip(drafts, revisions, strict=True)
                ]
            )
        for draft in drafts:
            self._order_pictures(draft)
            self.told(draft, "created")

    def _update(self, draft: Draft) -> None:
        try:
            outcome = self._write_changed(draft)
        except (IntegrityError, ValidationError, UnderReview, Edited) as error:
            draft.problems.append(Problem("", _readable(error, draft)))
            _forget_keys(draft)
            self.told(draft, "refused")
            return
        self._order_pictures(draft)
        self.told(draft, outcome)

    def _write_changed(self, draft: Draft) -> str:
        record = draft.record
        with transaction.atomic(), override("vi"):
            self._hold(record)
            save_authorities(draft)
            put_children(draft)
            if state_of(record) == draft.before:
                self.keep([self.row(draft, Action.SKIPPED, record=record)])
                return "unchanged"
            before = record.latest_revision_id
            after = save_record(record, self.user)
            self.keep([self.row(draft, Action.UPDATED, record=record, before_id=before, after=after)])
        return "updated"

    @staticmethod
    def _hold(record: Record) -> None:
        """Lock the record. Raises Edited where somebody has saved it since it was read: nothing is lost."""
        rows = Record.objects.select_for_update().filter(pk=record.pk)
        if rows.values_list("latest_revision_id", flat=True).first() != record.latest_revision_id:
            raise Edited(EDITED, id=record.identifier)

    def _order_pictures(self, draft: Draft) -> None:
        for use, scan in zip(draft.scans or [], draft.taken_in, strict=True):
            renditions.ensure_pages(scan, _pages(use, scan), use.max_width, self.user)

    # --- fates ------------------------------------------------------------------------------------------

    def row(self, draft: Draft, action: str, **values) -> ChangeSetRow:
        values = {"number": draft.number, "identifier": draft.identifier[:80], "problems": draft.remarks} | values
        return ChangeSetRow(change_set=self.change_set, action=action, **values)

    def keep(self, rows: list[ChangeSetRow]) -> None:
        if self.change_set is not None:
            ChangeSetRow.objects.bulk_create(rows)


def save_authorities(draft: Draft) -> None:
    """Save what the row names and nobody has saved yet; the resolver keeps the instances for the rows that follow."""
    children = [
        (child, field)
        for name, field in (("agents", "agent"), ("citations", "source"), ("tags", "tag"))
        for child in draft.children.get(name, [])
    ]
    named = [(draft.record, "institution")] if draft.record.institution else []
    for holder, field in named + children:
        authority = getattr(holder, field)
        if authority.pk is None:
            authority.full_clean(exclude=["name"])
            authority.save()
            draft.made.append(authority)
        setattr(holder, field, authority)  # its key may be new


def _forget_keys(draft: Draft) -> None:
    """After a transaction that failed: what it had saved isn't."""
    for authority in draft.made:
        authority.pk = None
        authority._state.adding = True
    draft.made = []
    if draft.is_new:
        draft.record.pk = None
        draft.record._state.adding = True
        draft.record.latest_revision = None


def put_children(draft: Draft) -> None:
    """Replace the record's lists by the row's, where the sheet has the column."""
    for name, children in draft.children.items():
        if name != "mentions":
            _replace(getattr(draft.record, name), children)
    if draft.scans is not None:
        named = zip(draft.scans, draft.taken_in, strict=True)
        _replace(draft.record.scans, [line for use, scan in named for line in _lines(use, scan)])
    if "mentions" in draft.children:
        there = list(draft.record.scans.all())
        for slot, mention in draft.children["mentions"]:
            mention.scan, mention.page = there[slot - 1].scan, there[slot - 1].page
        _replace(draft.record.mentions, [mention for _slot, mention in draft.children["mentions"]])


def _pages(use, scan: Scan) -> list[int]:
    """The page that a cell names, or all."""
    return [use.page] if use.page else list(range(1, scan.pages + 1))


def _lines(use, scan: Scan) -> list[RecordScan]:
    """A line for each page: the first bears what the sheet says, the others what holds for the whole file."""
    first, *others = _pages(use, scan)
    fields = {name: value for name, value in vars(use).items() if name not in ("found", "name", "page")}
    lines = [RecordScan(scan=scan, page=first, **fields)]
    whole = {name: fields[name] for name in COPIED}
    return lines + [RecordScan(scan=scan, page=page, **whole) for page in others]


def _replace(manager, children: list) -> None:
    for order, child in enumerate(children):
        child.pk, child.sort_order = None, order
    manager.set(children)


def _readable(error, draft: Draft):
    """A sentence for what only the database could know: somebody else took the identifier or a key meanwhile."""
    if isinstance(error, UnderReview):
        return Sentence(AT_REVIEWERS, id=draft.identifier)
    if not isinstance(error, IntegrityError):
        return error
    if draft.is_new and Record.objects.filter(identifier=draft.identifier).exists():
        return Sentence(EXISTS, id=draft.identifier)
    return Sentence(TAKEN)
