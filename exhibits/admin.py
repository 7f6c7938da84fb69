"""The hall staff's screen list."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from .kiosk_form import KioskForm, exhibition_label
from .models import Kiosk


def exhibition_of(kiosk) -> str:
    return exhibition_label(kiosk.exhibition)


class KioskViewSet(SnippetViewSet):
    model = Kiosk
    icon = "desktop"
    menu_label = _("Ki-ốt")
    menu_name = "kiosks"
    menu_order = 130
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["title", "slug", Column("exhibition", label=_("Triển lãm"), accessor=exhibition_of), "idle_seconds"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("title_vi"), FieldPanel("title_en")]),
            FieldRowPanel([FieldPanel("slug"), FieldPanel("idle_seconds")]),
            FieldPanel("exhibition", widget=forms.Select),
        ],
        base_form_class=KioskForm,
    )
