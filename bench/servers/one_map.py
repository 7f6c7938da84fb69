"""Makes a site with one cleared map: python -m bench.servers.one_map PICTURE

Settings and data folder come from the environment.
"""

import logging
import sys
from pathlib import Path

IDENTIFIER = "bench-map"


def main(picture: Path) -> None:
    import django

    django.setup()
    logging.disable(logging.INFO)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("setup_site", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from archive import clearance, subjects
    from archive.models import Record, RecordScan
    from archive.records import save_record
    from bench.clearance import describe, make_people
    from media import ingest, renditions

    author, reviewer = make_people()
    with picture.open("rb") as file:
        scan = ingest.ingest(file, picture.name, author)
    renditions.make_now(scan)
    record = Record(**describe(0) | {"identifier": IDENTIFIER})
    record.scans.add(RecordScan(scan=scan, label_vi="Mặt trước", label_en="Front"))
    save_record(record, author)
    clearance.submit(subjects.of(record), author)
    subject = subjects.get(f"record:{record.pk}")
    clearance.clear(subject, clearance.preview(subject)[1], reviewer, clearance.CHECKLIST)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
