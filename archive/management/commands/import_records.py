"""manage.py import_records: records from a spreadsheet."""

import logging
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.importing import report_sheet
from archive.importing.report import Report
from archive.importing.run import Options, run


class Command(BaseCommand):
    help = (
        "Nhập bản ghi từ bảng tính (.xlsx, .csv). Dòng sai được nêu theo số dòng và cột, không cản dòng đúng. "
        "Thoát với mã 1 khi có dòng bị từ chối."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="Bảng tính")
        parser.add_argument("--user", required=True, help="Tài khoản chịu trách nhiệm về các bản ghi")
        parser.add_argument("--mapping", type=Path, help="Tệp TOML ánh xạ tiêu đề cột và giá trị")
        parser.add_argument("--scans", type=Path, help="Thư mục chứa các tệp quét")
        parser.add_argument("--dry-run", action="store_true", help="Chỉ kiểm tra, không ghi gì")
        parser.add_argument(
            "--update", action="store_true", help="Sửa bản ghi đã có; ô để trống trong cột có mặt thì xoá giá trị cũ"
        )
        parser.add_argument("--skip", action="store_true", help="Bỏ qua dòng có số hiệu đã có, giữ bản ghi đang có")
        parser.add_argument(
            "--create-missing", action="store_true", help="Tạo tác nhân, cơ quan lưu giữ, nguồn chưa có trong danh mục"
        )
        parser.add_argument(
            "--convert-legacy", action="store_true", help="Đổi chữ TCVN3 (ABC), VNI, VISCII sang Unicode"
        )
        parser.add_argument(
            "--report-sheet", type=Path, metavar="FILE.xlsx", help="Viết lại bảng, mỗi ô sai có ghi chú, vào tệp này"
        )

    def handle(self, *args, **options):
        user = get_user_model().objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(_("Không có tài khoản “%(name)s”.") % {"name": options["user"]})
        if options["scans"] and not options["scans"].is_dir():
            raise CommandError(_("Không có thư mục %(name)s.") % {"name": options["scans"]})
        if options["update"] and options["skip"]:
            raise CommandError(_("Chỉ chọn một: --update hoặc --skip."))
        chosen = Options(
            scans=options["scans"],
            mapping=options["mapping"],
            update=options["update"],
            skip=options["skip"],
            create_missing=options["create_missing"],
            convert_legacy=options["convert_legacy"],
            dry_run=options["dry_run"],
        )
        # A line of log for each record would bury the rows that were refused.
        for name in ("wagtail", "django_tasks"):
            logging.getLogger(name).setLevel(logging.WARNING)
        try:
            report = run(options["file"], user, chosen, self.progress)
        except PermissionDenied as error:
            raise CommandError(str(error)) from error
        if report.error:
            raise CommandError(report.error)
        if options["report_sheet"] and report.refused:
            self.write_sheet(options["file"], chosen, report, options["report_sheet"])
        self.tell(report)
        if report.failed:
            raise SystemExit(1)

    def write_sheet(self, source: Path, chosen: Options, report: Report, target: Path) -> None:
        try:
            report_sheet.write_for(source, chosen, report_sheet.by_row(report.problems), target)
        except OSError as error:
            raise CommandError(
                _("Không ghi được %(name)s: %(error)s.") % {"name": target, "error": error.strerror}
            ) from error

    def progress(self, done, total=0, stage=""):
        if total and self.stderr.isatty():
            self.stderr.write(f"\r{done}/{total}", ending="")

    def words(self, problem: dict) -> str:
        place = [_("Dòng %(row)s") % {"row": problem["row"]}]
        if problem["column"]:
            place.append(_("cột “%(column)s”") % {"column": problem["column"]})
        return f"{', '.join(place)}: {problem['message']}"

    def tell(self, report: Report) -> None:
        for problem in report.problems:
            self.stdout.write(self.words(problem))
        for warning in report.warnings:
            self.stdout.write(_("Nên xem lại: %(what)s") % {"what": self.words(warning)})
        if report.unsaid:
            self.stdout.write(_("Còn %(number)s chỗ khác không nêu ở đây.") % {"number": report.unsaid})
        for note in report.notes:
            self.stdout.write(note)
        if report.unknown_columns:
            self.stdout.write(_("Cột không dùng: %(names)s.") % {"names": ", ".join(report.unknown_columns)})
        if report.other_sheets:
            self.stdout.write(_("Trang tính không đọc: %(names)s.") % {"names": ", ".join(report.other_sheets)})
        if report.unused_scans:
            self.stdout.write(
                _("Tệp quét không dòng nào nhắc tới: %(names)s.") % {"names": ", ".join(report.unused_scans)}
            )
        summary = _(
            "%(rows)s dòng: %(created)s mới, %(updated)s sửa, %(unchanged)s không đổi, %(refused)s bị từ chối."
        ) % {name: getattr(report, name) for name in ("rows", "created", "updated", "unchanged", "refused")}
        if report.change_set:
            summary += " " + _("Lần nhập số %(number)s; hoàn tác: undo_import %(number)s.") % {
                "number": str(report.change_set)
            }
        if report.dry_run:
            summary = _("Chạy thử, chưa ghi gì. ") + summary
        self.stdout.write(summary)
