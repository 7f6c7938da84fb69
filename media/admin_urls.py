"""Addresses of images for staff, below /admin/."""

from django.urls import path

from media import views

app_name = "media_admin"
urlpatterns = [path("iiif/<path:path>", views.staff_image, name="image")]
