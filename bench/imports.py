"""Importing 10,000 rows: the act against a bare bulk_create of the same rows, and its memory at two sizes.

    python -m bench.imports [ROWS]

Each measurement runs in a process of its own with a database and folder of its own (SQLite), so that its peak of
memory is its own. Prints seconds, ratios and peaks of resident memory; times alone say little on a busy machine.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 10_000
HEAD = ["identifier", "kind", "title_vi", "title_en", "date_text", "description_vi", "description_en", "shelfmarks"]
HEAD += ["agents", "tags", "languages", "declared_not_secret"]


def rows(count: int):
    """Rows like a department's own: two languages, a reign date now and then, an agent, tags."""
    for n in range(count):
        date = ("1838", "khoảng 1834", "Minh Mạng 19", "1776-1784")[n % 4]
        text = f"Bản đồ số {n} ghi Hoàng Sa ngoài khơi miền Trung, vẽ theo lời kể của người đi biển. " * 3
        yield [f"do-{n:06d}", "map", f"Đồ {n}", f"Map {n}", date, text, f"Map {n} names Hoàng Sa. " * 6, f"A.{n}"] + [
            f"ve-{n % 50} | cartographer",
            f"the-{n % 20}; the-{n % 7}",
            "lzh",
            "có",
        ]


def make_sheet(path: Path, count: int) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Bảng")
    sheet.append(HEAD)
    for row in rows(count):
        sheet.append(row)
    book.save(path)


def prepare():
    """A database of one's own with a person who may import, and the authorities that the rows name."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    from archive.models import Agent, Tag
    from archive.roles import NAMES, ensure_roles

    ensure_roles()
    user = get_user_model().objects.create_user("importer")
    user.groups.add(Group.objects.get(name=NAMES["cataloguer"]))
    for n in range(50):
        Agent.objects.create(key=f"ve-{n}", name_vi=f"Người vẽ {n}", name_en=f"Cartographer {n}")
    for n in range(20):
        Tag.objects.create(key=f"the-{n}", name_vi=f"Thẻ {n}", name_en=f"Tag {n}")
    return user


def measure_import(count: int, folder: Path) -> dict:
    user = prepare()
    import logging

    from archive.importing.run import Options, run
    from archive.importing.writing import Writer

    logging.getLogger("wagtail").setLevel(logging.WARNING)
    path = folder / "sheet.xlsx"
    make_sheet(path, count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    written, flush = [], Writer.flush

    def timed(self):
        start = time.perf_counter()
        flush(self)
        written.append(time.perf_counter() - start)

    Writer.flush = timed
    start, used = time.perf_counter(), time.process_time()
    report = run(path, user, Options())
    seconds, used = time.perf_counter() - start, time.process_time() - used
    assert report.created == count and not report.problems, report.problems[:3]
    longest = {"median": statistics.median(written), "longest": max(written)}
    return {"seconds": seconds, "cpu": used, "writing": sum(written), "before": before} | longest | peak()


def measure_bare(count: int, folder: Path) -> dict:
    """bulk_create of the same rows as bare records: no children, revisions, authors or checks."""
    prepare()
    from archive.models import Record

    fields = HEAD[:8]
    records = [Record(**dict(zip(fields, row[:8], strict=True))) for row in rows(count)]
    start, used = time.perf_counter(), time.process_time()
    Record.objects.bulk_create(records, batch_size=500)
    return {"seconds": time.perf_counter() - start, "cpu": time.process_time() - used} | peak()


def peak() -> dict:
    return {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}  # KiB on Linux


def apart(what: str, count: int) -> dict:
    with tempfile.TemporaryDirectory(prefix="catvang-bench-") as folder:
        env = os.environ | {"CATVANG_VAR": folder, "DJANGO_SETTINGS_MODULE": "config.settings.demo"}
        env.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "bench.imports", "--measure", what, str(count), folder]
        done = subprocess.run(command, env=env, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)
        return json.loads(done.stdout.splitlines()[-1])


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--measure"]:
        what, count, folder = arguments[1:]
        measure = {"import": measure_import, "bare": measure_bare}[what]
        print(json.dumps(measure(int(count), Path(folder))))
        return
    count = int(arguments[0]) if arguments else ROWS
    bare, few, many = apart("bare", count), apart("import", count // 5), apart("import", count)
    print(
        f"{count} rows from one XLSX: {many['seconds']:.1f} s (processor {many['cpu']:.1f} s), "
        f"of these writing {many['writing']:.1f} s"
    )
    print(f"one transaction: {many['median'] * 1000:.0f} ms (median), {many['longest'] * 1000:.0f} ms (longest)")
    print(f"bare bulk_create of the same records: {bare['seconds']:.1f} s (processor {bare['cpu']:.1f} s)")
    print(
        f"writing validated rows at 1/{many['writing'] / bare['seconds']:.1f} of the bare speed (wanted: 1/10 at least)"
    )
    print(f"whole import at 1/{many['seconds'] / bare['seconds']:.1f} of the bare speed")
    print(f"peak memory: {few['peak'] // 1024} MB at {count // 5} rows, {many['peak'] // 1024} MB at {count} rows")


if __name__ == "__main__":
    main(sys.argv[1:])
