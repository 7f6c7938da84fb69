"""Addresses below /admin/scans/files/."""

from django.urls import path

from . import views

app_name = "media_uploads"
urlpatterns = [
    path("", views.collection, name="collection"),
    path("<str:token>/", views.item, name="item"),
    path("<str:token>/retry/", views.retry, name="retry"),
]
