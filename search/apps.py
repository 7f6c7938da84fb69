from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        from search import tasks  # noqa: F401  (the index worker's poller)
