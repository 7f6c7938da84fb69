"""The record: the curators' working copy, never shown to the public."""

from contextlib import suppress

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from archive import completeness, scale, two_languages
from archive.dates import DateError
from archive.dates import parse as parse_date
from archive.folding import fold
from archive.signals import subject_edited

from .authority import Institution
from .choices import RIGHTS_STATEMENTS, Confidence, Kind, PrimeMeridian, ShownAs, Status
from .clearance import Decision

identifier_validator = RegexValidator(
    r"^[a-z0-9][a-z0-9-]{1,79}$",
    _("Số hiệu chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối (2 đến 80 ký tự), ví dụ: vn-map-1838."),
)


def degrees(limit: int) -> dict:
    return {"null": True, "blank": True, "validators": [MinValueValidator(-limit), MaxValueValidator(limit)]}


LONGEST_INDEXED = 2400  # bytes; an entry of PostgreSQL's B-tree has at most 2,704


def _text_columns(fields) -> list[str]:
    return [*(f"{field}_{lang}" for field in fields for lang in two_languages.LANGUAGES), "translated_from"]


class Record(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """One item of the catalogue.

    `live` stays False for ever, so that Wagtail writes each save into the row and a revision:
    the row is the working copy. Nothing reads `live`; what is public is archive.models.Edition.
    """

    identifier = models.CharField(
        _("số hiệu"),
        max_length=80,
        unique=True,
        validators=[identifier_validator],
        help_text=_("Không đổi sau khi đã duyệt công bố."),
    )
    kind = models.CharField(_("loại hình"), max_length=20, choices=Kind.choices, db_index=True)
    title = models.CharField(_("nhan đề"), max_length=500)
    title_original = models.CharField(_("nhan đề gốc"), max_length=500, blank=True)
    title_original_language = models.CharField(
        _("ngôn ngữ của nhan đề gốc"),
        max_length=20,
        blank=True,
        help_text=_("Mã BCP 47: lzh (Hán), vi-Hani (Nôm), la, fr, zh …"),
    )
    reading = models.CharField(_("âm Hán-Việt"), max_length=500, blank=True)
    alternative_titles = models.TextField(_("nhan đề khác"), blank=True, help_text=_("Mỗi dòng một nhan đề."))
    date_text = models.CharField(
        _("niên đại"),
        max_length=200,
        blank=True,
        help_text=_("Ví dụ: 1838; khoảng 1834; 1776-1784; thế kỷ 17; 1939-02-03; Minh Mạng 19."),
    )
    date_edtf = models.CharField(max_length=100, blank=True, editable=False)
    date_from = models.IntegerField(null=True, editable=False, db_index=True)  # years
    date_to = models.IntegerField(null=True, editable=False)
    date_display = models.CharField(
        _("niên đại hiển thị"), max_length=300, blank=True, help_text=_("Để trống thì hiển thị theo niên đại ở trên.")
    )
    date_as_written = models.CharField(_("niên hiệu như ghi trên tư liệu"), max_length=200, blank=True)
    description = models.TextField(_("mô tả"), blank=True)
    remarks = models.TextField(
        _("điều cần lưu ý"), blank=True, help_text=_("Chỗ các nguồn nói khác nhau, chỗ chưa kiểm chứng. Công bố.")
    )
    significance = models.TextField(
        _("ý nghĩa"), blank=True, help_text=_("Tư liệu này cho thấy điều gì, vì sao được chọn.")
    )
    provenance = models.TextField(_("nguồn gốc"), blank=True, help_text=_("Ai giữ trước đây, đến đây bằng cách nào."))
    languages = models.CharField(
        _("ngôn ngữ"), max_length=120, blank=True, help_text=_("Mã BCP 47 cách nhau bằng dấu cách: lzh vi-Hani fr.")
    )
    place_of_publication = models.CharField(_("nơi xuất bản"), max_length=200, blank=True)
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("cơ quan lưu giữ")
    )
    shelfmarks = models.TextField(_("ký hiệu kho"), blank=True, help_text=_("Mỗi dòng một ký hiệu."))
    sheets = models.PositiveIntegerField(_("số tờ"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("số trang"), null=True, blank=True)
    height_mm = models.PositiveIntegerField(_("cao (mm)"), null=True, blank=True)
    width_mm = models.PositiveIntegerField(_("rộng (mm)"), null=True, blank=True)
    technique = models.CharField(
        _("kỹ thuật"), max_length=200, blank=True, help_text=_("Ví dụ: khắc đồng, tô màu tay; mực trên giấy dó.")
    )
    scale_text = models.CharField(
        _("tỷ lệ"), max_length=120, blank=True, help_text=_("Như ghi trên bản đồ, ví dụ 1:300.000.")
    )
    scale_denominator = models.PositiveBigIntegerField(null=True, editable=False)
    projection = models.CharField(_("phép chiếu"), max_length=120, blank=True)
    prime_meridian = models.CharField(_("kinh tuyến gốc"), max_length=20, choices=PrimeMeridian.choices, blank=True)
    legal_number = models.CharField(
        _("số, ký hiệu văn bản"), max_length=120, blank=True, help_text=_("Ví dụ: 143/NV; 65/2007/NĐ-CP.")
    )
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    in_force_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    in_force_to = models.DateField(_("hết hiệu lực từ"), null=True, blank=True)
    shown_as = models.CharField(_("hiện vật trưng bày"), max_length=20, choices=ShownAs.choices, blank=True)
    west = models.FloatField(_("kinh độ tây"), **degrees(180))
    south = models.FloatField(_("vĩ độ nam"), **degrees(90))
    east = models.FloatField(_("kinh độ đông"), **degrees(180))
    north = models.FloatField(_("vĩ độ bắc"), **degrees(90))
    extent_approximate = models.BooleanField(_("phạm vi ước lượng"), default=True)
    confidence = models.CharField(_("độ tin cậy"), max_length=10, choices=Confidence.choices, blank=True)
    rights_statement = models.CharField(_("quyền"), max_length=100, choices=RIGHTS_STATEMENTS, blank=True)
    rights_note = models.TextField(_("ghi chú về quyền"), blank=True)
    credit_line = models.CharField(_("ghi công"), max_length=300, blank=True)
    internal_notes = models.TextField(_("ghi chú nội bộ"), blank=True, help_text=_("Không bao giờ công bố."))
    declared_not_secret = models.BooleanField(_("không thuộc danh mục bí mật nhà nước"), default=False)
    declassification = models.CharField(_("số quyết định giải mật"), max_length=120, blank=True)

    status = models.CharField(
        _("tình trạng"), max_length=12, choices=Status.choices, default=Status.DRAFT, editable=False, db_index=True
    )
    folded = models.TextField(editable=False, blank=True)  # what record lists search, folded; see archive.folding
    # See archive.two_languages: what each English text was made from; how much is filled; codes of what is missing.
    translated_from = models.JSONField(default=dict, editable=False, blank=True)
    completeness = models.PositiveSmallIntegerField(_("độ đầy đủ"), default=0, editable=False, db_index=True)  # percent
    gaps = models.TextField(default="", editable=False, blank=True)  # " title_en stale:description scans "
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="content_type",
        object_id_field="object_id",
        related_query_name="record",
        for_concrete_model=False,
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="record",
        for_concrete_model=False,
    )

    # "Where used" is ours (archive.authority_uses); Wagtail's index of references would cost queries at each save.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("bản ghi")
        verbose_name_plural = pgettext_lazy("số nhiều", "bản ghi")
        ordering = ["-updated_at"]
        permissions = [("clear_record", "Duyệt công bố bản ghi"), ("hold_record", "Tạm giữ bản ghi")]
        # What the list, its filters and the worklist ask at 100,000 records; measured by bench/admin.py.
        indexes = [
            models.Index(fields=["status", "kind", "gaps"], name="record_gaps"),
            models.Index(fields=["completeness", "id", "status", "kind", "gaps"], name="record_worklist"),
            models.Index(fields=["-updated_at", "status"], name="record_edited"),
            models.Index(fields=["date_from", "date_to", "status"], name="record_years"),
            models.Index(fields=["folded", "status"], name="record_folded"),
        ]

    def __str__(self):
        return f"{self.identifier} – {self.title_vi or ''}"

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """A revision names authorities by primary key; those merged since are read as what they became."""
        from archive.merged import heirs_named

        return super().from_serializable_data(heirs_named(data), check_fks=check_fks, strict_fks=strict_fks)

    def get_latest_revision_as_object(self):
        """The row: each save writes both, and batch edits and lists read the row."""
        return self

    def clean(self):
        """Read the date, keep a cleared identifier, check the box of the extent."""
        super().clean()
        errors = {}
        try:
            self.read_date()
        except DateError as error:
            errors["date_text"] = str(error)
        if self.pk and self._identifier_is_fixed():
            errors["identifier"] = _("Số hiệu đã công bố thì không đổi được: mã QR đã in trỏ tới số hiệu này.")
        corners = [self.west, self.south, self.east, self.north]
        if any(c is not None for c in corners) and any(c is None for c in corners):
            errors["west"] = _("Phạm vi cần đủ bốn cạnh: tây, nam, đông, bắc; hoặc để trống cả bốn.")
        elif self.south is not None and self.south > self.north:
            errors["south"] = _("Vĩ độ nam phải nhỏ hơn vĩ độ bắc.")
        if self.in_force_from and self.in_force_to and self.in_force_to < self.in_force_from:
            errors["in_force_to"] = _("Ngày hết hiệu lực phải sau ngày có hiệu lực.")
        if errors:
            raise ValidationError(errors)

    def read_date(self):
        """Fill the EDTF value and the range of years from `date_text`. Raises DateError."""
        self.date_edtf, self.date_from, self.date_to = "", None, None
        if self.date_text.strip():
            value = parse_date(self.date_text)
            self.date_edtf, self.date_from, self.date_to = value.edtf, value.year_from, value.year_to

    def _identifier_is_fixed(self) -> bool:
        before = type(self).objects.filter(pk=self.pk).values_list("identifier", flat=True).first()
        if before in (None, self.identifier):
            return False
        return Decision.objects.filter(subject=f"record:{self.pk}", action=Decision.Action.CLEARED).exists()

    def save(self, *args, **kwargs):
        self.live = False
        if kwargs.get("update_fields"):
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            self.keep_status()
            two_languages.note_record(self, self.stored_texts([self]).get(self.pk))
            self.derive()
            super().save(*args, **kwargs)

    def derive(self):
        """Fill the columns that follow from others: what lists search, the scale as a number, what is missing.

        Last of all, after archive.two_languages.note_record.
        """
        named = (self.identifier, self.title_vi, self.title_en, self.title_original, self.reading, self.shelfmarks)
        folded = fold(" ".join(text or "" for text in (*named, self.legal_number)))
        self.folded = folded.encode()[:LONGEST_INDEXED].decode(errors="ignore")
        self.scale_denominator = scale.denominator(self.scale_text)
        self.completeness, self.gaps = completeness.measure(self)

    @classmethod
    def stored_texts(cls, records) -> dict[int, dict]:
        """The stored translated texts of these records: {pk: before}, for two_languages.note_record.

        Of child lists only those that are held in memory. New records are left out. At most three queries.
        """
        pks = [record.pk for record in records if record.pk]
        rows = cls._base_manager.filter(pk__in=pks).values("pk", *_text_columns(two_languages.RECORD)) if pks else ()
        before = {row["pk"]: row for row in rows}
        for relation, fields in two_languages.CHILDREN.items():
            held = [r.pk for r in records if r.pk in before and two_languages.changed_children(r, relation)]
            children = cls._meta.get_field(relation).related_model._base_manager.filter(record__in=held)
            for child in children.values("pk", "record_id", *_text_columns(fields)) if held else ():
                before[child["record_id"]].setdefault(relation, {})[child["pk"]] = child
        return before

    def keep_status(self):
        """Lock the row until the transaction ends and read its status anew.

        A copy that was read before a submission, a hold or a clearance would write the old one over it.
        """
        with suppress(type(self).DoesNotExist):
            rows = type(self)._base_manager.select_for_update()
            self.refresh_from_db(fields=["status"], from_queryset=rows)

    def save_revision(self, user=None, **kwargs):
        """Write a revision; `edited` then notes its author in the same transaction.

        Raises PermissionDenied without a user (a text without an author couldn't be cleared by a second person) and
        while the record is under review or held.
        """
        if user is None:
            raise PermissionDenied("A record's revision needs its author.")
        with transaction.atomic():
            self.keep_status()
            if self.status in (Status.SUBMITTED, Status.HELD):
                raise PermissionDenied(_("Bản ghi đang chờ duyệt hoặc tạm giữ nên chưa sửa được."))
            revision = super().save_revision(user=user, **kwargs)
            subject_edited.send(sender=type(self), instance=self, user=user)
        return revision

    def publish(self, *args, **kwargs):
        raise PermissionDenied(str(_("Bản ghi chỉ được công bố qua trang duyệt.")))

    def unpublish(self, *args, **kwargs):
        raise PermissionDenied(str(_("Bản ghi chỉ được rút qua trang duyệt.")))

    @property
    def preview_modes(self):
        return [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]

    def serve_preview(self, request, mode_name):
        from archive.previews import preview_record

        return preview_record(self, request, mode_name)
