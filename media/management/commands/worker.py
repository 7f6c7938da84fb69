"""manage.py worker --queue index|heavy [--once]"""

from django.core.management.base import BaseCommand

from media import collector, jobs
from media.worker import Worker, end_on_signals


class Command(BaseCommand):
    help = "Works off one queue: index (outbox and embedded index) or heavy (scans, imports, packs)."

    def add_arguments(self, parser):
        parser.add_argument("--queue", choices=jobs.QUEUES, required=True)
        parser.add_argument("--once", action="store_true", help="end when nothing is left to do")

    def handle(self, *args, queue, once, **options):
        worker = Worker(queue)
        end_on_signals(worker)
        collector.spare()
        worker.run(once=once)
