"""Search as JSON."""

from django.urls import path

from . import views

app_name = "search"
urlpatterns = [
    path("api/v1/search/", views.api, name="api"),
    path("api/v1/suggest/", views.suggest, name="suggest"),
    path("api/v1/suggest/opensearch/", views.opensearch_suggestions, name="opensearch_suggestions"),
]
