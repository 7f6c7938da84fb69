"""System checks: what is missing or set so that something will fail later, said at the start."""

import ctypes.util

from django.conf import settings
from django.core.checks import Error, Info, Warning, register
from django.db import connection

MINIMUM_SECRET = 16
MINIMUM_VIPS = (8, 18)


@register()
def public_base_url(app_configs, **kwargs):
    """QR codes are printed with it."""
    address = settings.PUBLIC_BASE_URL
    if address.startswith(("http://", "https://")) and not address.endswith("/"):
        return []
    return [
        Error(
            f"PUBLIC_BASE_URL is {address!r}; it has to be the site's address, without a slash at its end.",
            hint="Set PUBLIC_BASE_URL in the environment, e.g. https://hoangsa.example.vn",
            id="catvang.E001",
        )
    ]


@register()
def pango(app_configs, **kwargs):
    """WeasyPrint makes the PDFs and needs Pango; everything else works without."""
    if ctypes.util.find_library("pango-1.0"):
        return []
    return [
        Info(
            "Pango is missing: PDFs can't be made.",
            hint="Debian, Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0",
            id="catvang.I001",
        )
    ]


@register()
def libvips(app_configs, **kwargs):
    """pyvips silently compiles against an older system libvips where its headers are installed."""
    import pyvips

    found = (pyvips.version(0), pyvips.version(1))
    if found >= MINIMUM_VIPS:
        return []
    return [
        Warning(
            f"libvips is {found[0]}.{found[1]}, not the {MINIMUM_VIPS[0]}.{MINIMUM_VIPS[1]} of pyvips-binary.",
            hint="Install pyvips again with PKG_CONFIG_LIBDIR=/nonexistent.",
            id="catvang.W002",
        )
    ]


@register(deploy=True)
def database_password(app_configs, **kwargs):
    """A database on the network with a password that can be guessed is a database of everybody's."""
    database = settings.DATABASES["default"]
    password = str(database.get("PASSWORD") or "")
    if database["ENGINE"].endswith("sqlite3") or (
        len(password) >= MINIMUM_SECRET and password.lower() not in settings.INSECURE_SECRETS
    ):
        return []
    return [
        Error(
            f"The database's password is missing, a default or shorter than {MINIMUM_SECRET} characters.",
            hint="Set POSTGRES_PASSWORD (in DATABASE_URL) to random letters and digits.",
            id="catvang.E004",
        )
    ]


SQLITE_WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@register("database")
def sqlite_pragmas(app_configs, databases=None, **kwargs):
    """A power cut in the hall must not lose a clearance."""
    if connection.vendor != "sqlite" or not databases or "default" not in databases:
        return []
    wrong = []
    with connection.cursor() as cursor:
        for name, wanted in SQLITE_WANTED.items():
            found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            if found != wanted and not (name == "journal_mode" and found == "memory"):
                wrong.append(f"{name}={found}, not {wanted}")
    if not wrong:
        return []
    return [
        Error(
            f"SQLite is set so that data may be lost: {'; '.join(wrong)}.",
            hint="Keep the OPTIONS of config.settings.base.",
            id="catvang.E003",
        )
    ]
