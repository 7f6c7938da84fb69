from django.apps import AppConfig

# What searches read beside editions, for the token of all that is public (archive.public_state): names and synonyms,
# and which index an engine has and how far that is.
WATCHED = {"search_synonymgroup": (), "search_naming": (), "search_cursor": ("engine", "index", "position")}


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        from archive import public_state
        from search import tasks  # noqa: F401  (the index worker's poller)

        public_state.follow(self, WATCHED)
