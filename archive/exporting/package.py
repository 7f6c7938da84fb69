"""An archival package: a BagIt bag (RFC 8493) with records, masters and a preservation log.

data/<identifier>/record.json     the working copy as the document that it would become
data/<identifier>/edition.json    the standing edition, byte for byte as its digest covers it
data/<identifier>/marc.xml
data/<identifier>/scans/01-<file> the masters, in order
data/preservation-log.jsonl       one event a line, with the terms of PREMIS 3 (eventType)
data/records.xlsx                 what import_records reads
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import bagit
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from lxml import etree

from media.sentences import Sentence

from ..importing.export import write_xlsx
from ..marcxml import collection, marcxml
from ..models import Decision, EditionHistory, Record
from . import documents

DAMAGED = noop("Tệp gốc “%(name)s” của tư liệu %(id)s đã hỏng hoặc mất; chạy check_fixity để biết rõ.")
CHUNK = 1024 * 1024


class Damaged(Sentence):
    """A master isn't what was taken in: a package that hides it would be worse than none."""


def write_bag(folder: Path, records: Iterable[Record], base: str, step: Callable = lambda record: None) -> int:
    """Make `folder` a bag of these records. step(record) is told after each, and may raise to stop.

    Out: how many records. Raises Damaged.
    """
    folder.mkdir(parents=True)
    kept = []
    with open(folder / "preservation-log.jsonl", "w", encoding="utf-8") as log:
        for record in records:
            for event in _pack(folder / record.identifier, record, base):
                log.write(json.dumps(event, ensure_ascii=False) + "\n")
            kept.append(record.pk)
            step(record)
    write_xlsx(folder / "records.xlsx", documents.read(Record.objects.filter(pk__in=kept)))
    info = {
        "Source-Organization": "Cát Vàng",
        "External-Description": "Catalogue records, standing editions, master scans and their preservation log.",
        "External-Identifier": base,
        "Bagging-Date": timezone.localdate().isoformat(),
    }
    bagit.make_bag(str(folder), info, checksums=["sha256", "sha512"])
    return len(kept)


def _pack(folder: Path, record: Record, base: str) -> list[dict]:
    """Write one record's part. Out: its events, in order of time."""
    (folder / "scans").mkdir(parents=True)
    document = documents.working(record)
    _write(folder / "record.json", json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    edition = getattr(record, "edition", None)
    if edition:
        _write(folder / "edition.json", edition.document)
    tree = collection([marcxml(documents.public(record) or document, base)])
    (folder / "marc.xml").write_bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", pretty_print=True))
    events = [
        event for place, use in enumerate(record.scans.all(), start=1) for event in _scan(folder, record, place, use)
    ]
    return sorted(events + _history(record), key=lambda event: event["eventDateTime"])


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _scan(folder: Path, record: Record, place: int, use) -> list[dict]:
    """Link or copy a master into the package after reading it in full. Raises Damaged."""
    scan = use.scan
    source = Path(settings.MASTERS_DIR) / scan.master_name
    try:
        with open(source, "rb") as file:
            whole = hashlib.file_digest(file, "sha256").hexdigest() == scan.sha256
    except OSError:
        whole = False
    if not whole:
        raise Damaged(DAMAGED, name=scan.original_name, id=record.identifier)
    name = f"{place:02d}-{_safe(Path(scan.original_name).stem)}-{scan.sha256[:8]}.{scan.format}"
    target = folder / "scans" / name
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    about = {"object": f"{record.identifier}/scans/{name}", "sha256": scan.sha256, "size": scan.size}
    life = list(scan.events.select_related("user").order_by("pk"))
    events = [
        _event(one.kind, one.happened_at, one.user, **about, outcome=one.outcome, note=one.detail, program=one.program)
        for one in life
    ]
    if not any(one.kind == "ingestion" for one in life):  # taken in before events were kept
        events.append(_event("ingestion", scan.created_at, scan.uploaded_by, **about))
    for event in events:
        if event["eventType"] == "ingestion":
            event["originalName"] = scan.original_name
    return [*events, _event("fixity check", timezone.now(), None, **about, outcome="success")]


def _safe(name: str) -> str:
    """A file name that every system takes; BagIt forbids line ends and Windows much more."""
    return re.sub(r"[^\w.-]+", "_", name).strip("._")[:80] or "scan"


def _history(record: Record) -> list[dict]:
    """Decisions, and when former editions ended."""
    about = {"object": record.identifier}
    events = [
        _event(
            decision.action,
            decision.at,
            decision.user,
            **about,
            edition=decision.number,
            digest=decision.digest,
            decisionNumber=decision.decision_number,
            note=decision.reason,
            hash=decision.hash,
        )
        for decision in Decision.objects.filter(subject=f"record:{record.pk}").select_related("user").order_by("pk")
    ]
    ended = EditionHistory.objects.filter(subject=f"record:{record.pk}").select_related("ended_by").order_by("number")
    events += [
        _event("deaccession", former.ended_at, former.ended_by, **about, edition=former.number, digest=former.digest)
        for former in ended
    ]
    return events


def _event(kind: str, at, user, **more) -> dict:
    """Terms of PREMIS 3 (https://www.loc.gov/standards/premis/), section 2: eventType, eventDateTime, agent."""
    event = {"eventType": kind, "eventDateTime": timezone.localtime(at).isoformat(), **more}
    if user:
        event["agent"] = user.get_username()
    return {name: value for name, value in event.items() if value not in ("", None)}
