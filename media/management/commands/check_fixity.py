"""manage.py check_fixity [--no-repair] [--lang vi|en]: exit 0 when every master is whole or was made whole again,
1 when one isn't, 2 when nothing could be checked."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import override

from media import fixity
from media.preservation import Outcome
from media.preservation_files import Unmounted


class Command(BaseCommand):
    help = "Reads every master file again, compares its SHA-256, and mends it from the second copy where one is kept."

    def add_arguments(self, parser):
        parser.add_argument("--no-repair", action="store_true", help="only look; change no file")
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--lang", choices=languages, help="language of the report (default: Vietnamese)")

    def handle(self, *args, no_repair, lang, **options):
        with override(lang or settings.LANGUAGE_CODE):
            try:
                faults = self.report(not no_repair)
            except Unmounted as error:
                self.stderr.write(str(error))
                sys.exit(2)
        if faults:
            sys.exit(1)

    def report(self, repair: bool) -> int:
        """Check all and say what was found. Out: how many faults are left."""
        checked, repaired, remade, faults = 0, 0, 0, 0
        for finding in fixity.check(repair):
            checked += 1
            repaired += finding.repaired
            remade += finding.copy in ("made", "remade")
            faults += finding.is_fault or finding.copy == "failed"
            for line in lines(finding):
                self.stderr.write(line)
        said = _("Đã kiểm tra %(checked)s tệp gốc, %(faults)s tệp có lỗi.")
        if settings.MASTERS_COPY_DIR:
            said += " " + _("Phục hồi %(repaired)s tệp từ bản thứ hai; chép %(remade)s tệp vào bản thứ hai.")
        counted = {"checked": checked, "faults": faults, "repaired": repaired, "remade": remade}
        self.stdout.write(said % counted)
        return faults


def lines(finding: fixity.Finding):
    """What to say of a finding; nothing of a whole master with a whole copy."""
    values = {
        "path": finding.path,
        "pk": finding.scan.pk,
        "name": finding.scan.original_name,
        "why": finding.detail,
    }
    said = {
        Outcome.MISSING: _("THIẾU: %(path)s (bản quét %(pk)s, “%(name)s”)"),
        Outcome.DAMAGED: _("HỎNG: %(path)s (bản quét %(pk)s, “%(name)s”)"),
        Outcome.FAILED: _("KHÔNG ĐỌC ĐƯỢC: %(path)s (bản quét %(pk)s, “%(name)s”): %(why)s"),
    }
    if finding.outcome in said:
        tail = _("; đã phục hồi từ bản thứ hai") if finding.repaired else ""
        yield said[finding.outcome] % values + tail
    if finding.copy == "remade":
        yield _("BẢN THỨ HAI HỎNG: %(path)s; đã chép lại từ tệp gốc") % values
    elif finding.copy == "failed":
        yield _("BẢN THỨ HAI KHÔNG DÙNG ĐƯỢC: %(path)s") % values
