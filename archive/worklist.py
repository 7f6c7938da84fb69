"""What is missing, over all records: counts by gap, kind and status, and the order in which one works through them."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from . import completeness
from .models import ChangeSetRow, Kind, Status

# What can be edited now; a record under review or held waits.
OPEN = (Status.DRAFT, Status.REFUSED, Status.CLEARED, Status.WITHDRAWN)
LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Choice:
    """What of the worklist is asked for; "" leaves a dimension open. mine: a user's pk, or None; change_set: a pk."""

    gap: str = ""
    kind: str = ""
    language: str = ""
    status: str = ""
    mine: int | None = None
    change_set: int | None = None

    def narrowed(self, records):
        """The records of whose and which import, whatever they lack."""
        if self.mine:
            records = records.filter(latest_revision__user=self.mine)
        if self.change_set:
            rows = ChangeSetRow.objects.filter(change_set=self.change_set, record__isnull=False)
            records = records.filter(pk__in=rows.values("record"))
        return records

    def has_status(self, status: str) -> bool:
        return status == self.status if self.status else status in OPEN

    def has_kind(self, kind: str) -> bool:
        return not self.kind or kind == self.kind

    def has_gap(self, gaps: list[str]) -> bool:
        return not self.gap or self.gap in gaps

    def has_language(self, gaps: list[str]) -> bool:
        return not self.language or any(concerns(code, self.language) for code in gaps)

    def records(self, records):
        """The records asked for, the least complete first, each by its pk."""
        records = self.narrowed(records).filter(~Q(gaps=""))
        records = records.filter(_none_but("status", Status, [self.status] if self.status else OPEN))
        if self.kind:
            records = records.filter(_none_but("kind", Kind, [self.kind]))
        if self.gap:
            records = records.filter(gaps__contains=f" {self.gap} ")
        if self.language:
            records = records.filter(_in_language(self.language))
        return records.order_by("completeness", "pk")


def _none_but(field: str, choices, values) -> Q:
    """Field in values, said by what it isn't: else SQLite takes an index of this field and sorts half the table for a
    page of forty, instead of walking the index that is in the order asked for."""
    return ~Q(**{f"{field}__in": [value for value in choices.values if value not in values]})


def concerns(code: str, language: str) -> bool:
    """Whether a gap is one of this language; a stale translation is a matter of its English."""
    return code.endswith(f"_{language}") or (language == "en" and code.startswith("stale:"))


def _in_language(language: str) -> Q:
    found = Q(gaps__contains=f"_{language} ")
    return found | Q(gaps__contains=" stale:") if language == "en" else found


def counts(records, choice: Choice) -> dict[str, Counter]:
    """{"gap", "kind", "language", "status": Counter of records by value, "total"}: each as if it were left open itself.

    One query, which groups: records that lack the same things are one row, so its answer stays short.
    """
    found = {name: Counter() for name in ("gap", "kind", "language", "status", "total")}
    statuses = {status: choice.has_status(status) for status in Status.values}
    kinds = {kind: choice.has_kind(kind) for kind in Kind.values}
    rows = choice.narrowed(records).filter(~Q(gaps="")).order_by().values_list("status", "kind", "gaps")
    alike = defaultdict(list)  # what is lacking -> [(status, kind, number)]: it is looked at once
    for status, kind, text, number in rows.annotate(Count("pk")):
        if statuses[status] or kinds[kind]:
            alike[text].append((status, kind, number))
    for text, those in alike.items():
        gaps = completeness.codes(text)
        both = sum(number for status, kind, number in those if statuses[status] and kinds[kind])
        if both:
            _count_gaps(found, choice, gaps, both)
        if choice.has_gap(gaps) and choice.has_language(gaps):
            for status, kind, number in those:
                found["kind"][kind] += number if statuses[status] else 0
                found["status"][status] += number if kinds[kind] else 0
    return found


def _count_gaps(found: dict[str, Counter], choice: Choice, gaps: list[str], number: int) -> None:
    """Add so many records of the status and kind asked for."""
    has_gap, has_language = choice.has_gap(gaps), choice.has_language(gaps)
    if has_gap and has_language:
        found["total"]["all"] += number
    if has_language:
        found["gap"].update(dict.fromkeys(gaps, number))
    if has_gap:
        for language in LANGUAGES:
            found["language"][language] += number if any(concerns(code, language) for code in gaps) else 0


def after(records, place: tuple[int, int]):
    """What follows a place (completeness, pk) in a list so ordered."""
    percent, pk = place
    return records.filter(Q(completeness__gt=percent) | Q(completeness=percent, pk__gt=pk))


def first_gap(record, choice: Choice) -> str:
    """The gap to begin with: the one asked for, else one of the language asked for, else the first; "" for none."""
    gaps = completeness.codes(record.gaps)
    wanted = [code for code in gaps if code == choice.gap] if choice.gap else gaps
    if choice.language and not choice.gap:
        wanted = [code for code in gaps if concerns(code, choice.language)]
    return (wanted or gaps or [""])[0]
