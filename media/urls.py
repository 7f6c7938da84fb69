"""Public addresses of images."""

from django.urls import path  # noqa: F401

app_name = "media"
urlpatterns = []
