"""WSGI entry point."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.site")
application = get_wsgi_application()


def spare_the_collector() -> None:
    """What is loaded by now stays for ever: the garbage collector needn't look at it again at every page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


spare_the_collector()
