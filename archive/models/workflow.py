"""The workflow task that carries a subject to its reviewers."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Task


class ReviewTask(Task):
    """Locks the subject for everybody while it is under review and offers no action of Wagtail's.

    Approval is one act, archive.clearance.clear, reached from the review page; a crafted
    "approve" request therefore finds no action here, and a save finds a lock, for superusers too.
    """

    class Meta:
        verbose_name = _("duyệt công bố")
        verbose_name_plural = _("duyệt công bố")

    def locked_for_user(self, obj, user):
        return True

    def get_actions(self, obj, user):
        return []

    def on_action(self, task_state, user, action_name, **kwargs):
        """Nothing: see the class."""

    def get_task_states_user_can_moderate(self, user, **kwargs):
        from wagtail.models import TaskState

        if user.has_perm("archive.clear_record"):
            return TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=self.task_ptr)
        return TaskState.objects.none()

    @classmethod
    def get_description(cls):
        return _("Một người khác xem hai ngôn ngữ rồi duyệt công bố hoặc từ chối.")
