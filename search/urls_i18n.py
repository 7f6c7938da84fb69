"""The search page, below /vi/ and /en/."""

from django.urls import path

from . import views

app_name = "search_pages"
urlpatterns = [
    path("search/", views.page, name="search"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
]
