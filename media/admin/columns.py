"""Columns of lists of scans. Rows are scans that carry `.state` (media.states.State)."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn


class ThumbnailColumn(Column):
    cell_template_name = "media/admin/thumbnail_cell.html"


class StateColumn(Column):
    cell_template_name = "media/admin/state_cell.html"


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
    """ "12000 × 9000, TIFF"."""
    return f"{scan.width} × {scan.height}, {scan.format.upper()}"


def choosing(title: TitleColumn) -> list[Column]:
    return [
        ThumbnailColumn("thumbnail", label=_("Ảnh"), accessor="state", width="110px"),
        title,
        Column("size", label=_("Kích thước"), accessor=measures),
    ]
