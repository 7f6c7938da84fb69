"""manage.py export_records: all records as a spreadsheet, which import_records reads again."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.importing.export import records, write_csv, write_xlsx

WRITERS = {".csv": write_csv, ".xlsx": write_xlsx}


class Command(BaseCommand):
    help = "Xuất mọi bản làm việc (không phải bản công bố) ra .xlsx hoặc .csv, cùng các cột mà import_records đọc."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="Tệp .xlsx hoặc .csv sẽ ghi")
        parser.add_argument("--lang", choices=["vi", "en"], default="vi", help="Ngôn ngữ của tiêu đề cột")
        parser.add_argument("--force", action="store_true", help="Ghi đè tệp đã có")

    def handle(self, *args, **options):
        path = options["file"]
        write = WRITERS.get(path.suffix.lower())
        if write is None:
            raise CommandError(_("Tên tệp phải kết thúc bằng .xlsx hoặc .csv."))
        if path.exists() and not options["force"]:
            raise CommandError(_("Tệp %(name)s đã có; thêm --force để ghi đè.") % {"name": path})
        # Whole or not at all: a file cut off by a full disk must not look like an export.
        waiting = path.with_name(f".{path.name}.part")
        try:
            count = write(waiting, records(), options["lang"])
            waiting.replace(path)
        except OSError as error:
            raise CommandError(
                _("Không ghi được %(name)s: %(error)s.") % {"name": path, "error": error.strerror}
            ) from error
        finally:
            waiting.unlink(missing_ok=True)
        self.stdout.write(_("Đã xuất %(count)s bản ghi.") % {"count": count})
