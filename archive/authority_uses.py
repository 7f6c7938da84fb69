"""Where authorities are used: by how many records, by which, and how. For the admin's lists and pages."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import clearance
from .authorities import records_naming
from .folding import fold
from .merged import kind_of
from .models import (
    Citation,
    EditionPlace,
    Place,
    PlaceMention,
    PlaceName,
    Record,
    RecordAgent,
    RecordPlace,
    RecordTag,
    Status,
)

# kind → (table whose rows name it, its column, the column of the record)
TABLES = {
    "agent": (RecordAgent, "agent", "record"),
    "institution": (Record, "institution", "pk"),
    "place": (RecordPlace, "place", "record"),
    "source": (Citation, "source", "record"),
    "tag": (RecordTag, "tag", "record"),
}
NAMED_IN_SENTENCE = 5  # records


def sees_held(user) -> bool:
    return user.has_perm(clearance.HOLD)


def search(authorities, text: str):
    """Those of a queryset of one kind that hold every word of `text`, in key or any name, without diacritics."""
    for word in fold(text).split():
        authorities = authorities.filter(folded__contains=word)
    return authorities


def counts(kind: str, pks, with_held: bool) -> Counter:
    """{primary key: number of records that name it}, for one page of a list, in a constant number of queries.

    A source counts where it is cited; a place also where only a mention on a scan names it.
    """
    table, column, record = TABLES[kind]
    found = Counter()
    _add(found, table.objects.filter(**{f"{column}__in": pks}), column, record, with_held)
    if kind == "place":
        # Without a row of its own: the record would be counted twice.
        listed = RecordPlace.objects.filter(record=OuterRef("record"), place=OuterRef("place"))
        _add(found, PlaceMention.objects.filter(~Exists(listed), place__in=pks), "place", "record", with_held)
    return found


def _add(found: Counter, rows, column: str, record: str, with_held: bool) -> None:
    number = Count(record, distinct=True)
    found.update(dict(rows.order_by().values_list(column).annotate(number)))
    if not with_held:  # few are held: cheaper than to leave them out above
        held = rows.filter(**{"status" if record == "pk" else "record__status": Status.HELD})
        found.subtract(dict(held.order_by().values_list(column).annotate(number)))


@dataclass(frozen=True)
class Uses:
    """What names an authority. records: those that the person may see; hidden: how many more there are; names: place
    names that cite a source; editions: standing ones whose record no longer names it."""

    records: object
    hidden: int = 0
    children: list = field(default_factory=list)
    names: list = field(default_factory=list)
    editions: list = field(default_factory=list)

    @property
    def keep(self) -> bool:
        """Whether something would break if the authority went."""
        return bool(self.hidden or self.children or self.names or self.records.exists())


def of(authority, user) -> Uses:
    """The uses of an authority, as this person may see them."""
    naming, kind = records_naming(authority), kind_of(authority)
    seen = naming if sees_held(user) else naming.exclude(status=Status.HELD)
    hidden = 0 if sees_held(user) else naming.filter(status=Status.HELD).count()
    if kind == "place":
        still = EditionPlace.objects.filter(key=authority.key).exclude(
            edition__record__in=naming.order_by().values("pk")
        )
        editions = [row.edition for row in still.select_related("edition").order_by("edition__identifier")]
        return Uses(seen, hidden, list(Place.objects.filter(parent=authority)), [], editions)
    if kind == "source":
        names = PlaceName.objects.filter(source=authority).select_related("place").order_by("place__key", "sort_order")
        return Uses(seen, hidden, [], list(names))
    return Uses(seen, hidden)


def sentence(authority, uses: Uses) -> str:
    """Why an authority can't be deleted: where it is used, in one sentence."""
    parts, count = [], uses.records.count()
    if count:
        shown = list(uses.records.values_list("identifier", flat=True)[:NAMED_IN_SENTENCE])
        more = "…" if count > len(shown) else ""
        words = ngettext("%(n)d bản ghi (%(ids)s)", "%(n)d bản ghi (%(ids)s)", count)
        parts.append(words % {"n": count, "ids": ", ".join(shown) + more})
    if uses.hidden:
        words = ngettext("%(n)d bản ghi mà bạn không xem được", "%(n)d bản ghi mà bạn không xem được", uses.hidden)
        parts.append(words % {"n": uses.hidden})
    if uses.children:
        names = ", ".join(map(str, uses.children[:NAMED_IN_SENTENCE]))
        words = ngettext(
            "%(n)d địa danh bên trong (%(names)s)", "%(n)d địa danh bên trong (%(names)s)", len(uses.children)
        )
        parts.append(words % {"n": len(uses.children), "names": names})
    if uses.names:
        names = ", ".join(f"{name.text} – {name.place}" for name in uses.names[:NAMED_IN_SENTENCE])
        words = ngettext("%(n)d tên gọi địa danh (%(names)s)", "%(n)d tên gọi địa danh (%(names)s)", len(uses.names))
        parts.append(words % {"n": len(uses.names), "names": names})
    return _("Không xoá được “%(name)s” vì còn được dùng ở: %(where)s.") % {
        "name": authority,
        "where": "; ".join(parts),
    }


def how(authority, records) -> dict[int, list[str]]:
    """{record's primary key: words for how it names the authority}, for the records of one page."""
    pks, words = [record.pk for record in records], {record.pk: [] for record in records}
    match kind_of(authority):
        case "agent":
            for use in RecordAgent.objects.filter(agent=authority, record__in=pks):
                words[use.record_id].append(use.get_role_display())
        case "institution":
            words = {pk: [_("cơ quan lưu giữ")] for pk in pks}
        case "tag":
            words = {pk: [_("từ khoá")] for pk in pks}
        case "place":
            for use in RecordPlace.objects.filter(place=authority, record__in=pks):
                words[use.record_id].append(_("địa danh"))
            mentions = PlaceMention.objects.filter(place=authority, record__in=pks).order_by()
            for pk, count in mentions.values_list("record").annotate(Count("pk")):
                words[pk].append(ngettext("%(n)d chỗ trên bản quét", "%(n)d chỗ trên bản quét", count) % {"n": count})
        case "source":
            for use in Citation.objects.filter(source=authority, record__in=pks):
                pages = _("trích dẫn, trang %(pages)s") % {"pages": use.pages} if use.pages else _("trích dẫn")
                words[use.record_id].append(pages)
            cited = Q(places__place__names__source=authority) | Q(mentions__place__names__source=authority)
            for pk in Record.objects.filter(cited, pk__in=pks).values_list("pk", flat=True).distinct():
                words[pk].append(_("nguồn của tên địa danh"))
    return words
