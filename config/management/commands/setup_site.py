"""manage.py setup_site: roles, workflow, languages, home pages, the site's record, measures of old records."""

from django.core.management.base import BaseCommand
from django.db import transaction

from archive.records import measure_old
from archive.roles import ensure_roles
from exhibits.site_setup import ensure_site


class Command(BaseCommand):
    help = "Make the roles, the workflow, both languages' home pages and the site's record. Safe to run again."

    def handle(self, *args, **options):
        with transaction.atomic():
            ensure_roles()
            homes = ensure_site()
        measure_old()
        self.stdout.write(", ".join(f"/{lang}/ {home.title}" for lang, home in homes.items()))
