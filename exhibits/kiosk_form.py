"""The form of a kiosk. Hall staff choose among exhibitions, and read no title that visitors can't read."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from .models import ExhibitionPage
from .page_access import may_explore, without_held


def exhibition_label(page) -> str:
    """The cleared title of a public exhibition; of another no more than which it is."""
    return page.title if page.is_public() else _("Triển lãm chưa công bố (số %(number)s)") % {"number": page.pk}


class KioskForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("exhibition")
        if field is not None:
            shown = without_held(ExhibitionPage.objects.filter(locale__language_code="vi"), self.for_user)
            if not may_explore(self.for_user):
                shown = shown.own_public()
            if self.instance.exhibition_id:
                shown = shown | ExhibitionPage.objects.filter(pk=self.instance.exhibition_id)
            field.queryset = shown
            field.label_from_instance = exhibition_label
