"""The pages of files of several pages: a record carries one line a page, and choosing the file chooses them all."""

from .models import Record, RecordScan

MOST = 300  # lines of scans in a record: more would be no form that anybody can fill in
COPIED = ("is_illustration", "max_width")


def spread(record: Record, chosen: list[RecordScan]) -> None:
    """Give each newly chosen scan its page and, where its file has several, a line for each other page after it.

    In: a record and those of its lines whose scan was chosen just now, unsaved or not. Pages that other lines of the
    record hold already are left out, so that a page taken out of the record can be had back by choosing the file again.
    """
    if not chosen:
        return
    uses, lines = list(record.scans.all()), []
    taken = {(use.scan_id, use.page) for use in uses if not _is_among(use, chosen)}
    for use in uses:
        lines.append(use)
        if _is_among(use, chosen):
            pages = [page for page in range(1, use.scan.pages + 1) if (use.scan_id, page) not in taken] or [1]
            use.page = pages[0]
            lines += [_line(use, page) for page in pages[1:]]
            taken |= {(use.scan_id, page) for page in pages}
    for order, use in enumerate(lines):
        use.sort_order = order
    record.scans.set(lines)


def _is_among(use: RecordScan, others: list[RecordScan]) -> bool:
    return any(use is other for other in others)


def _line(use: RecordScan, page: int) -> RecordScan:
    return RecordScan(scan=use.scan, page=page, **{name: getattr(use, name) for name in COPIED})
