"""Columns of lists of scans. Rows are scans that carry `.state` (media.states.State)."""

from django.middleware.csrf import get_token
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn


class ThumbnailColumn(Column):
    cell_template_name = "media/admin/thumbnail_cell.html"


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
        Column("size", label=_("Kích thước"), accessor=measures),
        StateColumn("state", label=_("Xử lý ảnh"), width="30%"),
        Column("uploaded_by", label=_("Người tải lên")),
        DateColumn("created_at", label=_("Ngày tải lên"), sort_key="created_at", width="12%"),
    ]


def measures(scan) -> str:
    """ "12.000 × 9.000, TIFF", in the reader's figures."""
    width, height = (number_format(side, force_grouping=True) for side in (scan.width, scan.height))
    return f"{width} × {height}, {scan.format.upper()}"


def choosing(title: TitleColumn) -> list[Column]:
    return [
        ThumbnailColumn("thumbnail", label=_("Ảnh"), accessor="state", width="110px"),
        title,
        Column("size", label=_("Kích thước"), accessor=measures),
    ]
