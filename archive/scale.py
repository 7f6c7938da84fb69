"""The scale of a map, from how it is written. Pure."""

import re
import unicodedata

WRITTEN = re.compile(r"1\s*[:/∶]\s*(\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+|\d+)(?![\d.,])")


def denominator(text: str) -> int | None:
    """ "1:300.000", "1/300 000", "khoảng 1:2,000,000" → 300000, 300000, 2000000; None where no ratio is written."""
    found = WRITTEN.search(unicodedata.normalize("NFKC", text or ""))
    if not found:
        return None
    number = int(re.sub(r"\D", "", found[1]))
    return number or None
