"""manage.py rebuild_index [--engine NAME]"""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search import indexer
from search.engines.base import EngineError
from search.engines.registry import configured


class Command(BaseCommand):
    help = "Builds the search index anew from the editions, beside the live one, then swaps."

    def add_arguments(self, parser):
        parser.add_argument("--engine", help="one engine only: embedded or elasticsearch")

    def handle(self, *args, engine=None, **options):
        names = [engine] if engine else list(configured())
        if engine and engine not in configured():
            known = ", ".join(configured())
            raise CommandError(
                _("Không có hệ tìm kiếm “%(name)s”; hiện có: %(known)s.") % {"name": engine, "known": known}
            )
        for name in names:
            try:
                index = indexer.rebuild(name, self._progress)
            except EngineError as error:
                raise CommandError(
                    _("Không dựng được chỉ mục %(name)s: %(error)s") % {"name": name, "error": error}
                ) from error
            self.stdout.write(_("Đã dựng chỉ mục %(name)s: %(index)s") % {"name": name, "index": index})

    def _progress(self, done, total):
        self.stdout.write(f"{done}/{total}")
