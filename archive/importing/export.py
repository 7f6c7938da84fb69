"""Records as a spreadsheet with the same columns that the import reads."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db.models import Count
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from media.models import Scan

from ..models import Record
from . import lists, parts
from .cells import NUMBER, harmless
from .columns import COLUMNS

BATCH = 500  # records read at once
RELATED = (
    "agents__agent",
    "places__place",
    "citations__source",
    "tags__tag",
    "articles",
    "mentions__place",
    "relations__related",
    "scans__scan",
)
# Columns that run beside the list of scans, and the field of each scan that they hold.
SCAN_COLUMNS = {
    "scan_labels_vi": "label_vi",
    "scan_labels_en": "label_en",
    "scan_notes_vi": "note_vi",
    "scan_notes_en": "note_en",
    "scan_sides": "side",
    "scan_transcriptions": "transcription",
    "scan_transcription_languages": "transcription_language",
    "scan_translations_vi": "translation_vi",
    "scan_translations_en": "translation_en",
    "scan_illustration": "is_illustration",
    "scan_max_width": "max_width",
}
LISTS = {
    "articles": parts.write_articles,
    "mentions": parts.write_mentions,
    "relations": parts.write_relations,
    "tags": lambda record: join([use.tag.key for use in record.tags.all()]),
}


def records() -> Iterator[Record]:
    """All records by identifier, a constant number of queries a batch."""
    query = Record.objects.select_related("institution").prefetch_related(*RELATED).order_by("identifier")
    return query.iterator(chunk_size=BATCH)


def headings(lang: str = "vi") -> list[str]:
    return [getattr(column, lang) for column in COLUMNS]


def names_of_several() -> frozenset[str]:
    """File names that more than one scan bears."""
    found = Scan.objects.order_by().values("original_name").annotate(scans=Count("pk")).filter(scans__gt=1)
    return frozenset(found.values_list("original_name", flat=True))


def row_of(record: Record, several: frozenset[str]) -> list[str]:
    """A record's cells, in the order of COLUMNS; keys stand for authorities. several: see names_of_several."""
    return [_cell(record, column.field, column.kind, several) for column in COLUMNS]


def _cell(record: Record, field: str, kind: str, several: frozenset[str]) -> str:
    if field in SCAN_COLUMNS:
        told = [_plain(getattr(use, SCAN_COLUMNS[field])) for use in record.scans.all()]
        return lists.write_texts(told) if kind == "texts" else _slots(told)
    if field in LISTS:
        return LISTS[field](record)
    if field == "scans":
        return join([_scan_name(use, several) for use in record.scans.all()])
    if field == "institution":
        return record.institution.key if record.institution else ""
    if field == "places":
        return join([use.place.key for use in record.places.all()])
    if field == "agents":
        return join([f"{use.agent.key} | {use.role}" for use in record.agents.all()])
    if field == "citations":
        return join([f"{use.source.key} | {use.pages}".removesuffix(" | ") for use in record.citations.all()])
    value = getattr(record, field)
    return join(value.splitlines()) if kind == "lines" else _plain(value)


def _scan_name(use, several: frozenset[str]) -> str:
    """With its digest where the name isn't enough, and with its page where the file has several."""
    scan = use.scan
    name = f"{scan.original_name}#{scan.sha256[:12]}" if scan.original_name in several else scan.original_name
    return f"{name}#page={use.page}" if scan.pages > 1 else name


def _plain(value) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    return "" if value is None else str(value)


def join(parts: list[str]) -> str:
    """A list as one cell: by semicolons, or by lines where a part holds one itself."""
    if any(";" in part for part in parts):
        return "\n".join(parts) + ("\n" if len(parts) == 1 else "")
    return "; ".join(parts)


def _slots(parts: list[str]) -> str:
    """A list beside that of the scans: nothing when nothing is said, places kept otherwise."""
    if not any(part not in ("", "0", "không") for part in parts):
        return ""
    return join(parts)


def write_csv(path: Path, found: Iterable[Record], lang: str = "vi") -> int:
    """UTF-8 with a byte order mark, as spreadsheet programs want it. Out: how many records."""
    count, several = 0, names_of_several()
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(headings(lang))
        for record in found:
            writer.writerow([harmless(text) for text in row_of(record, several)])
            count += 1
    return count


def write_xlsx(path: Path, found: Iterable[Record], lang: str = "vi") -> int:
    """Every cell is text, or a plain number in the columns of degrees. Out: how many records."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Cát Vàng")
    sheet.freeze_panes = "B2"
    sheet.append(headings(lang))
    count, several = 0, names_of_several()
    for record in found:
        cells = zip(row_of(record, several), COLUMNS, strict=True)
        sheet.append([_typed(sheet, text, column.kind) for text, column in cells])
        count += 1
    book.save(path)
    return count


def _typed(sheet, text: str, kind: str):
    if not text:
        return None
    if kind in ("lat", "lon", "count") and NUMBER.match(text):
        return float(text)
    cell = WriteOnlyCell(sheet, value="")
    cell.value = text
    cell.data_type = "s"  # never a formula
    return cell
