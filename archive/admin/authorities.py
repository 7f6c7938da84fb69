"""Lists and editors of the authorities."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.utils.functional import classproperty
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from archive import display
from archive.models import Agent, Institution, Place, Source, Tag

from .authority_choosers import AuthorityChooser
from .authority_forms import AuthorityForm, NamesPanel, PlaceForm, place_kinds, reader_language
from .authority_views import AuthorityDeleteView, AuthorityEditView, AuthorityIndexView, AuthorityUsageView, UsesColumn

VIETNAMESE, ENGLISH = _("Tên tiếng Việt"), _("Tên tiếng Anh")
NAMES = FieldRowPanel([FieldPanel("name_vi", heading=VIETNAMESE), FieldPanel("name_en", heading=ENGLISH)])
EN = Column("name_en", label=ENGLISH, sort_key="name_en")
USES = UsesColumn("uses_found", label=_("Bản ghi"))


def editor(*panels, form=AuthorityForm) -> ObjectList:
    return ObjectList([FieldPanel("key"), NAMES, *panels], base_form_class=form)


class AuthorityViewSet(SnippetViewSet):
    index_view_class = AuthorityIndexView
    edit_view_class = AuthorityEditView
    delete_view_class = AuthorityDeleteView
    usage_view_class = AuthorityUsageView
    chooser_viewset_class = AuthorityChooser
    list_display = ["name_vi", EN, "key", USES]
    list_per_page = 40
    search_fields = ["folded"]
    edit_handler = editor()
    copy_view_enabled = False


class KindColumn(Column):
    def get_value(self, instance):
        return display.place_kind(instance.kind, reader_language()) if instance.kind else ""


class PlaceFilters(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(choices=place_kinds, label=_("Loại"))

    class Meta:
        model = Place
        fields = ["kind"]


class PlaceViewSet(AuthorityViewSet):
    model = Place
    icon = "site"
    list_display = ["name_vi", EN, KindColumn("kind", label=_("Loại"), sort_key="kind"), "key", USES]
    filterset_class = PlaceFilters
    edit_handler = editor(
        FieldRowPanel([FieldPanel("kind"), FieldPanel("parent")]),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]), FieldPanel("approximate")],
            heading=_("Toạ độ (WGS84)"),
        ),
        NamesPanel(),
        FieldPanel("note"),
        form=PlaceForm,
    )


class AgentViewSet(AuthorityViewSet):
    model = Agent
    icon = "user"
    list_display = ["name_vi", EN, "kind", "dates", "key", USES]
    list_filter = ["kind"]
    edit_handler = editor(FieldRowPanel([FieldPanel("kind"), FieldPanel("dates")]), FieldPanel("other_names"))


class InstitutionViewSet(AuthorityViewSet):
    model = Institution
    icon = "home"
    edit_handler = editor(FieldPanel("url"))


class SourceViewSet(AuthorityViewSet):
    model = Source
    icon = "link"
    edit_handler = ObjectList(
        [
            FieldPanel("key"),
            FieldRowPanel(
                [FieldPanel("name_vi", heading=VIETNAMESE), FieldPanel("name_en", heading=ENGLISH)],
                help_text=_("Ghi như trong thư mục: tác giả, nhan đề, nơi xuất bản, năm. Số trang ghi ở từng bản ghi."),
            ),
            FieldPanel("url"),
        ],
        base_form_class=AuthorityForm,
    )


class TagViewSet(AuthorityViewSet):
    model = Tag
    icon = "tag"


class AuthorityGroup(SnippetViewSetGroup):
    items = (PlaceViewSet, AgentViewSet, InstitutionViewSet, SourceViewSet, TagViewSet)
    menu_label = _("Danh mục chuẩn")
    menu_name = "authorities"
    menu_icon = "list-ul"
    menu_order = 110


class BulkDelete(DeleteBulkAction):
    """No authority goes in bulk: each that is used says by itself where."""

    @classproperty
    def models(cls):
        return [Agent, Institution, Place, Source, Tag]

    def dispatch(self, request, *args, **kwargs):
        raise PermissionDenied(gettext("Hãy xoá từng mục một; mục còn được dùng sẽ cho biết nơi dùng."))
