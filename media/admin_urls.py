"""Addresses of images and uploads for staff."""

from django.urls import path  # noqa: F401

app_name = "media_admin"
urlpatterns = []
