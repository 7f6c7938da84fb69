"""One row of a sheet: its cells read, checked and put into a record in memory. Nothing is written here."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop as noop

from media.models import Scan
from media.sentences import Sentence

from .. import coordinates
from ..models import (
    Agent,
    ChangeSetRow,
    Citation,
    Institution,
    Place,
    Record,
    RecordAgent,
    RecordPlace,
    RecordRelation,
    RecordScan,
    RecordTag,
    Source,
    Status,
    Tag,
)
from ..records import AT_REVIEWERS
from . import parts, values
from .cells import Faulty
from .columns import BY_FIELD
from .export import RELATED, row_of
from .resolver import Resolver
from .scans import Shelf, page_of
from .values import Bad
from .xlsx import is_fault

EDGES = ("west", "south", "east", "north")

EMPTY = noop("Ô này không được để trống.")
FAULT = noop("Ô này là công thức lỗi hoặc chưa tính (%(text)s). Hãy thay bằng giá trị, hoặc mở bảng tính rồi lưu lại.")
EXISTS = noop("Đã có bản ghi mang số hiệu “%(id)s”; muốn sửa bản ghi đó thì chọn cập nhật khi nhập.")
REPEATED = noop("Số hiệu “%(id)s” đã có ở dòng %(row)s của bảng này.")
SLOTS = noop("Có %(given)s giá trị cho %(scans)s tệp quét. Ghi theo thứ tự các tệp, cách nhau bằng dấu chấm phẩy.")
NO_SCAN = noop("Có ghi cho bản quét nhưng cột “Tệp quét” để trống.")
NO_RELATED = noop("Không có bản ghi nào mang số hiệu “%(id)s”. Bản ghi liên quan phải có trước, hoặc đứng ở dòng trên.")
RIVALS = noop("Các tệp này muốn cùng một chỗ nên không tệp nào được lấy: %(names)s. Hãy ghi rõ ở cột “Tệp quét”.")
NO_SUCH_SCAN = noop("Không có tệp quét thứ %(number)s ở dòng này.")
TWICE = noop("“%(text)s” ghi hai lần.")
Action = ChangeSetRow.Action
REQUIRED = ("identifier", "kind", "title_vi")
# Columns that fill lists of the record, not fields of it.
CHILDREN = {"agents", "places", "citations", "tags", "articles", "relations", "mentions", "scans"}
BESIDE_SCANS = [name for name in BY_FIELD if name.startswith("scan_")]
# Which column to name for a field that the model itself complains about.
COLUMN_OF = {"title": "title_vi", "date_edtf": "date_text", "date_from": "date_text", "date_to": "date_text"}


@dataclass(frozen=True)
class Problem:
    """Why a row is refused: field "" when it isn't one cell. str(error) is the sentence, in the active language."""

    field: str
    error: Exception | str


@dataclass
class ScanUse:
    """A scan of a row: `found` is a file or a Scan that is known already; page: of its file, 0 for all of them."""

    found: object
    name: str
    page: int = 0
    label_vi: str = ""
    label_en: str = ""
    note_vi: str = ""
    note_en: str = ""
    is_illustration: bool = False
    max_width: int = 0
    side: str = ""
    transcription: str = ""
    transcription_language: str = ""
    translation_vi: str = ""
    translation_en: str = ""


@dataclass
class Draft:
    """What a row wants. scans: None when the sheet has no such column and no file is named after the record.

    exists: a record with this identifier is there; taken_in: the row's scans, those of `brought` new with it;
    made: authorities that were saved with it; warnings: what the row is accepted with, remarks: the same in words;
    before: state_of the record that it changes.
    """

    number: int = 0
    cells: dict = field(default_factory=dict)
    identifier: str = ""
    exists: bool = False
    record: Record | None = None
    is_new: bool = True
    children: dict = field(default_factory=dict)
    scans: list[ScanUse] | None = None
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    remarks: list[dict] = field(default_factory=list)
    before: list = field(default_factory=list)
    taken_in: list[Scan] = field(default_factory=list)
    brought: list[Scan] = field(default_factory=list)
    made: list = field(default_factory=list)


