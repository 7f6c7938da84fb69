"""Addresses of place mentions, below /admin/mentions/."""

from django.urls import path

from . import views

app_name = "archive_mentions"
urlpatterns = [
    path("places/", views.places, name="places"),
    path("<int:pk>/", views.editor, name="editor"),
    path("<int:pk>/annotations.json", views.download, name="annotations"),
]
