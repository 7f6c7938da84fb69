"""manage.py export_records: records as a spreadsheet, which import_records reads again, or in forms for others."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.exporting.formats import FORMATS, write
from archive.exporting.package import Damaged
from archive.models import Record

BY_SUFFIX = {".xlsx": "xlsx", ".csv": "csv", ".jsonld": "jsonld", ".tar": "bagit"}


class Command(BaseCommand):
    help = "Xuất bản làm việc ra .xlsx, .csv; bản công bố ra JSON-LD, Dublin Core, MARCXML; gói lưu trữ BagIt ra .tar."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="Tệp sẽ ghi")
        parser.add_argument("--format", choices=list(FORMATS), help="Dạng tệp; không ghi thì theo đuôi tên tệp")
        parser.add_argument("--only", nargs="+", metavar="SỐ_HIỆU", help="Chỉ các bản ghi này")
        parser.add_argument("--working", action="store_true", help="Cả bản làm việc chưa công bố")
        parser.add_argument("--lang", choices=["vi", "en"], default="vi", help="Ngôn ngữ của tiêu đề cột")
        parser.add_argument("--force", action="store_true", help="Ghi đè tệp đã có")

    def handle(self, *args, **options):
        path = options["file"]
        name = options["format"] or BY_SUFFIX.get(path.suffix.lower())
        if name is None:
            raise CommandError(
                _("Tên tệp phải kết thúc bằng %(suffixes)s, hoặc ghi --format.") % {"suffixes": ", ".join(BY_SUFFIX)}
            )
        if path.exists() and not options["force"]:
            raise CommandError(_("Tệp %(name)s đã có; thêm --force để ghi đè.") % {"name": path})
        found = Record.objects.all()
        if options["only"]:
            found = found.filter(identifier__in=options["only"])
            if unknown := set(options["only"]) - set(found.values_list("identifier", flat=True)):
                raise CommandError(_("Không có bản ghi mang số hiệu: %(ids)s.") % {"ids": ", ".join(sorted(unknown))})
        count, left_out = self.write(name, path, found, options)
        self.stdout.write(_("Đã xuất %(count)s bản ghi.") % {"count": count})
        if left_out:
            self.stdout.write(_("Để lại vì chưa có bản công bố: %(ids)s.") % {"ids": ", ".join(left_out)})

    def write(self, name, path, found, options):
        # Whole or not at all: a file cut off by a full disk must not look like an export.
        waiting = path.with_name(f".{path.name}.part")
        try:
            told = write(name, waiting, found, options["lang"], options["working"])
            waiting.replace(path)
        except Damaged as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                _("Không ghi được %(name)s: %(error)s.") % {"name": path, "error": error.strerror}
            ) from error
        finally:
            waiting.unlink(missing_ok=True)
        return told
