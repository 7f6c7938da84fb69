"""Text of which parts stand in italics, as citation styles want it. Pure."""

import re
from collections.abc import Callable

from django.utils.html import escape

Run = tuple[str, bool]  # text, in italics?


def sentence(*parts: list[Run] | str) -> list[Run]:
    """Parts, each closed by a full stop (none behind a closing mark or an address), joined by spaces."""
    runs: list[Run] = []
    for part in parts:
        found = [(part, False)] if isinstance(part, str) else part
        if not any(text for text, _ in found):
            continue
        if runs:
            runs.append((" ", False))
        runs += found
        last = found[-1][0]
        if not re.search(r"[.?!…]$|https?://\S+$", last):
            runs.append((".", False))
    return runs


def plain(runs: list[Run]) -> str:
    return re.sub(r"\s+", " ", "".join(text for text, _ in runs)).strip()


def as_html(runs: list[Run], write: Callable[[str], str] = escape) -> str:
    """With <i> where a run is in italics; `write` escapes a text and may mark up what needs a font of its own."""
    return "".join(f"<i>{write(text)}</i>" if italic else write(text) for text, italic in runs)
