from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


def lay_triggers(sender, using, **kwargs):
    from django.db import connections

    from archive.public_state import watch
    from archive.triggers import create

    from .triggers import PAGES, RULES, WATCHED

    if PAGES in connections[using].introspection.table_names():
        create(connections[using], RULES)
    watch(connections[using], WATCHED)


def lift_triggers(sender, using, **kwargs):
    """A migration of Wagtail's may rebuild the table of pages."""
    from django.db import connections

    from archive.public_state import unwatch

    from .triggers import WATCHED

    unwatch(connections[using], WATCHED)


class ExhibitsConfig(AppConfig):
    name = "exhibits"
    verbose_name = _("Triển lãm")

    def ready(self):
        from . import page_access, publication

        publication.connect()
        page_access.connect()
        pre_migrate.connect(lift_triggers, sender=self, dispatch_uid="exhibits.triggers.lift")
        post_migrate.connect(lay_triggers, sender=self, dispatch_uid="exhibits.triggers")
