from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self):
        from . import checks, labels  # noqa: F401 - checks registers the system checks

        labels.install()
