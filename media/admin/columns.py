"""Columns of lists of scans. Rows are scans that carry `.state` (media.states.State)."""

from django.middleware.csrf import get_token
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from media import technical
from media.sentences import grouped


class ThumbnailColumn(Column):
    cell_template_name = "media/admin/thumbnail_cell.html"


class MeasuresColumn(Column):
    """Size and format, and folded below them all that the file says of itself."""

    cell_template_name = "media/admin/measures_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        return super().get_cell_context_data(instance, parent_context) | {"rows": technical.described(instance)}


class StateColumn(Column):
    cell_template_name = "media/admin/state_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        # A cell's template sees nothing of the page, and its form for retrying needs the token.
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"csrf_token": get_token(context["request"])}


def listing() -> list[Column]:
    return [
        ThumbnailColumn("thumbnail", label=_("Ảnh"), accessor="state", width="110px"),
        Column("original_name", label=_("Tên tệp"), sort_key="original_name"),
        MeasuresColumn("size", label=_("Kích thước"), accessor=measures),
        StateColumn("state", label=_("Xử lý ảnh"), width="30%"),
        Column("uploaded_by", label=_("Người tải lên")),
        DateColumn("created_at", label=_("Ngày tải lên"), sort_key="created_at", width="12%"),
    ]


def measures(scan) -> str:
    """ "12.000 × 9.000, TIFF, 24 trang", in the reader's figures."""
    pages = gettext("%(n)s trang") % {"n": scan.pages} if scan.pages > 1 else ""
    size = f"{grouped(scan.width)} × {grouped(scan.height)}"
    return ", ".join(filter(None, [size, technical.format_name(scan), pages]))


def choosing(title: TitleColumn) -> list[Column]:
    return [
        ThumbnailColumn("thumbnail", label=_("Ảnh"), accessor="state", width="110px"),
        title,
        Column("size", label=_("Kích thước"), accessor=measures),
    ]
