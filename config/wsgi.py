"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.site")


def with_images(application):
    """Pictures are answered before Django, which has to be set up by now."""
    from media.front import ImageFront

    return ImageFront(application)


application = with_images(get_wsgi_application())

from media import collector  # noqa: E402

collector.spare()
