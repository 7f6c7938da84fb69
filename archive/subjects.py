"""What can be cleared: an adapter for each kind of subject, found through settings.PUBLIC_SUBJECTS.

A subject's key ("record:12") names it in decisions, authors' rows and editions. archive.clearance
drives adapters and alone writes what they hold; an adapter of a room above (pages) is named in the
settings, so that this room knows nothing of it.
"""

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Value, prefetch_related_objects
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from media import storage
from media.models import Scan

from .edition import build, rendition_of
from .edition_mentions import mention_rows
from .folding import fold
from .models import (
    Decision,
    Edition,
    EditionHistory,
    EditionImage,
    EditionMention,
    EditionPlace,
    EditionRelation,
    Record,
    RecordScan,
    Status,
    Tombstone,
)
from .outbox import touch
from .signals import edition_changed


class Subject:
    """The base of adapters.

    prefix: first part of the key. status_field: the model's column that archive.clearance writes.
    """

    prefix = ""
    model = None
    status_field = "status"

    def __init__(self, instance):
        self.instance = instance

    @property
    def key(self) -> str:
        return f"{self.prefix}:{self.instance.pk}"

    @property
    def status(self) -> str:
        return getattr(self.instance, self.status_field)

    @cached_property
    def number(self) -> int:
        """The number of the last edition that was ever cleared; 0 when none was."""
        last = Decision.objects.filter(subject=self.key, action=Decision.Action.CLEARED).order_by("-number")
        return last.values_list("number", flat=True).first() or 0

    @classmethod
    def loaded(cls, pks) -> list:
        """The subjects of these primary keys, with what their documents are built from; for lists."""
        return [cls(instance) for instance in cls.model._base_manager.filter(pk__in=pks)]

    @classmethod
    def keys_of(cls, instances):
        """QuerySet of the keys of a queryset of instances."""
        key = Concat(Value(f"{cls.prefix}:"), Cast("pk", CharField()), output_field=CharField())
        return instances.order_by().annotate(subject_key=key).values("subject_key")

    def locked(self):
        """The same subject, read anew with its row locked until the transaction ends."""
        # `of`: joined tables of an inherited model (pages) aren't ours to lock.
        row = self.model._base_manager.select_for_update(of=("self",)).get(pk=self.instance.pk)
        return type(self)(row)

    # What an adapter says of itself.
    identifier: str  # what the public knows it by
    title: str
    edit_url: str

    def document(self) -> dict:
        """The document of the next edition (number = self.number + 1)."""
        raise NotImplementedError

    def standing(self) -> dict | None:
        """The document that stands now, or None."""
        raise NotImplementedError

    def problems(self) -> list[str]:
        """Sentences saying what must be mended before this can be submitted or cleared."""
        return []

    def notes(self) -> list[str]:
        """Sentences that the reviewer must know."""
        return []

    @classmethod
    def standing_instances(cls, query: str):
        """QuerySet of the instances that are public now and match the words of `query` (all when empty)."""
        raise NotImplementedError

    @classmethod
    def audit(cls):
        """Yields for each public state that isn't an edition its faults as sentences, and "" once it was looked at."""
        yield from ()

    def preview(self, request, lang: str):
        """An HttpResponse showing the public page as it would become."""
        raise NotImplementedError

    def put(self, document: dict, text: str, decision: Decision) -> None:
        """Make this state public. Runs inside the clearing transaction."""
        raise NotImplementedError

    def take_down(self, decision: Decision) -> bool:
        """Make nothing of it public. Inside the transaction. Out: whether anything was."""
        raise NotImplementedError


def adapters() -> list[type[Subject]]:
    return [import_string(name) for name in settings.PUBLIC_SUBJECTS]


def of(instance) -> Subject:
    """The subject of a model instance. Raises LookupError for what can't be cleared."""
    for adapter in adapters():
        if isinstance(instance, adapter.model):
            return adapter(instance)
    raise LookupError(f"{type(instance).__name__} is no subject of clearance")


