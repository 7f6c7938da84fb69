"""The act of importing: a bad row is named and doesn't stop the good ones; what an import did can be undone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_noop as noop
from django.utils.translation import override

from media import collector
from media.ingest import Refused
from media.models import Scan
from media.sentences import say

from .. import change_sets
from ..models import ChangeSet, ChangeSetRow
from . import mapping as mappings
from . import sheets
from .report import Report
from .resolver import Resolver
from .rows import Draft, Problem, RowReader, sentence, state_of
from .scans import Shelf, check, discard, take_in
from .values import Bad
from .writing import Writer, put_children
from .xlsx import SheetError

STAGE = noop("Đang nhập từng dòng")
NO_SUCH_PAGE = noop("“%(name)s”: tệp chỉ có %(pages)s trang.")
NOT_ALLOWED = noop("Tài khoản này không có quyền tạo hoặc sửa bản ghi.")
READ_AT_ONCE = 200  # rows whose identifiers are looked up together
NAMED_BY = (("agents", "agent"), ("citations", "source"), ("tags", "tag"), ("relations", "related"))
LONGEST_VALUE = 300  # characters of a refused cell that a report keeps
OUTCOMES = {"created": "created", "updated": "updated", "skipped": "unchanged", "refused": "refused"}


@dataclass(frozen=True)
class Options:
    """update: rows of existing records change them; skip: such rows are passed over (neither: they are refused);
    create_missing: unknown agents, institutions, sources and tags are made; convert_legacy: text of before Unicode is
    converted (else its cells are refused); dry_run: everything is checked, nothing written."""

    scans: Path | None = None
    mapping: Path | None = None
    update: bool = False
    skip: bool = False
    create_missing: bool = False
    convert_legacy: bool = False
    dry_run: bool = False

    def told(self) -> dict:
        """What a change set remembers of them."""
        names = ("update", "skip", "create_missing", "convert_legacy", "dry_run")
        return {name: getattr(self, name) for name in names}


def nothing(done: int, total: int = 0, stage: str = "") -> None:
    """A progress that tells nobody."""


def run(
    source: Path, user, options: Options, progress: Callable = nothing, change_set: ChangeSet | None = None
) -> Report:
    """Import a spreadsheet.

    In: a .xlsx or CSV file; who answers for the records; progress(done rows, all rows, stage), which may raise to stop;
    the change set of an import that was begun before: rows whose fate it holds are passed over. Without one a new one
    is made (in a dry run: none). Sentences of the report are in the active language. Raises PermissionDenied.
    """
    needed = ["archive.add_record", *(["archive.change_record"] if options.update else [])]
    if not (user.is_active and user.has_perms(needed)):
        raise PermissionDenied(say(NOT_ALLOWED, {}))
    report = Report(dry_run=options.dry_run)
    try:
        table = sheets.read(source, mapping := mappings.load(options.mapping), options.convert_legacy)
        if change_set is None and not options.dry_run:
            change_set = change_sets.open_for(None, ChangeSet.Kind.IMPORT, source.name, options.told(), user)
        report.change_set = change_set.pk if change_set else None
        with collector.spared():
            Import(table, mapping, user, options, progress, change_set, report).run()
    except SheetError as error:
        report.error = str(error)
    if change_set:
        change_sets.finish(change_set, report.summary())
    return report


class Import:
    """One run over one file."""

    def __init__(self, table, mapping, user, options, progress, change_set, report):
        self.table, self.mapping, self.user = table, mapping, user
        self.options, self.progress, self.change_set, self.report = options, progress, change_set, report
        self.shelf = Shelf(options.scans)
        self.resolver = Resolver(options.create_missing)
        self.reader = RowReader(self.resolver, self.shelf, options.update, options.skip)
        self.writer = Writer(user, change_set, self._told)
        self.done = dict(change_set.rows.values_list("number", "action")) if change_set else {}
        self.total = 0

    def run(self) -> None:
        report = self.report
        report.unknown_columns, report.other_sheets = self.table.unknown, self.table.other_sheets
        self.table.refuse_empty()
        self.total = self.table.count()
        self.progress(0, self.total, STAGE)
        self._count_done()
        try:
            for rows in _parts(self.table.rows()):
                self._read(rows)
            self.writer.flush()
        except BaseException:
            discard([scan for draft in self.writer.waiting for scan in draft.brought])
            raise
        finally:
            report.unused_scans = self.shelf.unused()
            report.notes = self.table.notes()

    def _count_done(self) -> None:
        """Rows that were written before this import was cut off."""
        if not self.done:
            return
        for action, rows in change_sets.counts(self.change_set).items():
            name = OUTCOMES[action]
            setattr(self.report, name, getattr(self.report, name) + rows)
        for row in self.change_set.rows.exclude(problems=[]):
            self.report.remember(row.number, row.identifier, row.problems, row.action != ChangeSetRow.Action.REFUSED)

    def _read(self, rows: list[tuple[int, dict]]) -> None:
        rows = [(number, self.mapping.apply(cells)) for number, cells in rows]
        self.reader.look_up([cells for _number, cells in rows])
        for number, cells in rows:
            self.report.rows += 1
            self._pulse()
            if number in self.done:
                self.reader.pass_over(number, cells, self.done[number])
            else:
                self._row(number, cells)

    def _row(self, number: int, cells: dict[str, str]) -> None:
        if any(draft.identifier in cells.get("relations", "") for draft in self.writer.waiting):
            self.writer.flush()
        # The model speaks of one title: in Vietnamese, which every record has.
        with override("vi"):
            draft = self.reader.read(number, cells)
        if fault := self.table.shape_fault(number):
            draft.problems = [Problem("", fault)]  # what its cells say is chance
        if self.options.skip and draft.exists and not draft.problems:
            self._skip(draft)
        elif draft.problems or not self._bring_scans(draft):
            self.resolver.forget_pending()
            self._refuse(draft)
        elif self.options.dry_run:
            self.resolver.settle()
            self.reader.promised.add(draft.identifier)
            self._told(draft, self._would_be(draft))
        else:
            self.resolver.settle()
            draft.remarks = self._said(draft, draft.warnings)
            try:
                self.writer.add(draft)
            except BaseException:
                discard(draft.brought)
                raise

    @staticmethod
    def _would_be(draft: Draft) -> str:
        """What a dry run's row would come to; compared as the writer does, in memory alone."""
        if draft.is_new:
            return "created"
        named = [getattr(child, field) for name, field in NAMED_BY for child in draft.children.get(name, [])]
        named += [draft.record.institution] if draft.record.institution else []
        if any(one.pk is None for one in named) or len(draft.taken_in) < len(draft.scans or []):
            return "updated"
        with override("vi"):
            put_children(draft)
            return "unchanged" if state_of(draft.record) == draft.before else "updated"

    def _skip(self, draft: Draft) -> None:
        self.resolver.forget_pending()
        self.report.unchanged += 1
        if not self.options.dry_run:
            self.writer.keep([self.writer.row(draft, ChangeSetRow.Action.SKIPPED)])

    def _bring_scans(self, draft: Draft) -> bool:
        """Take in the row's scans, in order; a file that is refused becomes a problem and takes the others back.

        All are looked at before the first is kept: whoever is killed in between leaves no scan that no record wants.
        """
        files = [use.found for use in draft.scans or [] if not isinstance(use.found, Scan)]
        try:
            if self.options.dry_run or len(files) > 1:
                for path in files:
                    check(path, self._pulse)
            for use in draft.scans or []:
                if isinstance(use.found, Scan):
                    draft.taken_in.append(use.found)
                elif not self.options.dry_run:
                    scan, new = take_in(use.found, self.user, self._pulse)
                    draft.taken_in.append(scan)
                    draft.brought += [scan] if new else []
            for use, scan in zip(draft.scans or [], draft.taken_in, strict=False):
                if use.page > scan.pages:
                    raise Bad(NO_SUCH_PAGE, name=use.name, pages=scan.pages)
        except (Refused, Bad) as error:
            draft.problems.append(Problem("scans", error))
            discard(draft.brought)
        except BaseException:
            discard(draft.brought)
            raise
        return not draft.problems

    def _pulse(self) -> None:
        self.progress(self.report.rows - 1, self.total, STAGE)

    # --- what is told -----------------------------------------------------------------------------------

    def _told(self, draft: Draft, outcome: str) -> None:
        """A row was written, or refused at the last moment."""
        if outcome == "refused":
            discard(draft.brought)
            self._refuse(draft)
        else:
            setattr(self.report, outcome, getattr(self.report, outcome) + 1)
            self.report.remember(draft.number, draft.identifier, self._said(draft, draft.warnings), warnings=True)

    def _said(self, draft: Draft, problems: list[Problem]) -> list[dict]:
        """Column, value and sentence of each, as reports and change sets keep them."""
        found = []
        for problem in problems:
            heading = sheets.heading(problem.field, self.table.headings) if problem.field else ""
            value = draft.cells.get(problem.field, "")[:LONGEST_VALUE]
            found.append({"column": heading, "value": value, "message": sentence(problem.error)})
        return found

    def _refuse(self, draft: Draft) -> None:
        found = self._said(draft, draft.problems)
        self.report.refuse(draft.number, draft.identifier, found)
        self.writer.keep([self.writer.row(draft, ChangeSetRow.Action.REFUSED, problems=found)])


def _parts(rows: Iterator) -> Iterator[list]:
    rows = iter(rows)
    while part := list(islice(rows, READ_AT_ONCE)):
        yield part
