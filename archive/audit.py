"""The audit: whether the chain of decisions is whole, and whether what is public is what was decided.

Reads in streams: its memory doesn't grow with the number of rows. What rooms above make public is audited by their
adapters (Subject.audit). Nothing is mended here: a fault is for people to look at.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from media.models import PublicImage

from . import subjects
from .clearance import decision_hash
from .edition import canonical
from .edition_mentions import COLUMNS, mention_rows
from .models import ClearanceAuthor, Decision, Edition, EditionHistory, EditionImage, Record, RecordScan, Status

CHUNK = 500


@dataclass
class Counted:
    """How much was looked at."""

    decisions: int = 0
    editions: int = 0
    former: int = 0
    others: int = 0  # public states of rooms above: pages
    images: int = 0
    last_hash: str = ""
    expected: set = field(default_factory=set)  # of the asked for hashes, those that the chain doesn't hold


def run(counted: Counted, expect=()) -> Iterator[str]:
    """Yields a sentence a fault. In: `counted`, which is filled meanwhile; hashes that the chain has to hold."""
    counted.expected = {text.strip().lower() for text in expect if text.strip()}
    yield from _chain(counted)
    for missing in sorted(counted.expected):
        yield _("Chuỗi quyết định không còn mã băm %(hash)s đã ghi lại: chuỗi đã bị viết lại hoặc bị cắt.") % {
            "hash": missing
        }
    yield from _people()
    yield from _numbers()
    yield from _editions(counted)
    yield from _history(counted)
    yield from _lost()
    yield from _states()
    for adapter in subjects.adapters():
        for sentence in adapter.audit():
            if sentence:
                yield sentence
            else:
                counted.others += 1
    yield from _images(counted)


def _chain(counted: Counted) -> Iterator[str]:
    """Each decision's own hash, and that it holds the hash of the one before it."""
    previous = ""
    for decision in Decision.objects.order_by("pk").iterator(chunk_size=CHUNK):
        counted.decisions += 1
        counted.expected.discard(decision.hash)
        name = _name(decision)
        if decision.hash != decision_hash(decision):
            yield _("%(decision)s đã bị sửa: mã băm không khớp nội dung.") % {"decision": name}
        if decision.previous_hash != previous:
            yield _("Chuỗi đứt trước %(decision)s: có dòng bị xoá, chèn thêm hoặc đổi thứ tự.") % {"decision": name}
        previous = decision.hash
    counted.last_hash = previous


def _name(decision) -> str:
    return _("Quyết định %(pk)s (%(action)s, %(identifier)s, bản %(number)s)") % {
        "pk": decision.pk,
        "action": decision.get_action_display(),
        "identifier": decision.identifier,
        "number": decision.number,
    }


def _cleared():
    return Decision.objects.filter(action=Decision.Action.CLEARED).order_by("pk")


def _people() -> Iterator[str]:
    """Each decision has a person; a clearance one who isn't an author, of an edition that has authors."""
    known = get_user_model()._base_manager.filter(pk=OuterRef("user_id"))
    for decision in Decision.objects.filter(~Exists(known)).order_by("pk").iterator(chunk_size=CHUNK):
        yield _("%(decision)s không có người ký.") % {"decision": _name(decision)}
    authors = ClearanceAuthor.objects.filter(subject=OuterRef("subject"), number=OuterRef("number"))
    for decision in _cleared().filter(Exists(authors.filter(user=OuterRef("user_id")))).iterator(chunk_size=CHUNK):
        yield _("%(decision)s do chính một người soạn bản ấy duyệt.") % {"decision": _name(decision)}
    for decision in _cleared().filter(~Exists(authors)).iterator(chunk_size=CHUNK):
        yield _("%(decision)s không ghi ai đã soạn bản ấy.") % {"decision": _name(decision)}


def _numbers() -> Iterator[str]:
    """Editions of a subject are numbered without a gap."""
    before = Decision.objects.filter(subject=OuterRef("subject"), action=Decision.Action.CLEARED, pk__lt=OuterRef("pk"))
    count = before.order_by().values("subject").annotate(n=Count("pk")).values("n")
    rows = _cleared().annotate(before=Coalesce(Subquery(count, output_field=IntegerField()), 0))
    for decision in rows.iterator(chunk_size=CHUNK):
        if decision.number != decision.before + 1:
            yield _("%(decision)s sai thứ tự: trước đó có %(before)d lần duyệt.") % {
                "decision": _name(decision),
                "before": decision.before,
            }


# --- editions ---------------------------------------------------------------------------------------


def document_faults(name: str, text: str, digest: str, decided: str | None) -> Iterator[str]:
    """What is wrong with a public document: its text, the digest beside it, and the digest that was decided (None =
    no decision)."""
    if hashlib.sha256(text.encode()).hexdigest() != digest:
        yield _("%(name)s đã bị sửa: văn bản không khớp mã băm ghi kèm.") % {"name": name}
    if decided is None:
        yield _("%(name)s không có quyết định duyệt.") % {"name": name}
    elif decided != digest:
        yield _("%(name)s không phải văn bản đã được duyệt.") % {"name": name}


def decided_digest():
    """Subquery: the digest that was decided for a row with `subject` and `number`."""
    decisions = Decision.objects.filter(
        subject=OuterRef("subject"), number=OuterRef("number"), action=Decision.Action.CLEARED
    )
    return Subquery(decisions.order_by("pk").values("digest")[:1])


