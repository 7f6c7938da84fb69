"""Files named after a record: which identifier, which page, which side. Pure."""

import re
import unicodedata
from dataclasses import dataclass

SIDES = ("", "recto", "verso")
SIDE_WORDS = {"r": "recto", "v": "verso", "mặt trước": "recto", "mặt sau": "verso"}
STEM = r"(?P<stem>[a-z0-9][a-z0-9-]*?)"
LEAF = r"(?:tờ|to|tr|p|f)"
SIDE = r"(?P<side>recto|verso|r|v|mặt trước|mặt sau)"
# The mark after the identifier is one that no identifier holds, so that "vn-map" doesn't take the files of
# "vn-map-1838"; a hyphen only before what can't well be the end of an identifier.
MARKED = [
    re.compile(rf"{STEM}[_ .]+{LEAF}?[_ .]?(?P<page>\d{{1,5}})(?:[_ .-]?{SIDE})?"),
    re.compile(rf"{STEM}(?P<page>)[_ .]+{SIDE}"),
]
HYPHENED = [
    re.compile(rf"{STEM}-(?P<page>\d{{1,3}})[_ .-]?{SIDE}"),
    re.compile(rf"{STEM}-{LEAF}(?P<page>\d{{1,5}})(?:[_ .-]?{SIDE})?"),
    re.compile(rf"{STEM}(?P<page>)-(?P<side>recto|verso)"),
]
PLAIN = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True)
class Claim:
    """A file may be a page of this record: page 0 where it has no number; sure: no other reading is likely."""

    identifier: str
    page: int = 0
    side: str = ""
    sure: bool = True

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands among the record's files."""
        return self.page, SIDES.index(self.side)


def name_key(name: str) -> str:
    """A file name as it is compared: macOS writes NFD, Windows forgets case."""
    return unicodedata.normalize("NFC", name).casefold().strip()


def claims(stem: str) -> list[Claim]:
    """What a file's name without its ending may mean: "vn-map-1838", "vn-map-1838_001r", "vn-map-1838-p12"."""
    stem = name_key(stem)
    found = []
    for sure, expressions in ((True, MARKED), (False, HYPHENED)):
        match = next(filter(None, (expression.fullmatch(stem) for expression in expressions)), None)
        if match:
            side = match["side"] or ""
            found.append(Claim(match["stem"], int(match["page"] or 0), SIDE_WORDS.get(side, side), sure))
    if PLAIN.fullmatch(stem):
        found.append(Claim(stem))
    return found
