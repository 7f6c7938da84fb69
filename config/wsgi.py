"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.site")
application = get_wsgi_application()

from media import collector  # noqa: E402

collector.spare()
