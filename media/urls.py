"""Public addresses of images."""

from django.urls import path

from media import views

app_name = "media"
urlpatterns = [path("iiif/image/<path:path>", views.public_image, name="image")]
