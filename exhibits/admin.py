"""The hall staff's screen list."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Kiosk


class KioskViewSet(SnippetViewSet):
    model = Kiosk
    icon = "desktop"
    menu_label = _("Ki-ốt")
    menu_name = "kiosks"
    menu_order = 130
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["title", "slug", Column("exhibition", label=_("Triển lãm")), "idle_seconds"]
    panels = [
        FieldRowPanel([FieldPanel("title_vi"), FieldPanel("title_en")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("idle_seconds")]),
        PageChooserPanel("exhibition", "exhibits.ExhibitionPage"),
    ]
