"""Addresses of merging authorities, below /admin/merge/."""

from django.urls import path

from . import merges

app_name = "archive_merge"
urlpatterns = [
    path("<slug:kind>/<int:pk>/", merges.choose, name="choose"),
    path("<slug:kind>/<int:pk>/with/<int:other>/", merges.confirm, name="confirm"),
    path("<slug:kind>/job/<int:pk>/", merges.job, name="job"),
    path("<slug:kind>/job/<int:pk>/progress/", merges.progress, name="progress"),
    path("<slug:kind>/job/<int:pk>/retry/", merges.retry, name="retry"),
]
