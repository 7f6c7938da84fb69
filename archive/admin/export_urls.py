"""Addresses of the export pages, below /admin/export/."""

from django.urls import path

from . import exports

app_name = "archive_export"
urlpatterns = [
    path("", exports.index, name="index"),
    path("<int:pk>/", exports.job_page, name="job"),
    path("<int:pk>/progress/", exports.progress, name="progress"),
    path("<int:pk>/retry/", exports.retry, name="retry"),
    path("<int:pk>/cancel/", exports.cancel, name="cancel"),
    path("<int:pk>/file/", exports.download, name="file"),
]
