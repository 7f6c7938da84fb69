"""A Django project of one view and no middleware, which answers BARE_BYTES bytes: the least that Django can do."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

BODY = os.urandom(int(os.environ.get("BARE_BYTES", "60000")))

urlpatterns = [path("tile/<path:rest>", lambda request, rest: HttpResponse(BODY, content_type="image/jpeg"))]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench", MIDDLEWARE=[], LOGGING_CONFIG=None)
application = get_wsgi_application()