def was_ended():
    """Whether a row with `subject` and `number` was withdrawn or held after it was cleared."""
    ends = [Decision.Action.WITHDRAWN, Decision.Action.HELD]
    return Exists(Decision.objects.filter(subject=OuterRef("subject"), number__gte=OuterRef("number"), action__in=ends))


def still_public(name: str) -> str:
    return _("%(name)s vẫn công bố sau khi đã rút hoặc tạm giữ.") % {"name": name}


def _editions(counted: Counted) -> Iterator[str]:
    rows = Edition.objects.annotate(decided=decided_digest(), ended=was_ended()).order_by("pk")
    for edition in rows.prefetch_related("images", "places", "mentions", "relations").iterator(chunk_size=CHUNK):
        counted.editions += 1
        name = _("Bản công bố %(identifier)s số %(number)s") % {
            "identifier": edition.identifier,
            "number": edition.number,
        }
        yield from document_faults(name, edition.document, edition.digest, edition.decided)
        yield from _columns(name, edition)
        if edition.ended:
            yield still_public(name)


def _columns(name: str, edition) -> Iterator[str]:
    """What lists and place pages read beside the document says the same as the document."""
    try:
        data = json.loads(edition.document)
        stored = {
            "identifier": edition.identifier,
            "number": edition.number,
            "kind": edition.kind,
            "title": {"vi": edition.title_vi, "en": edition.title_en},
        }
        differing = [key for key, value in stored.items() if data[key] != value]
        lists = {
            "images": (
                sorted({scan["image"] for scan in data["scans"]}),
                sorted(row.image_id for row in edition.images.all()),
            ),
            "places": (
                sorted((place["key"], place["name"]["vi"], place["name"]["en"]) for place in data["places"]),
                sorted((row.key, row.name_vi, row.name_en) for row in edition.places.all()),
            ),
            "mentions": (
                sorted(tuple(row.values()) for row in mention_rows(data)),
                sorted(tuple(getattr(row, name) for name in COLUMNS) for row in edition.mentions.all()),
            ),
            "relations": (
                sorted((one["identifier"], one["kind"]) for one in data.get("relations", [])),
                sorted((row.identifier, row.kind) for row in edition.relations.all()),
            ),
        }
    except (ValueError, KeyError, TypeError):
        yield _("%(name)s không đọc được.") % {"name": name}
        return
    differing += [key for key, (said, found) in lists.items() if said != found]
    if differing:
        yield _("%(name)s: cột dùng cho danh sách khác văn bản (%(fields)s).") % {
            "name": name,
            "fields": ", ".join(differing),
        }


def _history(counted: Counted) -> Iterator[str]:
    rows = EditionHistory.objects.annotate(decided=decided_digest()).order_by("pk")
    for former in rows.iterator(chunk_size=CHUNK):
        counted.former += 1
        name = _("Bản cũ %(identifier)s số %(number)s") % {"identifier": former.identifier, "number": former.number}
        yield from document_faults(name, former.document, former.digest, former.decided)


def _lost() -> Iterator[str]:
    """A cleared record's edition stands or is in the history."""
    same = {"subject": OuterRef("subject"), "number": OuterRef("number")}
    rows = _cleared().filter(subject__startswith=f"{subjects.RecordSubject.prefix}:")
    rows = rows.filter(~Exists(Edition.objects.filter(**same)), ~Exists(EditionHistory.objects.filter(**same)))
    for decision in rows.iterator(chunk_size=CHUNK):
        yield _("%(decision)s không còn văn bản: bản công bố đã bị xoá.") % {"decision": _name(decision)}


def _states() -> Iterator[str]:
    """A record says that it is cleared exactly while an edition stands; none stands of a held one."""
    for record in Record.objects.filter(status=Status.CLEARED, edition__isnull=True).order_by("pk").iterator():
        yield _("Bản ghi %(id)s ghi là đã duyệt nhưng không có bản công bố.") % {"id": record.identifier}
    held = Record.objects.filter(status__in=[Status.HELD, Status.WITHDRAWN], edition__isnull=False)
    for record in held.order_by("pk").iterator():
        yield _("Bản ghi %(id)s đã rút hoặc tạm giữ nhưng vẫn có bản công bố.") % {"id": record.identifier}


def _images(counted: Counted) -> Iterator[str]:
    """Each public image is listed by a standing edition and used by no held record."""
    held = RecordScan.objects.filter(record__status=Status.HELD, scan__renditions__image_id=OuterRef("image_id"))
    rows = PublicImage.objects.annotate(
        listed=Exists(EditionImage.objects.filter(image_id=OuterRef("image_id"))), held=Exists(held)
    ).order_by("pk")
    for image in rows.iterator(chunk_size=CHUNK):
        counted.images += 1
        if not image.listed:
            yield _("Ảnh công khai %(image)s không thuộc bản công bố nào.") % {"image": image.pk}
        if image.held:
            yield _("Ảnh công khai %(image)s thuộc một bản ghi đang tạm giữ.") % {"image": image.pk}


def text_of(document: dict) -> str:
    """The canonical text of a document, for adapters that compare what is shown now with what was cleared."""
    return canonical(document)[0]
