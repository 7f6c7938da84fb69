"""Labels that Wagtail leaves to the names of its fields and columns, which no catalogue can translate."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.sites import views as sites

FIELDS = {
    "link_text": _("Chữ của liên kết"),
    "email_address": _("Địa chỉ thư điện tử"),
    "subject": _("Tiêu đề thư"),
    "body": _("Nội dung thư"),
    "phone_number": _("Số điện thoại"),
}
LINK_FORMS = (
    choosers.ExternalLinkChooserForm,
    choosers.AnchorLinkChooserForm,
    choosers.EmailLinkChooserForm,
    choosers.PhoneLinkChooserForm,
)
COLUMNS = {"port": _("Cổng"), "site_name": _("Tên trang web"), "root_page": _("Trang gốc")}


def install() -> None:
    """Name them; where Wagtail names one itself by then, its name stays."""
    for form in LINK_FORMS:
        for name, field in form.base_fields.items():
            if field.label is None and name in FIELDS:
                field.label = FIELDS[name]
    for column in sites.IndexView.columns:
        column.label = COLUMNS.get(column.name, column.label)
