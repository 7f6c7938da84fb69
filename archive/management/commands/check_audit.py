"""manage.py check_audit [--expect HASH]: exit 0 without a fault, 1 when there is any."""

import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from archive import audit


class Command(BaseCommand):
    help = "Checks the chain of decisions, and that what is public is what was decided."

    def add_arguments(self, parser):
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            metavar="HASH",
            help="a hash that was written down earlier; the chain must still hold it (may be given several times)",
        )

    def handle(self, *args, expect, **options):
        counted, faults = audit.Counted(), 0
        for sentence in audit.run(counted, expect):
            faults += 1
            self.stderr.write(sentence)
        self.stdout.write(
            _(
                "Đã kiểm tra %(decisions)d quyết định, %(editions)d bản công bố, %(former)d bản cũ, %(others)d trang, "
                "%(images)d ảnh công khai: %(faults)d lỗi."
            )
            % {
                "decisions": counted.decisions,
                "editions": counted.editions,
                "former": counted.former,
                "others": counted.others,
                "images": counted.images,
                "faults": faults,
            }
        )
        if counted.last_hash:
            self.stdout.write(
                _("Mã băm cuối chuỗi: %(hash)s (hãy ghi lại ở nơi khác; lần sau kiểm tra với --expect %(hash)s).")
                % {"hash": counted.last_hash}
            )
        if faults:
            sys.exit(1)
