"""PDF (ISO 32000-2): what can be told without a parser. Its pages are counted in a child process: media.probe."""

import re

from .found import Damaged, Header

TAIL = 4096  # bytes


def read(data) -> Header:
    """Raises Damaged where the end mark is missing. Out: no pages yet."""
    if not re.match(rb"%PDF-[12]\.\d", data[:8]):
        raise Damaged("PDF without a version")
    start = max(0, len(data) - TAIL)
    mark = data.rfind(b"%%EOF", start)
    if mark < 0:
        raise Damaged("PDF without its end")
    return Header([], {}, mark + 5)
