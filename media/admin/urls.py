"""Addresses below /admin/scans/."""

from django.urls import path

from media.admin import preservation_report, views

app_name = "media_scans"
urlpatterns = [
    path("", views.ScanIndexView.as_view(), name="index"),
    path("results/", views.ScanIndexView.as_view(results_only=True), name="index_results"),
    path("upload/", views.upload, name="upload"),
    path("preservation/", preservation_report.report, name="preservation"),
    path("state/", views.state, name="state"),
    path("<int:pk>/retry/", views.retry, name="retry"),
]
