from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def lay_triggers(sender, using, **kwargs):
    from django.db import connections

    from archive.triggers import create

    from .triggers import PAGES, RULES

    if PAGES in connections[using].introspection.table_names():
        create(connections[using], RULES)


class ExhibitsConfig(AppConfig):
    name = "exhibits"
    verbose_name = _("Triển lãm")

    def ready(self):
        from archive import public_state

        from . import page_access, publication
        from .triggers import WATCHED

        publication.connect()
        page_access.connect()
        post_migrate.connect(lay_triggers, sender=self, dispatch_uid="exhibits.triggers")
        public_state.follow(self, WATCHED)
