from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExhibitsConfig(AppConfig):
    name = "exhibits"
    verbose_name = _("Triển lãm")

    def ready(self):
        from . import publication

        publication.connect()
