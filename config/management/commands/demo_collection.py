"""The demonstration's site: database, people, collection, exhibition, static files. Safe to run again."""

import os
import secrets
import time
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.management.commands import collectstatic
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from archive.roles import ensure_roles
from exhibits import demo as exhibition
from exhibits.models import Kiosk
from search import indexer

# user name, role, what the logins file calls it
PEOPLE = [
    ("bientap", "cataloguer", "Biên tập viên / cataloguer"),
    ("duyet", "reviewer", "Người duyệt / reviewer"),
    ("quantri", "administrator", "Quản trị viên / administrator"),
    ("phongtrungbay", "hall_staff", "Nhân viên phòng trưng bày / hall staff"),
]
LOGINS = "demo-logins.txt"
KIOSKS = "demo-kiosks.txt"


def logins_file() -> Path:
    return Path(settings.VAR_DIR) / LOGINS


def read_logins() -> dict[str, str]:
    """User names and passwords of the logins file; {} when there is none."""
    try:
        lines = logins_file().read_text().splitlines()
    except FileNotFoundError:
        return {}
    return {fields[0]: fields[1] for fields in (line.split(maxsplit=2) for line in lines) if len(fields) >= 2}


def ensure_people() -> dict[str, object]:
    """Make the four people who are missing; out: users by role.

    A new person's password is generated and kept in the logins file (mode 600). Nobody's password is changed.
    """
    model, logins = get_user_model(), read_logins()
    groups, people = ensure_roles(), {}
    for name, role, _label in PEOPLE:
        user = model.objects.filter(username=name).first()
        if user is None:
            # The file first: a password that nobody can read would lock the person out.
            logins[name] = logins.get(name) or secrets.token_urlsafe(12)
            write_logins(logins)
            with transaction.atomic():
                user = model.objects.create_user(name, f"{name}@catvang.invalid", logins[name])
                user.groups.add(groups[role])
        people[role] = user
    return people


def write_logins(logins: dict[str, str]) -> None:
    """Replace the logins file, readable by its owner alone."""
    labels = {name: label for name, _role, label in PEOPLE}
    text = "".join(f"{name:<16}{word:<20}{labels.get(name, '')}".rstrip() + "\n" for name, word in logins.items())
    half = logins_file().with_suffix(".tmp")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    half.replace(logins_file())


def migrate() -> None:
    """Bring the database up to date. A new one has nothing to lose yet and needn't wait for the disk at each step."""
    new = connection.vendor == "sqlite" and not connection.introspection.table_names()
    if new:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    call_command("migrate", verbosity=0, interactive=False)
    if new:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # and to the disk it goes


def collect_static() -> None:
    """Collect with hashed names; without the compressed twins, which take half a minute and serve no one box."""
    command = collectstatic.Command()
    command.storage = ManifestStaticFilesStorage()
    call_command(command, verbosity=0, interactive=False)


class Command(BaseCommand):
    help = "Prepare the demonstration: database, people, collection, exhibition, static files. Safe to run again."
    requires_system_checks = []
    requires_migrations_checks = False

    def handle(self, *args, **options):
        if not getattr(settings, "IS_DEMONSTRATION", False):
            raise CommandError("Chỉ dùng cho bản trình diễn. / For the demonstration only (config.settings.demo).")
        self.began = time.monotonic()
        self.say("cơ sở dữ liệu / database")
        migrate()
        self.say("người dùng / people")
        people = ensure_people()
        call_command("setup_site", stdout=StringIO())
        self.say("bộ sưu tập / collection")
        call_command("load_demo", stdout=self.stdout)
        self.say("trưng bày / exhibition")
        exhibition.load(people["cataloguer"], people["reviewer"])
        addresses = "".join(f"{kiosk.get_absolute_url()}\n" for kiosk in Kiosk.objects.order_by("slug"))
        (Path(settings.VAR_DIR) / KIOSKS).write_text(addresses)  # for the launcher, which speaks no Django
        self.say("chỉ mục tìm kiếm / search index")
        if not indexer.status()["ok"]:
            call_command("rebuild_index", stdout=StringIO())
        self.say("tệp tĩnh / static files")
        collect_static()
        self.say("xong / done")

    def say(self, text: str) -> None:
        self.stdout.write(f"{time.monotonic() - self.began:6.1f} s  {text}")
        self.stdout.flush()
