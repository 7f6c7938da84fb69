from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

# What searches read beside editions, for the token of all that is public (archive.public_state): names and synonyms,
# and which index an engine has and how far that is.
WATCHED = {"search_synonymgroup": (), "search_naming": (), "search_cursor": ("engine", "index", "position")}


def lay_triggers(sender, using, **kwargs):
    from django.db import connections

    from archive.public_state import watch

    watch(connections[using], WATCHED)


def lift_triggers(sender, using, **kwargs):
    from django.db import connections

    from archive.public_state import unwatch

    unwatch(connections[using], WATCHED)


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        from search import tasks  # noqa: F401  (the index worker's poller)

        pre_migrate.connect(lift_triggers, sender=self, dispatch_uid="search.triggers.lift")
        post_migrate.connect(lay_triggers, sender=self, dispatch_uid="search.triggers")
