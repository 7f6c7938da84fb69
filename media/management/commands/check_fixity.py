"""manage.py check_fixity: exit 0 when every master is whole, 1 when any is damaged or missing."""

import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from media import fixity


class Command(BaseCommand):
    help = "Re-reads every master file and compares its SHA-256."

    def handle(self, *args, **options):
        checked, faults = 0, 0
        sentences = {
            "missing": _("THIẾU: %(path)s (bản quét %(pk)s, “%(name)s”)"),
            "damaged": _("HỎNG: %(path)s (bản quét %(pk)s, “%(name)s”)"),
        }
        for fault in fixity.check():
            checked += 1
            if fault:
                faults += 1
                values = {"path": fault.path, "pk": fault.scan.pk, "name": fault.scan.original_name}
                self.stderr.write(sentences[fault.kind] % values)
        self.stdout.write(
            _("Đã kiểm tra %(checked)s tệp gốc, %(faults)s tệp có lỗi.") % {"checked": checked, "faults": faults}
        )
        if faults:
            sys.exit(1)
