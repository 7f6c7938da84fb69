"""The record's editor: every field, in the order in which a curator works."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets import AdminAutoHeightTextInput

from archive import completeness

from .record_chooser import record_link_widget
from .record_form import RecordForm
from .record_sections import CompletenessPanel, DatePanel, Field, Lines, PagePanel, Pair, Row, Section


def row(*names: str) -> Row:
    return Row([Field(name) for name in names])


def box(rows: int = 3) -> forms.Textarea:
    """A box that grows with its text."""
    return AdminAutoHeightTextInput(attrs={"rows": rows})


def day(name: str) -> Field:
    """The browser's own field for a day: Wagtail's puts today in the place of what it can't read, 15/5/2017 too."""
    return Field(name, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


IDENTITY = Section(
    [
        # A draft may have gaps, but not in what addresses it.
        Row([Field("identifier", required_on_save=True), Field("kind", required_on_save=True)]),
        Pair("title"),
        row("title_original", "title_original_language"),
        Row([Field("reading"), Field("alternative_titles", widget=box(2))]),
    ],
    heading=_("Nhận dạng"),
    name="nhan-dang",
)
TEXTS = Section(
    [Pair(name, widget=box()) for name in ("description", "significance", "remarks")],
    heading=_("Văn bản hai ngôn ngữ"),
    name="van-ban",
)
DATE = Section(
    [Row([DatePanel("date_text"), Field("date_as_written")]), Pair("date_display")],
    heading=_("Niên đại"),
    name="nien-dai",
)
SCANS = Section(
    [
        Lines(
            "scans",
            [
                PagePanel(),
                Row([Field("scan"), Field("side")]),
                Pair("label"),
                Pair("note"),
                Row(
                    [Field("transcription", widget=box()), Field("transcription_language")],
                ),
                Pair("translation", widget=box()),
                row("is_illustration", "max_width"),
            ],
            label=_("bản quét"),
        )
    ],
    heading=_("Bản quét và nguyên văn"),
    name="ban-quet",
)
CONTEXT = Section(
    [
        Row([Field("institution"), Field("shelfmarks", widget=box(2))]),
        row("languages", "shown_as", "confidence"),
        row("sheets", "pages", "height_mm", "width_mm"),
        Pair("technique"),
        Pair("place_of_publication"),
        Pair("provenance", widget=box(2)),
        Lines("agents", [Row([Field("agent"), Field("role")])], label=_("tác nhân")),
        Lines("places", [Field("place")], label=_("địa danh")),
        Lines("tags", [Field("tag")], label=_("từ khoá")),
    ],
    heading=_("Bối cảnh"),
    name="boi-canh",
)
MAP = Section(
    [
        row("scale_text", "prime_meridian"),
        Pair("projection"),
        MultiFieldPanel(
            [row("west", "south", "east", "north"), Field("extent_approximate")],
            heading=_("Phạm vi"),
            help_text=_(
                "Gõ độ, phút, giây (109°30'Đ, 15 30 00 B) hoặc độ thập phân. Phạm vi vắt qua kinh tuyến 180° thì ghi "
                "cạnh tây lớn hơn cạnh đông."
            ),
        ),
    ],
    heading=_("Bản đồ"),
    name="ban-do",
    kinds=completeness.MAPS,
)
LEGAL = Section(
    [
        Row([Field("legal_number"), day("issued_on")]),
        Row([day("in_force_from"), day("in_force_to")]),
        Lines(
            "articles",
            [Field("number"), Pair("heading"), Pair("text", widget=box())],
            label=_("điều"),
        ),
    ],
    heading=_("Văn bản pháp lý"),
    name="phap-ly",
    kinds=("legal_text", "official_document"),
)
SOURCES = Section(
    [
        Lines("citations", [Row([Field("source"), Field("pages")])], label=_("nguồn")),
        Lines(
            "relations",
            [Row([Field("kind"), Field("related", widget=record_link_widget)])],
            label=_("bản ghi liên quan"),
        ),
    ],
    heading=_("Nguồn và liên quan"),
    name="nguon",
)
RIGHTS = Section(
    [
        Field("rights_statement"),
        Pair("rights_note", widget=box(2)),
        Pair("credit_line"),
        HelpPanel(
            _(
                "Tài liệu thuộc danh mục bí mật nhà nước không được lưu ở đây. Phải xác nhận trước khi trình duyệt; "
                "nếu tư liệu đã giải mật, ghi số quyết định."
            )
        ),
        row("declared_not_secret", "declassification"),
        Field("internal_notes", widget=box(2)),
    ],
    heading=_("Quyền và xác nhận"),
    name="quyen",
)
EDITOR = ObjectList(
    [CompletenessPanel(), IDENTITY, TEXTS, DATE, SCANS, CONTEXT, MAP, LEGAL, SOURCES, RIGHTS],
    base_form_class=RecordForm,
)
