"""The test run: fast hashes, a throw-away data folder, warnings shown."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, env

SECRET_KEY = "test-only-" + "x" * 40
VAR_DIR = Path(env("CATVANG_TEST_VAR", default=tempfile.mkdtemp(prefix="catvang-test-")))
MASTERS_DIR, PRIVATE_DIR, PUBLIC_DIR = VAR_DIR / "masters", VAR_DIR / "private", VAR_DIR / "public"
SEARCH_INDEX_DIR = VAR_DIR / "index"
MEDIA_ROOT = VAR_DIR / "wagtail"
FILE_UPLOAD_TEMP_DIR = None
STATIC_ROOT = VAR_DIR / "static"
DATABASES["default"]["CONN_MAX_AGE"] = 0  # threads of a live server leave none open behind a test
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: workers, the live server and threads must see one database.
    DATABASES["default"]["NAME"] = str(VAR_DIR / "dev.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
ALLOWED_HOSTS = ["*"]
PUBLIC_BASE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
SECOND_FACTOR_GROUPS = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
