"""Batch edit: choose a field, say what to do with it, look at what would change, carry it out."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from archive.batch_edit import fields, run
from archive.batch_edit.change import Change, Impossible
from archive.importing.resolver import Resolver
from archive.importing.values import Bad
from archive.models import Institution, Record, Role
from archive.previews import keep_private

from . import selection
from .record_access import readers_only


class BatchEditAction(selection.SelectionAction):
    display_name = gettext_lazy("Sửa hàng loạt")
    action_type = "edit"
    aria_label = gettext_lazy("Sửa hàng loạt các bản ghi đã chọn")
    action_priority = 5
    target = "archive_batch:index"
    permission = run.RIGHT


class ChangeForm(forms.Form):
    """The acts and the value that one field allows."""

    act = forms.ChoiceField(label=gettext_lazy("Việc cần làm"), widget=forms.RadioSelect)

    def __init__(self, field: str, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.field = field
        acts = fields.acts(field)
        self.fields["act"].choices = [(act, fields.ACTS[act]) for act in acts]
        self.fields["act"].initial = acts[0]
        if fields.REPLACE in acts:
            self.fields["find"] = forms.CharField(label=_("Lời cần tìm (khi tìm và thay)"), required=False, strip=False)
        self.fields["value"] = self._value_field(field)
        if field == "agents":
            roles = [("", _("mọi vai trò (khi bỏ ra)")), *Role.choices]
            self.fields["role"] = forms.ChoiceField(label=_("Vai trò"), choices=roles, required=False)

    def _value_field(self, field: str):
        if field in fields.LISTS or field == "institution":
            return forms.CharField(
                label=fields.label(field), required=False, help_text=_("Ghi khoá hoặc tên trong danh mục chuẩn.")
            )
        one = Record._meta.get_field(field).formfield(required=False)
        one.label = _("Giá trị mới")
        return one

    def clean(self):
        """Out: a Change under "change"."""
        given = super().clean()
        value = given.get("value")
        try:
            change = Change(
                self.field,
                given.get("act", ""),
                self._key(value) if value and self._names_authority() else "" if value is None else str(value),
                given.get("find", ""),
                given.get("role", ""),
            )
            change.check()
        except (Bad, Impossible) as error:
            raise ValidationError(str(error)) from error
        given["change"] = change
        return given

    def _names_authority(self) -> bool:
        return self.field in fields.LISTS or self.field == "institution"

    def _key(self, text: str) -> str:
        model = Institution if self.field == "institution" else fields.LISTS[self.field].authority
        return Resolver().find(model, text.strip()).key


@readers_only
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """GET: the field, then what to do with it. POST: `step` "preview" shows what would change, "apply" does it."""
    if not request.user.has_perm(run.RIGHT):
        raise PermissionDenied(_("Tài khoản này không được sửa bản ghi."))
    given = request.POST if request.method == "POST" else request.GET
    token, field = given.get("selection", ""), given.get("field", "")
    records = selection.found(request, token)
    if field and field not in fields.ALL:
        raise Http404(field)
    form = ChangeForm(field, request.POST if request.method == "POST" else None) if field else None
    context = {
        "token": token,
        "count": records.count(),
        "field": field,
        "label": fields.label(field) if field else "",
        "form": form,
        "choices": [(name, fields.label(name)) for name in fields.ALL],
    }
    status = 200
    if form and form.is_bound and form.is_valid():
        change = form.cleaned_data["change"]
        if given.get("step") == "apply":
            return redirect("archive_changes:detail", run.start(records, change, request.user).pk)
        context |= {"preview": run.preview(records, change), "title": run.title(change)}
    elif form and form.is_bound:
        status = 400
    return keep_private(render(request, "archive/admin/batch_edit.html", context, status=status))
