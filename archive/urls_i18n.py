"""Public pages of the archive, below /vi/ and /en/."""

from django.urls import path

from . import comparing, views
from .collecting import views as collecting

app_name = "archive_pages"
urlpatterns = [
    path("items/<slug:identifier>/", views.item, name="item"),
    path("items/<slug:identifier>/cite/<slug:form>/", collecting.citation, name="citation"),
    path("my-collection/", collecting.page, name="my_collection"),
    path("my-collection/export/<slug:form>/", collecting.export, name="my_collection_export"),
    path("compare/", comparing.compare, name="compare"),
    path("places/", views.places, name="places"),
    path("places/<slug:key>/", views.place, name="place"),
]