def get(key: str) -> Subject:
    """The subject of a key such as "record:12". Raises LookupError."""
    prefix, _colon, pk = key.partition(":")
    for adapter in adapters():
        if adapter.prefix == prefix and pk.isascii() and pk.isdigit():
            instance = adapter.model._base_manager.filter(pk=pk).first()
            if instance:
                return adapter(instance)
    raise LookupError(key)


def load(keys) -> dict[str, Subject]:
    """The subjects of many keys, in a bounded number of queries; those that are gone are left out."""
    found = {}
    for adapter in adapters():
        parts = [key.partition(":") for key in keys]
        pks = [pk for prefix, _colon, pk in parts if prefix == adapter.prefix and pk.isascii() and pk.isdigit()]
        found |= {subject.key: subject for subject in adapter.loaded(pks)} if pks else {}
    return found


# What the document of a record is built from.
DOCUMENT_PARTS = (
    "agents__agent",
    "places__place__names__source",
    "mentions__place__names__source",
    "citations__source",
    "tags__tag",
    "articles",
    "relations",
    "scans__scan__renditions",
    "scans__scan__text_lines",
    "scans__scan__georeferences",
)


def held_keys() -> list[str]:
    """Keys of everything that is held now; few are."""
    keys = []
    for adapter in adapters():
        held = adapter.model._base_manager.filter(**{adapter.status_field: Status.HELD})
        keys += [f"{adapter.prefix}:{pk}" for pk in held.order_by().values_list("pk", flat=True)]
    return keys


