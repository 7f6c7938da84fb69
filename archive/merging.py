"""Merge two authorities of a kind: one stays, the duplicate goes, and no link breaks.

References are moved row by row of the records' child tables, in transactions of BATCH records, each of which notes the
merging person as author of those records. No revision is written and no status changes: a record names the same thing
under its one name, and what its next edition says is cleared like a corrected name. Revisions that hold the duplicate's
primary key are read as the heir (archive.merged). Standing editions stay as they were cleared.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from wagtail.log_actions import log

from media import jobs

from . import clearance
from .authorities import records_naming
from .merged import MODELS, kind_of
from .models import (
    Citation,
    Edition,
    EditionHistory,
    EditionPlace,
    MergedAuthority,
    Place,
    PlaceMention,
    PlaceName,
    Record,
    RecordAgent,
    RecordPlace,
    RecordTag,
    Status,
)

BATCH = 100  # references a transaction; none lasts 200 ms
AT_ONCE = 300  # records that are moved while a person waits; more go into the background
TRIES = 5

KIND = "merge"  # of the job
GONE = noop("Một trong hai mục không còn trong danh mục; hãy xem lại danh mục trước khi gộp.")

# kind → [(table, column, the columns that tell two references of one record apart)]
REFERENCES = {
    "agent": [(RecordAgent, "agent", ("role",))],
    "place": [
        (RecordPlace, "place", ()),
        (PlaceMention, "place", ("scan_id", "x", "y", "width", "height", "name_as_written")),
    ],
    "source": [(Citation, "source", ("pages",))],
    "tag": [(RecordTag, "tag", ())],
    "institution": [(Record, "institution", None)],
}
# What the heir takes over where it says nothing itself.
TAKEN_OVER = {
    "agent": ("name_en", "kind", "dates"),
    "place": ("name_en", "kind", "note"),
    "source": ("name_en", "url"),
    "institution": ("name_en", "url"),
    "tag": ("name_en",),
}


class Refused(ValueError):
    """These two can't be merged; the sentence says why."""


@dataclass(frozen=True)
class Plan:
    """What a merge would do. statuses: {Status: number} of the records that name the duplicate, without those that the
    person may not see; editions: standing editions that go on naming it; taken: names of fields; names: further names
    that the heir gets; lost: names that have no field to stay in."""

    records: int
    statuses: dict = field(default_factory=dict)
    editions: int = 0
    place_names: int = 0
    children: int = 0
    taken: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    noted: int = 0  # records of the heir whose author the person becomes, since it gets names

    @property
    def in_background(self) -> bool:
        return self.records + self.noted > AT_ONCE

    @property
    def under_review(self) -> int:
        return self.statuses.get(Status.SUBMITTED, 0)


def plan(duplicate, heir, sees_held: bool = True) -> Plan:
    """What `merge` would do. Raises Refused."""
    check(duplicate, heir)
    naming = records_naming(duplicate)
    seen = naming if sees_held else naming.exclude(status=Status.HELD)
    statuses = dict(seen.order_by().values_list("status").annotate(Count("pk")))
    names, lost = _names_to_keep(duplicate, heir)
    return Plan(
        records=sum(statuses.values()),
        statuses=statuses,
        editions=Edition.objects.filter(record__in=seen.order_by().values("pk")).count(),
        place_names=PlaceName.objects.filter(source=duplicate).count() if kind_of(duplicate) == "source" else 0,
        children=Place.objects.filter(parent=duplicate).count() if isinstance(duplicate, Place) else 0,
        taken=tuple(_taken_over(duplicate, heir)),
        names=tuple(names),
        lost=tuple(lost),
        noted=records_naming(heir).count() if _changes(duplicate, heir) else 0,
    )


def check(duplicate, heir) -> None:
    """Raises Refused for two of different kinds and for one and the same."""
    if type(duplicate) is not type(heir):
        raise Refused(_("Chỉ gộp được hai mục cùng loại."))
    if duplicate.pk == heir.pk:
        raise Refused(_("Hãy chọn hai mục khác nhau để gộp."))


def start(duplicate, heir, user):
    """Queue a merge for the worker. Out: the Job."""
    check(duplicate, heir)
    kind = kind_of(duplicate)
    payload = {"kind": kind, "duplicate": duplicate.pk, "heir": heir.pk, "names": [str(duplicate), str(heir)]}
    subject = f"{kind}:{duplicate.pk}"
    return jobs.live(KIND, subject, payload) or jobs.enqueue(KIND, subject, payload, user)


