"""Commands that are announced and a later release brings: until then each says so in one sentence and exits 2."""

import sys

from django.core.management import CommandError
from django.core.management.base import BaseCommand

SENTENCE = (
    "Lệnh {name} sẽ có ở bản phát hành sau ({what_vi}). / {name} comes in a later release ({what_en})."
)  # fmt: skip


class LaterCommand(BaseCommand):
    """Set `what` to what the command will do, in Vietnamese and English."""

    what = ("", "")
    requires_system_checks = []

    @property
    def sentence(self) -> str:
        name = type(self).__module__.rpartition(".")[2]
        return SENTENCE.format(name=name, what_vi=self.what[0], what_en=self.what[1])

    def run_from_argv(self, argv):
        """Whatever arguments were given: they belong to the command to come."""
        print(self.sentence, file=sys.stderr)
        sys.exit(2)

    def handle(self, *args, **options):
        raise CommandError(self.sentence, returncode=2)
