"""Load the demonstration collection through the same acts as people: ingest, save, submit, clear by a second person.

A second run adds what is missing and changes nothing that is there.
"""

import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.db import connections, transaction

from archive import notices
from archive.demo import authorities, fates, mentions, places_on_earth, records
from archive.demo import facts as collection
from archive.demo.drawings import make
from archive.models import Edition, Record
from archive.records import save_record
from media import ingest, renditions, text_lines
from media.models import Scan

PYRAMIDS_AT_ONCE = 2


@dataclass(frozen=True)
class Loaded:
    """records: in all; added: by this run; editions: of the demonstration's records that stand."""

    records: int
    added: int
    editions: int


def load(
    cataloguer,
    reviewer,
    progress: Callable[[int, int, str], None] = lambda done, total, stage: None,
    only: Iterable[str] = (),
    parallel: bool = True,
) -> Loaded:
    """Load the collection.

    In: two persons, the second with the right to clear; progress(done, total, what); `only` these identifiers;
    parallel: pyramids are made while the next sheets are drawn. Raises what the acts raise.
    """
    facts = collection.read()
    items = {item["identifier"]: item for item in facts.items if not only or item["identifier"] in only}
    authorities.load(facts)
    there = set(Record.objects.filter(identifier__in=items).values_list("identifier", flat=True))
    # What is related to another record comes after it.
    sheets = sorted(make.plan(facts), key=lambda sheet: "relations" in items.get(sheet.identifier, {}))
    missing = [sheet for sheet in sheets if sheet.identifier in items and sheet.identifier not in there]
    for record in Record.objects.filter(identifier__in=there).order_by("identifier"):
        fates.fulfil(record, cataloguer, reviewer)
    if missing:
        _add(missing, items, (cataloguer, reviewer), progress, parallel)
    for person in (cataloguer, reviewer):
        notices.mark_seen(person)  # sixty of them would bury what comes next
    standing = Edition.objects.filter(identifier__in=items).count()
    return Loaded(len(items), len(missing), standing)


def _add(sheets: list, items: dict, people, progress, parallel: bool) -> None:
    """Draw sheets, take them in, make their pyramids, save their records and clear them, all at the same time."""
    waiting: list[tuple[make.Drawn, Scan, Future | None]] = []
    done = 0

    def catalogue(all_of_them: bool) -> None:
        nonlocal done
        while waiting and (all_of_them or waiting[0][2] is None or waiting[0][2].done()):
            drawn, scan, job = waiting.pop(0)
            identifier = drawn.identifier
            if job:
                job.result()
            record = records.build(items[identifier], scan)
            record.mentions = mentions.build(drawn.labels, scan)
            save_record(record, people[0])
            places_on_earth.put(drawn, scan, people[0])
            with transaction.atomic():
                text_lines.put_set(scan, 1, list(drawn.lines))
            fates.fulfil(record, *people)
            done += 1
            progress(done, len(sheets), identifier)

    with (
        tempfile.TemporaryDirectory(prefix="catvang-demo-") as folder,
        ThreadPoolExecutor(PYRAMIDS_AT_ONCE) if parallel else nullcontext() as pool,
    ):
        for drawn in _drawn(sheets, Path(folder), parallel):
            scan = _take_in(drawn.path, people[0])
            job = pool.submit(_pyramid, scan) if pool else renditions.make_now(scan) and None
            waiting.append((drawn, scan, job))
            catalogue(False)
        catalogue(True)


def _drawn(sheets: list, folder: Path, parallel: bool):
    return make.draw_all(sheets, folder) if parallel else (make.draw(sheet, folder) for sheet in sheets)


def _take_in(path: Path, cataloguer) -> Scan:
    with path.open("rb") as file:
        scan = ingest.ingest(file, path.name, cataloguer)
    path.unlink()
    return scan


def _pyramid(scan: Scan) -> None:
    """In a thread of its own, which mostly waits for the child process that makes it."""
    try:
        renditions.make_now(scan)
    finally:
        connections.close_all()
