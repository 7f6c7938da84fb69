"""From a cell as it stands in the file to its text: composed, legacy letters recognised, what is too long named."""

import unicodedata
from collections import Counter

from django.utils.translation import gettext_noop as noop

from . import legacy
from .cells import Faulty, clean

LONGEST_CELL = 200_000  # characters
SHOWN = 60  # characters of a cell in a sentence
AUTO, NONE = "auto", "none"
LEGACY = noop(
    "Ô này là chữ %(name)s: “%(text)s”; đọc ra “%(reads)s”. Chọn “Chuyển mã chữ cũ” khi nhập để chuyển, hoặc gõ lại "
    "bằng Unicode."
)
TOO_LONG = noop("Ô này dài %(length)s ký tự; nhiều nhất là %(limit)s. Hãy rút ngắn, hoặc tách thành nhiều bản ghi.")


class CellReader:
    """Reads the cells of one file. First it is shown all of them (`learn`), then each is read.

    policy: "" (legacy cells are named as faults), "auto" (they are converted), the name of an encoding that the whole
    file is in (converted), "none" (all is taken as it stands).
    """

    def __init__(self, policy: str = "", file_is: str | None = None, decomposed: bool = False):
        self.policy, self.file_is, self.decomposed = policy, file_is, decomposed
        self.votes: dict[str, Counter] = {}
        self.unicode: set[str] = set()
        self.reset()

    def reset(self) -> None:
        self.nfd, self.legacy = 0, Counter()

    def learn(self, field: str, raw: str) -> None:
        """A column whose certain cells are all in one encoding is in that one in its doubtful cells too."""
        if raw.isascii() or self.policy == NONE or len(raw) > LONGEST_CELL:
            return
        if not legacy.UNICODE_ONLY.isdisjoint(raw):
            self.unicode.add(field)
        elif name := legacy.recognise(raw, self._font(raw)[0] or self._given()):
            self.votes.setdefault(field, Counter())[name] += 1

    def read(self, field: str, raw: str) -> str:
        if raw.isascii():
            return clean(raw) if len(raw) <= LONGEST_CELL else self._too_long(raw)
        if len(raw) > LONGEST_CELL:
            return self._too_long(raw)
        if not self.decomposed and not unicodedata.is_normalized("NFC", raw):
            self.nfd += 1
        if self.policy == NONE:
            return clean(raw)
        font, capitals = self._font(raw)
        name = legacy.recognise(raw, font or self._given() or self._expected(field))
        if name is None:
            return clean(raw)
        self.legacy[name] += 1
        reads = clean(legacy.convert(raw, name, capitals and name == font))
        if self.policy:
            return reads
        shown = clean(raw)
        return Faulty(shown, LEGACY, name=legacy.NAMES[name], text=_short(shown), reads=_short(reads))

    @staticmethod
    def _font(raw: str) -> tuple[str | None, bool]:
        return legacy.font_says(getattr(raw, "font", None))

    def _given(self) -> str | None:
        return self.policy if self.policy in legacy.NAMES else self.file_is

    def _expected(self, field: str) -> str | None:
        if field not in self.unicode and field in self.votes:
            return self.votes[field].most_common(1)[0][0]
        if not self.unicode and self.votes:
            return sum(self.votes.values(), Counter()).most_common(1)[0][0]
        return None

    @staticmethod
    def _too_long(raw: str) -> Faulty:
        return Faulty(clean(raw[:SHOWN]), TOO_LONG, length=len(raw), limit=LONGEST_CELL)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
