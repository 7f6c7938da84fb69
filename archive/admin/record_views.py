"""Opening, saving and deleting a record in the administration."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.views.generic.mixins import RevisionsRevertMixin
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets as views

from archive import clearance
from archive.models import Decision, Record, Status
from archive.subjects import RecordSubject

from . import worklist
from .conflict import OPENED_AT, Conflict, ConflictRoutes, was_opened_at
from .rescue import typed_texts

LOCKED = (Status.SUBMITTED, Status.HELD)


class ClearanceRoutes:
    """Take "publish" and Wagtail's own approval out of an edit view, for superusers too."""

    def get_available_actions(self):
        closed = {"publish", "workflow-action", "restart-workflow"}
        return [action for action in super().get_available_actions() if action not in closed]

    def submit_action(self):
        try:
            clearance.submit(RecordSubject(self.object), self.request.user)
        except clearance.NotReady as error:
            for problem in error.problems:
                messages.error(self.request, gettext("Đã lưu nhưng chưa trình được: %(why)s") % {"why": problem})
            return redirect(reverse(self.edit_url_name, args=[self.object.pk]))
        return None


class CreateView(ClearanceRoutes, views.CreateView):
    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except IntegrityError:  # pressed twice: the other request made it meanwhile
            if not Record.objects.filter(identifier=form.instance.identifier).exists():
                raise
            form.instance.pk = None
            form.add_error("identifier", gettext("Bản ghi mang số hiệu này vừa được tạo; hãy mở nó trong danh sách."))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class LockedRoutes:
    """Nobody saves a record under review or held: what was typed comes back with a sentence (423)."""

    status_code = 200

    def is_valid(self, form):
        self.object.refresh_from_db(fields=["status"])
        if self.object.status in LOCKED and self.action != "cancel-workflow":
            self.say_locked()
            return False
        return super().is_valid(form)

    def say_locked(self):
        sentence = RecordSubject(self.object).locked_sentence(self.request.user)
        kept = gettext("Chưa lưu gì; những gì vừa gõ còn nguyên ở dưới.")
        self.produced_error_code, self.produced_error_message = "locked", f"{sentence} {kept}"
        self.status_code = 423

    def save_instance(self):
        try:
            return super().save_instance()
        except PermissionDenied:  # submitted or held since the form was checked
            self.object.refresh_from_db(fields=["status"])
            if self.object.status in LOCKED:
                self.say_locked()
                raise PermissionDenied(self.produced_error_message) from None
            raise

    def render_to_response(self, context, **kwargs):
        return super().render_to_response(context, status=self.status_code, **kwargs)

    @classmethod
    def answer_held(cls, request, pk):
        """Hand back what was typed into an editor that was open when the record was held; None for anybody else."""
        if not request.user.has_perm("archive.change_record") or not was_opened_at(request, pk):
            return None
        context = {"typed": typed_texts(request.POST), "held": True}
        return render(request, "archive/admin/record_rescue.html", context, status=423)


class EditView(LockedRoutes, ConflictRoutes, ClearanceRoutes, views.EditView):
    def get_object(self, queryset=None):
        record = super().get_object(queryset)
        if self.request.method == "GET":
            # Wagtail asks a dozen times for one page; it keeps the answer under this name for its own lists.
            record._current_workflow_states = list(record.workflow_states.active())
        return record

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        url = reverse("archive_mentions:editor", args=[self.object.pk])
        buttons.append(Button(_("Chỗ nhắc địa danh trên bản quét"), url=url, icon_name="site", priority=4))
        url = reverse("archive_lines:record", args=[self.object.pk])
        buttons.append(Button(_("Chữ trên bản quét"), url=url, icon_name="doc-full", priority=4))
        url = reverse("archive_georeference:record", args=[self.object.pk])
        buttons.append(Button(_("Vị trí trên mặt đất"), url=url, icon_name="globe", priority=4))
        if self.request.user.has_perm(clearance.CLEAR):
            url = reverse("archive_review:review", args=[RecordSubject(self.object).key])
            buttons.append(Button(_("Mở trang duyệt"), url=url, icon_name="view", priority=5))
        return buttons

    def post(self, request, *args, **kwargs):
        # Overwriting one's last revision would take a state that others may have opened out of the history.
        request.POST = request.POST.copy()
        request.POST.pop("overwrite_revision_id", None)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except Conflict as conflict:
            self.form = form
            return self.answer_conflict(conflict)

    @cached_property
    def step(self):
        """Where in the worklist this editor was opened, or None."""
        return worklist.step_of(self.request, self.object)

    def get_success_url(self):
        if self.step and self.action == "edit":
            if "save-and-next" in self.request.POST:
                return self.step.next_url()
            return self.get_edit_url() + self.step.suffix
        return super().get_success_url()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["opened_at"] = self.request.POST.get(OPENED_AT) or self.object.latest_revision_id
        context["step"] = self.step
        if self.step:
            context["action_url"] += self.step.suffix
        return context


class RevertView(RevisionsRevertMixin, EditView):
    """An old state in the editor. It replaces the newest state as a whole, so it needs to know which one that is."""

    view_name = "revisions_revert"

    def save_instance(self):
        self.object.keep_status()
        opened = self.request.POST.get(OPENED_AT)
        latest = Record.objects.select_related("latest_revision__user").get(pk=self.object.pk).latest_revision
        if opened and opened != str(latest.pk):
            name = user_display_name(latest.user)
            raise PermissionDenied(gettext("%(name)s vừa lưu bản ghi này; hãy mở lại rồi khôi phục.") % {"name": name})
        return super().save_instance()


class DeleteView(views.DeleteView):
    """Only a draft that was never submitted and that no other record relates to can go."""

    def dispatch(self, request, *args, **kwargs):
        if Decision.objects.filter(subject=RecordSubject(self.object).key).exists():
            raise PermissionDenied(gettext("Bản ghi đã trình duyệt thì không xoá được; hãy rút nó khỏi nơi công bố."))
        others = self.object.related_from.values_list("record__identifier", flat=True).distinct()[:5]
        if others:
            sentence = gettext("Bản ghi khác nêu quan hệ với bản ghi này (%(others)s); hãy bỏ quan hệ ấy rồi xoá.")
            raise PermissionDenied(sentence % {"others": ", ".join(others)})
        return super().dispatch(request, *args, **kwargs)


class Closed:
    """Answers 403 to everybody: publication goes through clearance alone."""

    def dispatch(self, request, *args, **kwargs):
        raise PermissionDenied(gettext("Bản ghi chỉ được công bố hoặc rút qua trang duyệt."))


class UnpublishView(Closed, views.UnpublishView):
    pass


class UnscheduleView(Closed, views.RevisionsUnscheduleView):
    pass
