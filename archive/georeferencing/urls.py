"""Addresses of georeferencing, below /admin/georeference/."""

from django.urls import path

from . import answers, views

app_name = "archive_georeference"
urlpatterns = [
    path("record/<int:pk>/", views.of_record, name="record"),
    path("<int:scan>/<int:page>/", views.editor, name="editor"),
    path("<int:scan>/<int:page>/reckon/", answers.work, name="work"),
    path("<int:scan>/<int:page>/save/", answers.save, name="save"),
]
