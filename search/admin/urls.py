"""Addresses below /admin/search/."""

from django.urls import path

from . import explain, state

app_name = "search_admin"
urlpatterns = [
    path("explain/", explain.page, name="explain"),
    path("state/", state.state, name="state"),
]
