from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


def lay_triggers(sender, using, **kwargs):
    from django.db import connections

    from . import triggers

    tables = connections[using].introspection.table_names()
    if triggers.DECISIONS in tables:
        triggers.create(connections[using], triggers.standing_on(tables))


def lift_triggers(sender, using, **kwargs):
    """A migration may rebuild a table that triggers refer to; SQLite then refuses to rename it."""
    from django.db import connections

    from . import triggers

    if triggers.DECISIONS in connections[using].introspection.table_names():
        triggers.drop(connections[using])


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = "Cát Vàng"

    def ready(self):
        from . import clearance, clearance_tasks, public_state, scans, tasks  # noqa: F401  (signal receivers, job handlers)

        pre_migrate.connect(lift_triggers, sender=self, dispatch_uid="archive.triggers.lift")
        post_migrate.connect(lay_triggers, sender=self, dispatch_uid="archive.triggers")
        public_state.follow(self, public_state.WATCHED)
