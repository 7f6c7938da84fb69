"""Public pages of the archive, below /vi/ and /en/."""

from django.urls import path

from . import views

app_name = "archive_pages"
urlpatterns = [
    path("items/<slug:identifier>/", views.item, name="item"),
    path("places/", views.places, name="places"),
    path("places/<slug:key>/", views.place, name="place"),
]
