"""One box without TLS: the demonstration of `make demo` and a hall's own computer."""

import os
import secrets

from .base import *  # noqa: F403
from .base import CONTENT_SECURITY_POLICY, VAR_DIR, env

VAR_DIR.mkdir(parents=True, exist_ok=True)
_key = VAR_DIR / "secret-key"
if not _key.exists():
    _handle = os.open(_key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.write(_handle, secrets.token_urlsafe(48).encode())
    os.close(_handle)
SECRET_KEY = _key.read_text()

PORT = env("PORT", default="8000")
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
PUBLIC_BASE_URL = WAGTAILADMIN_BASE_URL = env("PUBLIC_BASE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
# No second factor here; the login page says so.
SECOND_FACTOR_GROUPS = []
IS_DEMONSTRATION = True
CONTENT_SECURITY_POLICY["DIRECTIVES"].pop("upgrade-insecure-requests", None)
