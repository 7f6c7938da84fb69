"""The views of authorities that differ from Wagtail's: the list, the editor, deletion, where one is used."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets as views

from archive import authority_uses, clearance, merged
from archive.models import MergedAuthority, Record


def use_url(authority) -> str:
    return reverse(type(authority).snippet_viewset.get_url_name("usage"), args=[authority.pk])


def edit_url(authority) -> str:
    return reverse(type(authority).snippet_viewset.get_url_name("edit"), args=[authority.pk])


class UsesColumn(Column):
    """How many records name it; leads to the page that lists them."""

    cell_template_name = "archive/admin/authority_uses_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"url": use_url(instance), "count": instance.uses_found}


class AuthorityIndexView(views.IndexView):
    """Found by words of key and names without diacritics; uses are counted for the page that is shown."""

    @cached_property
    def columns(self):
        columns = super().columns
        for column in columns:
            if column.name == "name_vi":  # modeltranslation calls it "Tên [vi]"
                column.label = _("Tên tiếng Việt")
            if column.name in ("name_en", "key"):  # a phone has no room for what the editor shows
                column.classname = "not-on-phone"
        return columns

    def search_queryset(self, queryset):
        return authority_uses.search(queryset, self.search_query) if self.is_searching else queryset

    def paginate_queryset(self, queryset, page_size):
        paginator, page, found, more = super().paginate_queryset(queryset, page_size)
        page.object_list = found = list(found)
        pks = [authority.pk for authority in found]
        sees = authority_uses.sees_held(self.request.user)
        counts = authority_uses.counts(self.model._meta.model_name, pks, sees) if pks else {}
        for authority in found:
            authority.uses_found = counts[authority.pk]
        return paginator, page, found, more


class AuthorityEditView(views.EditView):
    def save_instance(self):
        """In the view's transaction: who changes an authority has a hand in the records that name it."""
        before = type(self.object).objects.filter(pk=self.object.pk).values_list("key", flat=True).get()
        authority = super().save_instance()
        if before != authority.key:  # what was merged into it goes on leading to it
            kind = merged.kind_of(authority)
            MergedAuthority.objects.filter(kind=kind, into=before).update(into=authority.key)
        if self.form.has_changed():
            clearance.note_authority(authority, self.request.user)
        return authority

    @cached_property
    def header_more_buttons(self):
        kind = merged.kind_of(self.object)
        return [
            *super().header_more_buttons,
            Button(_("Nơi dùng"), url=use_url(self.object), icon_name="link", priority=4),
            Button(
                _("Gộp với mục trùng…"),
                url=reverse("archive_merge:choose", args=[kind, self.object.pk]),
                icon_name="resubmit",
                priority=5,
            ),
        ]


class AuthorityDeleteView(views.DeleteView):
    """One that is used stays, and says where it is used."""

    def dispatch(self, request, *args, **kwargs):
        if not self.user_has_permission("delete"):
            raise PermissionDenied
        uses = authority_uses.of(self.object, request.user)
        if not uses.keep:
            return super().dispatch(request, *args, **kwargs)
        context = {
            "authority": self.object,
            "sentence": authority_uses.sentence(self.object, uses),
            "uses_url": use_url(self.object),
            "edit_url": edit_url(self.object),
            "kind": merged.kind_of(self.object),
        }
        status = 409 if request.method == "POST" else 200
        return render(request, "archive/admin/authority_in_use.html", context, status=status)


class StatusColumn(Column):
    cell_template_name = "archive/admin/status_cell.html"


class HowColumn(Column):
    def get_value(self, instance):
        return ", ".join(instance.how)


class EditionColumn(Column):
    def get_value(self, instance):
        edition = getattr(instance, "edition", None)
        return gettext("bản số %(n)d") % {"n": edition.number} if edition else "–"


class AuthorityUsageView(UsageView):
    """Which records name it, and how; with their standing editions, and what else names it."""

    page_title = _("Nơi dùng")
    permission_required = None
    any_permission_required = ["add", "change", "delete", "view"]
    paginate_by = 40
    is_searchable = False

    def get_template_names(self):
        return ["archive/admin/where_used.html"]  # Wagtail has one of its own for all snippets

    @cached_property
    def uses(self):
        return authority_uses.of(self.object, self.request.user)

    def get_queryset(self):
        return self.uses.records.select_related("edition")

    @cached_property
    def columns(self):
        may_open = self.request.user.has_perm("archive.view_record")
        edit = Record.snippet_viewset.get_url_name("edit")
        return [
            TitleColumn(
                "identifier",
                label=_("Số hiệu"),
                get_url=(lambda record: reverse(edit, args=[record.pk])) if may_open else None,
            ),
            Column("title_vi", label=_("Nhan đề")),
            HowColumn("how", label=_("Dùng như")),
            StatusColumn("status", label=_("Tình trạng")),
            EditionColumn("edition", label=_("Đang công bố")),
        ]

    def get_table(self, object_list, **kwargs):
        records = list(object_list)
        words = authority_uses.how(self.object, records)
        for record in records:
            record.how = words[record.pk]
        return super(UsageView, self).get_table(records, **kwargs)

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        return context | {"uses": self.uses, "total": context["paginator"].count, "kind": merged.kind_of(self.object)}
