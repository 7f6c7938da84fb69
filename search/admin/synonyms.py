"""Reviewers' and administrators' list of synonyms."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import SynonymGroup


class SynonymForm(WagtailAdminModelForm):
    """Notes who changed a group; Wagtail's log says the rest."""

    def save(self, commit=True):
        self.instance.changed_by = self.for_user
        return super().save(commit)


class SynonymViewSet(SnippetViewSet):
    model = SynonymGroup
    icon = "link"
    menu_label = _("Từ đồng nghĩa")
    menu_name = "synonyms"
    menu_order = 120
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "__str__",
        BooleanColumn("one_way", label=_("Chỉ một chiều")),
        BooleanColumn("active", label=_("Đang dùng")),
        "changed_by",
        DateColumn("updated_at", label=_("Sửa lúc")),
    ]
    list_filter = ["active", "one_way"]
    search_fields = ["words", "note"]
    edit_handler = ObjectList(
        [
            FieldPanel("words"),
            FieldRowPanel([FieldPanel("one_way"), FieldPanel("active")]),
            FieldPanel("note"),
        ],
        base_form_class=SynonymForm,
    )
