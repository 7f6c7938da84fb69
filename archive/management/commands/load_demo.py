"""Load the demonstration collection."""

import time

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.demo.drawings.fonts import NoFonts
from archive.demo.load import load


class Command(BaseCommand):
    help = "Load the demonstration collection as two persons would; a second run adds only what is missing."

    def add_arguments(self, parser):
        parser.add_argument("--cataloguer", default="bientap", help="user name of the person who catalogues")
        parser.add_argument("--reviewer", default="duyet", help="user name of the person who clears")

    def handle(self, *args, **options):
        cataloguer, reviewer = self.person(options["cataloguer"]), self.person(options["reviewer"])
        began = time.monotonic()
        self.shown = -1
        try:
            loaded = load(cataloguer, reviewer, self.progress)
        except NoFonts as error:
            raise CommandError(_("Thiếu phông chữ của giao diện. Hãy chạy: npm ci") + f" ({error})") from error
        self.stdout.write(
            f"        {loaded.records} bản ghi / records (+{loaded.added}), {loaded.editions} đã công bố / cleared,"
            f" {time.monotonic() - began:.1f} s"
        )

    def person(self, name: str):
        user = get_user_model().objects.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(_("Không có người dùng “%(name)s”.") % {"name": name})
        return user

    def progress(self, done: int, total: int, what: str) -> None:
        """A line at each tenth."""
        tenth = done * 10 // total
        if tenth != self.shown:
            self.shown = tenth
            self.stdout.write(f"        {done}/{total}  {what}")
            self.stdout.flush()
