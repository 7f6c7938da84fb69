"""manage.py reconcile [--fix]"""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search.reconciling import reconcile


class Command(BaseCommand):
    help = "Compares indices, public files and places on sheets with the editions; exits 1 when they differ."

    def add_arguments(self, parser):
        parser.add_argument("--fix", action="store_true", help="mend what differs")

    def handle(self, *args, fix, **options):
        found = reconcile(fix=fix)
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            outcome = _("đã sửa; hãy chạy lại để kiểm tra.") if fix else _("chạy lại với --fix để sửa.")
            raise CommandError(_("%(n)s chỗ khác với bản công bố; %(outcome)s") % {"n": len(found), "outcome": outcome})
        self.stdout.write(_("Mọi chỉ mục, tệp công khai và địa danh trên tờ khớp với bản công bố."))
