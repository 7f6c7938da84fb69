"""Kiosk addresses. The language stands in the path after the kiosk: a screen has one address to start from."""

from django.urls import path

from .kiosk import views

app_name = "exhibits"
urlpatterns = [
    path("kiosk/<slug:slug>/", views.entrance, name="kiosk"),
    path("kiosk/<slug:slug>/<str:lang>/", views.start, name="kiosk_start"),
    path("kiosk/<slug:slug>/<str:lang>/section/<int:number>/", views.section, name="kiosk_section"),
    path("kiosk/<slug:slug>/<str:lang>/maps/", views.maps, name="kiosk_maps"),
    path("kiosk/<slug:slug>/<str:lang>/place/<slug:key>/", views.place, name="kiosk_place"),
    path("kiosk/<slug:slug>/<str:lang>/item/<slug:identifier>/", views.item, name="kiosk_item"),
    path("kiosk/<slug:slug>/<str:lang>/search/", views.search, name="kiosk_search"),
]
