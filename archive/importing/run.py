"""The act of importing: one transaction a row; a bad row is named and doesn't stop the good ones."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as noop
from django.utils.translation import override

from media import renditions
from media.ingest import Refused
from media.models import Scan
from media.sentences import Sentence, say

from ..models import Record, RecordScan
from ..records import UnderReview, save_record
from . import mapping as mappings
from . import sheets
from .export import row_of
from .journal import Journal
from .report import Report
from .resolver import Resolver
from .rows import EXISTS, Draft, Problem, RowReader, sentence
from .scans import Shelf, check, discard, take_in
from .xlsx import SheetError

STAGE = noop("Đang nhập từng dòng")
NOT_ALLOWED = noop("Tài khoản này không có quyền tạo hoặc sửa bản ghi.")


@dataclass(frozen=True)
class Options:
    """update: rows of existing records change them; create_missing: unknown agents, institutions and sources are
    made; dry_run: everything is checked, nothing written."""

    scans: Path | None = None
    mapping: Path | None = None
    update: bool = False
    create_missing: bool = False
    dry_run: bool = False


def nothing(done: int, total: int = 0, stage: str = "") -> None:
    """A progress that tells nobody."""


def run(source: Path, user, options: Options, progress: Callable = nothing, journal: Path | None = None) -> Report:
    """Import a spreadsheet.

    In: a .xlsx or CSV file; who answers for the records; progress(done rows, all rows, stage), which may raise to stop;
    a journal file where an import must survive a crash. Sentences of the report are in the active language.
    Raises PermissionDenied.
    """
    needed = ["archive.add_record", *(["archive.change_record"] if options.update else [])]
    if not (user.is_active and user.has_perms(needed)):
        raise PermissionDenied(say(NOT_ALLOWED, {}))
    report = Report(dry_run=options.dry_run)
    try:
        Import(source, user, options, progress, Journal(journal), report).run()
    except SheetError as error:
        report.error = str(error)
    return report


class Import:
    """One run over one file."""

    def __init__(self, source, user, options, progress, journal, report):
        self.user, self.options, self.progress, self.journal, self.report = user, options, progress, journal, report
        self.mapping = mappings.load(options.mapping)
        self.table = sheets.read(source, self.mapping)
        self.shelf = Shelf(options.scans)
        self.resolver = Resolver(options.create_missing)
        self.reader = RowReader(self.resolver, self.shelf, options.update)
        self.total = 0

    def run(self) -> None:
        report = self.report
        report.unknown_columns, report.other_sheets = self.table.unknown, self.table.other_sheets
        self.total = self.table.count()
        self.progress(0, self.total, STAGE)
        try:
            for number, cells in self.table.rows():
                report.rows += 1
                self._pulse()
                if number in self.journal.done:
                    self._repeat(number, cells)
                else:
                    self._row(number, self.mapping.apply(cells))
        finally:
            report.unused_scans = self.shelf.unused()

    def _row(self, number: int, cells: dict[str, str]) -> None:
        # The model speaks of one title: in Vietnamese, which every record has.
        with override("vi"):
            draft = self.reader.read(number, cells)
        if self._was_cut_off(number, draft):
            self._done(number, draft, "created")
            return
        outcome = None
        if not draft.problems:
            outcome = self._try(number, draft)
        if outcome is None:
            self.resolver.forget_pending()
            self._refuse(number, draft)
        else:
            self._done(number, draft, outcome)

    def _try(self, number: int, draft: Draft) -> str | None:
        """ "created", "updated", "unchanged", or None with the reason among the draft's problems."""
        brought: list[Scan] = []
        try:
            scans = self._take_in(draft, brought)
            if draft.problems:
                discard(brought)
                return None
            if self.options.dry_run:
                return "created" if draft.is_new else "updated"
            return self._write(number, draft, scans)
        except (ValidationError, UnderReview, IntegrityError) as error:
            draft.problems.append(Problem("", _readable(error, draft)))
        except BaseException:
            discard(brought)
            raise
        discard(brought)
        return None

    def _take_in(self, draft: Draft, brought: list[Scan]) -> list[Scan]:
        """The row's scans, in order. A file that is refused becomes a problem; `brought` gets those that are new."""
        found = []
        for use in draft.scans or []:
            if isinstance(use.found, Scan):
                found.append(use.found)
                continue
            try:
                if self.options.dry_run:
                    check(use.found)
                    continue
                scan, new = take_in(use.found, self.user, self._pulse)
            except Refused as error:
                draft.problems.append(Problem("scans", error))
                break
            found.append(scan)
            if new:
                brought.append(scan)
        return found

    def _pulse(self) -> None:
        self.progress(self.report.rows - 1, self.total, STAGE)

    def _write(self, number: int, draft: Draft, scans: list[Scan]) -> str:
        """The row's one transaction."""
        if draft.is_new:
            self.journal.begin(number, draft.identifier)
        before = None if draft.is_new else _state(Record.objects.get(pk=draft.record.pk))
        made = self.resolver.pending
        try:
            with transaction.atomic(), override("vi"):
                self.resolver.save_pending()
                _put_children(draft, scans)
                if before is not None and before == _state(draft.record) and not made:
                    return "unchanged"
                save_record(draft.record, self.user)
        except BaseException:
            self.resolver.take_back(made)
            raise
        for use, scan in zip(draft.scans or [], scans, strict=True):
            renditions.ensure(scan, use.max_width, self.user)
        return "created" if draft.is_new else "updated"

    # --- what is told -----------------------------------------------------------------------------------

    def _was_cut_off(self, number: int, draft: Draft) -> bool:
        """Whether an earlier run of this job wrote the row and was killed before it could say so."""
        return self.journal.begun.get(number) == draft.identifier and not draft.is_new and not self.options.update

    def _done(self, number: int, draft: Draft, outcome: str) -> None:
        setattr(self.report, outcome, getattr(self.report, outcome) + 1)
        self.journal.finish(number, outcome, draft.identifier)

    def _refuse(self, number: int, draft: Draft) -> None:
        found = []
        for problem in draft.problems:
            heading = sheets.heading(problem.field, self.table.headings) if problem.field else ""
            found.append((heading, sentence(problem.error)))
        self.report.refuse(number, draft.identifier, found)
        self.journal.finish(number, "refused", draft.identifier, found)

    def _repeat(self, number: int, cells: dict[str, str]) -> None:
        """Count a row that an earlier run of this job finished."""
        entry = self.journal.done[number]
        self.reader.seen.setdefault(entry["identifier"], number)
        self.shelf.use(cells.get("scans", ""))
        if entry["outcome"] == "refused":
            self.report.refuse(number, entry["identifier"], [tuple(found) for found in entry["problems"]])
        else:
            setattr(self.report, entry["outcome"], getattr(self.report, entry["outcome"]) + 1)


