"""The blocks of pages. A block holds record keys; what they show is read from `documents` in the page's context."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from archive.cut_outs import opening
from archive.display import public_width

from .record_key import PlaceKeyBlock, RecordKeyBlock
from .standing import by_date

WORDS = ["bold", "italic", "ol", "ul", "link"]  # no embeds, images, documents


def documents_of(parent_context) -> dict[str, dict]:
    return (parent_context or {}).get("documents", {})


def place_of(parent_context, key: str) -> dict:
    """What exhibits.standing.standing_places found of a place: {"keys", "cuts", "total"}."""
    return (parent_context or {}).get("standing_places", {}).get(key) or {"keys": (), "cuts": [], "total": 0}


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Đoạn văn")
        template = "exhibits/blocks/paragraph.html"


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Đề mục")
        template = "exhibits/blocks/heading.html"


class ClaimBlock(blocks.StructBlock):
    """A statement with whose it is: the archive itself claims nothing."""

    text = blocks.TextBlock(label=_("Lời"))
    source = blocks.CharBlock(label=_("Của ai, ở đâu"), help_text=_("Ví dụ: Theo triển lãm; Theo Tuyên bố năm 1951."))
    record = RecordKeyBlock(label=_("Trích từ bản ghi"), required=False)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["document"] = documents_of(parent_context).get(value["record"])
        return context

    class Meta:
        icon = "openquote"
        label = _("Lời trích, nhận định")
        template = "exhibits/blocks/claim.html"


class RecordBlock(blocks.StructBlock):
    """One record, large. Shows nothing while none of its editions stands."""

    record = RecordKeyBlock()
    caption = blocks.CharBlock(label=_("Chú thích"), required=False, max_length=300)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["document"] = documents_of(parent_context).get(value["record"])
        return context

    class Meta:
        icon = "image"
        label = _("Một tư liệu")
        template = "exhibits/blocks/record.html"


class RecordsBlock(blocks.StructBlock):
    """A row of records, in the order of choice."""

    title = blocks.CharBlock(label=_("Đề mục"), required=False)
    records = blocks.ListBlock(RecordKeyBlock(), label=_("Bản ghi"), min_num=1, max_num=48)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        found = documents_of(parent_context)
        context["shown"] = [found[key] for key in value["records"] if key in found]
        return context

    class Meta:
        icon = "grip"
        label = _("Nhiều tư liệu")
        template = "exhibits/blocks/records.html"


class TimelineBlock(RecordsBlock):
    """Records by date, whatever the order of choice."""

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["shown"] = by_date(context["shown"])
        return context

    class Meta:
        icon = "history"
        label = _("Dòng thời gian")
        template = "exhibits/blocks/timeline.html"


FOCUS = re.compile(r"(\d{1,3}(?:\.\d+)?),(\d{1,3}(?:\.\d+)?),(\d{1,3}(?:\.\d+)?),(\d{1,3}(?:\.\d+)?)")


def region_of_focus_is_inside(value: str) -> bool:
    """Whether "left,top,width,height" in hundredths lies inside the image; "" does."""
    if not value:
        return True
    match = FOCUS.fullmatch(value)
    if match is None:
        return False
    left, top, width, height = map(float, match.groups())
    return width > 0 and height > 0 and left + width <= 100 and top + height <= 100


class FocusBlock(blocks.CharBlock):
    """A part of an image in hundredths of its width and height: "left,top,width,height"; empty for the middle."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=40, **kwargs)

    def clean(self, value):
        value = super().clean(value).replace(" ", "")
        if not region_of_focus_is_inside(value):
            raise ValidationError(
                _now("Phần ảnh phải nằm trong ảnh: trái, trên, rộng, cao theo phần trăm, ví dụ 40,20,25,25.")
            )
        return value


class StripEntryBlock(blocks.StructBlock):
    record = RecordKeyBlock()
    name = blocks.CharBlock(
        label=_("Tên ghi trên bản đồ"), required=False, max_length=80, help_text=_("Ví dụ: I. de Pracel; 黃沙.")
    )
    focus = FocusBlock(
        label=_("Phần ảnh"),
        help_text=_("Trái, trên, rộng, cao theo phần trăm, ví dụ 40,20,25,25; để trống thì lấy giữa ảnh."),
    )