def work(job, progress) -> dict:
    """The handler of "merge" jobs."""
    model = MODELS[job.payload["kind"]]
    found = model.objects.in_bulk([job.payload["duplicate"], job.payload["heir"]])
    heir = found.get(job.payload["heir"])
    if heir is None:
        raise jobs.Failed(GONE)
    duplicate = found.get(job.payload["duplicate"])
    if duplicate is None:  # merged, and cut off before it could say so
        if MergedAuthority.objects.filter(kind=job.payload["kind"], old_id=job.payload["duplicate"]).exists():
            return {"heir": heir.pk}
        raise jobs.Failed(GONE)
    merge(duplicate, heir, job.user, progress)
    return {"heir": heir.pk}


def merge(duplicate, heir, user, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Let `heir` take the place of `duplicate` everywhere; the duplicate is deleted.

    progress(done, total): records. Cut off anywhere, it goes on when called again. Out: how many references were
    moved. Raises Refused.
    """
    check(duplicate, heir)
    total, moved = records_naming(duplicate).count(), 0
    if _changes(duplicate, heir):  # before the change, in parts: one transaction over all would last
        _note(heir, user)
    for _try in range(TRIES):
        for done in _move(duplicate, heir, user):
            moved += done
            progress(min(moved, total), total)
        try:
            _end(duplicate, heir, user)
        except (ProtectedError, IntegrityError):  # somebody named it meanwhile
            continue
        return moved
    raise Refused(_("Mục này vẫn đang được thêm vào bản ghi khác; hãy thử gộp lại sau ít phút."))


def _note(authority, user) -> None:
    last = 0
    while True:
        pks = list(
            records_naming(authority).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[: BATCH * 5]
        )
        if not pks:
            return
        clearance.note_records(pks, user)
        last = pks[-1]


def _move(duplicate, heir, user):
    """Move references in transactions of BATCH rows; yields how many each moved."""
    for table, column, apart in REFERENCES[kind_of(duplicate)]:
        while done := _move_batch(table, column, apart, duplicate, heir, user):
            yield done
    if kind_of(duplicate) == "source":
        while done := _move_place_names(duplicate, heir, user):
            yield done


def _move_batch(table, column: str, apart, duplicate, heir, user) -> int:
    columns = ("pk",) if table is Record else ("pk", "record_id", *apart)
    with transaction.atomic():
        rows = table.objects.filter(**{column: duplicate}).order_by("pk")
        chosen = list(rows.values_list(*columns)[:BATCH])
        records = {row[0] if table is Record else row[1] for row in chosen}
        # Their rows are locked, so that none is cleared between the note and the change.
        locked = Record.objects.select_for_update().filter(pk__in=records).order_by("pk")
        clearance.note_records(locked.values_list("pk", flat=True), user)
        doubled = _doubled(table, column, apart, chosen, heir)
        table.objects.filter(pk__in=doubled).delete()
        kept = [row[0] for row in chosen if row[0] not in doubled]
        table.objects.filter(pk__in=kept).update(**{column: heir})
    return len(chosen)


def _doubled(table, column: str, apart, rows, heir) -> set:
    """Primary keys of the rows that would say once more what their record says of the heir already."""
    if apart is None:
        return set()
    records = {row[1] for row in rows}
    said = set(table.objects.filter(**{column: heir}, record__in=records).values_list("record_id", *apart))
    doubled = set()
    for pk, *says in rows:
        if tuple(says) in said:
            doubled.add(pk)
        said.add(tuple(says))
    return doubled


def _move_place_names(duplicate, heir, user) -> int:
    """Names of places that cite a source; the records that name these places say it."""
    chosen = list(PlaceName.objects.filter(source=duplicate).order_by("pk").values_list("pk", "place_id")[:BATCH])
    for place in Place.objects.filter(pk__in={place for _pk, place in chosen}):
        _note(place, user)
    PlaceName.objects.filter(pk__in=[pk for pk, _place in chosen]).update(source=heir)
    return len(chosen)


def _end(duplicate, heir, user) -> None:
    """The heir takes over names and gaps, the duplicate's key leads to it, the duplicate goes."""
    kind, public = kind_of(duplicate), was_public(duplicate)
    with transaction.atomic():
        heir = type(heir).objects.select_for_update().get(pk=heir.pk)
        duplicate = type(duplicate).objects.select_for_update().get(pk=duplicate.pk)
        old_id, old_key = duplicate.pk, duplicate.key
        _take_over(duplicate, heir)
        if kind == "place":
            _take_over_children(duplicate, heir)
        MergedAuthority.objects.filter(kind=kind, into=old_key).update(into=heir.key)
        MergedAuthority.objects.create(kind=kind, key=old_key, old_id=old_id, into=heir.key, public=public, user=user)
        log(instance=heir, action="wagtail.edit", user=user, data={"merged": old_key})
        duplicate.delete()


def was_public(authority) -> bool:
    """Whether an edition names it, or ever did: then its key is known outside."""
    kind = kind_of(authority)
    if kind == "place" and EditionPlace.objects.filter(key=authority.key).exists():
        return True
    quoted = f'"key":"{authority.key}"'  # canonical JSON has no spaces
    tables = (EditionHistory,) if kind == "place" else (Edition, EditionHistory)
    return any(table.objects.filter(document__contains=quoted).exists() for table in tables)


# --- what the heir takes over -------------------------------------------------------------------------------


def _taken_over(duplicate, heir) -> list[str]:
    """Fields that the duplicate fills and the heir doesn't, and a note that is added to the heir's."""
    taken = [name for name in TAKEN_OVER[kind_of(heir)] if getattr(duplicate, name) and not getattr(heir, name)]
    if isinstance(heir, Place) and heir.note and duplicate.note and duplicate.note not in heir.note:
        taken.append("note")
    if isinstance(heir, Place) and None in (heir.latitude, heir.longitude) and duplicate.latitude is not None:
        taken.append("latitude")
    return taken


def _names_to_keep(duplicate, heir) -> tuple[list[str], list[str]]:
    """(names that the heir gets, names that nothing holds any more)."""
    match kind_of(heir):
        case "place":
            return [name.text for name in _further_names(duplicate, heir)], []
        case "agent":
            return _further_lines(duplicate, heir), []
    known = _headings(duplicate, heir)
    return [], [name for name in dict.fromkeys((duplicate.name_vi, duplicate.name_en)) if name and name not in known]


def _headings(duplicate, heir) -> set:
    """The heir's names once it has taken over what it lacks."""
    return {heir.name_vi, heir.name_en or duplicate.name_en}


def _further_names(duplicate, heir) -> list[PlaceName]:
    """The duplicate's names that the heir hasn't, not yet saved."""
    known = {(name.text, name.language) for name in heir.names.all()}
    names = duplicate.names.all()
    said = {*_headings(duplicate, heir), *(name.text for name in names)}
    found = []
    for text, lang in ((duplicate.name_vi, "vi"), (duplicate.name_en, "en")):
        if text and text not in said:
            said.add(text)  # once, where both languages call it the same
            found.append(PlaceName(text=text, language=lang, historical=False))
    for name in names:
        copied = ("text", "language", "script", "period_text", "period_edtf", "source_id", "historical", "verified")
        found.append(PlaceName(**{one: getattr(name, one) for one in copied}))
    kept = []
    for name in found:
        if (name.text, name.language) not in known:
            known.add((name.text, name.language))
            kept.append(name)
    return kept


def _further_lines(duplicate, heir) -> list[str]:
    lines = [duplicate.name_vi, duplicate.name_en, *duplicate.other_names.splitlines()]
    known = {*_headings(duplicate, heir), *heir.other_names.splitlines(), "", None}
    return [line for line in dict.fromkeys(lines) if line not in known]


def _changes(duplicate, heir) -> bool:
    return bool(_taken_over(duplicate, heir) or _names_to_keep(duplicate, heir)[0])


def _take_over(duplicate, heir) -> None:
    taken, note = _taken_over(duplicate, heir), getattr(heir, "note", "")
    for name in taken:
        setattr(heir, name, getattr(duplicate, name))
    if note and "note" in taken:
        heir.note = f"{note}\n\n{duplicate.note}"
    if "latitude" in taken:
        heir.longitude, heir.approximate = duplicate.longitude, duplicate.approximate
    if kind_of(heir) == "agent":
        heir.other_names = "\n".join([*heir.other_names.splitlines(), *_further_lines(duplicate, heir)])
    if kind_of(heir) == "place":
        last = PlaceName.objects.filter(place=heir).aggregate(last=Max("sort_order"))["last"] or 0
        for order, name in enumerate(_further_names(duplicate, heir), start=last + 1):
            name.sort_order = order
            heir.names.add(name)
        if is_below(heir, duplicate):
            heir.parent = duplicate.parent
    heir.save()


def is_below(place: Place, other: Place) -> bool:
    """Whether `place` is a part of `other`, of its parts …"""
    seen = set()
    while place.parent_id and place.pk not in seen:
        if place.parent_id == other.pk:
            return True
        seen.add(place.pk)
        place = place.parent
    return False


def _take_over_children(duplicate: Place, heir: Place) -> None:
    Place.objects.filter(parent=duplicate).exclude(pk=heir.pk).update(parent=heir)
