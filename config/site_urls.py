"""Addresses of the site itself: health, robots, sitemap."""

from django.urls import path  # noqa: F401

app_name = "site"
urlpatterns = []
