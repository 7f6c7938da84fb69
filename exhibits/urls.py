"""Kiosk addresses."""

from django.urls import path  # noqa: F401

app_name = "exhibits"
urlpatterns = []
