"""Public pages of the archive, below /vi/ and /en/."""

from django.urls import path

from . import comparing, views

app_name = "archive_pages"
urlpatterns = [
    path("items/<slug:identifier>/", views.item, name="item"),
    path("compare/", comparing.compare, name="compare"),
    path("places/", views.places, name="places"),
    path("places/<slug:key>/", views.place, name="place"),
]