class RowReader:
    """Reads row after row of one file."""

    def __init__(self, resolver: Resolver, shelf: Shelf, update: bool, skip: bool = False):
        self.resolver, self.shelf, self.update, self.skip = resolver, shelf, update, skip
        self.taken: set[str] = set()  # identifiers of the rows looked up that are in use
        self.known: dict[str, Record] = {}  # the records that they update, with their lists
        self.seen: dict[str, int] = {}
        self.promised: set[str] = set()  # new records of a dry run, which rows below may name
        self.own_scans: list[Scan] = []

    def look_up(self, rows: list[dict[str, str]]) -> None:
        """Ask once for many rows which of their identifiers are in use, and for the records that they update."""
        named = {values.line(cells.get("identifier", "")) for cells in rows}
        found = Record.objects.filter(identifier__in=named)
        self.taken = set(found.values_list("identifier", flat=True))
        whole = found.select_related("institution").prefetch_related(*RELATED) if self.update else ()
        self.known = {record.identifier: record for record in whole}

    def pass_over(self, number: int, cells: dict[str, str], action: str) -> None:
        """Remember of a row that was dealt with before the import was cut off what rows below must know."""
        identifier = values.line(cells.get("identifier", ""))
        self.seen.setdefault(identifier, number)
        self.shelf.use(cells.get("scans", ""))
        if cells.get("scans"):
            return
        is_new = action == Action.CREATED or (action == Action.REFUSED and identifier not in self.taken)
        if is_new:
            self.shelf.named_after(identifier)
        elif action == Action.UPDATED and self.shelf.has_named_after(identifier):
            uses = RecordScan.objects.filter(record__identifier=identifier)
            self.shelf.use_named_after(identifier, set(uses.values_list("scan__original_name", flat=True)))

    def read(self, number: int, cells: dict[str, str]) -> Draft:
        draft = Draft(number=number, cells=cells)
        self.own_scans = self._scans_of(cells)
        found = self._values(cells, draft)
        if warning := values.date_warning(found.get("date_text", "")):
            draft.warnings.append(Problem("date_text", warning))
        draft.identifier = found.get("identifier", "")
        self._find_record(number, draft)
        if draft.record is None:
            return draft
        for name in REQUIRED:
            if (draft.is_new or name in cells) and not found.get(name) and not self._complained(draft, name):
                draft.problems.append(Problem(name, Sentence(EMPTY)))
        self._fill(draft, found)
        if draft.scans is None or (draft.is_new and not draft.scans):
            self._match_scans(draft)
        self._check_children(draft)
        return draft

    def _match_scans(self, draft: Draft) -> None:
        """Files named after the record, where the sheet names none."""
        if self.shelf.has_named_after(draft.identifier) and (draft.is_new or not draft.record.scans.all()):
            found, rivals = self.shelf.named_after(draft.identifier)
            draft.scans = [ScanUse(path, path.name, side=side) for path, side in found] or draft.scans
            if rivals:
                draft.warnings.append(Problem("scans", Sentence(RIVALS, names="; ".join(rivals))))

    def _scans_of(self, cells: dict[str, str]) -> list[Scan]:
        """Scans that the record to update has now: their names may stand for others in the store too."""
        record = self.known.get(values.line(cells.get("identifier", ""))) if cells.get("scans") else None
        return [use.scan for use in record.scans.all()] if record else []

    # --- cells ------------------------------------------------------------------------------------

    def _values(self, cells: dict[str, str], draft: Draft) -> dict:
        """{field: value} of the cells that can be read; the others become problems."""
        result, lang = {}, coordinates.language_of(cells.get(name, "") for name in EDGES)
        for name, text in cells.items():
            if name == "extent_approximate" and not text.strip():
                continue  # unsaid, it is approximate
            try:
                if isinstance(text, Faulty):
                    raise Bad(text.reason, **text.values)
                if is_fault(text):
                    raise Bad(FAULT, text=text)
                result[name] = self._value(BY_FIELD[name].kind, text, lang)
            except (Bad, ValidationError) as error:
                draft.problems.append(Problem(name, error))
        return result

    def _value(self, kind: str, text: str, lang: str):
        if kind in ("lat", "lon"):  # the other edges of the box tell what N alone means
            return values.degrees(text, kind, lang)
        if kind in values.READERS:
            return values.READERS[kind](text)
        return getattr(self, f"_read_{kind}")(text)

    def _read_institution(self, text: str):
        name = values.line(text)
        return self.resolver.find(Institution, name) if name else None

    def _read_places(self, text: str) -> list:
        return [RecordPlace(place=place) for place in self._each(Place, values.split(text))]

    def _read_agents(self, text: str) -> list:
        """Parts such as "Dutreuil de Rhins | cartographer" or "Dutreuil de Rhins (người vẽ bản đồ)"."""
        result = []
        for part in values.split(text):
            name, role = _with_role(part)
            result.append(RecordAgent(agent=self.resolver.find(Agent, name), role=role))
        return result

    def _read_citations(self, text: str) -> list:
        """Parts such as "key or name | pages"."""
        result = []
        for part in values.split(text):
            name, _bar, pages = (piece.strip() for piece in part.partition("|"))
            result.append(Citation(source=self.resolver.find(Source, name), pages=pages))
        return result

    def _read_tags(self, text: str) -> list:
        return [RecordTag(tag=tag) for tag in self._each(Tag, values.split(text))]

    def _read_articles(self, text: str) -> list:
        return parts.articles(text)

    def _read_mentions(self, text: str) -> list:
        return parts.mentions(text, lambda name: self.resolver.find(Place, name))

    def _read_relations(self, text: str) -> list:
        named = parts.relations(text)
        there = {
            record.identifier: record
            for record in Record.objects.filter(identifier__in=[identifier for _kind, identifier in named])
        }
        for _kind, identifier in named:
            if identifier in self.promised:
                there.setdefault(identifier, Record(identifier=identifier))
            if identifier not in there:
                raise Bad(NO_RELATED, id=identifier)
        return [RecordRelation(kind=kind, related=there[identifier]) for kind, identifier in named]

    def _read_scans(self, text: str) -> list[ScanUse]:
        names = values.split(text)
        for name in names:
            if names.count(name) > 1:
                raise Bad(TWICE, text=name)
        return [self._scan_named(name) for name in names]

    def _scan_named(self, name: str) -> ScanUse:
        file, page = page_of(name)
        return ScanUse(self.shelf.find(file, self.own_scans), name, page)

    def _each(self, model, names: list[str]) -> list:
        found = [self.resolver.find(model, name) for name in names]
        return list({instance.key: instance for instance in found}.values())

    # --- the record ---------------------------------------------------------------------------------

    def _find_record(self, number: int, draft: Draft) -> None:
        """The record that the row is about: a new one, or the one to update. None when it may not be touched."""
        identifier = draft.identifier
        if not identifier:
            if not self._complained(draft, "identifier"):
                draft.problems.append(Problem("identifier", Sentence(EMPTY)))
            return
        if identifier in self.seen:
            draft.problems.append(Problem("identifier", Sentence(REPEATED, id=identifier, row=self.seen[identifier])))
            return
        self.seen[identifier] = number
        if identifier not in self.taken:
            draft.record = Record(identifier=identifier)
            return
        draft.is_new, draft.exists = False, True
        if self.skip:
            return
        existing = self.known.get(identifier)
        refusal = EXISTS
        if existing:
            refusal = AT_REVIEWERS if existing.status in (Status.SUBMITTED, Status.HELD) else None
        if refusal:
            draft.problems.append(Problem("identifier", Sentence(refusal, id=identifier)))
            return
        draft.record, draft.before = existing, state_of(existing)

    def _fill(self, draft: Draft, found: dict) -> None:
        record = draft.record
        for name, value in found.items():
            if name in CHILDREN - {"scans"}:
                draft.children[name] = value
            elif name not in CHILDREN and name not in BESIDE_SCANS:
                setattr(record, name, value)
        draft.scans = found.get("scans")
        self._fill_scans(draft, found)

    def _fill_scans(self, draft: Draft, found: dict) -> None:
        """Labels, notes and limits run beside the list of files; a flag or limit given once holds for all."""
        for name in BESIDE_SCANS:
            given = found.get(name) or []
            scans = draft.scans or []
            if not given:
                continue
            if not scans:
                if "scans" in found:
                    draft.problems.append(Problem(name, Sentence(NO_SCAN)))
                continue
            if len(given) == 1 and name in ("scan_illustration", "scan_max_width"):
                given = given * len(scans)
            if len(given) > len(scans):
                draft.problems.append(Problem(name, Sentence(SLOTS, given=len(given), scans=len(scans))))
                continue
            for use, value in zip(scans, given, strict=False):
                setattr(use, SCAN_FIELDS[name], value)

    def _check_children(self, draft: Draft) -> None:
        """What the model itself says of the record and its lists."""
        errors: dict = {}
        try:
            # Who is named was looked up by the resolver; asking the database again would cost a query each.
            draft.record.full_clean(exclude=["institution"], validate_unique=False)
        except ValidationError as error:
            errors = error.error_dict
        for name, children in draft.children.items():
            for child in children:
                if name == "mentions":
                    slot, child = child
                    if slot > self._scans_in(draft):
                        errors.setdefault(name, []).append(ValidationError(str(Sentence(NO_SUCH_SCAN, number=slot))))
                _collect(errors, name, child, exclude=NAMED)
        for use in draft.scans or []:
            fields = {name: getattr(use, name) for name in SCAN_FIELDS.values()}
            _collect(errors, "scans", RecordScan(**fields), exclude=["record", "scan"])
        for name, found in errors.items():
            column = COLUMN_OF.get(name, name)
            if not self._complained(draft, column):
                draft.problems += [Problem(column if column in BY_FIELD else "", error) for error in found]

    @staticmethod
    def _scans_in(draft: Draft) -> int:
        """How many scans the record will have."""
        return len(draft.scans) if draft.scans is not None else draft.record.scans.count()

    @staticmethod
    def _complained(draft: Draft, name: str) -> bool:
        return any(problem.field == name for problem in draft.problems)


