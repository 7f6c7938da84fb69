"""Wagtail's reports of the site's history and of workflows, without what is held from the person who reads them.

They answer at Wagtail's own addresses (archive.admin.report_urls stands before Wagtail's in config.urls).
"""

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView
from wagtail.models import ModelLogEntry

from archive import clearance
from archive.models import Record, Status


def hidden_records(user) -> dict:
    """Filters of generic relations for the records that this person may not see; {} where there are none.

    Keys of generic relations are text, so the few held records are named one by one.
    """
    if user.has_perm(clearance.HOLD):
        return {}
    held = [str(pk) for pk in Record.objects.filter(status=Status.HELD).values_list("pk", flat=True)]
    return {"content_type": ContentType.objects.get_for_model(Record), "object_id__in": held} if held else {}


def without(queryset, hidden: dict, through: str = ""):
    """A queryset without the rows about hidden records; `through`: the relation that leads to the generic one."""
    return queryset.exclude(**{f"{through}{name}": value for name, value in hidden.items()}) if hidden else queryset


class HistoryReport(LogEntriesView):
    def filter_queryset(self, queryset):
        """Asked once for each kind of log; the pages' is filtered by who may explore a page."""
        queryset = super().filter_queryset(queryset)
        return without(queryset, hidden_records(self.request.user)) if queryset.model is ModelLogEntry else queryset


class WorkflowReport(WorkflowView):
    def get_queryset(self):
        return without(super().get_queryset(), hidden_records(self.request.user))


class TaskReport(WorkflowTasksView):
    def get_queryset(self):
        return without(super().get_queryset(), hidden_records(self.request.user), "workflow_state__")
