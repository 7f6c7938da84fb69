"""A province's site: base, which refuses to start with missing or default secrets."""

from .base import *  # noqa: F403
from .base import ELASTICSEARCH_PASSWORD, PUBLIC_BASE_URL, SEARCH_ENGINE, SECRET_KEY, refuse_insecure_secrets

refuse_insecure_secrets(SECRET_KEY=SECRET_KEY)
if SEARCH_ENGINE == "elasticsearch":
    refuse_insecure_secrets(ELASTICSEARCH_PASSWORD=ELASTICSEARCH_PASSWORD)
if not PUBLIC_BASE_URL.startswith("https://"):
    from django.core.exceptions import ImproperlyConfigured

    raise ImproperlyConfigured("PUBLIC_BASE_URL must be the site's https:// address.")

# Only nginx reaches the application, and names the visitor.
AXES_CLIENT_IP_CALLABLE = "config.lockout.client_address"