SCAN_FIELDS = {
    "scan_labels_vi": "label_vi",
    "scan_labels_en": "label_en",
    "scan_notes_vi": "note_vi",
    "scan_notes_en": "note_en",
    "scan_sides": "side",
    "scan_transcriptions": "transcription",
    "scan_transcription_languages": "transcription_language",
    "scan_translations_vi": "translation_vi",
    "scan_translations_en": "translation_en",
    "scan_illustration": "is_illustration",
    "scan_max_width": "max_width",
}


def _with_role(part: str) -> tuple[str, str]:
    """Name and role of an agent. A bracket that is no role belongs to the name."""
    name, bar, role = (piece.strip() for piece in part.partition("|"))
    if bar:
        return name, values.role(role) or RecordAgent.Role.CREATOR
    if part.endswith(")") and "(" in part:
        name, _bracket, role = part[:-1].rpartition("(")
        try:
            return name.strip(), values.role(role) or RecordAgent.Role.CREATOR
        except Bad:
            pass
    return part, RecordAgent.Role.CREATOR


# Fields of a child that the resolver or the shelf found.
NAMED = ["record", "scan", "agent", "source", "tag", "place", "related"]


def _collect(errors: dict, name: str, instance, exclude) -> None:
    try:
        instance.full_clean(exclude=exclude)
    except ValidationError as error:
        errors.setdefault(name, []).extend(found for many in error.error_dict.values() for found in many)


def state_of(record: Record) -> list:
    """What an import can change of a record; another file under the same name is a change too."""
    return [*row_of(record, frozenset()), *[use.scan_id for use in record.scans.all()]]


def sentence(error) -> str:
    """A problem's error in the active language."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error)