def _state(record: Record) -> list:
    """What an import can change of a record; another file under the same name is a change too."""
    return [*row_of(record), *[use.scan_id for use in record.scans.all()]]


def _put_children(draft: Draft, scans: list[Scan]) -> None:
    """Replace the record's lists by the row's, where the sheet has the column."""
    for name, children in draft.children.items():
        if name != "mentions":
            _replace(getattr(draft.record, name), children)
    if draft.scans is not None:
        uses = []
        for use, scan in zip(draft.scans, scans, strict=True):
            uses.append(
                RecordScan(
                    scan=scan,
                    label_vi=use.label_vi,
                    label_en=use.label_en,
                    note_vi=use.note_vi,
                    note_en=use.note_en,
                    is_illustration=use.is_illustration,
                    max_width=use.max_width,
                    side=use.side,
                    transcription=use.transcription,
                    transcription_language=use.transcription_language,
                    translation_vi=use.translation_vi,
                    translation_en=use.translation_en,
                )
            )
        _replace(draft.record.scans, uses)
    if "mentions" in draft.children:
        there = [use.scan for use in draft.record.scans.all()]
        for slot, mention in draft.children["mentions"]:
            mention.scan = there[slot - 1]
        _replace(draft.record.mentions, [mention for _slot, mention in draft.children["mentions"]])


def _replace(manager, children: list) -> None:
    for order, child in enumerate(children):
        child.sort_order = order
    manager.set(children)


def _readable(error, draft: Draft):
    """A sentence for what only the database could know: somebody else took the identifier meanwhile."""
    return Sentence(EXISTS, id=draft.identifier) if isinstance(error, IntegrityError) else error
