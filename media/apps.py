from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "media"

    def ready(self):
        from media import checks, tasks  # noqa: F401
