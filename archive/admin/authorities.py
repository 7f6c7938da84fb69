"""Lists and editors of the authorities."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from archive import clearance
from archive.models import Agent, Institution, Place, Source

NAMES = FieldRowPanel([FieldPanel("name_vi"), FieldPanel("name_en")])


class AuthorityEditView(EditView):
    def save_instance(self):
        """In the view's transaction: who changes an authority has a hand in the records that name it."""
        authority = super().save_instance()
        if self.form.has_changed():
            clearance.note_authority(authority, self.request.user)
        return authority


class AuthorityViewSet(SnippetViewSet):
    edit_view_class = AuthorityEditView
    list_display = ["key", "name_vi", "name_en"]
    search_fields = ["key", "name_vi", "name_en"]
    panels = [FieldPanel("key"), NAMES]
    copy_view_enabled = False


class PlaceViewSet(AuthorityViewSet):
    model = Place
    icon = "site"
    list_display = ["key", "name_vi", "name_en", "kind"]
    list_filter = ["kind"]
    panels = [
        FieldPanel("key"),
        NAMES,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("parent")]),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude"), FieldPanel("approximate")]),
        InlinePanel(
            "names",
            [
                FieldRowPanel([FieldPanel("text"), FieldPanel("language")]),
                FieldRowPanel([FieldPanel("historical"), FieldPanel("verified")]),
            ],
            label=_("tên gọi"),
        ),
        FieldPanel("note"),
    ]


class AgentViewSet(AuthorityViewSet):
    model = Agent
    icon = "user"


class InstitutionViewSet(AuthorityViewSet):
    model = Institution
    icon = "home"


class SourceViewSet(AuthorityViewSet):
    model = Source
    icon = "link"
    panels = [FieldPanel("key"), NAMES, FieldPanel("url")]


class AuthorityGroup(SnippetViewSetGroup):
    items = (PlaceViewSet, AgentViewSet, InstitutionViewSet, SourceViewSet)
    menu_label = _("Danh mục chuẩn")
    menu_name = "authorities"
    menu_icon = "list-ul"
    menu_order = 110