class RecordSubject(Subject):
    prefix = "record"
    model = Record

    @classmethod
    def loaded(cls, pks):
        rows = Record._base_manager.filter(pk__in=pks).select_related("institution")
        return [cls(record) for record in rows.prefetch_related(*DOCUMENT_PARTS)]

    def locked(self):
        """With what its document is built from, in a number of queries that doesn't grow with it."""
        subject = super().locked()
        prefetch_related_objects([subject.instance], *DOCUMENT_PARTS)
        return subject

    @property
    def identifier(self):
        return self.instance.identifier

    @property
    def title(self):
        return self.instance.title_vi or self.instance.identifier

    @property
    def edit_url(self):
        return reverse(self.model.snippet_viewset.get_url_name("edit"), args=[self.instance.pk])

    def locked_sentence(self, user=None) -> str:
        """Why nobody can save it now. Of a hold only those who may hold are told."""
        if self.status == Status.HELD and not (user and user.has_perm("archive.hold_record")):
            return _("Bản ghi %(id)s đang khoá nên chưa sửa được; hãy hỏi người duyệt.") % {"id": self.identifier}
        if self.status == Status.HELD:
            return _("Bản ghi %(id)s đang tạm giữ; người duyệt phải thôi tạm giữ trước khi sửa.") % {
                "id": self.identifier
            }
        return _("Bản ghi %(id)s đang chờ duyệt nên chưa sửa được; hãy rút lại bản trình trước.") % {
            "id": self.identifier
        }

    def document(self):
        return build(self.instance, self.number + 1)

    def standing(self):
        edition = Edition.objects.filter(subject=self.key).first()
        return edition.data if edition else None

    @classmethod
    def standing_instances(cls, query):
        found = Record.objects.filter(edition__isnull=False).order_by("identifier")
        for word in fold(query).split():
            found = found.filter(folded__contains=word)
        return found

    @cached_property
    def sharing(self):
        """Other records that use one of this record's scans."""
        scans = [use.scan_id for use in self.instance.scans.all()]
        if not scans:
            return []
        return list(
            Record.objects.filter(scans__scan__in=scans).exclude(pk=self.instance.pk).distinct().order_by("identifier")
        )

    def problems(self):
        record, found = self.instance, []
        if not record.title_vi:
            found.append(_("Thiếu nhan đề tiếng Việt."))
        if not record.title_en:
            found.append(_("Thiếu nhan đề tiếng Anh."))
        if bool(record.description_vi) != bool(record.description_en):
            found.append(_("Mô tả mới có ở một ngôn ngữ; hãy viết đủ tiếng Việt và tiếng Anh."))
        if not record.declared_not_secret:
            found.append(_("Chưa xác nhận tư liệu không thuộc danh mục bí mật nhà nước."))
        for use in record.scans.all():
            if rendition_of(use) is None:
                found.append(_("Bản quét “%(name)s” chưa xử lý xong.") % {"name": use.scan.original_name})
        for other in self.sharing:
            if other.status == Status.HELD:
                found.append(_("Bản quét dùng chung với bản ghi %(id)s đang tạm giữ.") % {"id": other.identifier})
        return found

    def notes(self):
        return [
            _("Bản quét cũng thuộc bản ghi %(id)s (%(status)s).")
            % {"id": other.identifier, "status": other.get_status_display()}
            for other in self.sharing
        ]

    def preview(self, request, lang):
        from .previews import preview_record

        return preview_record(self.instance, request, lang)

    def put(self, document, text, decision):
        before = self._end_standing(decision.user, "")
        Tombstone.objects.filter(subject=self.key).delete()
        edition = Edition.objects.create(
            subject=self.key,
            identifier=document["identifier"],
            number=document["number"],
            document=text,
            digest=decision.digest,
            cleared_at=decision.at,
            reviewer=decision.user,
            record=self.instance,
            kind=document["kind"],
            title_vi=document["title"]["vi"],
            title_en=document["title"]["en"],
            date_from=document["date"] and document["date"]["from"],
            date_to=document["date"] and document["date"]["to"],
        )
        images = {scan["image"] for scan in document["scans"]}
        EditionImage.objects.bulk_create(EditionImage(edition=edition, image_id=image) for image in images)
        EditionPlace.objects.bulk_create(
            EditionPlace(
                edition=edition,
                key=place["key"],
                kind=place["kind"],
                name_vi=place["name"]["vi"],
                name_en=place["name"]["en"],
            )
            for place in document["places"]
        )
        EditionMention.objects.bulk_create(EditionMention(edition=edition, **row) for row in mention_rows(document))
        EditionRelation.objects.bulk_create(
            EditionRelation(edition=edition, kind=relation["kind"], identifier=relation["identifier"])
            for relation in document["relations"]
        )
        self._announce(images | before)

    def take_down(self, decision):
        number = self.number
        stood = Edition.objects.filter(subject=self.key).exists()
        images = self._end_standing(decision.user, decision.reason)
        if stood:
            Tombstone.objects.create(subject=self.key, identifier=self.identifier, number=number)
        # Also without a standing edition of its own: a hold blocks scans that other records show.
        self._announce(images | self._own_images())
        return stood

    def _own_images(self) -> set[str]:
        scans = Scan.objects.filter(uses__record=self.instance)
        return {image for image in scans.values_list("renditions__image_id", flat=True) if image}

    def _end_standing(self, user, reason) -> set[str]:
        """Move the standing edition to the history. Out: the images that it listed."""
        edition = Edition.objects.filter(subject=self.key).first()
        if edition is None:
            return set()
        images = set(edition.images.values_list("image_id", flat=True))
        copied = ("subject", "identifier", "number", "document", "digest", "cleared_at", "reviewer_id")
        EditionHistory.objects.create(**{name: getattr(edition, name) for name in copied}, ended_by=user, reason=reason)
        edition.delete()
        return images

    def _announce(self, images: set[str]) -> None:
        settle_images(images)
        touch([self.identifier])
        identifier = self.identifier
        transaction.on_commit(lambda: edition_changed.send(sender=Edition, identifier=identifier))


def settle_images(images: set[str]) -> None:
    """Release the images that a standing edition lists and no held record uses; retract the others."""
    listed = set(EditionImage.objects.filter(image_id__in=images).values_list("image_id", flat=True))
    held = RecordScan.objects.filter(record__status=Status.HELD, scan__renditions__image_id__in=images)
    blocked = set(held.values_list("scan__renditions__image_id", flat=True))
    storage.release(listed - blocked)
    storage.retract(images - (listed - blocked))


def public_images() -> set[str]:
    """Every image id that must be public now."""
    listed = set(EditionImage.objects.values_list("image_id", flat=True))
    held = RecordScan.objects.filter(record__status=Status.HELD)
    return listed - set(held.values_list("scan__renditions__image_id", flat=True))
