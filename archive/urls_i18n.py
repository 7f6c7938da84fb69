"""Public pages of the archive, below /vi/ and /en/."""

from django.urls import path  # noqa: F401

app_name = "archive_pages"
urlpatterns = []
