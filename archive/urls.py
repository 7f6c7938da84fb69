"""Public addresses without a language."""

from django.urls import path

from .api.views import item, items, openapi_view
from .collecting.views import unapi
from .oai.views import oai
from .placed_views import georeference_view, mesh_view
from .presentation.views import (
    annotations_view,
    collection_part_view,
    collection_view,
    content_search_1_view,
    content_search_view,
    manifest_view,
    text_view,
)
from .redirects import permanent

app_name = "archive"
urlpatterns = [
    path("id/<slug:identifier>", permanent, name="id"),
    path("iiif/presentation/<slug:identifier>/manifest.json", manifest_view, name="manifest"),
    path("iiif/presentation/<slug:identifier>/annotations/<int:index>.json", annotations_view, name="annotations"),
    path("iiif/presentation/<slug:identifier>/text/<int:index>.json", text_view, name="text"),
    path("iiif/presentation/<slug:identifier>/georeference/<int:index>.json", georeference_view, name="georeference"),
    path("iiif/presentation/<slug:identifier>/georeference/<int:index>/mesh.json", mesh_view, name="mesh"),
    path("iiif/collection/<slug:slug>.json", collection_view, name="collection"),
    path("iiif/collection/<slug:slug>/<int:number>.json", collection_part_view, name="collection_part"),
    path("iiif/search/<slug:identifier>", content_search_view, name="content_search"),
    path("iiif/search/1/<slug:identifier>", content_search_1_view, name="content_search_1"),
    path("unapi", unapi, name="unapi"),
    path("oai", oai, name="oai"),
    path("api/v1/items/", items, name="api_items"),
    path("api/v1/items/<slug:identifier>/", item, name="api_item"),
    path("api/v1/openapi.json", openapi_view, name="openapi"),
]
