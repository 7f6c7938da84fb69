"""The search page, below /vi/ and /en/."""

from django.urls import path  # noqa: F401

app_name = "search_pages"
urlpatterns = []
