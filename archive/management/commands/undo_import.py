"""manage.py undo_import: take back a whole import or batch edit."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive import change_sets
from archive.models import ChangeSet


class Command(BaseCommand):
    help = "Hoàn tác một lần nhập hoặc sửa hàng loạt; bản ghi đã có người sửa, trình hoặc duyệt sau đó thì giữ nguyên."

    def add_arguments(self, parser):
        parser.add_argument(
            "number", type=int, nargs="?", help="Số của lần nhập; không ghi thì liệt kê 20 lần gần nhất"
        )
        parser.add_argument("--user", help="Tài khoản chịu trách nhiệm")
        parser.add_argument("--dry-run", action="store_true", help="Chỉ nói sẽ làm gì")

    def handle(self, *args, number, user, dry_run, **options):
        if number is None:
            return self.list()
        change_set = ChangeSet.objects.filter(pk=number).first()
        if change_set is None:
            raise CommandError(_("Không có lần nhập số %(number)s.") % {"number": number})
        if not change_sets.can_be_undone(change_set):
            raise CommandError(_("Lần nhập số %(number)s không còn gì để hoàn tác.") % {"number": number})
        if dry_run:
            counts = {fate: len(rows) for fate, rows in change_sets.outlook(change_set).items()}
        else:
            counts = change_sets.undo(change_set, self.person(user))
        counts = {fate: counts.get(fate, 0) for fate in (change_sets.DELETED, change_sets.RESTORED, change_sets.SPARED)}
        told = _("Xoá %(deleted)s, trả về bản trước %(restored)s, giữ nguyên %(spared)s.") % counts
        self.stdout.write((_("Chạy thử, chưa ghi gì. ") if dry_run else "") + told)

    def person(self, name):
        user = get_user_model().objects.filter(username=name).first() if name else None
        if user is None:
            raise CommandError(_("Không có tài khoản “%(name)s”.") % {"name": name or ""})
        if not user.is_active or not user.has_perms(change_sets.RIGHTS):
            raise CommandError(_("Hoàn tác cần quyền sửa và xoá bản ghi."))
        return user

    def list(self):
        for one in ChangeSet.objects.select_related("user")[:20]:
            state = _("đã hoàn tác") if one.undone_at else ""
            self.stdout.write(f"{one.pk}  {one.started_at:%Y-%m-%d %H:%M}  {one.user}  {one.title}  {state}".rstrip())
