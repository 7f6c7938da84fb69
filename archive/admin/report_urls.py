"""Addresses of the reports below /admin/reports/, in place of Wagtail's."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from .reports import HistoryReport, TaskReport, WorkflowReport


def _paths(address: str, view, name: str):
    for suffix, results in (("", False), ("results/", True)):
        answer = never_cache(require_admin_access(view.as_view(results_only=results)))
        yield path(f"{address}/{suffix}", answer, name=name + ("_results" if results else ""))


app_name = "archive_reports"
urlpatterns = [
    *_paths("site-history", HistoryReport, "site_history"),
    *_paths("workflow", WorkflowReport, "workflow"),
    *_paths("workflow_tasks", TaskReport, "workflow_tasks"),
]
