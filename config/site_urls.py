"""Addresses of the site itself: health, robots, sitemap, the second factor."""

from django.urls import path

from . import health, second_factor, sitemap

app_name = "site"
urlpatterns = [
    # Stands before wagtail-2fa's own page of the same address, whose form django-otp no longer accepts.
    path("admin/2fa/auth", second_factor.CodeView.as_view(), name="second_factor"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap/<slug:kind>-<int:number>.xml", sitemap.part, name="sitemap_part"),
]
