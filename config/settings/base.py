"""Settings that are safe in production. demo.py and test.py loosen them; nothing else does.

Every value that differs between sites comes from the environment (docs/guides/operators.md lists them).
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.field_labels import field_label

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent

# --- secrets and hosts -------------------------------------------------------------------
SECRET_KEY = env("SECRET_KEY", default="")
INSECURE_SECRETS = {"", "changeme", "change-me", "secret", "password", "catvang"}
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
# The only source of absolute addresses: QR codes on printed panels hold it.
PUBLIC_BASE_URL = env("PUBLIC_BASE_URL", default="").rstrip("/")
WAGTAILADMIN_BASE_URL = PUBLIC_BASE_URL
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL] if PUBLIC_BASE_URL else []


def refuse_insecure_secrets(**secrets: str) -> None:
    """Stop the start when a secret is missing, short or a known default.

    Raises ImproperlyConfigured naming each secret at fault and how to mend it.
    """
    for name, value in secrets.items():
        if value.strip().lower() in INSECURE_SECRETS or len(value) < 16:
            raise ImproperlyConfigured(
                f"{name} is missing, too short or a default value. "
                f"Set {name} in the environment to at least 16 random characters."
            )


# --- applications ------------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "exhibits",
    "search",
    "archive",
    "media",
    "modeltranslation",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_2fa",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "modelcluster",
    "taggit",
    "axes",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "media.front.ImageMiddleware",  # tiles need nothing of what follows
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.languages.LanguageMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.SecondFactorMiddleware",
    "exhibits.admin_guard.AdminGuard",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

FORM_RENDERER = "config.form_renderer.FormRenderer"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
CSRF_FAILURE_VIEW = "config.failures.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "config.context.site",
            ]
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "config.jinja.environment"},
    },
]

# --- data ----------------------------------------------------------------------------------
VAR_DIR = env.path("CATVANG_VAR", default=str(BASE_DIR / "var"))
VAR_DIR = Path(str(VAR_DIR))
MASTERS_DIR = VAR_DIR / "masters"
PRIVATE_DIR = VAR_DIR / "private"
PUBLIC_DIR = VAR_DIR / "public"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'catvang.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
# A connection opened anew for each request costs more than a tile (SQLite 4 ms, with its PRAGMAs).
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- languages: Vietnamese first ------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
MODELTRANSLATION_DEFAULT_LANGUAGE = "vi"
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = field_label  # its own writes "Nhan đề [vi]"
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField",)
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("vi",), "en": ()}
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- people ----------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "config.lockout.answer"
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
# Groups whose members must hold a second factor (config.middleware.SecondFactorMiddleware).
SECOND_FACTOR_GROUPS = ["Người duyệt", "Quản trị viên"]
WAGTAIL_2FA_REQUIRED = False
WAGTAIL_MOUNT_PATH = ""
WAGTAIL_2FA_OTP_TOTP_NAME = "Cát Vàng"
LOGIN_URL = "wagtailadmin_login"

# Notices of the workflow. Without EMAIL_URL (smtp+tls://user:password@host:587) none is sent.
vars().update(environ.Env.email_url_config(env("EMAIL_URL", default="dummymail://")))
EMAIL_TIMEOUT = 10  # seconds; the worker that mails has other work
# Mail servers refuse Django's webmaster@localhost.
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="")
DEFAULT_FROM_EMAIL = DEFAULT_FROM_EMAIL or f"catvang@{urlsplit(PUBLIC_BASE_URL).hostname or 'localhost'}"

# --- Wagtail ---------------------------------------------------------------------------------
WAGTAILADMIN_USER_LOGIN_FORM = "config.login.LoginForm"
WAGTAIL_SITE_NAME = "Cát Vàng"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # addresses get printed and typed
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_FINISH_WORKFLOW_ACTION = "archive.workflow.finish"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS = []
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAIL_MODERATION_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]

# --- the three lists by which news travels upward (docs/rooms.md) -----------------------------
# Adapters of what can be cleared; see archive.subjects.
PUBLIC_SUBJECTS = ["archive.subjects.RecordSubject", "exhibits.subjects.PageSubject"]
# Callables (request, edition document) -> (template name, context) | None, shown on the item page.
ITEM_PANELS = [
    "archive.panels.on_the_earth",
    "archive.panels.related",
    "search.panels.similar",
    "exhibits.panels.shown_in",
]
# Those of them that a preview shows too: they show nothing but what is public.
PREVIEW_PANELS = ["search.panels.similar"]
# Callables identifiers -> {identifier: {facet: [values]}} from live pages.
INDEX_CONTRIBUTORS = ["exhibits.contributors.exhibitions"]

# --- search ------------------------------------------------------------------------------------
# "embedded" (tantivy, one box) or "elasticsearch" (falls back to embedded while it is down).
SEARCH_ENGINE = env("SEARCH_ENGINE", default="embedded")
SEARCH_INDEX_DIR = VAR_DIR / "index"
ELASTICSEARCH_URL = env("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_USER = env("ELASTICSEARCH_USER", default="elastic")
ELASTICSEARCH_PASSWORD = env("ELASTICSEARCH_PASSWORD", default="")
ELASTICSEARCH_CA_FILE = env("ELASTICSEARCH_CA_FILE", default="")
ELASTICSEARCH_INDEX_PREFIX = env("ELASTICSEARCH_INDEX_PREFIX", default="catvang")

# Pages that a process keeps while nothing public changes (archive/kept.py), some 50 kB each.
KEPT_PAGES = env.int("KEPT_PAGES", default=400)

# Requests a minute of one address, by what is asked (archive/limits.py); 0: no limit. Suggestions come at each key.
RATE_LIMITS = {"search": env.int("SEARCH_REQUESTS_A_MINUTE", default=600)}
RATE_LIMITS |= {"suggest": 5 * RATE_LIMITS["search"], "export": 60, "pdf": 10}

# --- scans ---------------------------------------------------------------------------------------
SCAN_MAX_PIXELS = 1_200_000_000
SCAN_MAX_BYTES = 4 * 1024**3
OCR_PROGRAM = env("OCR_PROGRAM", default="tesseract")  # optional: docs/text-on-scans.md
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024**2  # a record is one form: with whole books in it, it passes Django's 2.5 MB
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000
# Uploads wait here, on the disk of the scans: /tmp is often memory.
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True)
# Each master is read again when it wasn't for so many days; 0: never by itself (check_fixity does it all the same).
FIXITY_EVERY_DAYS = env.int("FIXITY_EVERY_DAYS", default=90)
# A folder, best on another disk, that holds every master a second time; "": none.
MASTERS_COPY_DIR = env("MASTERS_COPY_DIR", default="")
JOB_LEASE_SECONDS = env.float("JOB_LEASE_SECONDS", default=20)
# Who answers for the OAI-PMH repository; without it admin@ the site's host.
OAI_ADMIN_EMAIL = env("OAI_ADMIN_EMAIL", default="")

# --- files the browser loads ------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"] if (BASE_DIR / "static").is_dir() else []
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.bundles.BundleFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Documents and pictures uploaded into Wagtail; never served from here by the application.
MEDIA_ROOT = VAR_DIR / "wagtail"
MEDIA_URL = "/wagtail-media/"

# --- security --------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"  # previews, framed by the admin, say otherwise themselves
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # They tell every routine step.
    "loggers": {
        name: {"level": "WARNING"} for name in ("axes", "django_tasks", "fontTools", "modelsearch", "weasyprint")
    },
}
