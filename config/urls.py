"""Every address of the site. Addresses are promises: QR codes on panels hold them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("", include("config.site_urls")),
    path("admin/", include("media.admin_urls")),
    path("admin/reports/", include("archive.admin.report_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("media.urls")),
    path("", include("archive.urls")),
    path("", include("search.urls")),
    path("", include("exhibits.urls")),
]

urlpatterns += i18n_patterns(
    path("", include("archive.urls_i18n")),
    path("", include("search.urls_i18n")),
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)
