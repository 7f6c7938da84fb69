"""The record: the curators' working copy, never shown to the public."""

from contextlib import suppress

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, Orderable, PreviewableMixin, RevisionMixin, WorkflowMixin

from archive.dates import DateError
from archive.dates import parse as parse_date
from archive.folding import fold
from archive.signals import subject_edited
from media.models import Scan

from .authority import Agent, Institution, Place, Source
from .clearance import Decision

identifier_validator = RegexValidator(
    r"^[a-z0-9][a-z0-9-]{1,79}$",
    _("Số hiệu chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối (2 đến 80 ký tự), ví dụ: vn-map-1838."),
)


class Kind(models.TextChoices):
    MAP = "map", _("Bản đồ")
    ATLAS_SHEET = "atlas_sheet", _("Tờ atlas")
    MANUSCRIPT = "manuscript", _("Bản viết tay")
    OFFICIAL_DOCUMENT = "official_document", _("Văn bản hành chính")
    LEGAL_TEXT = "legal_text", _("Văn bản pháp lý")
    BOOK = "book", _("Sách cổ")
    PHOTOGRAPH = "photograph", _("Ảnh")
    PRESS_ITEM = "press_item", _("Bài báo")
    OBJECT = "object", _("Hiện vật")


class Status(models.TextChoices):
    """Written by archive.clearance alone."""

    DRAFT = "draft", _("bản thảo")
    SUBMITTED = "submitted", _("chờ duyệt")
    CLEARED = "cleared", _("đã duyệt công bố")
    REFUSED = "refused", _("chưa đủ điều kiện công bố")
    WITHDRAWN = "withdrawn", _("đã rút")
    HELD = "held", _("tạm giữ")


class ShownAs(models.TextChoices):
    ORIGINAL = "original", _("bản gốc")
    FACSIMILE = "facsimile", _("bản sao nguyên dạng")
    REPRODUCTION = "reproduction", _("phiên bản")


class Confidence(models.TextChoices):
    HIGH = "high", _("nguồn vững")
    MEDIUM = "medium", _("nguồn tương đối")
    LOW = "low", _("nguồn yếu, cần kiểm chứng")


# https://rightsstatements.org/page/1.0/ and Creative Commons marks.
RIGHTS_STATEMENTS = [
    ("http://rightsstatements.org/vocab/NoC-OKLR/1.0/", _("Hết bảo hộ; có hạn chế pháp lý khác")),
    ("http://rightsstatements.org/vocab/InC/1.0/", _("Còn bảo hộ quyền tác giả")),
    ("http://rightsstatements.org/vocab/CNE/1.0/", _("Chưa đánh giá quyền tác giả")),
    ("http://rightsstatements.org/vocab/UND/1.0/", _("Chưa xác định quyền tác giả")),
    ("http://rightsstatements.org/vocab/NKC/1.0/", _("Không biết có còn bảo hộ")),
    ("https://creativecommons.org/publicdomain/mark/1.0/", _("Thuộc về công chúng")),
]


def degrees(limit: int) -> dict:
    return {"null": True, "blank": True, "validators": [MinValueValidator(-limit), MaxValueValidator(limit)]}


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
    languages = models.CharField(
        _("ngôn ngữ"), max_length=120, blank=True, help_text=_("Mã BCP 47 cách nhau bằng dấu cách: lzh vi-Hani fr.")
    )
    place_of_publication = models.CharField(_("nơi xuất bản"), max_length=200, blank=True)
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("cơ quan lưu giữ")
    )
    shelfmarks = models.TextField(_("ký hiệu kho"), blank=True, help_text=_("Mỗi dòng một ký hiệu."))
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

    class Meta:
        verbose_name = _("bản ghi")
        verbose_name_plural = _("bản ghi")
        ordering = ["-updated_at"]
        permissions = [("clear_record", "Can clear records for publication"), ("hold_record", "Can hold records")]

    def __str__(self):
        return f"{self.identifier} – {self.title_vi or ''}"

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
            named = (self.identifier, self.title_vi, self.title_en, self.title_original, self.reading, self.shelfmarks)
            self.folded = fold(" ".join(text or "" for text in named))
            super().save(*args, **kwargs)

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


class RecordScan(Orderable):
    """A scan of a record, in order."""

    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="scans")
    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="uses", verbose_name=_("bản quét"))
    label = models.CharField(_("nhãn trang"), max_length=120, blank=True)
    note = models.CharField(_("chú thích ảnh"), max_length=200, blank=True)
    is_illustration = models.BooleanField(_("hình minh hoạ, không phải bản quét"), default=False)
    max_width = models.PositiveIntegerField(
        _("bề rộng công bố tối đa"), default=0, help_text=_("Điểm ảnh; 0 là không giới hạn.")
    )


class RecordAgent(Orderable):
    class Role(models.TextChoices):
        CREATOR = "creator", _("tác giả")
        CARTOGRAPHER = "cartographer", _("người vẽ bản đồ")
        ENGRAVER = "engraver", _("người khắc")
        PUBLISHER = "publisher", _("nhà xuất bản")
        ISSUER = "issuer", _("cơ quan ban hành")
        SIGNATORY = "signatory", _("người ký")

    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="agents")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, verbose_name=_("tác nhân"))
    role = models.CharField(_("vai trò"), max_length=20, choices=Role.choices, default=Role.CREATOR)


class RecordPlace(Orderable):
    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, verbose_name=_("địa danh"))


class Citation(Orderable):
    record = ParentalKey(Record, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name=_("nguồn"))
    pages = models.CharField(_("trang"), max_length=60, blank=True)
