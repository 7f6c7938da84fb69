"""Choosing an authority for a record: found by any of its names, without diacritics."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views import chooser as views
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from archive import authority_uses

RIGHTS = ("view", "add", "change")


class FilterForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Từ cần tìm"),
        widget=forms.TextInput(attrs={"placeholder": _("Tên hoặc khoá, không cần dấu")}),
        required=False,
    )

    def filter(self, objects):
        objects = super().filter(objects)
        if text := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, text
            objects = authority_uses.search(objects, text)
        return objects


class Listing:
    filter_form_class = FilterForm

    @property
    def columns(self):
        return [*super().columns, Column("name_en", label=_("Tên tiếng Anh")), Column("key", label=_("Khoá"))]


class ChooseView(Listing, views.ChooseView):
    pass


class ChooseResultsView(Listing, views.ChooseResultsView):
    pass


class AuthorityChooser(SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView

    def construct_view(self, view_class, **kwargs):
        """Wagtail opens choosers to whoever enters the administration."""
        view, model = super().construct_view(view_class, **kwargs), self.model

        def guarded(request, *args, **rest):
            if not any(request.user.has_perm(f"archive.{verb}_{model._meta.model_name}") for verb in RIGHTS):
                raise PermissionDenied
            return view(request, *args, **rest)

        return guarded
