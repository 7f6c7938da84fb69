"""Addresses of the reviewer's pages, below /admin/review/."""

from django.urls import path

from . import review, sitting

app_name = "archive_review"
urlpatterns = [
    path("", review.queue, name="queue"),
    path("sitting/", sitting.page, name="sitting"),
    path("touched/", sitting.touched_page, name="touched"),
    path("decisions/", sitting.decisions, name="decisions"),
    path("<str:key>/", review.review, name="review"),
    path("<str:key>/preview/<str:lang>/", review.preview, name="preview"),
]
