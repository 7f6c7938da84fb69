"""Addresses of imports and batch edits as a whole, below /admin/changes/."""

from django.urls import path

from . import change_sets

app_name = "archive_changes"
urlpatterns = [
    path("", change_sets.index, name="index"),
    path("<int:pk>/", change_sets.detail, name="detail"),
    path("<int:pk>/progress/", change_sets.progress, name="progress"),
    path("<int:pk>/undo/", change_sets.undo, name="undo"),
]