class StripBlock(blocks.StructBlock):
    """The same place on several maps, by year."""

    title = blocks.CharBlock(label=_("Đề mục"))
    intro = blocks.CharBlock(label=_("Lời dẫn"), required=False, max_length=300)
    entries = blocks.ListBlock(StripEntryBlock(), label=pgettext_lazy("số nhiều", "Bản đồ"), min_num=1, max_num=12)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["cuts"] = cuts(value["entries"], documents_of(parent_context))
        return context

    class Meta:
        icon = "site"
        label = _("Cùng một nơi, qua các bản đồ")
        template = "exhibits/blocks/strip.html"


def cuts(entries, documents) -> list[dict]:
    """Entries whose records stand, by date: {"document", "name", "region", "width"}; a IIIF region and its size."""
    chosen = {entry["record"]: entry for entry in entries if entry["record"] in documents}
    return [
        {"document": document, "name": entry["name"], **cut_of(document, entry["focus"])}
        for document in by_date(documents[key] for key in chosen)
        for entry in [chosen[document["identifier"]]]
    ]


def cut_of(document, focus: str, wanted: int = 640) -> dict:
    """Which part of a document's first scan to show; never larger than its pixels."""
    if not document["scans"]:
        return {"region": "", "width": 0}
    scan = document["scans"][0]
    whole = public_width(scan)
    if focus:
        share = float(focus.split(",")[2]) / 100
        return {"region": f"pct:{focus}", "width": max(1, min(wanted, int(whole * share)))}
    side = min(whole, scan["height"] * whole // scan["width"])
    return {"region": "square", "width": max(1, min(wanted, side))}


class SheetBlock(blocks.StructBlock):
    """One record's sheets in the viewer, opened at a place's name or at a part of a page."""

    record = RecordKeyBlock()
    place = PlaceKeyBlock(
        required=False,
        label=_("Mở ở chỗ ghi địa danh"),
        help_text=_("Nơi đã khoanh trên tờ; để trống thì mở cả tờ, hoặc phần ảnh ghi dưới đây."),
    )
    page = blocks.IntegerBlock(label=_("Trang"), required=False, min_value=1, max_value=9999)
    focus = FocusBlock(
        label=_("Phần ảnh"),
        help_text=_("Trái, trên, rộng, cao theo phần trăm, ví dụ 40,20,25,25; để trống thì mở cả tờ."),
    )
    caption = blocks.CharBlock(label=_("Chú thích"), required=False, max_length=300)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        document = documents_of(parent_context).get(value["record"])
        context["document"] = document
        if document:
            keys = place_of(parent_context, value["place"])["keys"]
            context["opens"] = opening(document, keys) or opening_of_focus(document, value["page"] or 1, value["focus"])
        return context

    class Meta:
        icon = "view"
        label = _("Một tờ, phóng to được")
        template = "exhibits/blocks/sheet.html"


def opening_of_focus(document, page: int, focus: str) -> str:
    """A page (from 1) and a part of it in hundredths as a view in an address; "" for the whole first page."""
    page = min(page, len(document["scans"]))
    if page < 1 or (page == 1 and not focus):
        return ""
    if not focus:
        return f"page={page}"
    scan = document["scans"][page - 1]
    left, top, width, height = (float(part) / 100 for part in focus.split(","))
    wide, high = scan["width"], scan["height"]
    return f"page={page}&xywh={left * wide:.0f},{top * high:.0f},{max(1, width * wide):.0f},{max(1, height * high):.0f}"


class PlaceBlock(blocks.StructBlock):
    """The same place through the maps: its cut-out from every public sheet that writes it, by date."""

    place = PlaceKeyBlock()
    title = blocks.CharBlock(
        label=_("Đề mục"), required=False, help_text=_("Để trống thì ghi: Cùng một nơi, qua các bản đồ.")
    )
    intro = blocks.CharBlock(label=_("Lời dẫn"), required=False, max_length=300)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return context | place_of(parent_context, value["place"])

    class Meta:
        icon = "site"
        label = _("Một địa danh, qua các bản đồ")
        template = "exhibits/blocks/place.html"


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    paragraph = ParagraphBlock(features=WORDS)
    claim = ClaimBlock()
    record = RecordBlock()
    records = RecordsBlock()
    timeline = TimelineBlock()
    strip = StripBlock()
    sheet = SheetBlock()
    place = PlaceBlock()
