"""Addresses of the import pages, below /admin/import/."""

from django.urls import path

from . import imports

app_name = "archive_import"
urlpatterns = [
    path("", imports.index, name="index"),
    path("template.xlsx", imports.template, name="template"),
    path("<int:pk>/", imports.job_page, name="job"),
    path("<int:pk>/progress/", imports.progress, name="progress"),
    path("<int:pk>/report.xlsx", imports.report_file, name="report_file"),
    path("<int:pk>/retry/", imports.retry, name="retry"),
    path("<int:pk>/cancel/", imports.cancel, name="cancel"),
]
