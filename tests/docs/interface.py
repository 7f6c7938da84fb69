"""What the interface says: our messages, and how they and Wagtail's are called in Vietnamese."""

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from django.utils.translation import trans_real

from tests.walls.messages import extracted
from tests.walls.rules import ROOMS, ROOT, tracked

KEYWORDS = dict.fromkeys(("_", "_now", "noop", "gettext", "gettext_lazy", "gettext_noop"))
KEYWORDS |= {"ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{\w*\}")


def messages(path: Path, source: str) -> set[str]:
    """Message ids in a Python file or a template, plurals too."""
    found = set()
    for message, _context in extracted(path, source, KEYWORDS):
        found |= {text for text in (message if isinstance(message, tuple) else (message,)) if text}
    return found


@cache
def ours() -> dict[str, str]:
    """Every message id of the rooms and the first file that holds it."""
    found: dict[str, str] = {}
    for path in tracked(".py", ".html"):
        if path.parts[0] in ROOMS and "migrations" not in path.parts:
            for text in messages(path, (ROOT / path).read_text(encoding="utf-8")):
                found.setdefault(text, str(path))
    return found


@cache
def vietnamese() -> tuple[set[str], list[re.Pattern]]:
    """(labels in lower case, patterns of labels with gaps) that the interface shows in Vietnamese."""
    catalogue = trans_real.translation("vi")
    texts = {catalogue.gettext(text) for text in ours()}
    texts |= {text for _id, text in catalogue._catalog.items() if isinstance(text, str)}
    plain, patterns = set(), []
    for text in texts:
        parts = [part for part in PLACEHOLDER.split(text) if part is not None]
        if not PLACEHOLDER.search(text):
            plain.add(text.strip().lower())
        elif len("".join(PLACEHOLDER.sub("", text).split())) >= 4 and parts:
            gaps = PLACEHOLDER.sub("\0", text.strip())
            patterns.append(re.compile(re.escape(gaps).replace("\0", ".+"), re.I))
    return plain, patterns


def is_label(text: str) -> bool:
    """Whether the interface shows this in Vietnamese, in any case of its letters."""
    plain, patterns = vietnamese()
    return text.strip().lower() in plain or any(pattern.fullmatch(text.strip()) for pattern in patterns)


def shown_by_others(text: str) -> bool:
    """Whether our Vietnamese catalogue gives this for a label of another package."""
    with open(ROOT / "config" / "locale" / "vi" / "LC_MESSAGES" / "django.po", "rb") as file:
        return text in {message.string for message in read_po(file, locale="vi") if message.id}
