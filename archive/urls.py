"""Public addresses without a language."""

from django.urls import path  # noqa: F401

app_name = "archive"
urlpatterns = []
