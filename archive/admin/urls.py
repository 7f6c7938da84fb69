"""Addresses of the reviewer's pages, below /admin/review/."""

from django.urls import path

from . import review

app_name = "archive_review"
urlpatterns = [
    path("", review.queue, name="queue"),
    path("<str:key>/", review.review, name="review"),
    path("<str:key>/preview/<str:lang>/", review.preview, name="preview"),
]
